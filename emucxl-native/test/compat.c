/* SPDX-License-Identifier: Apache-2.0 */
/* A program as one would write it for the published library: only emucxl_lib.h, its argument orders and names. */
#include "emucxl_lib.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s (errno %d)\n", __FILE__, __LINE__, #condition, errno);                         \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

struct cell {
    int value;
    struct cell *next;
};

static void queue(int node)
{
    enum { LENGTH = 15000 };
    struct cell *head = NULL, *tail = NULL;
    for (int i = 0; i < LENGTH; i++) {
        struct cell *cell = emucxl_alloc(sizeof *cell, node);
        EXPECT(cell != NULL);
        cell->value = i;
        cell->next = NULL;
        if (tail != NULL)
            tail->next = cell;
        else
            head = cell;
        tail = cell;
    }
    EXPECT(emucxl_stats(node) == LENGTH * sizeof(struct cell));
    for (int i = 0; i < LENGTH; i++) {
        struct cell *cell = head;
        EXPECT(cell->value == i && emucxl_get_numa_node(cell) == node);
        head = cell->next;
        emucxl_free(cell, sizeof *cell);
    }
    EXPECT(head == NULL && emucxl_stats(node) == 0);
}

static Key_value *push(Key_value *list, int number, int node)
{
    Key_value *pair = emucxl_alloc(sizeof *pair, node);
    EXPECT(pair != NULL);
    snprintf(pair->key, sizeof pair->key, "key-%d", number);
    pair->value = number;
    pair->next = list;
    return pair;
}

static void key_value_store(void)
{
    enum { LIVE = 15001, LOCAL = 300 };
    Key_value *local = NULL, *remote = NULL;
    for (int i = 0; i < LIVE; i++) {
        if (i < LOCAL)
            local = push(local, i, LOCAL_MEMORY);
        else
            remote = push(remote, i, REMOTE_MEMORY);
    }
    EXPECT(emucxl_stats(LOCAL_MEMORY) == LOCAL * sizeof(Key_value));
    EXPECT(emucxl_stats(REMOTE_MEMORY) == (LIVE - LOCAL) * sizeof(Key_value));

    /* Promote the first remote pair. */
    Key_value *next = remote->next, *promoted = emucxl_migrate(remote, LOCAL_MEMORY, sizeof *remote);
    EXPECT(promoted != NULL && promoted->value == LIVE - 1 && emucxl_is_local(promoted));
    promoted->next = local;
    local = promoted;
    remote = next;

    int found = 0;
    Key_value *lists[] = {local, remote};
    for (int l = 0; l < 2; l++) {
        for (Key_value *pair = lists[l]; pair != NULL; pair = next) {
            char key[50];
            snprintf(key, sizeof key, "key-%d", pair->value);
            EXPECT(strcmp(key, pair->key) == 0);
            next = pair->next;
            emucxl_free(pair, sizeof *pair);
            found++;
        }
    }
    EXPECT(found == LIVE && emucxl_stats(LOCAL_MEMORY) == 0 && emucxl_stats(REMOTE_MEMORY) == 0);
}

static void blocks(void)
{
    char text[PAGE_SIZE], *block = emucxl_alloc(100, REMOTE_MEMORY);
    EXPECT(emucxl_memset(block, 10, -1, 20) == block);
    EXPECT(block[9] == 0 && block[10] == -1 && block[29] == -1 && block[30] == 0);
    strcpy(text, "hello");
    EXPECT(emucxl_write(block, 4, text, 6) && strcmp(block + 4, "hello") == 0);
    memset(text, 0, sizeof text);
    EXPECT(emucxl_read(block, 4, text, 6) && strcmp(text, "hello") == 0);
    EXPECT(!emucxl_write(block, -1, text, 6) && !emucxl_read(block, 96, text, 6));

    char *larger = emucxl_resize(block, LOCAL_MEMORY, 100, 5000);
    EXPECT(larger != NULL && emucxl_is_local(larger) && emucxl_get_size(larger) == 5000);
    EXPECT(strcmp(larger + 4, "hello") == 0 && larger[4999] == 0);
    EXPECT(emucxl_resize(larger, LOCAL_MEMORY, 4999, 10) == NULL && errno == EINVAL);
    EXPECT(emucxl_resize(larger, 5, 5000, 10) == NULL && errno == EINVAL);
    char *smaller = emucxl_resize(larger, REMOTE_MEMORY, 5000, 10);
    EXPECT(smaller != NULL && strcmp(smaller + 4, "hello") == 0);
    EXPECT(emucxl_migrate(smaller, LOCAL_MEMORY, 11) == NULL && errno == EINVAL);
    EXPECT(emucxl_memmove(text, smaller, 10) == text && emucxl_memcpy(smaller, text, 10) == smaller);
    emucxl_free(smaller, 10);
}

int main(void)
{
    EXPECT(sizeof(Key_value) >= 50 + sizeof(int) + sizeof(void *) && strcmp(dev_file, "/dev/emucxl") == 0);
    for (int round = 0; round < 2; round++) {
        emucxl_init();
        emucxl_init();
        queue(LOCAL_MEMORY);
        queue(REMOTE_MEMORY);
        key_value_store();
        blocks();
        emucxl_exit();
        emucxl_exit();
    }
    printf("ok compat\n");
    return 0;
}
