// SPDX-License-Identifier: GPL-2.0
/* Processes that are killed, allocations that fail, modules that come and go. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static void *work(void *argument)
{
	int fd = *(int *)argument;
	uint64_t seed = (uintptr_t)&fd;

	for (;;) {
		uint64_t r = random_next(&seed);
		size_t size = (1 + r % 8) * 512 * KIB;
		char *p = map(fd, size, r >> 32 & 1);

		memset(p, 1, size);
		migrate(fd, p, size, r >> 33 & 1, NULL);
		if (r >> 34 & 1)
			munmap(p + size / 4, size / 4);
		munmap(p, size);
	}
	return NULL;
}

/* kill -9 while threads map, write, move and unmap, and a child shares it. */
TEST(fail_kill_in_the_middle)
{
	uint64_t seed = 99;
	int round, node;

	for (round = 0; round < 20; round++) {
		pid_t child = fork();

		CHECK(child >= 0);
		if (!child) {
			int fd = device(), i;
			pthread_t t;

			/* Shared with a grandchild, which dies by itself. */
			map(fd, HUGE, 1)[0] = 1;
			if (!fork()) {
				usleep(random_next(&seed) % 20000);
				raise(SIGKILL);
			}
			for (i = 0; i < 3; i++)
				pthread_create(&t, NULL, work, &fd);
			work(&fd);
		}
		seed += round;
		usleep(20000 + random_next(&seed) % 80000);
		CHECK(!kill(child, SIGKILL));
		CHECK(waitpid(child, NULL, 0) == child);
		for (node = 0; node < 2; node++) {
			int tries = 0;

			/* The grandchild may live on for some milliseconds. */
			while (node_attribute(node, "used") && tries++ < 100)
				usleep(20000);
			CHECK_EQ(node_attribute(node, "used"), 0);
			CHECK_EQ(node_attribute(node, "huge"), 0);
		}
	}
}

/* A large request dies at once when its process is killed. */
TEST(fail_kill_while_mapping)
{
	int round;

	for (round = 0; round < 5; round++) {
		pid_t child = fork();

		if (!child) {
			int fd = device();

			for (;;)
				munmap(map(fd, 128 * MIB, 1), 128 * MIB);
		}
		usleep(30000);
		CHECK(!kill(child, SIGKILL));
		CHECK(waitpid(child, NULL, 0) == child);
		CHECK_EQ(node_attribute(1, "used"), 0);
	}
}

/*
 * The n-th allocation fails, for every n, until the work gets through without a
 * failure. Whatever fails must say ENOMEM, leave the data alone and hold
 * nothing.
 */
struct attempt {
	int fd;
	bool failed;
};

static bool out_of_memory(struct attempt *a, bool failed)
{
	if (failed) {
		CHECK_EQ(errno, ENOMEM);
		a->failed = true;
	}
	return failed;
}

static void open_and_map(struct attempt *a)
{
	int fd = open(EMUCXL_DEVICE, O_RDWR);
	char *p;

	if (out_of_memory(a, fd < 0))
		return;
	p = mmap(NULL, 7 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, PAGE);
	if (!out_of_memory(a, p == MAP_FAILED)) {
		mark(p, 7 * PAGE, 1);
		CHECK(marked(p, 7 * PAGE, 1));
	}
	close(fd);
	if (p != MAP_FAILED)
		munmap(p, 7 * PAGE);
}

static void move_small(struct attempt *a)
{
	char *p = mmap(NULL, 9 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, a->fd, 0);

	if (out_of_memory(a, p == MAP_FAILED))
		return;
	mark(p, 9 * PAGE, 1);
	out_of_memory(a, migrate(a->fd, p, 9 * PAGE, 1, NULL));
	CHECK(marked(p, 9 * PAGE, 1));
	munmap(p, 9 * PAGE);
}

/* Huge pages fall back to small ones, so that fewer of these fail. */
static void move_huge(struct attempt *a)
{
	char *p = mmap(NULL, HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, a->fd, 0);

	if (out_of_memory(a, p == MAP_FAILED))
		return;
	mark(p, HUGE, 1);
	out_of_memory(a, migrate(a->fd, p, HUGE, 1, NULL));
	out_of_memory(a, migrate(a->fd, p + PAGE, PAGE, 0, NULL));
	CHECK(marked(p, HUGE, 1));
	/* Giving back a part needs memory, but cannot fail. */
	CHECK(!munmap(p + 3 * PAGE, PAGE));
	CHECK(marked(p, 3 * PAGE, 1));
	munmap(p, HUGE);
}

