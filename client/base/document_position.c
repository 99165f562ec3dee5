#include "document_private.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Walks the text, which is known to be good, and the tree side by side: cJSON keeps the order. */
struct walk {
    const char *text;
    size_t offset;
    const cJSON *target;
    struct cog_document_place place;
};

static void skip_space(struct walk *walk)
{
    walk->offset += strspn(walk->text + walk->offset, " \t\r\n");
}

static void skip_string(struct walk *walk)
{
    walk->offset++;
    while (walk->text[walk->offset] != '"') {
        walk->offset += walk->text[walk->offset] == '\\' ? 2 : 1;
    }
    walk->offset++;
}

static void skip_scalar(struct walk *walk)
{
    if (walk->text[walk->offset] == '"') {
        skip_string(walk);
    } else {
        walk->offset += strcspn(walk->text + walk->offset, " \t\r\n,]}");
    }
}

static bool walk_children(struct walk *walk, const cJSON *parent);

/* `walk->offset` is at the key of an object's member, else at the value. */
static bool walk_node(struct walk *walk, const cJSON *node, bool has_key)
{
    const size_t key_offset = walk->offset;
    if (has_key) {
        skip_string(walk);
        skip_space(walk);
        walk->offset++;
        skip_space(walk);
    }
    if (node == walk->target) {
        walk->place = (struct cog_document_place){key_offset, walk->offset};
        return true;
    }
    if (cJSON_IsObject(node) || cJSON_IsArray(node)) {
        return walk_children(walk, node);
    }
    skip_scalar(walk);
    return false;
}

static bool walk_children(struct walk *walk, const cJSON *parent)
{
    walk->offset++;
    for (const cJSON *child = parent->child; child != NULL; child = child->next) {
        skip_space(walk);
        if (walk_node(walk, child, cJSON_IsObject(parent))) {
            return true;
        }
        skip_space(walk);
        walk->offset += child->next != NULL ? 1 : 0;
    }
    skip_space(walk);
    walk->offset++;
    return false;
}

struct cog_document_place cog_document_find(const struct cog_document *document, const cJSON *node)
{
    struct walk walk = {.text = document->text, .target = node};
    skip_space(&walk);
    const bool is_found = walk_node(&walk, document->root, false);
    assert(is_found);
    (void)is_found;
    return walk.place;
}

static void position_of(const char *text, size_t offset, int *out_line, int *out_column)
{
    int line = 1;
    int column = 1;
    for (size_t i = 0; i < offset; i++) {
        column++;
        if (text[i] == '\n') {
            line++;
            column = 1;
        }
    }
    *out_line = line;
    *out_column = column;
}

void cog_document_locate(const struct cog_document *document, const cJSON *node, int *out_line,
                         int *out_column)
{
    const struct cog_document_place place = cog_document_find(document, node);
    position_of(document->text, place.value_offset, out_line, out_column);
}

enum cog_code cog_document_fail_at(const struct cog_document *document, size_t offset,
                                   const char *message, struct cog_error *error)
{
    int line = 0;
    int column = 0;
    position_of(document->text, offset, &line, &column);
    return cog_error_set(error, COG_ERROR_SYNTAX, "%s:%d:%d: %s", document->name, line, column,
                         message);
}

enum cog_code cog_document_fail(const struct cog_document *document, const cJSON *node,
                                struct cog_error *error, const char *format, ...)
{
    char message[COG_ERROR_MESSAGE_SIZE];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(message, sizeof message, format, list);
    va_end(list);
    return cog_document_fail_at(document, cog_document_find(document, node).value_offset, message,
                                error);
}
