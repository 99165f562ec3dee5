/* The expectation as it was written: the report shows it beside what came. */
#include "report/record_part.h"

#include <cogbase/json.h>

#include <string.h>

/* Members that a case changes one by one; all others it replaces. */
static bool is_changed_in_part(const cJSON *member)
{
    return cJSON_IsObject(member) && strcmp(member->string, "elapsed") != 0;
}

static bool put(cJSON *object, const cJSON *member)
{
    cJSON *copy = cJSON_Duplicate(member, true);
    cJSON_DeleteItemFromObjectCaseSensitive(object, member->string);
    if (copy == NULL || !cJSON_AddItemToObject(object, member->string, copy)) {
        cJSON_Delete(copy);
        return false;
    }
    return true;
}

static bool put_all(cJSON *object, const cJSON *changes)
{
    bool is_complete = true;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, changes)
    {
        is_complete = is_complete && put(object, member);
    }
    return is_complete;
}

static bool apply(cJSON *expected, const cJSON *changes)
{
    bool is_complete = expected != NULL;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, changes)
    {
        cJSON *present = cJSON_GetObjectItemCaseSensitive(expected, member->string);
        const bool is_in_part = present != NULL && is_changed_in_part(member);
        is_complete =
            is_complete && (is_in_part ? put_all(present, member) : put(expected, member));
    }
    return is_complete;
}

void scn_record_expected(struct scn_record_writer *writer, const struct scn_scenario *scenario)
{
    const cJSON *written =
        cJSON_GetObjectItemCaseSensitive(scenario->file->document.root, "expect");
    const cJSON *changes = cJSON_GetObjectItemCaseSensitive(scenario->chosen.node, "expect");
    COG_CLEANUP(cog_json_finish)
    cJSON *expected = written != NULL ? cJSON_Duplicate(written, true) : cJSON_CreateObject();
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    if (!apply(expected, changes) || cog_json_print(expected, &text, NULL) != COG_OK) {
        writer->json.text.failed = true;
        return;
    }
    scn_json_text_value(&writer->json, "expected", text);
}
