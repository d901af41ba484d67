// SPDX-License-Identifier: GPL-2.0
/* In-place migration: addresses stay, contents stay, nothing written is lost. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "test.h"

static void there_and_back(int fd, char *p, size_t size)
{
	uint64_t moved;
	int round;

	fill(p, size, 1);
	for (round = 0; round < 4; round++) {
		int node = !(round & 1);

		CHECK(!migrate(fd, p, size, node, &moved));
		CHECK_EQ(moved, size);
		CHECK(filled(p, size, 1 + round));
		CHECK(all_on(p, size, node));
		CHECK_EQ(stat_of(fd, node).file_used, size);
		CHECK_EQ(stat_of(fd, !node).file_used, 0);
		fill(p, size, 2 + round);
		CHECK(!migrate(fd, p, size, node, &moved));
		CHECK_EQ(moved, 0);
	}
}

TEST(move_huge_pages)
{
	int fd = device();
	char *p = map(fd, 4 * HUGE, 0);
	long long before = node_attribute(1, "migrated_in");

	there_and_back(fd, p, 4 * HUGE);
	CHECK_EQ(stat_of(fd, 0).huge, 4 * HUGE);
	CHECK_EQ(smaps_bytes(p, "FilePmdMapped:"), 4 * HUGE);
	CHECK_EQ(node_attribute(1, "migrated_in") - before, 2 * 4 * HUGE);
}

TEST(move_small_pages)
{
	int fd = device();
	char *p;

	set_parameter("huge", "0");
	p = map(fd, HUGE + 5 * PAGE, 0);
	there_and_back(fd, p, HUGE + 5 * PAGE);
	CHECK_EQ(stat_of(fd, 0).huge, 0);
	/* Where a whole huge page's worth moves, it becomes one. */
	set_parameter("huge", "1");
	fill(p, HUGE, 9);
	migrate_all(fd, p, HUGE, 1);
	CHECK(filled(p, HUGE, 9));
	CHECK_EQ(stat_of(fd, 1).huge, (uintptr_t)p % HUGE ? 0 : HUGE);
}

TEST(move_untouched_pages)
{
	int fd = device(), nodes[512];
	char *p = map(fd, HUGE, 0);

	migrate_all(fd, p, HUGE, 1);
	query(fd, p, HUGE, nodes);
	CHECK_EQ(nodes[0], 1);
	CHECK_EQ(nodes[511], 1);
	CHECK(all_zero(p, HUGE));
}

/* A part of a huge page moves: only that part changes its node. */
TEST(move_part_of_huge_page)
{
	int fd = device(), nodes[512], i;
	char *p = map(fd, HUGE, 0);
	uint64_t moved;

	fill(p, HUGE, 1);
	CHECK(!migrate(fd, p + 100 * PAGE, 10 * PAGE, 1, &moved));
	CHECK_EQ(moved, 10 * PAGE);
	query(fd, p, HUGE, nodes);
	for (i = 0; i < 512; i++)
		CHECK_EQ(nodes[i], i >= 100 && i < 110);
	CHECK(filled(p, HUGE, 1));
	CHECK_EQ(stat_of(fd, 0).file_used, HUGE - 10 * PAGE);
	CHECK_EQ(stat_of(fd, 1).file_used, 10 * PAGE);
	CHECK_EQ(stat_of(fd, 0).huge, 0);
	/* Together again, on one node: huge again. */
	CHECK(!migrate(fd, p, HUGE, 1, &moved));
	CHECK_EQ(moved, HUGE - 10 * PAGE);
	CHECK(filled(p, HUGE, 1));
	CHECK_EQ(stat_of(fd, 1).huge, HUGE);
}

