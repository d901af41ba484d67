// SPDX-License-Identifier: GPL-2.0
/* Mappings that are neighbours, split, moved, shared and taken away in parts. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* Room for @length bytes and one huge page more, at a huge page's boundary. */
static char *reserve(size_t length)
{
	char *p = mmap(NULL, length + HUGE, PROT_NONE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(p != MAP_FAILED);
	return (char *)(((uintptr_t)p + HUGE - 1) & ~(HUGE - 1));
}

/* Two mappings side by side whose offsets would continue each other. */
TEST(map_neighbours_of_different_nodes)
{
	int fd = device(), round;

	for (round = 0; round < 2; round++) {
		char *room = reserve(HUGE);
		int low = round, high = !round;

		map_at(fd, room, PAGE, low);
		map_at(fd, room + PAGE, PAGE, high);
		map_at(fd, room + 2 * PAGE, PAGE, high);
		memset(room, 7, 3 * PAGE);
		CHECK_EQ(node_of(room), low);
		CHECK_EQ(node_of(room + PAGE), high);
		CHECK_EQ(node_of(room + 2 * PAGE), high);
		CHECK(!munmap(room + PAGE, PAGE));
		CHECK_EQ(room[0] + room[2 * PAGE], 14);
		CHECK(!munmap(room, 3 * PAGE));
	}
}

TEST(map_split_by_mprotect)
{
	int fd = device();
	char *p = map(fd, 9 * PAGE, 1);

	fill(p, 9 * PAGE, 1);
	CHECK(!mprotect(p + 3 * PAGE, 3 * PAGE, PROT_READ));
	CHECK(!madvise(p, 9 * PAGE, MADV_DONTNEED));
	CHECK(filled(p, 9 * PAGE, 1));
	CHECK(all_on(p, 9 * PAGE, 1));
	CHECK(!mprotect(p + 3 * PAGE, 3 * PAGE, PROT_READ | PROT_WRITE));
	fill(p, 9 * PAGE, 2);
	CHECK(filled(p, 9 * PAGE, 2));
}

TEST(map_hole_gives_memory_back)
{
	int fd = device();
	char *p = map(fd, 9 * PAGE, 1);

	fill(p, 9 * PAGE, 1);
	CHECK(!munmap(p + 3 * PAGE, 3 * PAGE));
	CHECK_EQ(stat_of(fd, 1).file_used, 6 * PAGE);
	CHECK(filled(p, 3 * PAGE, 1));
	CHECK(filled(p + 6 * PAGE, 3 * PAGE, 1 + 6 * PAGE / 8));
	CHECK(!munmap(p, 3 * PAGE));
	CHECK_EQ(stat_of(fd, 1).file_used, 3 * PAGE);
	CHECK(!munmap(p, 9 * PAGE));
	CHECK_EQ(stat_of(fd, 1).file_used, 0);
}

/* A part of a huge page goes: the rest stays, in small pages. */
TEST(map_hole_in_huge_page)
{
	int fd = device();
	char *p = map(fd, 3 * HUGE, 1);

	fill(p, 3 * HUGE, 1);
	CHECK(!munmap(p + HUGE + 64 * KIB, 64 * KIB));
	CHECK_EQ(stat_of(fd, 1).file_used, 3 * HUGE - 64 * KIB);
	CHECK_EQ(stat_of(fd, 1).huge, 2 * HUGE);
	CHECK(filled(p, HUGE + 64 * KIB, 1));
	CHECK(filled(p + HUGE + 128 * KIB, 2 * HUGE - 128 * KIB,
		     1 + (HUGE + 128 * KIB) / 8));
	CHECK(all_on(p, HUGE + 64 * KIB, 1));
	CHECK(!munmap(p, 3 * HUGE));
	CHECK_EQ(stat_of(fd, 1).file_used, 0);
}

/* What the library does: regions of one run are replaced one by one. */
TEST(map_replaced_by_fixed_mappings)
{
	char *room = reserve(8 * HUGE);
	int fd = device(), i;

	map_at(fd, room, 8 * HUGE, 1);
	fill(room, 8 * HUGE, 1);
	for (i = 1; i < 8; i += 2)
		CHECK(mmap(room + i * HUGE, HUGE, PROT_NONE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
			   -1, 0) != MAP_FAILED);
	CHECK_EQ(stat_of(fd, 1).file_used, 4 * HUGE);
	for (i = 1; i < 8; i += 2)
		map_at(fd, room + i * HUGE, HUGE, 0);
	for (i = 0; i < 8; i++) {
		char *p = room + i * HUGE;

		if (i % 2)
			CHECK(all_zero(p, HUGE));
		else
			CHECK(filled(p, HUGE, 1 + i * HUGE / 8));
		CHECK(all_on(p, HUGE, !(i % 2)));
	}
	CHECK(!munmap(room, 8 * HUGE));
	CHECK_EQ(stat_of(fd, 0).file_used + stat_of(fd, 1).file_used, 0);
}

TEST(map_moved_by_mremap)
{
	int fd = device();
	char *p = map(fd, 2 * HUGE, 1), *room = reserve(3 * HUGE), *q;

	fill(p, 2 * HUGE, 1);
	q = mremap(p, 2 * HUGE, 2 * HUGE, MREMAP_MAYMOVE | MREMAP_FIXED,
		   room + 5 * PAGE);
	CHECK(q == room + 5 * PAGE);
	CHECK(filled(q, 2 * HUGE, 1));
	CHECK(all_on(q, 2 * HUGE, 1));
	CHECK_EQ(stat_of(fd, 1).file_used, 2 * HUGE);
	CHECK(mremap(q, 2 * HUGE, 3 * HUGE, MREMAP_MAYMOVE) == MAP_FAILED);
	CHECK(mremap(q, 0, 2 * HUGE, MREMAP_MAYMOVE) == MAP_FAILED);
	CHECK(mremap(q, 2 * HUGE, PAGE, 0) == q);
	CHECK_EQ(stat_of(fd, 1).file_used, PAGE);
	CHECK(filled(q, PAGE, 1));
	migrate_all(fd, q, PAGE, 0);
	CHECK(filled(q, PAGE, 1));
}

TEST(map_survives_close)
{
	int fd = device(), other = device();
	char *p = map(fd, 4 * PAGE, 1);

	fill(p, 4 * PAGE, 1);
	close(fd);
	CHECK(filled(p, 4 * PAGE, 1));
	CHECK_EQ(stat_of(other, 1).used, 4 * PAGE);
	CHECK(!munmap(p, 4 * PAGE));
	CHECK_EQ(stat_of(other, 1).used, 0);
}

static void finish(pid_t child)
{
	int status;

	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status) && !WEXITSTATUS(status));
}

