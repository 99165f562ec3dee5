#include <cogpromote/transport.h>

#include <cogbase/text.h>

#include <assert.h>
#include <stdlib.h>

void cog_response_finish(struct cog_response *response)
{
    for (size_t i = 0; i < response->header_count; i++) {
        free(response->headers[i].name);
        free(response->headers[i].value);
    }
    free(response->headers);
    free(response->body);
    *response = (struct cog_response){0};
}

const char *cog_response_header(const struct cog_response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++) {
        if (cog_string_equals_ignoring_case(response->headers[i].name, name)) {
            return response->headers[i].value;
        }
    }
    return NULL;
}

enum cog_code cog_response_header_append(struct cog_response *response, const char *name,
                                         size_t name_length, const char *value, size_t value_length)
{
    assert(name != NULL && value != NULL);
    COG_CLEANUP(cog_string_finish) char *own_name = cog_string_clone(name, name_length);
    COG_CLEANUP(cog_string_finish) char *own_value = cog_string_clone(value, value_length);
    if (own_name == NULL || own_value == NULL) {
        return COG_ERROR_MEMORY;
    }
    struct cog_response_header *headers =
        realloc(response->headers, (response->header_count + 1) * sizeof *headers);
    if (headers == NULL) {
        return COG_ERROR_MEMORY;
    }
    response->headers = headers;
    headers[response->header_count++] =
        (struct cog_response_header){.name = own_name, .value = own_value};
    own_name = NULL;
    own_value = NULL;
    return COG_OK;
}

/* What is wrong with a request, or NULL. */
static const char *complaint(const struct cog_request *request)
{
    if (request == NULL) {
        return "a request is required";
    }
    if (request->method == NULL || request->url == NULL) {
        return "a request needs a method and a url";
    }
    if (request->timeout_ms <= 0) {
        return "a request needs a timeout_ms over 0";
    }
    if (request->headers == NULL && request->header_count > 0) {
        return "a request with a header_count needs headers";
    }
    if (request->body == NULL && request->body_length > 0) {
        return "a request with a body_length needs a body";
    }
    return NULL;
}

enum cog_code cog_transport_send(struct cog_transport transport, const struct cog_request *request,
                                 struct cog_response *out_response, struct cog_error *error)
{
    if (transport.ops == NULL || out_response == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "a transport and a response are required");
    }
    const char *wrong = complaint(request);
    if (wrong != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "%s", wrong);
    }
    return transport.ops->send(transport.context, request, out_response, error);
}
