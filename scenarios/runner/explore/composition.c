#include "explore/composition.h"

#include "explore/faults/patch.h"
#include "explore/shrink/layout.h"

#include <cogbase/json.h>

/* In place of the base's expectations, which are about a run without the faults. */
static bool tell(cJSON *scenario, const struct scn_composition *composition)
{
    cJSON *expect = cJSON_CreateObject();
    if (cJSON_AddNumberToObject(expect, "exit", composition->exit_code) == NULL) {
        cJSON_Delete(expect);
        return false;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(scenario, "description");
    cJSON_DeleteItemFromObjectCaseSensitive(scenario, "tags");
    cJSON *name = cJSON_CreateString(composition->name);
    if (!cJSON_ReplaceItemInObjectCaseSensitive(scenario, "name", name)) {
        cJSON_Delete(name);
        cJSON_Delete(expect);
        return false;
    }
    return scn_patch_put(scenario, "expect", expect);
}

cJSON *scn_compose(const struct scn_composition *composition)
{
    COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Duplicate(composition->base, true);
    if (scenario == NULL || !tell(scenario, composition)) {
        return NULL;
    }
    for (size_t i = 0; i < composition->fault_count; i++) {
        if (!scn_patch_apply(scenario, composition->faults[i]->patch, true)) {
            return NULL;
        }
    }
    cJSON *result = scenario;
    scenario = NULL;
    return result;
}

char *scn_compose_text(const struct scn_composition *composition, bool is_for_people)
{
    COG_CLEANUP(cog_json_finish) cJSON *scenario = scn_compose(composition);
    if (scenario == NULL) {
        return NULL;
    }
    return is_for_people ? scn_layout_format(scenario) : cJSON_PrintUnformatted(scenario);
}
