#include "scripted_transport.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <string.h>

static void append(char text[SCRIPTED_TEXT_SIZE], const char *part)
{
    const size_t length = strlen(text);
    cr_assert(length + strlen(part) < SCRIPTED_TEXT_SIZE, "a text of the request is too long");
    memcpy(text + length, part, strlen(part) + 1);
}

static void keep_headers(struct scripted_request *kept, const struct cog_request *request)
{
    append(kept->headers, "\n");
    for (size_t i = 0; i < request->header_count; i++) {
        append(kept->headers, request->headers[i].name);
        append(kept->headers, ": ");
        append(kept->headers, request->headers[i].value);
        append(kept->headers, "\n");
    }
}

static void keep(struct scripted_transport *script, const struct cog_request *request)
{
    struct scripted_request *kept = &script->requests[script->request_count];
    *kept = (struct scripted_request){
        .has_body = request->body != NULL,
        .acting = request->acting,
        .authentication = request->authentication,
        .attempts_max = request->attempts_max,
        .timeout_ms = request->timeout_ms,
        .deadline_ms = request->deadline_ms,
        .sent_ms = script->clock != NULL ? script->clock->now_ms : 0,
    };
    cr_assert(cog_string_copy(kept->call, sizeof kept->call, request->call));
    cr_assert(cog_string_copy(kept->method, sizeof kept->method, request->method));
    cr_assert(cog_string_copy(kept->url, sizeof kept->url, request->url));
    keep_headers(kept, request);
    if (request->body != NULL) {
        cr_assert_lt(request->body_length, sizeof kept->body);
        memcpy(kept->body, request->body, request->body_length);
    }
}

static void fill(const struct scripted_answer *answer, struct cog_response *out_response)
{
    out_response->status = answer->status;
    out_response->body = strdup(answer->body != NULL ? answer->body : "");
    cr_assert_not_null(out_response->body);
    out_response->body_length = strlen(out_response->body);
    for (size_t i = 0; i < SCRIPTED_HEADERS_MAX && answer->headers[i].name != NULL; i++) {
        const struct cog_header *header = &answer->headers[i];
        cr_assert(cog_response_header_append(out_response, header->name, strlen(header->name),
                                             header->value, strlen(header->value)) == COG_OK);
    }
}

static enum cog_code scripted_send(void *context, const struct cog_request *request,
                                   struct cog_response *out_response, struct cog_error *error)
{
    struct scripted_transport *script = context;
    if (script->request_count == SCRIPTED_ANSWERS_MAX) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "more requests than a script can answer");
    }
    keep(script, request);
    const struct scripted_answer *answer = &script->answers[script->request_count++];
    if (script->on_send != NULL) {
        script->on_send(script->on_send_context);
    }
    if (script->clock != NULL) {
        cog_clock_virtual_advance(script->clock, script->clock->now_ms + answer->takes_ms);
    }
    if (answer->code != COG_OK) {
        (void)cog_error_set(error, answer->code, "%s",
                            answer->message != NULL ? answer->message : "scripted");
        if (error != NULL) {
            error->is_lasting = answer->is_lasting;
        }
        return answer->code;
    }
    if (answer->status == 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "the script has ended");
    }
    *out_response = (struct cog_response){0};
    fill(answer, out_response);
    return COG_OK;
}

struct cog_transport scripted_transport(struct scripted_transport *script)
{
    static const struct cog_transport_ops ops = {.send = scripted_send};
    return (struct cog_transport){&ops, script};
}
