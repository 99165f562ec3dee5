#include "v1/fields.h"
#include "v1/routes.h"

/* Optional; when it is there, a list of names with values. */
static void check_entities(struct mock_fields *fields)
{
    static const char name[] = "entities";
    const cJSON *entities = cJSON_GetObjectItemCaseSensitive(fields->json, name);
    if (entities != NULL && !cJSON_IsArray(entities)) {
        mock_fields_fail(fields, name, "must be an array");
    }
    const cJSON *entity = NULL;
    cJSON_ArrayForEach(entity, entities)
    {
        if (!cJSON_IsString(cJSON_GetObjectItemCaseSensitive(entity, "name")) ||
            !cJSON_IsString(cJSON_GetObjectItemCaseSensitive(entity, "value"))) {
            mock_fields_fail(fields, name, "must hold objects with the strings name and value");
        }
    }
}

enum cog_code mock_v1_simulate(struct mock_visit *visit, struct mock_plan *plan)
{
    COG_CLEANUP(mock_fields_finish) struct mock_fields fields = {0};
    mock_fields_parse(visit->request, &fields);
    const char *id = mock_fields_string(&fields, "environment_id");
    const char *intent = mock_fields_string(&fields, "intent");
    check_entities(&fields);
    if (!mock_fields_are_right(&fields)) {
        return mock_answer_fields(plan, &fields);
    }
    if (mock_world_environment_find(visit->api->world, id) == NULL) {
        return mock_answer_missing(plan, "environment", id);
    }
    bool matches = visit->api->behaviour->conversation_matches;
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "environment_id", id);
    mock_body_string(&body, "matched_intent", matches ? intent : NULL);
    mock_body_string(&body, "reply", matches ? "pong" : "I did not understand that.");
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}