static void inject(const char *what, void (*work_through)(struct attempt *),
		   unsigned int first, unsigned int step)
{
	struct attempt a = { device(), false };
	unsigned int n, failures = 0;
	char number[16];

	for (n = first; n < 5000; n += step) {
		bool done;

		snprintf(number, sizeof(number), "%u", n);
		set_parameter("fail_nth", number);
		a.failed = false;
		work_through(&a);
		failures += a.failed;
		CHECK_EQ(stat_of(a.fd, 0).used + stat_of(a.fd, 1).used, 0);
		CHECK_EQ(stat_of(a.fd, 0).huge + stat_of(a.fd, 1).huge, 0);
		{
			FILE *f = fopen("/sys/module/emucxl/parameters/fail_nth", "r");
			int left = 0;

			CHECK(f && fscanf(f, "%d", &left) == 1);
			fclose(f);
			done = left > 0;
		}
		set_parameter("fail_nth", "0");
		if (done)
			break;
	}
	printf("    %s: %u failures in %u attempts\n", what, failures, (n - first) / step);
	CHECK(failures > 0);
	CHECK(n < 5000);
	close(a.fd);
}

TEST(fail_every_allocation)
{
	inject("open and map", open_and_map, 1, 1);
	inject("move small pages", move_small, 1, 1);
	inject("move and cut huge pages", move_huge, 1, 1);
	set_parameter("huge", "0");
	inject("map many pages", move_huge, 1, 97);
	set_parameter("huge", "1");
}

TEST(fail_module_parameters)
{
	if (!test_module)
		return;
	CHECK(unload_module());
	CHECK(!load_module("capacity=64M,lots"));
	CHECK_EQ(errno, EINVAL);
	CHECK(!load_module("capacity=1M;2M"));
	CHECK(load_module("capacity=64M,8M"));
	CHECK_EQ(node_attribute(0, "capacity"), 64 * MIB);
	CHECK_EQ(node_attribute(1, "capacity"), 8 * MIB);
	CHECK(unload_module());
	CHECK(load_module("capacity=,16M"));
	CHECK(node_attribute(0, "capacity") > (long long)(64 * MIB));
	CHECK_EQ(node_attribute(1, "capacity"), 16 * MIB);
	CHECK(unload_module());
	CHECK(load_module(""));
}

TEST(fail_allocations_while_loading)
{
	char parameters[32];
	int n;

	if (!test_module)
		return;
	CHECK(unload_module());
	for (n = 1; n < 1000; n++) {
		snprintf(parameters, sizeof(parameters), "fail_nth=%d", n);
		if (load_module(parameters))
			break;
		CHECK_EQ(errno, ENOMEM);
		CHECK(access(EMUCXL_DEVICE, F_OK));
	}
	CHECK(n >= 4 && n < 1000);
	set_parameter("fail_nth", "0");
}

TEST(fail_unload_while_in_use)
{
	int fd;
	char *p;

	if (!test_module)
		return;
	fd = device();
	CHECK(!unload_module());
	CHECK_EQ(errno, EWOULDBLOCK);
	p = map(fd, PAGE, 1);
	close(fd);
	CHECK(!unload_module());
	CHECK(!munmap(p, PAGE));
	CHECK(unload_module());
	CHECK(load_module(""));
}

TEST(fail_load_and_unload_100_times)
{
	int i;

	if (!test_module)
		return;
	CHECK(unload_module());
	for (i = 0; i < 100; i++) {
		int fd;
		char *p;

		CHECK(load_module(""));
		fd = device();
		p = map(fd, HUGE + PAGE, i & 1);
		memset(p, i, HUGE + PAGE);
		migrate_all(fd, p, HUGE + PAGE, !(i & 1));
		CHECK(p[HUGE] == (char)i);
		CHECK(!munmap(p, HUGE + PAGE));
		close(fd);
		CHECK(unload_module());
	}
	CHECK(load_module(""));
}
