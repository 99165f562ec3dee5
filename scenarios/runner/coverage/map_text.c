#include "coverage/map.h"

#include "coverage/dimension.h"

#include <string.h>

enum {
    KIND_WIDTH = 27, /* Of the longest kind. */
    COUNT_WIDTH = 6,
    COLUMNS_MAX = 24,
};

/* A cell's name in its parts: "fault", the kind, and the call. */
struct place {
    const char *kind;
    size_t kind_length;
    const char *call;
};

static bool place_read(const char *name, struct place *out_place)
{
    static const char prefix[] = "fault/";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0) {
        return false;
    }
    const char *kind = name + sizeof prefix - 1;
    const char *slash = strchr(kind, '/');
    if (slash == NULL) {
        return false;
    }
    *out_place = (struct place){kind, (size_t)(slash - kind), slash + 1};
    return true;
}

/* Calls as columns, in the order in which the cells name them first. */
struct columns {
    const char *calls[COLUMNS_MAX];
    size_t count;
};

static void columns_add(struct columns *columns, const char *call)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (strcmp(columns->calls[i], call) == 0) {
            return;
        }
    }
    if (columns->count < COLUMNS_MAX) {
        columns->calls[columns->count++] = call;
    }
}

/* A connection is no call, and its kinds have no other column: they are listed. */
static bool is_column(const char *call)
{
    return strcmp(call, "connect") != 0;
}

static struct columns columns_of(const struct scn_map *map)
{
    struct columns columns = {0};
    struct place place;
    for (size_t i = 0; i < map->names.count; i++) {
        if (place_read(map->cells[i].name, &place) && is_column(place.call)) {
            columns_add(&columns, place.call);
        }
    }
    return columns;
}

/* The column's name decides how wide it is. */
static int width_of(const char *call)
{
    const int length = (int)strlen(call);
    return (length < COUNT_WIDTH ? COUNT_WIDTH : length) + 1;
}

static void append_count(const struct scn_map_cell *cell, int width, struct cog_text *text)
{
    if (cell == NULL) {
        cog_text_append_format(text, "%*s", width, "");
    } else if (cell->state == SCN_CELL_RUN) {
        cog_text_append_format(text, "%*zu", width, cell->run_count);
    } else {
        cog_text_append_format(text, "%*s", width, cell->state == SCN_CELL_MISSING ? "!" : "-");
    }
}

static void append_row(const struct scn_map *map, const struct columns *columns,
                       const struct place *row, struct cog_text *text)
{
    cog_text_append_format(text, "%-*.*s", KIND_WIDTH, (int)row->kind_length, row->kind);
    for (size_t i = 0; i < columns->count; i++) {
        COG_CLEANUP(cog_text_finish) struct cog_text name = {0};
        cog_text_append_format(&name, "fault/%.*s/%s", (int)row->kind_length, row->kind,
                               columns->calls[i]);
        append_count(scn_map_find(map, cog_text_string(&name)), width_of(columns->calls[i]), text);
    }
    cog_text_append(text, "\n");
}

static bool is_same_row(const struct place *left, const struct place *right)
{
    return left->kind_length == right->kind_length &&
           strncmp(left->kind, right->kind, left->kind_length) == 0;
}

static void append_matrix(const struct scn_map *map, struct cog_text *text)
{
    const struct columns columns = columns_of(map);
    cog_text_append_format(text, "%-*s", KIND_WIDTH, "fault");
    for (size_t i = 0; i < columns.count; i++) {
        cog_text_append_format(text, "%*s", width_of(columns.calls[i]), columns.calls[i]);
    }
    cog_text_append(text, "\n");
    struct place last = {"", 0, ""};
    for (size_t i = 0; i < map->names.count; i++) {
        struct place place;
        if (place_read(map->cells[i].name, &place) && is_column(place.call) &&
            !is_same_row(&place, &last)) {
            append_row(map, &columns, &place, text);
            last = place;
        }
    }
}

static void append_line(const struct scn_map_cell *cell, struct cog_text *text)
{
    append_count(cell, COUNT_WIDTH, text);
    cog_text_append_format(text, "  %s%s%s\n", cell->name, cell->reason != NULL ? ": " : "",
                           cell->reason != NULL ? cell->reason : "");
}

static bool is_of(const char *name, const char *dimension)
{
    const size_t length = strlen(dimension);
    return strncmp(name, dimension, length) == 0 && name[length] == '/';
}

static void append_list(const struct scn_map *map, const struct scn_dimension *dimension,
                        struct cog_text *text)
{
    cog_text_append_format(text, "\n%s: %s\n", dimension->name, dimension->title);
    for (size_t i = 0; i < map->names.count; i++) {
        struct place place;
        const struct scn_map_cell *cell = &map->cells[i];
        const bool is_in_matrix = place_read(cell->name, &place) && is_column(place.call);
        if (is_of(cell->name, dimension->name) && !is_in_matrix) {
            append_line(cell, text);
        }
    }
}

static void append_missing(const struct scn_map *map, struct cog_text *text)
{
    if (map->counts[SCN_CELL_MISSING] == 0) {
        return;
    }
    cog_text_append(text, "\nmissing\n");
    for (size_t i = 0; i < map->names.count; i++) {
        if (map->cells[i].state == SCN_CELL_MISSING) {
            cog_text_append_format(text, "  %s\n", map->cells[i].name);
        }
    }
}

void scn_map_append_text(const struct scn_map *map, struct cog_text *text)
{
    cog_text_append(text, "Number of scenarios; '-' not applicable, '!' missing.\n\n");
    append_matrix(map, text);
    for (const struct scn_dimension *at = scn_dimensions(); at->name != NULL; at++) {
        append_list(map, at, text);
    }
    append_missing(map, text);
    cog_text_append_format(text, "\n%zu cells: %zu run, %zu not applicable, %zu missing\n",
                           map->names.count, map->counts[SCN_CELL_RUN],
                           map->counts[SCN_CELL_NOT_APPLICABLE], map->counts[SCN_CELL_MISSING]);
}