TEST(move_across_mappings)
{
	int fd = device();
	char *room = mmap(NULL, 4 * HUGE, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	map_at(fd, room, HUGE + PAGE, 0);
	map_at(fd, room + HUGE + PAGE, HUGE, 1);
	map_at(fd, room + 2 * HUGE + PAGE, 3 * PAGE, 0);
	CHECK(!mprotect(room + PAGE, PAGE, PROT_READ));
	migrate_all(fd, room, 2 * HUGE + 4 * PAGE, 1);
	CHECK_EQ(stat_of(fd, 1).file_used, 2 * HUGE + 4 * PAGE);
	CHECK_EQ(stat_of(fd, 0).file_used, 0);
}

TEST(move_respects_capacity)
{
	int fd = device();
	char *p = map(fd, 3 * HUGE, 0);
	uint64_t moved;

	fill(p, 3 * HUGE, 1);
	set_limit(fd, 1, 2 * HUGE);
	CHECK_ERRNO(migrate(fd, p, 3 * HUGE, 1, &moved), ENOMEM);
	CHECK_EQ(moved, 2 * HUGE);
	CHECK_EQ(stat_of(fd, 1).file_used, 2 * HUGE);
	CHECK_EQ(stat_of(fd, 0).file_used, HUGE);
	CHECK(filled(p, 3 * HUGE, 1));
	CHECK(all_on(p, 2 * HUGE, 1));
}

/* Pages that sit in a pipe are the pipe's, too: they must not be exchanged. */
TEST(move_refuses_pinned_pages)
{
	int fd = device(), ends[2], huge;

	for (huge = 0; huge < 2; huge++) {
		size_t size = huge ? HUGE : PAGE;
		char *p = map(fd, size, 0), seen[PAGE];
		struct iovec v = { p, PAGE };

		fill(p, size, 1);
		CHECK(!pipe(ends));
		CHECK_EQ(vmsplice(ends[1], &v, 1, 0), PAGE);
		CHECK_ERRNO(migrate(fd, p, size, 1, NULL), EBUSY);
		CHECK(filled(p, size, 1));
		CHECK(all_on(p, PAGE, 0));
		CHECK_EQ(stat_of(fd, 1).file_used, 0);
		fill(p, size, 2);
		CHECK_EQ(read(ends[0], seen, PAGE), PAGE);
		CHECK(filled(seen, PAGE, 2));
		migrate_all(fd, p, size, 1);
		CHECK(filled(p, size, 2));
		CHECK(all_on(p, size, 1));
		close(ends[0]);
		close(ends[1]);
		CHECK(!munmap(p, size));
	}
}

/*
 * Four threads write blocks that end with a checksum over their contents, each
 * in its own part, and check what they wrote before; the main thread keeps
 * moving random ranges. A write that got lost leaves an old word or a checksum
 * that does not fit.
 */
enum { WRITERS = 4, BLOCK_WORDS = 1024 };

struct writer {
	pthread_t thread;
	uint64_t (*blocks)[BLOCK_WORDS];
	size_t count;
	uint64_t written;
};

static atomic_bool stop;

static uint64_t checksum(const uint64_t *block)
{
	uint64_t sum = 1;
	int i;

	for (i = 0; i < BLOCK_WORDS - 1; i++)
		sum = sum * 31 + block[i];
	return sum;
}

static void *write_blocks(void *argument)
{
	struct writer *w = argument;
	uint64_t seed = (uintptr_t)w->blocks, generation = 0;
	size_t i;
	int k;

	do {
		for (i = 0; i < w->count; i++) {
			uint64_t *b = w->blocks[i];

			if (generation) {
				CHECK_EQ(b[0], generation * w->count + i);
				CHECK_EQ(b[BLOCK_WORDS - 1], checksum(b));
			}
			b[0] = (generation + 1) * w->count + i;
			for (k = 1; k < BLOCK_WORDS - 1; k++)
				b[k] = random_next(&seed);
			b[BLOCK_WORDS - 1] = checksum(b);
			w->written++;
		}
		generation++;
	} while (!stop);
	for (i = 0; i < w->count; i++) {
		CHECK_EQ(w->blocks[i][0], generation * w->count + i);
		CHECK_EQ(w->blocks[i][BLOCK_WORDS - 1], checksum(w->blocks[i]));
	}
	return NULL;
}

static void under_writers(double seconds)
{
	size_t part = 2 * HUGE + 16 * PAGE, size = WRITERS * part;
	struct writer writers[WRITERS] = { 0 };
	uint64_t seed = 4711, moved, total = 0, written = 0, calls = 0, busy = 0;
	double end = seconds_now() + seconds;
	int fd = device(), i;
	char *p = map(fd, size, 0);

	stop = false;
	for (i = 0; i < WRITERS; i++) {
		writers[i].blocks = (void *)(p + i * part);
		writers[i].count = part / sizeof(*writers[i].blocks);
		CHECK(!pthread_create(&writers[i].thread, NULL, write_blocks,
				      &writers[i]));
	}
	while (seconds_now() < end) {
		uint64_t r = random_next(&seed);
		size_t from = r % (size / PAGE), n;

		/* Mostly huge pages, sometimes a few small ones. */
		n = r >> 32 & 3 ? size / PAGE - from : (r >> 40) % 64;
		if (from + n > size / PAGE)
			n = size / PAGE - from;
		if (r >> 34 & 1)
			from = 0;
		if (migrate(fd, p + from * PAGE, n * PAGE, r >> 50 & 1, &moved)) {
			CHECK_EQ(errno, EBUSY);
			busy++;
		}
		total += moved;
		calls++;
	}
	stop = true;
	for (i = 0; i < WRITERS; i++) {
		CHECK(!pthread_join(writers[i].thread, NULL));
		written += writers[i].written;
	}
	printf("    %.0f s: %llu moves of %llu MiB, %llu busy, under %llu blocks written\n",
	       seconds, (unsigned long long)calls, (unsigned long long)(total >> 20),
	       (unsigned long long)busy, (unsigned long long)written);
	CHECK(total > size);
	CHECK(written > WRITERS * writers[0].count);
	CHECK(busy * 100 < calls);
	CHECK_EQ(stat_of(fd, 0).file_used + stat_of(fd, 1).file_used, size);
}

TEST(move_under_four_writers)
{
	under_writers(test_seconds);
}

/* One thread moves all of it while others unmap and map parts of it. */
static void *churn(void *argument)
{
	struct writer *w = argument;
	char *p = (char *)w->blocks;
	uint64_t seed = (uintptr_t)p;
	int fd = (int)w->count;

	while (!stop) {
		uint64_t r = random_next(&seed);
		size_t from = r % 512 * PAGE, n = (1 + (r >> 16) % 64) * PAGE;

		map_at(fd, p, HUGE, r >> 32 & 1);
		memset(p, (int)(r >> 40), HUGE);
		if (from + n > HUGE)
			n = HUGE - from;
		CHECK(!munmap(p + from, n));
		CHECK(from == 0 || p[from - 1] == (char)(r >> 40));
		CHECK(from + n == HUGE || p[from + n] == (char)(r >> 40));
		w->written++;
	}
	return NULL;
}

TEST(move_against_unmapping)
{
	struct writer writers[WRITERS] = { 0 };
	double end = seconds_now() + test_seconds / 4.0 + 2;
	static int nodes[WRITERS * HUGE / PAGE];
	int fd = device(), i, round = 0;
	char *room = mmap(NULL, (WRITERS + 1) * HUGE, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	room = (char *)(((uintptr_t)room + HUGE - 1) & ~(HUGE - 1));
	stop = false;
	for (i = 0; i < WRITERS; i++) {
		writers[i].blocks = (void *)(room + i * HUGE);
		writers[i].count = fd;
		CHECK(!pthread_create(&writers[i].thread, NULL, churn, &writers[i]));
	}
	while (seconds_now() < end) {
		for (i = 0; i < WRITERS; i++)
			if (migrate(fd, room + i * HUGE, HUGE, round & 1, NULL))
				CHECK(errno == EFAULT || errno == EBUSY);
		query(fd, room, WRITERS * HUGE, nodes);
		round++;
	}
	stop = true;
	for (i = 0; i < WRITERS; i++) {
		CHECK(!pthread_join(writers[i].thread, NULL));
		CHECK(writers[i].written > 0);
	}
	CHECK(!munmap(room, WRITERS * HUGE));
	CHECK_EQ(stat_of(fd, 0).file_used + stat_of(fd, 1).file_used, 0);
}
