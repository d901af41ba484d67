// SPDX-License-Identifier: GPL-2.0
/*
 * Memory of an emulated CXL device: small sizes only, it is slow. Run by name,
 * in a machine that has the device.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test.h"

TEST(cxl_region)
{
	int fd = device();
	size_t size = HUGE + 4 * PAGE;
	char *p = map(fd, size, 1);
	uint64_t moved;

	CHECK(!access("/sys/bus/cxl/devices/region0", F_OK));
	CHECK(all_zero(p, 16 * PAGE));
	fill(p, size, 1);
	CHECK(filled(p, size, 1));
	CHECK(all_on(p, size, 1));
	CHECK(!migrate(fd, p, size, 0, &moved));
	CHECK_EQ(moved, size);
	CHECK(filled(p, size, 1));
	CHECK(all_on(p, size, 0));
	CHECK(!migrate(fd, p + HUGE, 4 * PAGE, 1, &moved));
	CHECK_EQ(moved, 4 * PAGE);
	CHECK(filled(p, size, 1));
	CHECK(all_on(p + HUGE, 4 * PAGE, 1));
	CHECK(!munmap(p, size));
	CHECK_EQ(stat_of(fd, 1).file_used, 0);
}
