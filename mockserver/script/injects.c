/* The member `injects` of a scenario. */
#include "script/member.h"
#include "script/scenario.h"

#include <stdlib.h>
#include <string.h>

static enum cog_code check_name(const struct cog_document *document, const cJSON *node,
                                const struct mock_script *script, struct cog_error *error)
{
    const struct mock_inject *inject = &script->injects[script->inject_count - 1];
    for (size_t i = 0; i + 1 < script->inject_count; i++) {
        if (strcmp(script->injects[i].name, inject->name) == 0) {
            return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(node, "name"),
                                     error, "there are two injects '%s'", inject->name);
        }
    }
    return COG_OK;
}

enum cog_code mock_script_read_injects(const struct cog_document *document,
                                       struct mock_script *script, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, document->root, "injects", &array, error);
    if (code == COG_OK && array != NULL) {
        code = mock_member_check_count(document, array, MOCK_INJECTS_MAX, error);
    }
    if (code != COG_OK || array == NULL) {
        return code;
    }
    script->injects = calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *script->injects);
    if (script->injects == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        /* Counted before it is read, so that a half-read one is released as well. */
        code = mock_inject_read(document, node, &script->injects[script->inject_count++], error);
        if (code == COG_OK) {
            code = check_name(document, node, script, error);
        }
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
