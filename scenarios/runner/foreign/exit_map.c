#include "foreign/exit_map.h"

#include <cogbase/document.h>
#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

enum {
    OUTCOME_COUNT = COG_OUTCOME_INTERRUPTED + 1,
    EXIT_SIGNAL_INT = 130,
    EXIT_SIGNAL_TERM = 143,
};

/* One word for every end that leaves the target without its new content, or nobody knows. */
static const char failed_word[] = "failed";

uint32_t scn_exit_map_bit(enum cog_outcome outcome)
{
    return UINT32_C(1) << (unsigned)outcome;
}

static uint32_t meaning_of_failed(void)
{
    const uint32_t all = (UINT32_C(1) << (unsigned)OUTCOME_COUNT) - 1;
    return all &
           ~(scn_exit_map_bit(COG_OUTCOME_PROMOTED) | scn_exit_map_bit(COG_OUTCOME_PARITY_LOW) |
             scn_exit_map_bit(COG_OUTCOME_UNDELIVERED));
}

void scn_exit_map_init(struct scn_exit_map *out_map)
{
    *out_map = (struct scn_exit_map){0};
    for (int i = 0; i < COG_OUTCOME_INTERRUPTED; i++) {
        const enum cog_outcome outcome = (enum cog_outcome)i;
        out_map->meanings[cog_outcome_exit_code(outcome, 0)] = scn_exit_map_bit(outcome);
    }
    out_map->meanings[EXIT_SIGNAL_INT] = scn_exit_map_bit(COG_OUTCOME_INTERRUPTED);
    out_map->meanings[EXIT_SIGNAL_TERM] = scn_exit_map_bit(COG_OUTCOME_INTERRUPTED);
}

static enum cog_code parse_word(const struct cog_document *document, const cJSON *node,
                                uint32_t *inout_meaning, struct cog_error *error)
{
    const char *names[OUTCOME_COUNT + 2] = {[OUTCOME_COUNT] = failed_word};
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        names[i] = cog_outcome_name((enum cog_outcome)i);
    }
    if (!cJSON_IsString(node)) {
        return cog_document_fail(document, node, error,
                                 "expected an outcome, as 'rolled_back', or '%s', not %s",
                                 failed_word, cog_json_type_name(node));
    }
    if (strcmp(node->valuestring, failed_word) == 0) {
        *inout_meaning |= meaning_of_failed();
        return COG_OK;
    }
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        if (strcmp(node->valuestring, names[i]) == 0) {
            *inout_meaning |= scn_exit_map_bit((enum cog_outcome)i);
            return COG_OK;
        }
    }
    const char *nearest = cog_string_nearest(node->valuestring, names);
    return cog_document_fail(document, node, error, "unknown outcome '%s'%s%s%s", node->valuestring,
                             nearest != NULL ? ", did you mean '" : "",
                             nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

static enum cog_code parse_code(const struct cog_document *document, const cJSON *node,
                                struct scn_exit_map *inout_map, struct cog_error *error)
{
    int64_t exit_code = 0;
    if (cog_number_parse_integer(node->string, 0, SCN_EXIT_CODE_COUNT - 1, &exit_code, NULL) !=
        COG_OK) {
        return cog_document_fail(document, node, error, "expected an exit code, 0 to 255, not '%s'",
                                 node->string);
    }
    uint32_t *meaning = &inout_map->meanings[exit_code];
    if (!cJSON_IsArray(node)) {
        return parse_word(document, node, meaning, error);
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, node)
    {
        const enum cog_code code = parse_word(document, item, meaning, error);
        if (code != COG_OK) {
            return code;
        }
    }
    if (*meaning == 0) {
        return cog_document_fail(document, node, error, "expected one outcome at least");
    }
    return COG_OK;
}

enum cog_code scn_exit_map_read(const char *path, struct scn_exit_map *out_map,
                                struct cog_error *error)
{
    static const char *const keys[] = {"exit", NULL};
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct scn_exit_map map = {0};
    const cJSON *codes = NULL;
    enum cog_code code = cog_document_read(path, &document, error);
    if (code == COG_OK) {
        code = cog_document_check_keys(&document, document.root, keys, error);
    }
    if (code == COG_OK) {
        code = cog_document_require(&document, document.root, "exit", &codes, error);
    }
    if (code == COG_OK) {
        code = cog_document_object(&document, document.root, "exit", &codes, error);
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, codes)
    {
        if (code == COG_OK) {
            code = parse_code(&document, node, &map, error);
        }
    }
    if (code != COG_OK) {
        return code;
    }
    *out_map = map;
    return COG_OK;
}

bool scn_exit_map_has(uint32_t meaning, enum cog_outcome outcome)
{
    return (meaning & scn_exit_map_bit(outcome)) != 0;
}

enum cog_outcome scn_exit_map_first(uint32_t meaning)
{
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        if (scn_exit_map_has(meaning, (enum cog_outcome)i)) {
            return (enum cog_outcome)i;
        }
    }
    return COG_OUTCOME_INTERNAL;
}

const char *scn_exit_map_format(uint32_t meaning, char buffer[SCN_MEANING_TEXT_SIZE])
{
    if (meaning == 0 || meaning == meaning_of_failed()) {
        (void)snprintf(buffer, SCN_MEANING_TEXT_SIZE, "%s",
                       meaning == 0 ? "a code that nobody mapped" : failed_word);
        return buffer;
    }
    size_t length = 0;
    buffer[0] = '\0';
    for (int i = 0; i < OUTCOME_COUNT && length < SCN_MEANING_TEXT_SIZE; i++) {
        if (scn_exit_map_has(meaning, (enum cog_outcome)i)) {
            const int written =
                snprintf(buffer + length, SCN_MEANING_TEXT_SIZE - length, "%s%s",
                         length > 0 ? " or " : "", cog_outcome_name((enum cog_outcome)i));
            length += written > 0 ? (size_t)written : 0;
        }
    }
    return buffer;
}
