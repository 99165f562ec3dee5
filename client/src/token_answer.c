#include "token_answer.h"

#include "secret.h"
#include "token.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <openssl/crypto.h>
#include <string.h>

enum { LIFE_S_MAX = 31536000, MS_PER_S = 1000 };

/* Visible ASCII only (RFC 6750 2.1 allows less): anything else could break the header. */
static bool is_token_sound(const char *token)
{
    const size_t length = strlen(token);
    for (size_t i = 0; i < length; i++) {
        if (token[i] <= ' ' || token[i] > '~') {
            return false;
        }
    }
    return length > 0 && length <= COG_TOKEN_LENGTH_MAX;
}

/* Some servers write the number as a string, or with a fraction; NaN is in no range. */
static bool read_life(const cJSON *field, int64_t *out_life_ms)
{
    double seconds = 0;
    if (cJSON_IsString(field)) {
        if (cog_number_parse_decimal(field->valuestring, 0, LIFE_S_MAX, &seconds, NULL) != COG_OK) {
            return false;
        }
    } else if (cJSON_IsNumber(field)) {
        seconds = field->valuedouble;
    } else {
        return false;
    }
    const bool is_sound = seconds >= 0 && seconds <= LIFE_S_MAX;
    *out_life_ms = is_sound ? (int64_t)(seconds * MS_PER_S) : 0;
    return is_sound;
}

static enum cog_code parse_life(const cJSON *json, int64_t *out_life_ms, struct cog_error *error)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(json, "expires_in");
    int64_t life_ms = 0;
    if (field != NULL && !cJSON_IsNull(field) && !read_life(field, &life_ms)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "field 'expires_in' is not a number of seconds from 0 to %d",
                             LIFE_S_MAX);
    }
    /* 0 would mean a token request for each call. */
    *out_life_ms = life_ms > 0 ? life_ms : COG_TOKEN_LIFE_DEFAULT_MS;
    return COG_OK;
}

static enum cog_code parse_scopes(const cJSON *json, char scopes[COG_SCOPES_SIZE],
                                  struct cog_error *error)
{
    const char *scope = NULL;
    const enum cog_code code = cog_json_string_optional(json, "scope", &scope, error);
    if (code != COG_OK) {
        return code;
    }
    if (scope != NULL && !cog_string_copy(scopes, COG_SCOPES_SIZE, scope)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'scope' is too long");
    }
    return COG_OK;
}

static enum cog_code check_type(const cJSON *json, struct cog_error *error)
{
    const char *type = NULL;
    const enum cog_code code = cog_json_string(json, "token_type", &type, error);
    if (code != COG_OK) {
        return code;
    }
    if (!cog_string_equals_ignoring_case(type, "Bearer")) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'token_type' is not Bearer");
    }
    return COG_OK;
}

static enum cog_code parse_token(const cJSON *json, char **out_token, struct cog_error *error)
{
    const char *token = NULL;
    const enum cog_code code = cog_json_string(json, "access_token", &token, error);
    if (code != COG_OK) {
        return code;
    }
    if (!is_token_sound(token)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "field 'access_token' is not a usable token");
    }
    *out_token = strdup(token);
    return *out_token != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* cJSON keeps a copy of the token, which its own clean-up would leave behind in memory. */
static void wipe_json(cJSON **json)
{
    char *token = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(*json, "access_token"));
    if (token != NULL) {
        OPENSSL_cleanse(token, strlen(token));
    }
    cog_json_finish(json);
}

enum cog_code cog_token_answer_parse(const struct cog_response *response,
                                     struct cog_token_answer *out_answer, struct cog_error *error)
{
    COG_CLEANUP(wipe_json) cJSON *json = NULL;
    COG_CLEANUP(cog_token_answer_finish) struct cog_token_answer answer = {0};
    enum cog_code code = cog_json_parse_object(response->body, response->body_length, &json, error);
    if (code == COG_OK) {
        code = check_type(json, error);
    }
    if (code == COG_OK) {
        code = parse_life(json, &answer.life_ms, error);
    }
    if (code == COG_OK) {
        code = parse_scopes(json, answer.scopes, error);
    }
    if (code == COG_OK) {
        code = parse_token(json, &answer.token, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_answer = answer;
    answer.token = NULL;
    return COG_OK;
}

void cog_token_answer_finish(struct cog_token_answer *answer)
{
    cog_secret_finish(&answer->token);
    *answer = (struct cog_token_answer){0};
}
