#include "recording.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The same lines as the production transport sends. */
static void headers_copy(struct recorded_request *recorded, const struct cog_request *request)
{
    recorded->headers = curl_slist_append(NULL, "Expect:");
    bool has_type = false;
    for (size_t i = 0; i < request->header_count; i++) {
        const struct cog_header *header = &request->headers[i];
        COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
        cog_text_append_format(&line, "%s: %s", header->name, header->value);
        recorded->headers = curl_slist_append(recorded->headers, cog_text_string(&line));
        has_type = has_type || cog_string_equals_ignoring_case(header->name, "Content-Type");
    }
    if (!has_type) {
        recorded->headers = curl_slist_append(recorded->headers, "Content-Type:");
    }
}

static enum cog_code send_recorded(void *context, const struct cog_request *request,
                                   struct cog_response *out_response, struct cog_error *error)
{
    struct recording *recording = context;
    if (recording->count == RECORDING_REQUESTS_MAX) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "more requests than can be recorded");
    }
    struct recorded_request *recorded = &recording->requests[recording->count++];
    *recorded = (struct recorded_request){
        .url = cog_string_clone(request->url, strlen(request->url)),
        .body =
            request->body != NULL ? cog_string_clone(request->body, request->body_length) : NULL,
        .is_post = strcmp(request->method, "POST") == 0,
        .is_alone = request->acting || request->authentication == COG_AUTHENTICATION_NONE,
    };
    headers_copy(recorded, request);
    return cog_transport_send(recording->inner, request, out_response, error);
}

struct cog_transport recording_transport(struct recording *recording)
{
    static const struct cog_transport_ops ops = {.send = send_recorded};
    return (struct cog_transport){.ops = &ops, .context = recording};
}

void recording_finish(struct recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        free(recording->requests[i].url);
        free(recording->requests[i].body);
        curl_slist_free_all(recording->requests[i].headers);
    }
    recording->count = 0;
}
