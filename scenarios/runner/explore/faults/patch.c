#include "explore/faults/patch.h"

#include <string.h>

bool scn_patch_put(cJSON *object, const char *key, cJSON *node)
{
    if (node == NULL) {
        return false;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    if (cJSON_AddItemToObject(object, key, node)) {
        return true;
    }
    cJSON_Delete(node);
    return false;
}

static bool append_all(cJSON *list, const cJSON *entries)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, entries)
    {
        cJSON *copy = cJSON_Duplicate(entry, true);
        if (copy == NULL || !cJSON_AddItemToArray(list, copy)) {
            cJSON_Delete(copy);
            return false;
        }
    }
    return true;
}

/* As deep as patches are, which are this program's own. NOLINTNEXTLINE(misc-no-recursion) */
bool scn_patch_apply(cJSON *target, const cJSON *patch, bool adds_to_lists)
{
    const cJSON *change = NULL;
    cJSON_ArrayForEach(change, patch)
    {
        const char *key = change->string;
        cJSON *member = cJSON_GetObjectItemCaseSensitive(target, key);
        const bool is_server = strcmp(key, "server") == 0;
        bool is_done = false;
        if (cJSON_IsObject(change) && cJSON_IsObject(member)) {
            is_done = scn_patch_apply(member, change, adds_to_lists && !is_server);
        } else if (adds_to_lists && cJSON_IsArray(change) && cJSON_IsArray(member)) {
            is_done = append_all(member, change);
        } else {
            is_done = scn_patch_put(target, key, cJSON_Duplicate(change, true));
        }
        if (!is_done) {
            return false;
        }
    }
    return true;
}
