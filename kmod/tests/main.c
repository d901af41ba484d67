// SPDX-License-Identifier: GPL-2.0
/*
 * emucxl-kmod-test [-s SECONDS] [-m MODULE.ko] [NAME...]
 *
 * Runs the tests whose names begin with one of the NAMEs, or all but those for a
 * CXL device. The last line counts them; the exit code is 0 if none failed.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* A test that takes longer hangs. */
#define LIMIT_SECONDS 240

int test_seconds = 5;
const char *test_module;

static struct test *tests;

void test_register(struct test *t)
{
	struct test **end = &tests;

	while (*end && strcmp((*end)->name, t->name) < 0)
		end = &(*end)->next;
	t->next = *end;
	*end = t;
}

void test_fail(const char *file, int line, const char *text)
{
	printf("    %s:%d: %s (errno: %s)\n", file, line, text, strerror(errno));
	fflush(stdout);
	_exit(1);
}

void test_equal(const char *file, int line, const char *text, long long is,
		long long want)
{
	if (is == want)
		return;
	printf("    %s:%d: %s is %lld, not %lld\n", file, line, text, is, want);
	fflush(stdout);
	_exit(1);
}

void test_errno(const char *file, int line, const char *text, long result,
		int want)
{
	if (result == -1 && errno == want)
		return;
	printf("    %s:%d: %s gave %ld, errno %s, not %s\n", file, line, text,
	       result, strerror(errno), strerror(want));
	fflush(stdout);
	_exit(1);
}

static bool run(struct test *t)
{
	double start = seconds_now();
	bool passed = true;
	int node, status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		alarm(LIMIT_SECONDS);
		t->body();
		exit(0);
	}
	waitpid(child, &status, 0);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		passed = false;
	if (WIFSIGNALED(status))
		printf("    killed by signal %d\n", WTERMSIG(status));
	for (node = 0; node < 2; node++) {
		long long used = node_attribute(node, "used");
		long long huge = node_attribute(node, "huge");

		if (used <= 0 && huge <= 0)
			continue;
		printf("    node %d: %lld bytes left, %lld huge\n", node, used, huge);
		passed = false;
	}
	printf("%-6s %s (%.1f s)\n", passed ? "ok" : "FAILED", t->name,
	       seconds_now() - start);
	fflush(stdout);
	return passed;
}

static bool wanted(const struct test *t, char **names)
{
	char **n;

	for (n = names; *n; n++)
		if (!strncmp(t->name, *n, strlen(*n)))
			return true;
	return n == names && strncmp(t->name, "cxl_", 4);
}

int main(int argc, char **argv)
{
	int passed = 0, failed = 0, option;
	struct test *t;

	while ((option = getopt(argc, argv, "s:m:")) != -1) {
		switch (option) {
		case 's':
			test_seconds = atoi(optarg);
			break;
		case 'm':
			test_module = optarg;
			break;
		default:
			return 2;
		}
	}
	for (t = tests; t; t = t->next) {
		if (!wanted(t, argv + optind))
			continue;
		if (run(t))
			passed++;
		else
			failed++;
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed || !passed;
}
