#include "transport_curl_memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* libcurl's allocators are the process's and get no context. */
static atomic_uint failure_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode once_result = CURLE_FAILED_INIT;

static void *count(void *memory, size_t size)
{
    if (memory == NULL && size > 0) {
        (void)atomic_fetch_add(&failure_count, 1);
    }
    return memory;
}

static void *allocate(size_t size)
{
    return count(malloc(size), size);
}

static void *resize(void *memory, size_t size)
{
    return count(realloc(memory, size), size);
}

static char *duplicate(const char *text)
{
    return count(strdup(text), 1);
}

static void *allocate_zeroed(size_t item_count, size_t size)
{
    return count(calloc(item_count, size), item_count * size);
}

static void initialise(void)
{
    once_result = curl_global_init_mem(CURL_GLOBAL_DEFAULT, allocate, free, resize, duplicate,
                                       allocate_zeroed);
}

CURLcode cog_curl_memory_init(void)
{
    return pthread_once(&once, initialise) == 0 ? once_result : CURLE_FAILED_INIT;
}

unsigned cog_curl_memory_failure_count(void)
{
    return atomic_load(&failure_count);
}
