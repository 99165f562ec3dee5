#include "drill/guided/control.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogpromote/transport_curl.h>

#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_TIMEOUT_MS = 1000,
    IDLE_TIMEOUT_MS = 3000,
    TIMEOUT_MS = 5000,
    STATUS_OK = 200,
    STATUS_NOT_FOUND = 404,
};

struct scn_control {
    struct cog_transport_curl *curl;
    char *base;          /* With the tenant. */
    char *authorization; /* The header's value; NULL for none. */
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code fill(struct scn_control *control, const struct scn_control_options *options,
                          struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text base = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text authorization = {0};
    cog_text_append_format(&base, "%s/tenants/%s", options->url, options->tenant);
    cog_text_append_format(&authorization, "Bearer %s",
                           options->token != NULL ? options->token : "");
    control->base = cog_text_take(&base);
    if (options->token != NULL) {
        control->authorization = cog_text_take(&authorization);
    }
    if (control->base == NULL || (options->token != NULL && control->authorization == NULL)) {
        return fail_memory(error);
    }
    const struct cog_transport_curl_options curl = {
        .clock = cog_clock_posix(),
        .connect_timeout_ms = CONNECT_TIMEOUT_MS,
        .idle_timeout_ms = IDLE_TIMEOUT_MS,
        .proxy = "", /* It is on this machine. */
    };
    return cog_transport_curl_create(&curl, &control->curl, error);
}

enum cog_code scn_control_create(const struct scn_control_options *options,
                                 struct scn_control **out_control, struct cog_error *error)
{
    struct scn_control *control = calloc(1, sizeof *control);
    if (control == NULL) {
        return fail_memory(error);
    }
    const enum cog_code code = fill(control, options, error);
    if (code != COG_OK) {
        scn_control_destroy(control);
        return code;
    }
    *out_control = control;
    return COG_OK;
}

static enum cog_code send_request(struct scn_control *control, const char *url,
                                  struct cog_response *out_response, struct cog_error *error)
{
    const struct cog_header header = {"Authorization", control->authorization};
    const struct cog_request request = {
        .call = "control",
        .method = "GET",
        .url = url,
        .headers = &header,
        .header_count = control->authorization != NULL ? 1 : 0,
        .timeout_ms = TIMEOUT_MS,
        .deadline_ms = cog_clock_monotonic_ms(cog_clock_posix()) + TIMEOUT_MS,
    };
    const enum cog_code code =
        cog_transport_send(cog_transport_curl(control->curl), &request, out_response, error);
    if (code == COG_OK || code == COG_ERROR_MEMORY || code == COG_ERROR_INTERNAL) {
        return code;
    }
    return cog_error_wrap(error, COG_ERROR_UNREACHABLE, "the fake's control plane at %s", url);
}

static enum cog_code read_answer(const struct cog_response *response, const char *url,
                                 cJSON **out_json, struct cog_error *error)
{
    if (response->status == STATUS_NOT_FOUND) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND, "%s: there is no such thing", url);
    }
    if (response->status != STATUS_OK) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "%s: expected 200, got %d; is it the control plane of a cogmock, "
                             "without a token?",
                             url, response->status);
    }
    const enum cog_code code =
        cog_json_parse_object(response->body, response->body_length, out_json, error);
    return code == COG_OK ? code : cog_error_wrap(error, code, "%s", url);
}

enum cog_code scn_control_get(struct scn_control *control, const char *path, cJSON **out_json,
                              struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text url = {0};
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    cog_text_append_format(&url, "%s%s", control->base, path);
    if (url.failed) {
        return fail_memory(error);
    }
    const enum cog_code code = send_request(control, cog_text_string(&url), &response, error);
    return code == COG_OK ? read_answer(&response, cog_text_string(&url), out_json, error) : code;
}

void scn_control_destroy(struct scn_control *control)
{
    if (control == NULL) {
        return;
    }
    cog_transport_curl_destroy(control->curl);
    free(control->base);
    cog_string_finish(&control->authorization);
    free(control);
}
