#include "language/second.h"

static enum cog_code parse_turns(const struct cog_document *document, const cJSON *node,
                                 struct scn_turns *out_turns, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, node, "turns", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    if (cJSON_GetArraySize(array) > SCN_TURNS_MAX) {
        return cog_document_fail(document, array, error, "expected at most %d turns",
                                 SCN_TURNS_MAX);
    }
    struct scn_turns turns = {0};
    const cJSON *item = NULL;
    int before = 0;
    cJSON_ArrayForEach(item, array)
    {
        const double number = cJSON_IsNumber(item) ? item->valuedouble : 0;
        if (!(number > before && number <= SCN_TURN_MAX) || number != (double)(int)number) {
            return cog_document_fail(document, item, error,
                                     "expected the number of a choice, from 1, above the one"
                                     " before it");
        }
        before = (int)number;
        turns.items[turns.count++] = before;
    }
    *out_turns = turns;
    return COG_OK;
}

enum cog_code scn_second_parse(const struct cog_document *document, const cJSON *client,
                               struct scn_second *inout_second, struct cog_error *error)
{
    static const char *const keys[] = {"starts", "machine", "options", "turns", NULL};
    static const char *const machines[] = {"same", "other", NULL};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, client, "second", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    struct scn_second second = {.is_there = true};
    const cJSON *required = NULL;
    int machine = 0;
    code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, node, "machine", &required, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, node, "machine", machines, &machine, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "starts", &second.starts_ms, error);
    }
    if (code == COG_OK) {
        code = cog_document_object(document, node, "options", &second.options, error);
    }
    if (code == COG_OK) {
        code = parse_turns(document, node, &second.turns, error);
    }
    if (code != COG_OK) {
        return code;
    }
    second.is_elsewhere = machine == 1;
    *inout_second = second;
    return COG_OK;
}
