#include "coverage/exceptions.h"

#include "coverage/pattern.h"

#include <stdlib.h>
#include <string.h>

/* Where a file is read into, and from. */
struct reading {
    const struct cog_document *document;
    struct scn_exceptions *exceptions;
};

static enum cog_code append(struct scn_exceptions *exceptions, struct scn_exception exception,
                            struct cog_error *error)
{
    struct scn_exception *items =
        realloc(exceptions->items, (exceptions->count + 1) * sizeof *exceptions->items);
    if (items == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    exceptions->items = items;
    exceptions->items[exceptions->count++] = exception;
    return COG_OK;
}

static enum cog_code read_pattern(const struct reading *reading, const cJSON *node,
                                  const char *reason, struct cog_error *error)
{
    if (!cJSON_IsString(node)) {
        return cog_document_fail(reading->document, node, error,
                                 "expected a pattern of cells, such as \"fault/*/health\"");
    }
    const char *fault = scn_pattern_fault(node->valuestring);
    if (fault != NULL) {
        return cog_document_fail(reading->document, node, error, "%s in the pattern '%s'", fault,
                                 node->valuestring);
    }
    const struct scn_exception exception = {node->valuestring, reason, node};
    return append(reading->exceptions, exception, error);
}

static enum cog_code read_reason(const struct reading *reading, const cJSON *entry,
                                 const char **out_reason, struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_require(reading->document, entry, "reason", &node, error);
    if (code == COG_OK) {
        code = cog_document_string(reading->document, entry, "reason", out_reason, error);
    }
    if (code == COG_OK && strlen(*out_reason) < SCN_REASON_LENGTH_MIN) {
        return cog_document_fail(reading->document, node, error,
                                 "expected a reason that somebody can review, why no run can or "
                                 "need reach these cells");
    }
    return code;
}

static enum cog_code read_entry(const struct reading *reading, const cJSON *entry,
                                struct cog_error *error)
{
    static const char *const keys[] = {"cells", "reason", NULL};
    const cJSON *cells = NULL;
    const char *reason = NULL;
    enum cog_code code = cog_document_check_keys(reading->document, entry, keys, error);
    if (code == COG_OK) {
        code = read_reason(reading, entry, &reason, error);
    }
    if (code == COG_OK) {
        code = cog_document_require(reading->document, entry, "cells", &cells, error);
    }
    if (code == COG_OK) {
        code = cog_document_array(reading->document, entry, "cells", &cells, error);
    }
    if (code == COG_OK && cJSON_GetArraySize(cells) == 0) {
        return cog_document_fail(reading->document, cells, error, "expected at least one pattern");
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cells)
    {
        code = code == COG_OK ? read_pattern(reading, node, reason, error) : code;
    }
    return code;
}

static enum cog_code read_all(const struct reading *reading, struct cog_error *error)
{
    static const char *const keys[] = {"not_applicable", NULL};
    const cJSON *root = reading->document->root;
    const cJSON *list = NULL;
    enum cog_code code = cog_document_check_keys(reading->document, root, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(reading->document, root, "not_applicable", &list, error);
    }
    if (code == COG_OK) {
        code = cog_document_array(reading->document, root, "not_applicable", &list, error);
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, list)
    {
        code = code == COG_OK ? read_entry(reading, entry, error) : code;
    }
    return code;
}

enum cog_code scn_exceptions_take(struct cog_document *inout_document,
                                  struct scn_exceptions *out_exceptions, struct cog_error *error)
{
    COG_CLEANUP(scn_exceptions_finish)
    struct scn_exceptions exceptions = {.document = *inout_document};
    *inout_document = (struct cog_document){0};
    const struct reading reading = {&exceptions.document, &exceptions};
    enum cog_code code = read_all(&reading, error);
    if (code == COG_OK) {
        *out_exceptions = exceptions;
        exceptions = (struct scn_exceptions){0};
    }
    return code;
}

enum cog_code scn_exceptions_read(const char *path, struct scn_exceptions *out_exceptions,
                                  struct cog_error *error)
{
    struct cog_document document = {0};
    enum cog_code code = cog_document_read(path, &document, error);
    return code == COG_OK ? scn_exceptions_take(&document, out_exceptions, error) : code;
}

void scn_exceptions_finish(struct scn_exceptions *exceptions)
{
    cog_document_finish(&exceptions->document);
    free(exceptions->items);
    *exceptions = (struct scn_exceptions){0};
}
