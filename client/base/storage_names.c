#include "storage_names.h"

#include <stdlib.h>
#include <string.h>

void cog_storage_names_finish(struct cog_storage_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i]);
    }
    free(names->items);
    *names = (struct cog_storage_names){0};
}

/* The room doubles whenever it is used up, which is when the count is a power of two. */
static bool make_room(struct cog_storage_names *names)
{
    if ((names->count & (names->count - 1)) != 0) {
        return true;
    }
    const size_t capacity = names->count > 0 ? names->count * 2 : 1;
    char **items = realloc(names->items, capacity * sizeof *items);
    if (items == NULL) {
        return false;
    }
    names->items = items;
    return true;
}

enum cog_code cog_storage_names_append(struct cog_storage_names *names, const char *folder,
                                       const char *name, struct cog_error *error)
{
    if (names->count == COG_STORAGE_NAMES_MAX) {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "cannot list '%s': more than %d files; move old ones away", folder,
                             COG_STORAGE_NAMES_MAX);
    }
    char *item = strdup(name);
    if (item == NULL || !make_room(names)) {
        free(item);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    names->items[names->count++] = item;
    return COG_OK;
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

void cog_storage_names_sort(struct cog_storage_names *names)
{
    if (names->count > 1) {
        qsort(names->items, names->count, sizeof *names->items, compare);
    }
}
