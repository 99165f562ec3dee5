#include "simulation/head.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

/* The core only reads them. */
static void add(struct scn_head *head, const char *name, const char *value)
{
    head->headers[head->header_count++] =
        (struct mock_header){.name = (char *)name, .value = (char *)value};
}

static bool is_sound(const struct cog_header *header)
{
    return header->name[0] != '\0' && strpbrk(header->name, "\r\n: ;") == NULL &&
           strpbrk(header->value, "\r\n") == NULL;
}

/* What the client sends itself, libcurl does not add. */
static void add_default(struct scn_head *head, const struct cog_request *request, const char *name,
                        const char *value)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (cog_string_equals_ignoring_case(request->headers[i].name, name)) {
            return;
        }
    }
    add(head, name, value);
}

enum cog_code scn_head_compose(const struct cog_request *request, const char *host,
                               struct scn_head *out_head, struct cog_error *error)
{
    enum { OWN_COUNT = 4 };
    if (request->header_count > SCN_HEAD_HEADERS_MAX - OWN_COUNT) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "more than %d headers",
                             SCN_HEAD_HEADERS_MAX - OWN_COUNT);
    }
    out_head->header_count = 0;
    add_default(out_head, request, "Host", host);
    add_default(out_head, request, "User-Agent", "cogpromote/" COG_VERSION);
    add_default(out_head, request, "Accept", "*/*");
    for (size_t i = 0; i < request->header_count; i++) {
        if (!is_sound(&request->headers[i])) {
            return cog_error_set(error, COG_ERROR_ARGUMENT, "a header with a line break");
        }
        add(out_head, request->headers[i].name, request->headers[i].value);
    }
    if (strcmp(request->method, "POST") == 0) {
        (void)snprintf(out_head->length_text, sizeof out_head->length_text, "%zu",
                       request->body != NULL ? request->body_length : 0);
        add(out_head, "Content-Length", out_head->length_text);
    }
    return COG_OK;
}