/* Memory is shared with a child, and stays until both have let go. */
TEST(map_shared_by_fork)
{
	int fd = device();
	char *p = map(fd, HUGE, 1), *q = map(fd, HUGE, 1);
	pid_t child;

	fill(p, HUGE, 1);
	fill(q, HUGE, 2);
	child = fork();
	if (!child) {
		CHECK(filled(p, HUGE, 1));
		fill(p, HUGE, 3);
		CHECK(!munmap(q, HUGE));
		CHECK(!munmap(p, PAGE));
		/* The parent's pages move under the child's addresses as well. */
		migrate_all(fd, p + PAGE, HUGE - PAGE, 0);
		CHECK(filled(p + PAGE, HUGE - PAGE, 3 + PAGE / 8));
		_exit(0);
	}
	finish(child);
	CHECK(filled(p, HUGE, 3));
	CHECK(filled(q, HUGE, 2));
	CHECK(all_on(p + PAGE, HUGE - PAGE, 0));
	CHECK_EQ(node_of(p), 1);
	CHECK_EQ(stat_of(fd, 1).file_used, HUGE + PAGE);
	/* The child alone holds it. */
	child = fork();
	if (!child) {
		while (stat_of(fd, 1).refused == 0)
			usleep(1000);
		CHECK(filled(q, HUGE, 2));
		CHECK(filled(p, HUGE, 3));
		_exit(0);
	}
	CHECK(!munmap(p, HUGE));
	CHECK(!munmap(q, HUGE));
	CHECK_EQ(stat_of(fd, 1).file_used, HUGE + PAGE);
	CHECK(mmap(NULL, 1UL << 45, PROT_READ | PROT_WRITE, MAP_SHARED, fd, PAGE) ==
	      MAP_FAILED);
	finish(child);
	CHECK_EQ(stat_of(fd, 1).file_used, 0);
	CHECK_EQ(stat_of(fd, 0).file_used, 0);
}

TEST(map_not_in_core_dumps)
{
	int fd = device();
	char *p = map(fd, PAGE, 1), line[512];
	FILE *f = fopen("/proc/self/smaps", "r");
	bool inside = false, seen = false;
	unsigned long low, high;

	CHECK(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%lx-%lx ", &low, &high) == 2)
			inside = low == (uintptr_t)p;
		else if (inside && !strncmp(line, "VmFlags:", 8))
			seen = strstr(line, " dd") && strstr(line, " de");
	}
	fclose(f);
	CHECK(seen);
}
