// SPDX-License-Identifier: GPL-2.0
/* What must be refused is refused, with the errno that the header promises. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test.h"

static void *try_map(int fd, size_t length, int prot, int flags, off_t offset)
{
	return mmap(NULL, length, prot, flags, fd, offset);
}

#define RW (PROT_READ | PROT_WRITE)

TEST(refuse_private_mapping)
{
	CHECK_ERRNO(try_map(device(), PAGE, RW, MAP_PRIVATE, 0), EINVAL);
}

TEST(refuse_read_only_file)
{
	int fd = open(EMUCXL_DEVICE, O_RDONLY);

	CHECK(fd >= 0);
	CHECK_ERRNO(try_map(fd, PAGE, PROT_READ, MAP_SHARED, 0), EINVAL);
	CHECK_ERRNO(try_map(fd, PAGE, RW, MAP_SHARED, 0), EACCES);
}

TEST(refuse_bad_nodes)
{
	struct emucxl_info i = { .size = sizeof(i) };
	unsigned int node;
	int fd = device();

	CHECK(!ioctl(fd, EMUCXL_INFO, &i));
	for (node = 0; node < i.nodes; node++)
		if (!(i.memory >> node & 1))
			CHECK_ERRNO(try_map(fd, PAGE, RW, MAP_SHARED, node * PAGE),
				    ENODEV);
	CHECK_ERRNO(try_map(fd, PAGE, RW, MAP_SHARED, i.nodes * PAGE), EINVAL);
	CHECK_ERRNO(try_map(fd, PAGE, RW, MAP_SHARED, 1UL << 50), EINVAL);
	CHECK_ERRNO(try_map(fd, PAGE, RW, MAP_SHARED, -PAGE), EOVERFLOW);
	CHECK_ERRNO(try_map(fd, PAGE, RW, MAP_SHARED, 1), EINVAL);
}

TEST(refuse_sizes)
{
	struct emucxl_node_stat s;
	int fd = device();

	s = stat_of(fd, 1);
	CHECK_ERRNO(try_map(fd, 0, RW, MAP_SHARED, PAGE), EINVAL);
	CHECK_ERRNO(try_map(fd, s.total + PAGE, RW, MAP_SHARED, PAGE), ENOMEM);
	CHECK_ERRNO(try_map(fd, 1UL << 45, RW, MAP_SHARED, PAGE), ENOMEM);
	CHECK_ERRNO(try_map(fd, 1UL << 62, RW, MAP_SHARED, PAGE), ENOMEM);
	CHECK(try_map(fd, -2 * PAGE, RW, MAP_SHARED, PAGE) == MAP_FAILED);
	CHECK_EQ(stat_of(fd, 1).refused - s.refused, 2);
}

TEST(refuse_over_capacity)
{
	int fd = device();
	char *p, *q;

	CHECK(set_node_attribute(1, "capacity", "4M\n"));
	CHECK_EQ(node_attribute(1, "capacity"), 4 * MIB);
	p = map(fd, 3 * MIB, 1);
	CHECK_ERRNO(try_map(fd, MIB + PAGE, RW, MAP_SHARED, PAGE), ENOMEM);
	q = map(fd, MIB, 1);
	CHECK_ERRNO(try_map(fd, PAGE, RW, MAP_SHARED, PAGE), ENOMEM);
	/* The other node has room, and does not stand in by itself. */
	CHECK(!munmap(map(fd, 8 * MIB, 0), 8 * MIB));
	/* Lowering the capacity takes nothing away. */
	CHECK(set_node_attribute(1, "capacity", "4096"));
	fill(p, 3 * MIB, 3);
	CHECK(filled(p, 3 * MIB, 3));
	CHECK(!munmap(p, 3 * MIB));
	CHECK(!munmap(q, MIB));
	CHECK(!munmap(map(fd, PAGE, 1), PAGE));
	CHECK_ERRNO(try_map(fd, 2 * PAGE, RW, MAP_SHARED, PAGE), ENOMEM);
	CHECK(set_node_attribute(1, "capacity", "default"));
	CHECK(node_attribute(1, "capacity") > (long long)(64 * MIB));
	CHECK(!set_node_attribute(1, "capacity", "much"));
	CHECK(!set_node_attribute(1, "capacity", "4Q"));
	CHECK(!set_node_attribute(1, "capacity", "\n"));
}

TEST(refuse_over_file_limit)
{
	int one = device(), other = device();

	set_limit(one, 1, 10 * PAGE);
	CHECK_EQ(stat_of(one, 1).file_limit, 10 * PAGE);
	CHECK_EQ((long long)stat_of(other, 1).file_limit, (long long)EMUCXL_UNLIMITED);
	map(one, 10 * PAGE, 1);
	CHECK_ERRNO(try_map(one, PAGE, RW, MAP_SHARED, PAGE), ENOMEM);
	map(other, 11 * PAGE, 1);
	CHECK_EQ(stat_of(one, 1).file_used, 10 * PAGE);
	CHECK_EQ(stat_of(other, 1).file_used, 11 * PAGE);
	CHECK_EQ(stat_of(other, 1).used, 21 * PAGE);
}

/* Memory that is really used up is ENOMEM, soon: no livelock, nobody killed. */
TEST(refuse_when_memory_is_used_up)
{
	long long total;
	size_t piece = 32 * MIB, taken = 0;
	int fd = device();
	char *p;

	CHECK(set_node_attribute(1, "capacity", "1024G"));
	total = stat_of(fd, 1).total;
	CHECK_ERRNO(try_map(fd, total + HUGE, RW, MAP_SHARED, PAGE), ENOMEM);
	CHECK_EQ(node_attribute(1, "used"), 0);
	while (piece >= PAGE) {
		p = try_map(fd, piece, RW, MAP_SHARED, PAGE);
		if (p == MAP_FAILED) {
			CHECK_EQ(errno, ENOMEM);
			piece /= 8;
			continue;
		}
		p[0] = 1;
		taken += piece;
	}
	CHECK(taken > (size_t)total * 3 / 4);
	CHECK_EQ(node_attribute(1, "used"), taken);
	CHECK(set_node_attribute(1, "capacity", "default"));
}

TEST(refuse_privileged_capacity)
{
	struct emucxl_capacity c = {
		.size = sizeof(c),
		.node = 1,
		.scope = EMUCXL_SCOPE_NODE,
		.bytes = 64 * MIB,
	};
	int fd = device();

	CHECK(!ioctl(fd, EMUCXL_SET_CAPACITY, &c));
	CHECK_EQ(node_attribute(1, "capacity"), 64 * MIB);
	c.bytes = EMUCXL_UNLIMITED;
	CHECK(!ioctl(fd, EMUCXL_SET_CAPACITY, &c));
	CHECK(node_attribute(1, "capacity") > (long long)(64 * MIB));
	CHECK(!setgid(1000) && !setgroups(0, NULL) && !setuid(1000));
	CHECK_ERRNO(ioctl(fd, EMUCXL_SET_CAPACITY, &c), EPERM);
	CHECK_ERRNO(open(EMUCXL_DEVICE, O_RDWR), EACCES);
	/* A descriptor that was handed over works, with its own limit. */
	set_limit(fd, 1, PAGE);
	CHECK_ERRNO(try_map(fd, 2 * PAGE, RW, MAP_SHARED, PAGE), ENOMEM);
	map(fd, PAGE, 1);
}
