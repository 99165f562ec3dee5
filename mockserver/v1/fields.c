#include "v1/fields.h"

#include <cogbase/json.h>

void mock_fields_parse(const struct mock_request *request, struct mock_fields *out_fields)
{
    *out_fields = (struct mock_fields){0};
    enum cog_code code = cog_json_parse_object(request->body, request->body_length,
                                               &out_fields->json, &out_fields->error);
    if (code != COG_OK) {
        out_fields->json = NULL;
    }
}

void mock_fields_finish(struct mock_fields *fields)
{
    cJSON_Delete(fields->json);
    *fields = (struct mock_fields){0};
}

bool mock_fields_are_right(const struct mock_fields *fields)
{
    return fields->json != NULL && fields->wrong_field == NULL;
}

void mock_fields_fail(struct mock_fields *fields, const char *name, const char *reason)
{
    if (mock_fields_are_right(fields)) {
        fields->wrong_field = name;
        (void)cog_error_set(&fields->error, COG_ERROR_PROTOCOL, "field '%s' %s", name, reason);
    }
}

const char *mock_fields_string(struct mock_fields *fields, const char *name)
{
    const char *string = NULL;
    if (!mock_fields_are_right(fields)) {
        return NULL;
    }
    if (cog_json_string(fields->json, name, &string, &fields->error) != COG_OK) {
        fields->wrong_field = name;
        return NULL;
    }
    if (*string == '\0') {
        mock_fields_fail(fields, name, "is empty");
        return NULL;
    }
    return string;
}

bool mock_fields_boolean(struct mock_fields *fields, const char *name)
{
    bool value = false;
    if (!mock_fields_are_right(fields)) {
        return false;
    }
    if (cog_json_boolean(fields->json, name, &value, &fields->error) != COG_OK) {
        fields->wrong_field = name;
        return false;
    }
    return value;
}

enum cog_code mock_answer_fields(struct mock_plan *plan, const struct mock_fields *fields)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_BAD_REQUEST,
        .name = "invalid-body",
        .field = fields->wrong_field,
    };
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    return mock_answer_problem(plan, &problem, "%s",
                               cog_error_text(&fields->error, text, sizeof text));
}
