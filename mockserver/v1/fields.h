/** Reading the JSON body of a request, until the first field that is missing or of a wrong type. */
#ifndef MOCK_V1_FIELDS_H
#define MOCK_V1_FIELDS_H

#include "v1/problem.h"

#include <cjson/cJSON.h>

/** `{0}` is empty and safe to finish. */
struct mock_fields {
    cJSON *json;             /**< Owned; NULL when the body is no JSON object. */
    const char *wrong_field; /**< Borrowed; the first one at fault, NULL for none. */
    struct cog_error error;  /**< What is wrong with it, or with the body. */
};

void mock_fields_parse(const struct mock_request *request, struct mock_fields *out_fields);
void mock_fields_finish(struct mock_fields *fields);

/** A required string that is not empty; NULL after a failure, now or before. */
const char *mock_fields_string(struct mock_fields *fields, const char *name);

/** A required boolean; false after a failure, now or before. */
bool mock_fields_boolean(struct mock_fields *fields, const char *name);

/** Says that a field is of the right type but still wrong. */
void mock_fields_fail(struct mock_fields *fields, const char *name, const char *reason);

/** Whether all fields so far were right. */
bool mock_fields_are_right(const struct mock_fields *fields);

/** 400, naming the field. */
enum cog_code mock_answer_fields(struct mock_plan *plan,
                                 const struct mock_fields *fields) COG_CHECK;

#endif
