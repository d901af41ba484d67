// SPDX-License-Identifier: Apache-2.0
/*
 * where PID MARK...: of the pages that a process has from /dev/emucxl and that
 * hold nothing but one 64 bit mark, how many are on which node. The pages are
 * read from the process's memory, and the nodes are what move_pages(2) says of
 * them: a line "MARK PAGES-ON-NODE-0 PAGES-ON-NODE-1" for each mark.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096, WORDS = PAGE / 8, MARKS = 8, NODES = 2 };

static uint64_t marks[MARKS];
static long pages[MARKS][NODES];
static int count;

/* The number of the page's mark, or -1. */
static int mark_of(const uint64_t *page)
{
	int m, i;

	for (m = 0; m < count && page[0] != marks[m]; m++)
		;
	for (i = 1; m < count && i < WORDS; i++)
		if (page[i] != page[0])
			return -1;
	return m < count ? m : -1;
}

static void look(int pid, int memory, uintptr_t from, uintptr_t to)
{
	static uint64_t page[WORDS];
	int mark, node;

	for (; from < to; from += PAGE) {
		void *address = (void *)from;

		/* What cannot be read is not there any more. */
		if (pread(memory, page, PAGE, (off_t)from) != PAGE)
			continue;
		mark = mark_of(page);
		if (mark < 0)
			continue;
		if (syscall(SYS_move_pages, pid, 1UL, &address, NULL, &node, 0)) {
			perror("move_pages");
			exit(2);
		}
		if (node >= 0 && node < NODES)
			pages[mark][node]++;
	}
}

int main(int argc, char **argv)
{
	char name[64], line[512];
	unsigned long from, to;
	int i, pid, memory;
	FILE *maps;

	if (argc < 3 || argc - 2 > MARKS)
		return 2;
	pid = atoi(argv[1]);
	for (i = 2; i < argc; i++)
		marks[count++] = strtoull(argv[i], NULL, 16);
	snprintf(name, sizeof(name), "/proc/%d/mem", pid);
	memory = open(name, O_RDONLY);
	snprintf(name, sizeof(name), "/proc/%d/maps", pid);
	maps = fopen(name, "r");
	if (memory < 0 || !maps) {
		perror(name);
		return 2;
	}
	while (fgets(line, sizeof(line), maps))
		if (strstr(line, "/dev/emucxl") && sscanf(line, "%lx-%lx", &from, &to) == 2)
			look(pid, memory, from, to);
	for (i = 0; i < count; i++)
		printf("%s %ld %ld\n", argv[i + 2], pages[i][0], pages[i][1]);
	return 0;
}
