/* SPDX-License-Identifier: Apache-2.0 */
/* A program that loads the library, uses it in a thread, and unloads it before that thread ends. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

static pthread_barrier_t used, unloaded;
static void *(*alloc)(size_t size, int node);

static void *use(void *unused)
{
    (void)unused;
    EXPECT(alloc(100, 0) != NULL);
    pthread_barrier_wait(&used);
    pthread_barrier_wait(&unloaded);
    return NULL; /* the thread's cache goes now */
}

int main(int argc, char **argv)
{
    pthread_t thread;
    EXPECT(argc == 2);
    void *library = dlopen(argv[1], RTLD_NOW);
    EXPECT(library != NULL);
    void (*init)(void), (*end)(void);
    *(void **)&init = dlsym(library, "emucxl_init");
    *(void **)&end = dlsym(library, "emucxl_exit");
    *(void **)&alloc = dlsym(library, "emucxl_alloc");
    EXPECT(init != NULL && end != NULL && alloc != NULL);
    init();
    EXPECT(pthread_barrier_init(&used, NULL, 2) == 0 && pthread_barrier_init(&unloaded, NULL, 2) == 0);
    EXPECT(pthread_create(&thread, NULL, use, NULL) == 0);
    pthread_barrier_wait(&used);
    end();
    EXPECT(dlclose(library) == 0);
    pthread_barrier_wait(&unloaded);
    EXPECT(pthread_join(thread, NULL) == 0);
    printf("ok unload\n");
    return 0;
}
