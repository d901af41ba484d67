// SPDX-License-Identifier: GPL-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

#define ATTRIBUTES "/sys/class/misc/emucxl/node%d/%s"
#define PARAMETERS "/sys/module/emucxl/parameters/%s"

int device(void)
{
	int fd = open(EMUCXL_DEVICE, O_RDWR | O_CLOEXEC);

	CHECK(fd >= 0);
	return fd;
}

char *map_at(int fd, void *address, size_t length, int node)
{
	char *p = mmap(address, length, PROT_READ | PROT_WRITE,
		       MAP_SHARED | (address ? MAP_FIXED : 0), fd, node * PAGE);

	CHECK(p != MAP_FAILED);
	return p;
}

char *map(int fd, size_t length, int node)
{
	return map_at(fd, NULL, length, node);
}

struct emucxl_node_stat stat_of(int fd, int node)
{
	struct emucxl_node_stat s = { .size = sizeof(s), .node = node };

	CHECK(!ioctl(fd, EMUCXL_NODE_STAT, &s));
	return s;
}

int migrate(int fd, void *address, size_t length, int node, uint64_t *moved)
{
	struct emucxl_migrate m = {
		.size = sizeof(m),
		.node = node,
		.address = (uintptr_t)address,
		.length = length,
		.moved = 12345,
	};
	int result = ioctl(fd, EMUCXL_MIGRATE, &m);

	if (moved)
		*moved = m.moved;
	return result;
}

void migrate_all(int fd, void *address, size_t length, int node)
{
	CHECK(!migrate(fd, address, length, node, NULL));
}

void set_limit(int fd, int node, uint64_t bytes)
{
	struct emucxl_capacity c = {
		.size = sizeof(c),
		.node = node,
		.scope = EMUCXL_SCOPE_FILE,
		.bytes = bytes,
	};

	CHECK(!ioctl(fd, EMUCXL_SET_CAPACITY, &c));
}

void query(int fd, void *address, size_t length, int *nodes)
{
	struct emucxl_query q = {
		.size = sizeof(q),
		.address = (uintptr_t)address,
		.length = length,
		.nodes = (uintptr_t)nodes,
	};

	CHECK(!ioctl(fd, EMUCXL_QUERY, &q));
}

int node_of(void *address)
{
	int status = -1;

	CHECK(!syscall(SYS_move_pages, 0, 1UL, &address, NULL, &status, 0));
	return status;
}

bool all_on(void *address, size_t length, int node)
{
	enum { BATCH = 512 };
	void *pages[BATCH];
	int status[BATCH];
	size_t at, n;

	for (at = 0; at < length; at += n * PAGE) {
		for (n = 0; n < BATCH && at + n * PAGE < length; n++)
			pages[n] = (char *)address + at + n * PAGE;
		if (syscall(SYS_move_pages, 0, n, pages, NULL, status, 0))
			return false;
		for (size_t i = 0; i < n; i++) {
			/* An entry of a page table may be away until the next touch. */
			for (int tries = 0; status[i] == -ENOENT && tries < 10; tries++) {
				(void)*(volatile char *)pages[i];
				status[i] = node_of(pages[i]);
			}
			if (status[i] == node)
				continue;
			printf("    page %zu: node %d, not %d\n", at / PAGE + i,
			       status[i], node);
			return false;
		}
	}
	return true;
}

static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

void fill(void *address, size_t length, uint64_t seed)
{
	uint64_t *p = address;

	for (size_t i = 0; i < length / 8; i++)
		p[i] = mix(seed + i);
}

bool filled(void *address, size_t length, uint64_t seed)
{
	uint64_t *p = address;

	for (size_t i = 0; i < length / 8; i++)
		if (p[i] != mix(seed + i))
			return false;
	return true;
}

void mark(void *address, size_t length, uint64_t seed)
{
	for (size_t i = 0; i < length; i += PAGE)
		*(uint64_t *)((char *)address + i + i / PAGE % 500 * 8) = mix(seed + i);
}

bool marked(void *address, size_t length, uint64_t seed)
{
	for (size_t i = 0; i < length; i += PAGE)
		if (*(uint64_t *)((char *)address + i + i / PAGE % 500 * 8) !=
		    mix(seed + i))
			return false;
	return true;
}

bool all_zero(void *address, size_t length)
{
	uint64_t *p = address;

	for (size_t i = 0; i < length / 8; i++)
		if (p[i])
			return false;
	return true;
}

static bool read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);

	if (fd >= 0)
		close(fd);
	if (n < 0)
		return false;
	text[n] = 0;
	return true;
}

static bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return n == (ssize_t)strlen(text);
}

/* -1 while the module is not loaded. */
long long node_attribute(int node, const char *name)
{
	char path[128], text[64];

	snprintf(path, sizeof(path), ATTRIBUTES, node, name);
	return read_text(path, text, sizeof(text)) ? atoll(text) : -1;
}

bool set_node_attribute(int node, const char *name, const char *value)
{
	char path[128];

	snprintf(path, sizeof(path), ATTRIBUTES, node, name);
	return write_text(path, value);
}

void set_parameter(const char *name, const char *value)
{
	char path[128];

	snprintf(path, sizeof(path), PARAMETERS, name);
	CHECK(write_text(path, value));
}

/* A figure of the mapping that holds the address, from /proc/self/smaps. */
long long smaps_bytes(void *address, const char *key)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	unsigned long low, high;
	long long kib = -1;
	bool inside = false;
	char line[512];

	CHECK(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%lx-%lx ", &low, &high) == 2)
			inside = low <= (uintptr_t)address && (uintptr_t)address < high;
		else if (inside && !strncmp(line, key, strlen(key)))
			kib = atoll(line + strlen(key) + 1);
	}
	fclose(f);
	CHECK(kib >= 0);
	return kib << 10;
}

bool load_module(const char *parameters)
{
	int fd = open(test_module, O_RDONLY | O_CLOEXEC);
	long result;
	int error;

	CHECK(fd >= 0);
	result = syscall(SYS_finit_module, fd, parameters, 0);
	error = errno;
	close(fd);
	errno = error;
	return !result;
}

bool unload_module(void)
{
	return !syscall(SYS_delete_module, "emucxl", O_NONBLOCK);
}

uint64_t random_next(uint64_t *state)
{
	return mix(*state += 0x9e3779b97f4a7c15);
}

double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}
