#include "transport_curl_request.h"

#include "cleanup.h"
#include "secret.h"

#include <cogbase/text.h>

#include <string.h>

/* A line break in a value would be a header of its own, or the end of them. */
static bool is_header_sound(const struct cog_header *header)
{
    return header->name[0] != '\0' && strpbrk(header->name, "\r\n: ;") == NULL &&
           strpbrk(header->value, "\r\n") == NULL;
}

static enum cog_code append_line(struct curl_slist **list, const char *line,
                                 struct cog_error *error)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *list = longer;
    return COG_OK;
}

/* "Name;" is how libcurl is told of a header with an empty value. */
static enum cog_code append_header(struct curl_slist **list, const struct cog_header *header,
                                   struct cog_error *error)
{
    if (!is_header_sound(header)) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "a header with a line break");
    }
    struct cog_text text = {0};
    cog_text_append(&text, header->name);
    cog_text_append(&text, header->value[0] != '\0' ? ": " : ";");
    cog_text_append(&text, header->value);
    COG_CLEANUP(cog_secret_finish) char *line = cog_text_take(&text);
    if (line == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    return append_line(list, line, error);
}

static bool has_header(const struct cog_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (cog_string_equals_ignoring_case(request->headers[i].name, name)) {
            return true;
        }
    }
    return false;
}

enum cog_code cog_curl_request_headers(const struct cog_request *request,
                                       struct curl_slist **out_headers, struct cog_error *error)
{
    COG_CLEANUP(curl_slist_finish) struct curl_slist *list = NULL;
    /* "Name:" takes out what libcurl would send by itself. */
    enum cog_code code = append_line(&list, "Expect:", error);
    if (code == COG_OK && !has_header(request, "Content-Type")) {
        code = append_line(&list, "Content-Type:", error);
    }
    for (size_t i = 0; code == COG_OK && i < request->header_count; i++) {
        code = append_header(&list, &request->headers[i], error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_headers = list;
    list = NULL;
    return COG_OK;
}

static CURLcode apply_body(const struct cog_request *request, CURL *easy)
{
    if (strcmp(request->method, "POST") != 0) {
        return curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    CURLcode result = curl_easy_setopt(easy, CURLOPT_POST, 1L);
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                                  (curl_off_t)(request->body != NULL ? request->body_length : 0));
    }
    if (result == CURLE_OK) {
        result =
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body != NULL ? request->body : "");
    }
    return result;
}

/* Numbers that are the same for every request, or follow from it. */
static CURLcode apply_switches(const struct cog_request *request, CURL *easy)
{
    /* libcurl re-sends by itself, POST too, when a reused connection dies without an answer. */
    const bool is_alone = request->acting || request->authentication == COG_AUTHENTICATION_NONE;
    const struct {
        CURLoption option;
        long value;
    } switches[] = {
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_FOLLOWLOCATION, 0},
        {CURLOPT_SSL_VERIFYPEER, 1},
        {CURLOPT_SSL_VERIFYHOST, 2},
        {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
        {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
        {CURLOPT_FRESH_CONNECT, is_alone ? 1 : 0},
        {CURLOPT_FORBID_REUSE, is_alone ? 1 : 0},
    };
    CURLcode result = CURLE_OK;
    for (size_t i = 0; result == CURLE_OK && i < sizeof switches / sizeof switches[0]; i++) {
        result = curl_easy_setopt(easy, switches[i].option, switches[i].value);
    }
    return result;
}

CURLcode cog_curl_request_apply(const struct cog_request *request, struct curl_slist *headers,
                                CURL *easy)
{
    CURLcode result = curl_easy_setopt(easy, CURLOPT_URL, request->url);
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    }
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_USERAGENT, "cogpromote/" COG_VERSION);
    }
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    }
    if (result == CURLE_OK) {
        result = apply_switches(request, easy);
    }
    return result == CURLE_OK ? apply_body(request, easy) : result;
}
