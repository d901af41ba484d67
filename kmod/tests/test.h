/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tests of the module: small functions that register themselves. Each runs in a
 * process of its own; after each the module must hold no memory.
 */
#ifndef EMUCXL_TEST_H
#define EMUCXL_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "emucxl_ioctl.h"

#define KIB (1UL << 10)
#define MIB (1UL << 20)
#define PAGE 4096UL
#define HUGE (2 * MIB)

struct test {
	const char *name;
	void (*body)(void);
	struct test *next;
};

void test_register(struct test *t);

#define TEST(id)							\
	static void id(void);						\
	static struct test id##_test = { #id, id, NULL };		\
	__attribute__((constructor)) static void id##_register(void)	\
	{								\
		test_register(&id##_test);				\
	}								\
	static void id(void)

/* A failed check ends the process that runs the test. */
#define CHECK(condition)						\
	do {								\
		if (!(condition))					\
			test_fail(__FILE__, __LINE__, #condition);	\
	} while (0)
#define CHECK_EQ(is, want)						\
	test_equal(__FILE__, __LINE__, #is, (long long)(is), (long long)(want))
/* The call must fail with this errno. */
#define CHECK_ERRNO(call, want)						\
	test_errno(__FILE__, __LINE__, #call, (long)(call), want)

void test_fail(const char *file, int line, const char *text);
void test_equal(const char *file, int line, const char *text, long long is,
		long long want);
void test_errno(const char *file, int line, const char *text, long result,
		int want);

/* Seconds that tests under load run. */
extern int test_seconds;
/* Path of emucxl.ko, or NULL: then the tests that load it are left out. */
extern const char *test_module;

/* What the device offers, failing the test when it does not work. */
int device(void);
char *map_at(int fd, void *address, size_t length, int node);
char *map(int fd, size_t length, int node);
struct emucxl_node_stat stat_of(int fd, int node);
int migrate(int fd, void *address, size_t length, int node, uint64_t *moved);
void migrate_all(int fd, void *address, size_t length, int node);
void set_limit(int fd, int node, uint64_t bytes);
void query(int fd, void *address, size_t length, int *nodes);

/* What the kernel's own move_pages(2) says; touches nothing. */
int node_of(void *address);
/* The same page by page, of pages that were touched. */
bool all_on(void *address, size_t length, int node);

/* Bytes that depend on the place and the seed. */
void fill(void *address, size_t length, uint64_t seed);
bool filled(void *address, size_t length, uint64_t seed);
/* The same with one word a page: much faster without hardware virtualization. */
void mark(void *address, size_t length, uint64_t seed);
bool marked(void *address, size_t length, uint64_t seed);
bool all_zero(void *address, size_t length);

/* Attributes: nodeN/<name> of the device, and the module's parameters. */
long long node_attribute(int node, const char *name);
bool set_node_attribute(int node, const char *name, const char *value);
void set_parameter(const char *name, const char *value);
long long smaps_bytes(void *address, const char *key);

bool load_module(const char *parameters);
bool unload_module(void);

uint64_t random_next(uint64_t *state);
double seconds_now(void);

#endif /* EMUCXL_TEST_H */
