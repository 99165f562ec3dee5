#include <cogbase/json.h>

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

static bool is_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0' || strchr(" \t\r\n", text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

enum cog_code cog_json_parse_object(const char *text, size_t length, cJSON **out_json,
                                    struct cog_error *error)
{
    assert((text != NULL || length == 0) && out_json != NULL);
    if (length == 0) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "expected a JSON object, not an empty text");
    }
    const char *end = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_ParseWithLengthOpts(text, length, &end, 0);
    if (json == NULL || !is_blank(end, length - (size_t)(end - text))) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "expected a JSON object, found an error at "
                             "byte %td",
                             end != NULL ? end - text : 0);
    }
    if (!cJSON_IsObject(json)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "expected a JSON object, not %s",
                             cog_json_type_name(json));
    }
    *out_json = json;
    json = NULL;
    return COG_OK;
}

static enum cog_code fail_type(const cJSON *field, const char *expected, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' is %s, expected %s", field->string,
                         cog_json_type_name(field), expected);
}

static enum cog_code fail_missing(const char *name, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' is missing", name);
}

enum cog_code cog_json_string(const cJSON *object, const char *name, const char **out_string,
                              struct cog_error *error)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    if (field == NULL) {
        return fail_missing(name, error);
    }
    if (!cJSON_IsString(field)) {
        return fail_type(field, "a string", error);
    }
    *out_string = field->valuestring;
    return COG_OK;
}

enum cog_code cog_json_string_optional(const cJSON *object, const char *name,
                                       const char **out_string, struct cog_error *error)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    if (field == NULL || cJSON_IsNull(field)) {
        *out_string = NULL;
        return COG_OK;
    }
    return cog_json_string(object, name, out_string, error);
}

enum cog_code cog_json_string_copy(const cJSON *object, const char *name, char *buffer,
                                   size_t buffer_size, struct cog_error *error)
{
    const char *string = NULL;
    const enum cog_code code = cog_json_string(object, name, &string, error);
    if (code != COG_OK) {
        return code;
    }
    if (!cog_string_copy(buffer, buffer_size, string)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' is longer than %zu bytes", name,
                             buffer_size - 1);
    }
    return COG_OK;
}

enum cog_code cog_json_integer(const cJSON *object, const char *name, int64_t minimum,
                               int64_t maximum, int64_t *out_integer, struct cog_error *error)
{
    assert(minimum <= maximum);
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    if (field == NULL) {
        return fail_missing(name, error);
    }
    if (!cJSON_IsNumber(field)) {
        return fail_type(field, "a number", error);
    }
    if (!cog_number_to_integer(field->valuedouble, minimum, maximum, out_integer)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "field '%s' is %.17g, expected a whole number from %" PRId64
                             " to %" PRId64,
                             name, field->valuedouble, minimum, maximum);
    }
    return COG_OK;
}

enum cog_code cog_json_number(const cJSON *object, const char *name, double *out_number,
                              struct cog_error *error)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    if (field == NULL) {
        return fail_missing(name, error);
    }
    if (!cJSON_IsNumber(field)) {
        return fail_type(field, "a number", error);
    }
    if (!isfinite(field->valuedouble)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' is not a finite number", name);
    }
    *out_number = field->valuedouble;
    return COG_OK;
}

enum cog_code cog_json_boolean(const cJSON *object, const char *name, bool *out_boolean,
                               struct cog_error *error)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    if (field == NULL) {
        return fail_missing(name, error);
    }
    if (!cJSON_IsBool(field)) {
        return fail_type(field, "a boolean", error);
    }
    *out_boolean = cJSON_IsTrue(field);
    return COG_OK;
}

const char *cog_json_type_name(const cJSON *item)
{
    if (cJSON_IsString(item)) {
        return "a string";
    }
    if (cJSON_IsNumber(item)) {
        return "a number";
    }
    if (cJSON_IsBool(item)) {
        return "a boolean";
    }
    if (cJSON_IsObject(item)) {
        return "an object";
    }
    return cJSON_IsArray(item) ? "an array" : "null";
}

bool cog_json_add_text(cJSON *object, const char *name, const char *text)
{
    return text[0] == '\0' ? cJSON_AddNullToObject(object, name) != NULL
                           : cJSON_AddStringToObject(object, name, text) != NULL;
}

enum cog_code cog_json_print(const cJSON *json, char **out_text, struct cog_error *error)
{
    char *text = json != NULL ? cJSON_PrintUnformatted(json) : NULL;
    if (text == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_text = text;
    return COG_OK;
}

void cog_json_finish(cJSON **json)
{
    cJSON_Delete(*json);
    *json = NULL;
}
