// SPDX-License-Identifier: GPL-2.0
/* The ioctls: their structures' sizes, bad arguments, and plain nonsense. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "test.h"

TEST(call_sizes_grow)
{
	struct {
		struct emucxl_info known;
		uint64_t later;
	} big = { .known.size = sizeof(big) };
	struct emucxl_info info = { .size = sizeof(info) - 8 };
	int fd = device();

	CHECK(!ioctl(fd, EMUCXL_INFO, &big));
	big.later = 1;
	CHECK_ERRNO(ioctl(fd, EMUCXL_INFO, &big), E2BIG);
	CHECK_ERRNO(ioctl(fd, EMUCXL_INFO, &info), EINVAL);
	info.size = 1 << 20;
	CHECK_ERRNO(ioctl(fd, EMUCXL_INFO, &info), E2BIG);
	CHECK_ERRNO(ioctl(fd, EMUCXL_INFO, NULL), EFAULT);
	CHECK_ERRNO(ioctl(fd, EMUCXL_INFO, (void *)-8L), EFAULT);
	/* The number counts, not the size in it. */
	info.size = sizeof(info);
	CHECK(!ioctl(fd, _IOWR('e', 16, char[24]), &info));
	CHECK_ERRNO(ioctl(fd, _IO('e', 200), 0), ENOTTY);
	CHECK_ERRNO(ioctl(fd, _IO('f', 16), &info), ENOTTY);
}

TEST(call_bad_nodes)
{
	struct emucxl_node_stat s = { .size = sizeof(s), .node = 1 << 30 };
	struct emucxl_capacity c = { .size = sizeof(c), .node = -1 };
	int fd = device();
	char *p = map(fd, PAGE, 0);

	CHECK_ERRNO(ioctl(fd, EMUCXL_NODE_STAT, &s), ENODEV);
	CHECK_ERRNO(ioctl(fd, EMUCXL_SET_CAPACITY, &c), ENODEV);
	CHECK_ERRNO(migrate(fd, p, PAGE, -1, NULL), ENODEV);
	CHECK_ERRNO(migrate(fd, p, PAGE, 63, NULL), ENODEV);
	c.node = 0;
	c.scope = 2;
	CHECK_ERRNO(ioctl(fd, EMUCXL_SET_CAPACITY, &c), EINVAL);
	c.scope = 0;
	c.reserved = 1;
	CHECK_ERRNO(ioctl(fd, EMUCXL_SET_CAPACITY, &c), EINVAL);
}

TEST(call_bad_ranges)
{
	struct emucxl_query q = { .size = sizeof(q) };
	int fd = device(), other = device(), nodes[4];
	char *p = map(fd, 4 * PAGE, 0);
	uint64_t moved;

	CHECK_ERRNO(migrate(fd, p + 1, PAGE, 1, NULL), EINVAL);
	CHECK_ERRNO(migrate(fd, p, PAGE - 1, 1, NULL), EINVAL);
	CHECK_ERRNO(migrate(fd, p, -PAGE, 1, NULL), EINVAL);
	CHECK_ERRNO(migrate(fd, NULL, PAGE, 1, NULL), EFAULT);
	CHECK_ERRNO(migrate(other, p, PAGE, 1, NULL), EFAULT);
	CHECK(!migrate(fd, p, 0, 1, &moved));
	CHECK_EQ(moved, 0);
	/* A hole stops it; what came before the hole has moved. */
	CHECK(!munmap(p + 2 * PAGE, PAGE));
	CHECK_ERRNO(migrate(fd, p, 4 * PAGE, 1, &moved), EFAULT);
	CHECK_EQ(moved, 2 * PAGE);
	query(fd, p, 4 * PAGE, nodes);
	CHECK_EQ(nodes[0], 1);
	CHECK_EQ(nodes[1], 1);
	CHECK_EQ(nodes[2], -1);
	CHECK_EQ(nodes[3], 0);
	query(other, p, 4 * PAGE, nodes);
	CHECK_EQ(nodes[0], -1);
	q.address = (uintptr_t)p;
	q.length = PAGE;
	CHECK_ERRNO(ioctl(fd, EMUCXL_QUERY, &q), EFAULT);
	q.nodes = (uintptr_t)nodes;
	q.reserved = 1;
	CHECK_ERRNO(ioctl(fd, EMUCXL_QUERY, &q), EINVAL);
}

/*
 * Nonsense that is close to sense: the right numbers with wrong contents, and
 * offsets around the right ones. Nothing may break; what succeeds is undone.
 */
TEST(call_random_100000)
{
	static const unsigned long words[] = {
		0, 1, 2, 3, 7, 24, 32, 40, 4095, 4096, 8192, HUGE,
		0x7fffffff, 0x80000000, 0xffffffff, 1UL << 40, 1UL << 47,
		(1UL << 47) - PAGE, 1UL << 63, -PAGE, -1UL,
	};
	enum { WORDS = sizeof(words) / sizeof(*words) };
	uint64_t seed = 20240917, block[16];
	int fd = device(), i, k, mapped = 0;
	char *p = map(fd, 4 * MIB, 0);

	/* Small, so that no random success takes long. */
	set_limit(fd, 0, 16 * MIB);
	set_limit(fd, 1, 16 * MIB);
	for (i = 0; i < 100000; i++) {
		uint64_t r = random_next(&seed);

		if (r % 4 == 0) {
			size_t length = words[(r >> 8) % WORDS];
			off_t offset = words[(r >> 16) % WORDS];
			void *q = mmap((r & 64) ? p : NULL, length, (r >> 32) & 7,
				       (r & 128) ? MAP_SHARED : MAP_PRIVATE, fd,
				       offset);

			if (q != MAP_FAILED) {
				mapped++;
				CHECK(!munmap(q, length));
			}
			continue;
		}
		for (k = 0; k < 16; k++) {
			r = random_next(&seed);
			block[k] = r & 1 ? words[(r >> 8) % WORDS] :
				   r & 2 ? (uintptr_t)p + (r >> 8) % 1024 * PAGE :
				   r & 4 ? (r >> 8) % 16 * PAGE : r >> 3;
		}
		r = random_next(&seed);
		/* Do not let it set the limits to something else. */
		k = r % 8 ? 16 + (r >> 3) % 5 : (r >> 3) % 256;
		if (k == _IOC_NR(EMUCXL_SET_CAPACITY))
			block[1] |= 1UL << 40;
		if (r & 64)
			block[0] = (r & 128 ? block[0] & ~0xffffffffUL :
					      (r >> 10) % 4 << 32) |
				   (r & 256 ? 32 : r & 512 ? 40 : 80);
		ioctl(fd, _IOC((r >> 12) & 3, (r >> 14) % 8 ? 'e' : 'f', k,
			       (r >> 18) % 128),
		      (r >> 32) % 16 ? (void *)block : (void *)words[(r >> 36) % WORDS]);
	}
	CHECK(mapped > 0);
	CHECK(!munmap(p, 4 * MIB));
	CHECK_EQ(stat_of(fd, 0).file_used, 0);
	CHECK_EQ(stat_of(fd, 1).file_used, 0);
}
