# The C tests. The suites are compiled together with the library's sources, so that sanitizers see both; compat.c, as a
# user's program would be, against the installed headers and library; unload.c loads that.
TESTS := $(filter-out test/compat.c test/unload.c test/bench.c,$(wildcard test/*.c))
TEST_CFLAGS := -std=c11 -D_GNU_SOURCE $(WARNINGS) -pthread -g
STAGE := $(BUILD)/stage

$(BUILD):
	@mkdir -p $@

$(BUILD)/emucxl-test: $(TESTS) $(SOURCES) $(HEADERS) test/test.h | $(BUILD)
	$(CC) $(TEST_CFLAGS) -O2 -o $@ $(TESTS) $(SOURCES)

$(BUILD)/emucxl-test-address: $(TESTS) $(SOURCES) $(HEADERS) test/test.h | $(BUILD)
	$(CC) $(TEST_CFLAGS) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -o $@ $(TESTS) $(SOURCES)

$(BUILD)/emucxl-test-thread: $(TESTS) $(SOURCES) $(HEADERS) test/test.h | $(BUILD)
	$(CC) $(TEST_CFLAGS) -O1 -fsanitize=thread -o $@ $(TESTS) $(SOURCES)

$(BUILD)/emucxl-bench: test/bench.c $(BUILD)/libemucxl.a
	$(CC) $(TEST_CFLAGS) -O2 -o $@ $^

$(STAGE)/lib/libemucxl.so: all
	$(MAKE) --no-print-directory -s install PREFIX=$(abspath $(STAGE)) DESTDIR=

$(BUILD)/emucxl-compat: test/compat.c $(STAGE)/lib/libemucxl.so
	$(CC) $(TEST_CFLAGS) -O2 -I$(STAGE)/include -o $@ $< -L$(STAGE)/lib -lemucxl -Wl,-rpath,$(abspath $(STAGE)/lib)

$(BUILD)/emucxl-unload: test/unload.c | $(BUILD)
	$(CC) $(TEST_CFLAGS) -O2 -o $@ $< -ldl

$(BUILD)/emucxl-fuzz: test/model.c test/main.c $(SOURCES) $(HEADERS) test/test.h | $(BUILD)
	clang $(TEST_CFLAGS) -O1 -DEMUCXL_FUZZ -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o $@ test/model.c test/main.c $(SOURCES)

.PHONY: check-long fuzz test-programs
# What runs on another machine, such as the appliance, too.
test-programs: $(BUILD)/emucxl-test $(BUILD)/emucxl-compat $(BUILD)/emucxl-bench

check: $(BUILD)/plain.ok $(BUILD)/address.ok $(BUILD)/thread.ok $(BUILD)/compat.ok $(BUILD)/unload.ok

$(BUILD)/plain.ok: $(BUILD)/emucxl-test
	$<
	@touch $@

$(BUILD)/address.ok: $(BUILD)/emucxl-test-address
	$< api fault region life threads
	@touch $@

# setarch: thread sanitizer does not know every randomised layout of newer kernels.
$(BUILD)/thread.ok: $(BUILD)/emucxl-test-thread
	setarch -R $< api region life threads
	@touch $@

$(BUILD)/compat.ok: $(BUILD)/emucxl-compat
	$<
	@touch $@

$(BUILD)/unload.ok: $(BUILD)/emucxl-unload $(STAGE)/lib/libemucxl.so
	$< $(STAGE)/lib/libemucxl.so
	@touch $@

check-long: check $(BUILD)/emucxl-test
	EMUCXL_TEST_BLOCKS=10000000 $(BUILD)/emucxl-test threads
	@$(MAKE) --no-print-directory fuzz
	@echo "check-long: nothing found by the suites, the sanitizers, 8 threads of 10^7 blocks each and $(FUZZ_SECONDS) s of random calls"

bench: $(BUILD)/emucxl-bench
	@$<

# Random calls beside the model, under address and undefined-behaviour sanitizer: libFuzzer's, or where clang is missing those
# of the generator that `make check` uses.
FUZZ_SECONDS ?= 600
FUZZERS = $(wildcard $(shell clang -print-runtime-dir 2> /dev/null)/libclang_rt.fuzzer*)

fuzz: $(if $(FUZZERS),$(BUILD)/emucxl-fuzz,$(BUILD)/emucxl-test-address)
ifneq ($(FUZZERS),)
	$< -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -len_control=0 -verbosity=0 -print_funcs=0 -print_final_stats=1 -artifact_prefix=$(BUILD)/
else
	EMUCXL_TEST_SECONDS=$(FUZZ_SECONDS) $< model
endif
