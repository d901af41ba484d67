/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random sequences of calls, right ones and wrong ones, beside a model that knows what each must do: which blocks there
 * are, what is in them, the sums. The seed is printed when a check fails; EMUCXL_TEST_SEED runs one again. It goes on for EMUCXL_TEST_SECONDS.
 *
 * Built with -DEMUCXL_FUZZ it is a libFuzzer target, and the bytes decide instead of a generator.
 */
#include <time.h>

#include "test.h"

enum { REGION = 64 << 10, REGIONS = 48, BLOCKS = 64 };

struct model_block {
    unsigned char *address;
    size_t size;
    int node;
    int movable;
    unsigned char fill;
};

struct source {
    const uint8_t *bytes, *end; /* libFuzzer's, or NULL */
    uint64_t state;
};

static struct model_block blocks[BLOCKS];
static unsigned char *last_freed;

static uint32_t draw(struct source *source, uint32_t below)
{
    if (source->bytes == NULL)
        return (uint32_t)(next_random(&source->state) >> 16) % below;
    uint32_t value = 0;
    for (int i = 0; i < 3 && source->bytes < source->end; i++)
        value = value << 8 | *source->bytes++;
    return value % below;
}

static size_t draw_size(struct source *source)
{
    static const uint32_t limits[] = {64, 600, 5000, 20000, 5 * REGION};
    return 1 + draw(source, limits[draw(source, 5)]);
}

static size_t model_sum(int node)
{
    size_t sum = 0;
    for (int i = 0; i < BLOCKS; i++)
        if (blocks[i].address != NULL && !blocks[i].movable && blocks[i].node == node)
            sum += blocks[i].size;
    return sum;
}

static size_t movable_sum(void)
{
    size_t sum = 0;
    for (int i = 0; i < BLOCKS; i++)
        if (blocks[i].address != NULL && blocks[i].movable)
            sum += blocks[i].size;
    return sum;
}

static void check_contents(const struct model_block *block)
{
    for (size_t i = 0; i < block->size; i += 1 + block->size / 50)
        CHECK(block->address[i] == block->fill);
    CHECK(block->address[block->size - 1] == block->fill);
}

static void refill(struct model_block *block, struct source *source)
{
    block->fill = (unsigned char)draw(source, 256);
    memset(block->address, block->fill, block->size);
}

static void step_alloc(struct model_block *block, struct source *source)
{
    struct model_block new = {NULL, draw_size(source), (int)draw(source, 2), (int)draw(source, 2), 0};
    new.address = new.movable ? emucxl_tier_alloc(new.size, new.node) : emucxl_alloc(new.size, new.node);
    if (new.address == NULL) {
        CHECK(errno == ENOMEM);
        return;
    }
    check_contents(&new); /* zero */
    refill(&new, source);
    *block = new;
}

static void step_free(struct model_block *block)
{
    check_contents(block);
    CHECK((block->movable ? emucxl_tier_free(block->address) : emucxl_release(block->address, block->size)) == 0);
    last_freed = block->address;
    block->address = NULL;
}

static void step_resize(struct model_block *block, struct source *source)
{
    size_t size = draw_size(source);
    unsigned char *address = emucxl_resize(block->address, size);
    if (block->movable) {
        CHECK(address == NULL && errno == EINVAL);
        return;
    }
    if (address == NULL) {
        CHECK(errno == ENOMEM);
        check_contents(block);
        return;
    }
    size_t kept = size < block->size ? size : block->size;
    CHECK(address[0] == block->fill && address[kept - 1] == block->fill);
    CHECK(size == kept || (address[kept] == 0 && address[size - 1] == 0));
    block->address = address;
    block->size = size;
    refill(block, source);
}

static void step_migrate(struct model_block *block, struct source *source)
{
    int node = (int)draw(source, 3);
    if (block->movable) {
        size_t region =
            (size_t)(block->address - (unsigned char *)emucxl_base()) >> emucxl_region_shift();
        int error = emucxl_region_migrate(region, node);
        CHECK(error == (node == 2 ? EINVAL : error == ENOMEM || error == EBUSY ? error : 0));
        CHECK(error != 0 || emucxl_node_table()[region] == node);
        return;
    }
    unsigned char *address = emucxl_migrate(block->address, node);
    if (address == NULL) {
        CHECK(errno == (node == 2 ? EINVAL : ENOMEM));
        return;
    }
    block->address = address;
    block->node = node;
    check_contents(block);
}

