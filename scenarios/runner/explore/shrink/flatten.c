#include "explore/shrink/flatten.h"

#include "explore/faults/patch.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogmock/case.h>
#include <cogmock/faults.h>

#include <string.h>

static cJSON *find(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* What the language does not change member by member goes first. */
static void forget_replaced(cJSON *server, const cJSON *change)
{
    if (find(change, "rate_limit") != NULL) {
        cJSON_DeleteItemFromObjectCaseSensitive(server, "rate_limit");
    }
    const cJSON *hook = NULL;
    cJSON_ArrayForEach(hook, find(change, "hooks"))
    {
        cJSON_DeleteItemFromObjectCaseSensitive(find(server, "hooks"), hook->string);
    }
}

/* "server" or "expect" of the case into that of the scenario. */
static bool change_members(cJSON *scenario, const cJSON *node, const char *key)
{
    const cJSON *change = find(node, key);
    cJSON *member = find(scenario, key);
    if (change == NULL) {
        return true;
    }
    if (member == NULL) {
        return scn_patch_put(scenario, key, cJSON_Duplicate(change, true));
    }
    if (strcmp(key, "server") == 0) {
        forget_replaced(member, change);
    }
    return scn_patch_apply(member, change, false);
}

/* Options one by one; all else of `client` in the place of what is there. */
static bool change_client(cJSON *scenario, const cJSON *node)
{
    const cJSON *change = find(node, "client");
    cJSON *client = find(scenario, "client");
    if (change == NULL) {
        return true;
    }
    if (client == NULL) {
        return scn_patch_put(scenario, "client", cJSON_Duplicate(change, true));
    }
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, change)
    {
        cJSON *options = find(client, member->string);
        const bool is_merged = options != NULL && strcmp(member->string, "options") == 0;
        const bool is_done =
            is_merged ? scn_patch_apply(options, member, false)
                      : scn_patch_put(client, member->string, cJSON_Duplicate(member, true));
        if (!is_done) {
            return false;
        }
    }
    return true;
}

static bool is_about_connections(const cJSON *inject)
{
    const cJSON *kind = cJSON_IsString(inject) ? inject : find(inject, "kind");
    const char *name = cJSON_GetStringValue(kind);
    const char *phase = name != NULL ? mock_fault_kind_phase(name) : NULL;
    return phase != NULL && strcmp(phase, "connect") == 0;
}

/* What a fault leaves to its case. */
static bool complete_fault(cJSON *fault, const struct mock_case *chosen)
{
    const cJSON *inject =
        cJSON_IsString(chosen->node) ? chosen->node : find(chosen->node, "inject");
    if (find(fault, "inject") == NULL && inject != NULL &&
        !scn_patch_put(fault, "inject", cJSON_Duplicate(inject, true))) {
        return false;
    }
    if (chosen->call == NULL || find(fault, "call") != NULL ||
        is_about_connections(find(fault, "inject"))) {
        return true;
    }
    return scn_patch_put(fault, "call", cJSON_CreateString(chosen->call));
}

static bool change_faults(cJSON *scenario, const struct mock_case *chosen)
{
    const cJSON *change = find(chosen->node, "faults");
    if (change != NULL && !scn_patch_put(scenario, "faults", cJSON_Duplicate(change, true))) {
        return false;
    }
    cJSON *fault = NULL;
    cJSON_ArrayForEach(fault, find(scenario, "faults"))
    {
        if (!complete_fault(fault, chosen)) {
            return false;
        }
    }
    return true;
}

static bool change_name(cJSON *scenario, const struct mock_case *chosen)
{
    const char *name = cJSON_GetStringValue(find(scenario, "name"));
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s: %s", name != NULL ? name : "", chosen->name);
    return !text.failed &&
           scn_patch_put(scenario, "name", cJSON_CreateString(cog_text_string(&text)));
}

static bool flatten(cJSON *scenario, const struct mock_case *chosen)
{
    cJSON_DeleteItemFromObjectCaseSensitive(scenario, "cases");
    cJSON_DeleteItemFromObjectCaseSensitive(scenario, "calls");
    return change_name(scenario, chosen) && change_members(scenario, chosen->node, "server") &&
           change_members(scenario, chosen->node, "expect") &&
           change_client(scenario, chosen->node) && change_faults(scenario, chosen);
}

enum cog_code scn_flatten(const struct cog_document *document, const char *case_name,
                          cJSON **out_scenario, struct cog_error *error)
{
    struct mock_case chosen = {0};
    enum cog_code code = mock_cases_find(document, case_name, &chosen, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Duplicate(document->root, true);
    if (scenario == NULL || (chosen.name[0] != '\0' && !flatten(scenario, &chosen))) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_scenario = scenario;
    scenario = NULL;
    return COG_OK;
}
