# The C tests. The suites are compiled together with the library's sources, so that sanitizers see both; compat.c, as a
# user's program would be, against the installed headers and library.
TESTS := $(filter-out test/compat.c test/bench.c,$(wildcard test/*.c))
TEST_CFLAGS := -std=c11 -D_GNU_SOURCE $(WARNINGS) -pthread -g
STAGE := $(BUILD)/stage

$(BUILD)/emucxl-test: $(TESTS) $(SOURCES) $(HEADERS) test/test.h
	$(CC) $(TEST_CFLAGS) -O2 -o $@ $(TESTS) $(SOURCES)

$(BUILD)/emucxl-test-address: $(TESTS) $(SOURCES) $(HEADERS) test/test.h
	$(CC) $(TEST_CFLAGS) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -o $@ $(TESTS) $(SOURCES)

$(BUILD)/emucxl-test-thread: $(TESTS) $(SOURCES) $(HEADERS) test/test.h
	$(CC) $(TEST_CFLAGS) -O1 -fsanitize=thread -o $@ $(TESTS) $(SOURCES)

$(BUILD)/emucxl-bench: test/bench.c $(BUILD)/libemucxl.a
	$(CC) $(TEST_CFLAGS) -O2 -o $@ $^

$(STAGE)/lib/libemucxl.so: all
	$(MAKE) --no-print-directory -s install PREFIX=$(abspath $(STAGE)) DESTDIR=

$(BUILD)/emucxl-compat: test/compat.c $(STAGE)/lib/libemucxl.so
	$(CC) $(TEST_CFLAGS) -O2 -I$(STAGE)/include -o $@ $< -L$(STAGE)/lib -lemucxl -Wl,-rpath,$(abspath $(STAGE)/lib)

$(BUILD)/emucxl-fuzz: test/model.c test/main.c $(SOURCES) $(HEADERS) test/test.h
	clang $(TEST_CFLAGS) -O1 -DEMUCXL_FUZZ -fsanitize=fuzzer,address,undefined -o $@ test/model.c test/main.c $(SOURCES)

.PHONY: check-long fuzz test-programs
# What runs on another machine, such as the appliance, too.
test-programs: $(BUILD)/emucxl-test $(BUILD)/emucxl-compat $(BUILD)/emucxl-bench

check: $(BUILD)/plain.ok $(BUILD)/address.ok $(BUILD)/thread.ok $(BUILD)/compat.ok

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

check-long: check $(BUILD)/emucxl-test
	EMUCXL_TEST_LONG=1 $(BUILD)/emucxl-test threads model

bench: $(BUILD)/emucxl-bench
	@$<

# Ten minutes of libFuzzer on the model; `make check` runs the same model with a generator.
fuzz:
	@if command -v clang > /dev/null; then \
		$(MAKE) --no-print-directory $(BUILD)/emucxl-fuzz && $(BUILD)/emucxl-fuzz -max_total_time=600 -max_len=4096 -len_control=0; \
	else echo "make fuzz needs clang (package clang), which is not installed: skipped"; fi
