#include "call.h"

#include "../escape.h"
#include "../http_status.h"
#include "../plain_text.h"
#include "../problem.h"
#include "../retry_after.h"

#include <cogbase/json.h>

#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

enum { HEADER_COUNT_MAX = 3 };

bool cog_v1_is_id_sound(const char *id)
{
    return id[0] != '\0' && strcmp(id, ".") != 0 && strcmp(id, "..") != 0 &&
           cog_plain_text_is_plain(id);
}

enum cog_code cog_v1_path_format(const char *before, const char *segment, const char *after,
                                 char **out_path, struct cog_error *error)
{
    if (!cog_v1_is_id_sound(segment)) {
        return cog_error_set(error, COG_ERROR_REFUSED, "an identifier that cannot stand in a path");
    }
    struct cog_text text = {0};
    cog_text_append(&text, before);
    cog_escape_append(&text, segment);
    cog_text_append(&text, after);
    char *path = cog_text_take(&text);
    if (path == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_path = path;
    return COG_OK;
}

static size_t list_headers(const struct cog_v1_call *call,
                           struct cog_header headers[HEADER_COUNT_MAX])
{
    size_t count = 0;
    headers[count++] = (struct cog_header){"Accept", "application/json"};
    if (call->body != NULL) {
        headers[count++] = (struct cog_header){"Content-Type", "application/json"};
    }
    if (call->idempotency_key != NULL) {
        headers[count++] = (struct cog_header){"Idempotency-Key", call->idempotency_key};
    }
    return count;
}

enum cog_code cog_v1_call_send(const struct cog_v1 *v1, const struct cog_v1_call *call,
                               struct cog_limits limits, struct cog_response *out_response,
                               struct cog_error *error)
{
    struct cog_text text = {0};
    cog_text_append(&text, v1->api_base);
    cog_text_append(&text, call->path);
    COG_CLEANUP(cog_string_finish) char *url = cog_text_take(&text);
    if (url == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    struct cog_header headers[HEADER_COUNT_MAX];
    const struct cog_request request = {
        .call = call->name,
        .method = call->acts || call->body != NULL ? "POST" : "GET",
        .url = url,
        .headers = headers,
        .header_count = list_headers(call, headers),
        .body = call->body,
        .body_length = call->body != NULL ? strlen(call->body) : 0,
        .authentication = COG_AUTHENTICATION_BEARER,
        .acting = call->acts,
        .attempts_max = call->attempts_max,
        .timeout_ms = v1->request_timeout_ms,
        .deadline_ms = limits.deadline_ms,
        .cancel = limits.cancel,
    };
    return cog_transport_send(v1->transport, &request, out_response, error);
}

void cog_v1_head_note(const struct cog_v1 *v1, const struct cog_response *response,
                      struct cog_error *error)
{
    if (error != NULL) {
        error->http_status = response->status;
        error->retry_after_ms = cog_retry_after_ms(response, cog_clock_unix_ms(v1->clock));
    }
}

static enum cog_code fail_as(const struct cog_v1 *v1, const struct cog_response *response,
                             enum cog_code code, struct cog_error *error)
{
    char reason[COG_REASON_SIZE];
    cog_problem_format(response, reason);
    if (response->status / 100 == 3) {
        (void)cog_error_set(error, code, "%d, redirect refused", response->status);
    } else if (cog_token_appears_in(v1->tokens, reason) ||
               cog_token_appears_in(v1->tokens, response->body)) {
        /* Of the body, for a reason that was cut may end with half a token. */
        (void)cog_error_set(error, code, "%d, with a reason that repeats a secret",
                            response->status);
    } else {
        (void)cog_error_set(error, code, "%s", reason);
    }
    cog_v1_head_note(v1, response, error);
    return code;
}

enum cog_code cog_v1_answer_fail(const struct cog_v1 *v1, const struct cog_response *response,
                                 struct cog_error *error)
{
    const enum cog_code code = cog_http_status_code(response->status);
    /* A success, but not the one that the API promises. */
    return fail_as(v1, response, code == COG_OK ? COG_ERROR_PROTOCOL : code, error);
}

enum cog_code cog_v1_acting_fail(const struct cog_v1 *v1, const struct cog_response *response,
                                 struct cog_error *error)
{
    const enum cog_code code = cog_v1_answer_fail(v1, response, error);
    /* Also "See Other", which is how some servers say that a POST was done. */
    return code != COG_ERROR_PROTOCOL
               ? code
               : cog_error_wrap(error, COG_ERROR_AMBIGUOUS, "sent, and perhaps applied");
}

/* Its control character makes it unfit for an identifier, and is not shown. */
static void hide(char *text)
{
    const size_t size = strlen(text) + 1;
    OPENSSL_cleanse(text, size);
    (void)snprintf(text, size, "\x1A%s", "a text that repeats a secret");
}

static void hide_secrets(const struct cog_v1 *v1, cJSON *parent)
{
    cJSON *item = NULL;
    cJSON_ArrayForEach(item, parent)
    {
        if (cJSON_IsString(item) && cog_token_appears_in(v1->tokens, item->valuestring)) {
            hide(item->valuestring);
        }
        hide_secrets(v1, item);
    }
}

enum cog_code cog_v1_object_parse(const struct cog_v1 *v1, const struct cog_response *response,
                                  cJSON **out_json, struct cog_error *error)
{
    const enum cog_code code =
        cog_json_parse_object(response->body, response->body_length, out_json, error);
    if (code == COG_OK) {
        hide_secrets(v1, *out_json);
    }
    return code;
}

enum cog_code cog_v1_object_fetch(const struct cog_v1 *v1, const struct cog_v1_call *call,
                                  struct cog_limits limits, cJSON **out_json,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    const enum cog_code code = cog_v1_call_send(v1, call, limits, &response, error);
    if (code != COG_OK) {
        return code;
    }
    if (response.status != 200) {
        return cog_v1_answer_fail(v1, &response, error);
    }
    return cog_v1_object_parse(v1, &response, out_json, error);
}
