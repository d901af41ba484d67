// SPDX-License-Identifier: GPL-2.0
/* Pages are where they were asked for, zeroed, huge where they can be. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

TEST(place_on_each_node)
{
	int fd = device(), node;

	for (node = 0; node < 2; node++) {
		char *p = map(fd, 64 * KIB, node);

		memset(p, 1, 64 * KIB);
		CHECK(all_on(p, 64 * KIB, node));
		CHECK_EQ(stat_of(fd, node).file_used, 64 * KIB);
		CHECK(!munmap(p, 64 * KIB));
		CHECK_EQ(stat_of(fd, node).file_used, 0);
	}
}

TEST(place_256_mib_on_node_1)
{
	int fd = device();
	size_t i, size = 256 * MIB;
	char *p = map(fd, size, 1);

	for (i = 0; i < size; i += PAGE)
		p[i] = (char)(i / PAGE);
	CHECK(all_on(p, size, 1));
	for (i = 0; i < size; i += PAGE)
		CHECK(p[i] == (char)(i / PAGE));
	CHECK_EQ(node_attribute(1, "used"), size);
	CHECK_EQ(node_attribute(0, "used"), 0);
}

TEST(place_is_eager)
{
	int nodes[16], fd = device(), i;
	long long before = node_attribute(1, "used");
	char *p = map(fd, 16 * PAGE, 1);

	/* Nothing is touched: the pages are there all the same. */
	CHECK_EQ(node_attribute(1, "used") - before, 16 * PAGE);
	query(fd, p, 16 * PAGE, nodes);
	for (i = 0; i < 16; i++)
		CHECK_EQ(nodes[i], 1);
	CHECK_EQ(node_of(p), -ENOENT);
	/* MAP_POPULATE fills the page tables, too. */
	p = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_POPULATE, fd, 0);
	CHECK(p != MAP_FAILED);
	for (i = 0; i < 16; i++)
		CHECK_EQ(node_of(p + i * PAGE), 0);
}

TEST(place_zeroed)
{
	int fd = device(), round;

	for (round = 0; round < 4; round++) {
		char *p = map(fd, 16 * MIB + PAGE, round & 1);

		CHECK(all_zero(p, 16 * MIB + PAGE));
		memset(p, 0xa5, 16 * MIB + PAGE);
		CHECK(!munmap(p, 16 * MIB + PAGE));
	}
}

TEST(place_huge_where_aligned)
{
	int fd = device();
	char *p = map(fd, 8 * MIB + 3 * PAGE, 1);

	CHECK_EQ((uintptr_t)p % HUGE, 0);
	memset(p, 1, 8 * MIB + 3 * PAGE);
	CHECK_EQ(stat_of(fd, 1).huge, 8 * MIB);
	CHECK_EQ(smaps_bytes(p, "FilePmdMapped:"), 8 * MIB);
	CHECK(all_on(p, 8 * MIB + 3 * PAGE, 1));
	CHECK(!munmap(p, 8 * MIB + 3 * PAGE));
	CHECK_EQ(stat_of(fd, 1).huge, 0);
}

TEST(place_huge_inside_unaligned)
{
	int fd = device();
	char *room = mmap(NULL, 12 * MIB, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	char *aligned = (char *)(((uintptr_t)room + HUGE - 1) & ~(HUGE - 1));
	size_t size = 6 * MIB + 2 * PAGE;
	char *p;

	/* One page before a boundary, and one after: three huge ones between. */
	p = map_at(fd, aligned + HUGE - PAGE, size, 1);
	fill(p, size, 1);
	CHECK_EQ(stat_of(fd, 1).huge, 6 * MIB);
	CHECK_EQ(smaps_bytes(p, "FilePmdMapped:"), 6 * MIB);
	CHECK(all_on(p, size, 1));
	CHECK(filled(p, size, 1));
}

TEST(place_small_when_huge_is_off)
{
	int fd = device();
	char *p;

	set_parameter("huge", "0");
	p = map(fd, 4 * MIB, 1);
	set_parameter("huge", "1");
	fill(p, 4 * MIB, 2);
	CHECK_EQ(stat_of(fd, 1).huge, 0);
	CHECK(all_on(p, 4 * MIB, 1));
	CHECK(filled(p, 4 * MIB, 2));
}

TEST(place_in_numa_maps)
{
	int fd = device();
	char *p = map(fd, 8 * PAGE, 1), line[512], start[32];
	FILE *f = fopen("/proc/self/numa_maps", "r");
	bool seen = false;

	CHECK(f);
	memset(p, 1, 8 * PAGE);
	snprintf(start, sizeof(start), "%lx ", (unsigned long)(uintptr_t)p);
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, start, strlen(start)))
			seen = strstr(line, " N1=8") && !strstr(line, " N0=");
	fclose(f);
	CHECK(seen);
}

TEST(place_published_interface)
{
	int fd = device(), node;
	uint64_t word = 0;

	CHECK_EQ(EMUCXL_INIT, 0x40086501);
	CHECK_EQ(EMUCXL_EXIT, 0x6502);
	CHECK_EQ(EMUCXL_ALLOC, 0x80086503);
	CHECK_EQ(EMUCXL_FREE, 0x6504);
	CHECK(!ioctl(fd, 0x40086501, &word));
	CHECK(!ioctl(fd, 0x80086503, &word));
	for (node = 0; node < 2; node++) {
		char *p = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED,
			       fd, node * 4096);

		CHECK(p != MAP_FAILED);
		strcpy(p, "emucxl");
		CHECK_EQ(node_of(p), node);
	}
	CHECK(!ioctl(fd, 0x6504, 0));
	CHECK(!ioctl(fd, 0x6502, 0));
}

TEST(place_info)
{
	struct emucxl_info i = { .size = sizeof(i) };

	CHECK(!ioctl(device(), EMUCXL_INFO, &i));
	CHECK_EQ(i.version, EMUCXL_ABI_VERSION);
	CHECK(i.nodes >= 2);
	CHECK_EQ(i.page_size, PAGE);
	CHECK_EQ(i.huge_size, HUGE);
	CHECK_EQ(i.memory & 3, 3);
}

TEST(place_fdinfo)
{
	int fd = device();
	char path[64], line[128];
	bool seen = false;
	FILE *f;

	map(fd, 8 * PAGE, 1);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	f = fopen(path, "r");
	CHECK(f);
	while (fgets(line, sizeof(line), f))
		seen |= !strcmp(line, "emucxl-node1:\t32 kB\n");
	fclose(f);
	CHECK(seen);
}

TEST(place_device_mode)
{
	struct stat s;

	CHECK(!stat(EMUCXL_DEVICE, &s));
	CHECK_EQ(s.st_mode & 07777, 0660);
}
