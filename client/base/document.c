#include <cogbase/document.h>

#include "document_private.h"

#include <cogbase/storage_posix.h>
#include <cogbase/text.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

struct member {
    const cJSON *node;
};

static void members_finish(struct member **members)
{
    free(*members);
    *members = NULL;
}

static int compare_keys(const void *left, const void *right)
{
    const struct member *left_member = left;
    const struct member *right_member = right;
    return strcmp(left_member->node->string, right_member->node->string);
}

/* Which of two members is the repetition: the one that the file has later. */
static enum cog_code fail_duplicate(const struct cog_document *document, const cJSON *left,
                                    const cJSON *right, struct cog_error *error)
{
    const size_t left_offset = cog_document_find(document, left).key_offset;
    const size_t right_offset = cog_document_find(document, right).key_offset;
    char message[COG_ERROR_MESSAGE_SIZE];
    (void)snprintf(message, sizeof message, "duplicate key '%s'", left->string);
    return cog_document_fail_at(document, left_offset > right_offset ? left_offset : right_offset,
                                message, error);
}

/* Sorted, since comparing each with each takes minutes for the largest file that is allowed. */
static enum cog_code check_members(const struct cog_document *document, const cJSON *object,
                                   struct cog_error *error)
{
    const size_t count = (size_t)cJSON_GetArraySize(object);
    COG_CLEANUP(members_finish) struct member *members = calloc(count + 1, sizeof *members);
    if (members == NULL) {
        return fail_memory(error);
    }
    size_t i = 0;
    for (const cJSON *child = object->child; child != NULL; child = child->next) {
        members[i++].node = child;
    }
    assert(i == count);
    qsort(members, count, sizeof *members, compare_keys);
    for (i = 1; i < count; i++) {
        if (compare_keys(&members[i - 1], &members[i]) == 0) {
            return fail_duplicate(document, members[i - 1].node, members[i].node, error);
        }
    }
    return COG_OK;
}

static enum cog_code check_duplicates(const struct cog_document *document, const cJSON *node,
                                      struct cog_error *error)
{
    if (cJSON_IsObject(node)) {
        const enum cog_code code = check_members(document, node, error);
        if (code != COG_OK) {
            return code;
        }
    }
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        const enum cog_code code = check_duplicates(document, child, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

/* Makes the tree of a document that has its text. */
static enum cog_code parse_text(struct cog_document *document, struct cog_error *error)
{
    struct cog_document_fault fault = {0};
    if (!cog_document_blank_comments(document->text, document->length, &fault) ||
        !cog_document_scan(document->text, document->length, &fault)) {
        return cog_document_fail_at(document, fault.offset, fault.message, error);
    }
    document->root = cJSON_ParseWithLength(document->text, document->length);
    /* The scan has found nothing wrong, so this can only be the memory. */
    if (document->root == NULL) {
        return fail_memory(error);
    }
    return check_duplicates(document, document->root, error);
}

enum cog_code cog_document_parse(const char *name, const char *text, size_t length,
                                 struct cog_document *out_document, struct cog_error *error)
{
    assert(name != NULL && out_document != NULL);
    assert(text != NULL || length == 0);
    if (length > COG_DOCUMENT_LENGTH_MAX) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "%s: longer than %d bytes", name,
                             COG_DOCUMENT_LENGTH_MAX);
    }
    COG_CLEANUP(cog_document_finish)
    struct cog_document document = {
        .name = cog_string_clone(name, strlen(name)),
        .text = cog_string_clone(text, length),
        .length = length,
    };
    if (document.name == NULL || document.text == NULL) {
        return fail_memory(error);
    }
    const enum cog_code code = parse_text(&document, error);
    if (code != COG_OK) {
        return code;
    }
    *out_document = document;
    document = (struct cog_document){0};
    return COG_OK;
}

enum cog_code cog_document_read(const char *path, struct cog_document *out_document,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    const enum cog_code code =
        cog_storage_posix_read_path(path, COG_DOCUMENT_LENGTH_MAX, &text, &length, error);
    if (code != COG_OK) {
        return code;
    }
    return cog_document_parse(path, text, length, out_document, error);
}

void cog_document_finish(struct cog_document *document)
{
    cJSON_Delete(document->root);
    free(document->text);
    free(document->name);
    *document = (struct cog_document){0};
}