static void step_access(struct model_block *block, struct source *source)
{
    size_t from = draw(source, (uint32_t)block->size + 10), size = draw(source, 300);
    unsigned char text[300];
    int inside = from + size <= block->size;
    memset(text, block->fill, sizeof text);
    CHECK(emucxl_read(block->address, (int)from, text, size) == (inside && !block->movable));
    for (size_t i = 0; i < sizeof text; i++)
        CHECK(text[i] == block->fill);
    CHECK(emucxl_write(text, (int)from, block->address, size) == (inside && !block->movable));
    CHECK((emucxl_memset(block->address, block->fill, from + size) != NULL) == (inside && !block->movable));
    int whole = size <= block->size && !block->movable;
    CHECK(emucxl_memmove(text, block->address, size) == (whole ? text : NULL));
    check_contents(block);
}

static void step_wrong(struct model_block *block, struct source *source)
{
    if (block->address != NULL) {
        CHECK(emucxl_release(block->address + 1, block->size) == EINVAL || block->size == 1);
        CHECK(emucxl_release(block->address, block->size + 1) == EINVAL);
        CHECK(block->movable || emucxl_tier_free(block->address) == EINVAL);
        if (!block->movable) {
            size_t at = draw(source, (uint32_t)block->size);
            CHECK(emucxl_get_size(block->address + at) == block->size);
            CHECK(emucxl_get_numa_node(block->address + at) == block->node);
        }
        return;
    }
    for (int i = 0; i < BLOCKS; i++)
        if (blocks[i].address != NULL && last_freed >= blocks[i].address &&
            last_freed < blocks[i].address + blocks[i].size)
            return; /* in use again */
    CHECK(last_freed == NULL || (emucxl_release(last_freed, 1) == EINVAL && emucxl_get_size(last_freed) == 0));
    CHECK_FAILS(EINVAL, emucxl_alloc(0, 0), NULL);
}

static void step(struct source *source)
{
    struct model_block *block = &blocks[draw(source, BLOCKS)];
    switch (draw(source, 8)) {
    case 0:
        step_wrong(block, source);
        break;
    case 1:
        if (block->address != NULL)
            step_resize(block, source);
        break;
    case 2:
        if (block->address != NULL)
            step_migrate(block, source);
        break;
    case 3:
        if (block->address != NULL)
            step_access(block, source);
        break;
    case 4:
        if (draw(source, 100) == 0)
            emucxl_trim();
        break;
    default:
        if (block->address == NULL)
            step_alloc(block, source);
        else
            step_free(block);
    }
    CHECK(emucxl_stats(0) + emucxl_stats(1) == model_sum(0) + model_sum(1) + movable_sum());
    for (int node = 0; node < 2; node++) {
        CHECK(emucxl_stats(node) >= model_sum(node));
        CHECK(emucxl_used(node) <= emucxl_capacity(node));
        CHECK(emucxl_used(node) >= emucxl_stats(node));
    }
}

/* Only the generator starts the space anew for each sequence; a fuzzer would do little else. */
static void begin(void)
{
#ifdef EMUCXL_FUZZ
    static int begun;
    if (begun)
        return;
    begun = 1;
#endif
    start(REGION, REGIONS, REGIONS);
}

static void end(void)
{
#ifdef EMUCXL_FUZZ
    emucxl_trim();
    CHECK(emucxl_used(0) == 0 && emucxl_used(1) == 0);
#else
    stop_empty();
#endif
}

static void run_sequence(struct source *source, long steps)
{
    memset(blocks, 0, sizeof blocks);
    last_freed = NULL;
    begin();
    for (long i = 0; i < steps && (source->bytes == NULL || source->bytes < source->end); i++)
        step(source);
    for (int i = 0; i < BLOCKS; i++)
        if (blocks[i].address != NULL)
            step_free(&blocks[i]);
    end();
}

#ifdef EMUCXL_FUZZ
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source = {data, data + size, 0};
    run_sequence(&source, INT32_MAX);
    return 0;
}
#else
static uint64_t seed;

static void say_seed(void)
{
    if (seed != 0)
        fprintf(stderr, "EMUCXL_TEST_SEED=%llu\n", (unsigned long long)seed);
}

static void model_random_calls(void)
{
    enum { STEPS = 20000 };
    const char *given = getenv("EMUCXL_TEST_SEED"), *seconds = getenv("EMUCXL_TEST_SECONDS");
    time_t stop = time(NULL) + (seconds != NULL ? atol(seconds) : 20);
    long sequences = 0;
    atexit(say_seed);
    seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL) * 2654435761u | 1;
    do {
        struct source source = {NULL, NULL, seed};
        run_sequence(&source, STEPS);
        sequences++;
        seed += 2;
    } while (given == NULL && time(NULL) < stop);
    seed = 0;
    printf("%ld sequences of %d random calls\n", sequences, STEPS);
}

const struct test model_tests[] = {{"model_random_calls", model_random_calls}, {NULL, NULL}};
#endif
