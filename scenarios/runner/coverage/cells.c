#include "coverage/cells.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 32 };

/* The index of `name`, or the one at which it would stand. */
static size_t find(const struct scn_cells *cells, const char *name, bool *out_is_there)
{
    size_t low = 0;
    size_t high = cells->count;
    *out_is_there = false;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(cells->items[middle], name);
        if (order == 0) {
            *out_is_there = true;
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool make_room(struct scn_cells *cells)
{
    if (cells->count < cells->capacity) {
        return true;
    }
    const size_t capacity = cells->capacity > 0 ? cells->capacity * 2 : CAPACITY_MIN;
    char **items = realloc(cells->items, capacity * sizeof *items);
    if (items == NULL) {
        return false;
    }
    cells->items = items;
    cells->capacity = capacity;
    return true;
}

static enum cog_code add(struct scn_cells *cells, const char *name)
{
    bool is_there = false;
    const size_t index = find(cells, name, &is_there);
    if (is_there) {
        return COG_OK;
    }
    char *copy = strdup(name);
    if (copy == NULL || !make_room(cells)) {
        free(copy);
        return COG_ERROR_MEMORY;
    }
    memmove(&cells->items[index + 1], &cells->items[index],
            (cells->count - index) * sizeof *cells->items);
    cells->items[index] = copy;
    cells->count++;
    return COG_OK;
}

static enum cog_code add_formatted(struct scn_cells *cells, const char *format, va_list arguments)
    COG_PRINTF(2, 0);

static enum cog_code add_formatted(struct scn_cells *cells, const char *format, va_list arguments)
{
    char name[SCN_CELL_SIZE];
    const int length = vsnprintf(name, sizeof name, format, arguments);
    if (length < 0 || (size_t)length >= sizeof name) {
        return COG_ERROR_ARGUMENT;
    }
    return add(cells, name);
}

enum cog_code scn_cells_add(struct scn_cells *cells, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const enum cog_code code = add_formatted(cells, format, arguments);
    va_end(arguments);
    return code;
}

void scn_cells_note(struct scn_cells *cells, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cells->failed = add_formatted(cells, format, arguments) != COG_OK || cells->failed;
    va_end(arguments);
}

bool scn_cells_has(const struct scn_cells *cells, const char *name)
{
    bool is_there = false;
    (void)find(cells, name, &is_there);
    return is_there;
}

void scn_cells_finish(struct scn_cells *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        free(cells->items[i]);
    }
    free(cells->items);
    *cells = (struct scn_cells){0};
}
