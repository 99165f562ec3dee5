#include "heap.h"

#include <malloc.h>

/* The C library's own, which these stand before; they count for all libraries of the process. */
void *__libc_malloc(size_t size);                /* NOLINT(bugprone-reserved-identifier,cert-*) */
void *__libc_calloc(size_t count, size_t size);  /* NOLINT(bugprone-reserved-identifier,cert-*) */
void *__libc_realloc(void *memory, size_t size); /* NOLINT(bugprone-reserved-identifier,cert-*) */
void __libc_free(void *memory);                  /* NOLINT(bugprone-reserved-identifier,cert-*) */

static size_t taken;
static size_t taken_at_reset;
static size_t taken_max;
static size_t count_taken;

static void *count(void *memory)
{
    taken += memory != NULL ? malloc_usable_size(memory) : 0;
    taken_max = taken > taken_max ? taken : taken_max;
    count_taken++;
    return memory;
}

/* Their parameters are called what malloc.h calls them. */
void *malloc(size_t size)
{
    return count(__libc_malloc(size));
}

void *calloc(size_t nmemb, size_t size)
{
    return count(__libc_calloc(nmemb, size));
}

void *realloc(void *ptr, size_t size)
{
    const size_t before = ptr != NULL ? malloc_usable_size(ptr) : 0;
    void *moved = __libc_realloc(ptr, size);
    if (moved == NULL) {
        return NULL;
    }
    taken -= before;
    return count(moved);
}

void free(void *ptr)
{
    taken -= ptr != NULL ? malloc_usable_size(ptr) : 0;
    __libc_free(ptr);
}

void heap_peak_reset(void)
{
    taken_at_reset = taken;
    taken_max = taken;
    count_taken = 0;
}

size_t heap_peak(void)
{
    return taken_max - taken_at_reset;
}

size_t heap_count(void)
{
    return count_taken;
}
