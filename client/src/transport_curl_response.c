#include "transport_curl_response.h"

#include <openssl/crypto.h>
#include <string.h>

/* What a callback returns to stop the transfer: anything but the number of bytes it was given. */
enum { STOP = 0 };

static size_t stop(struct cog_curl_response *response, enum cog_code code, const char *complaint)
{
    response->code = code;
    response->complaint = complaint;
    return STOP;
}

static size_t trimmed_length(const char *text, size_t length)
{
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) {
        length--;
    }
    return length;
}

/* A CR that ends no line stands for a space (RFC 9112 2.2): written out, it would hide a text. */
static void blank_carriage_returns(char *text)
{
    for (char *at = strchr(text, '\r'); at != NULL; at = strchr(at, '\r')) {
        *at = ' ';
    }
}

/* A line without a colon, and the obsolete folded ones that begin with a space, are left out. */
static enum cog_code append_header(struct cog_response *response, const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);
    if (colon == NULL || colon == line || *line == ' ' || *line == '\t') {
        return COG_OK;
    }
    const char *value = colon + 1;
    const char *end = line + trimmed_length(line, length);
    while (value < end && (*value == ' ' || *value == '\t')) {
        value++;
    }
    const size_t value_length = value < end ? (size_t)(end - value) : 0;
    const enum cog_code code =
        cog_response_header_append(response, line, (size_t)(colon - line), value, value_length);
    if (code == COG_OK) {
        blank_carriage_returns(response->headers[response->header_count - 1].name);
        blank_carriage_returns(response->headers[response->header_count - 1].value);
    }
    return code;
}

static bool is_status_line(const char *line, size_t length)
{
    return length >= 5 && memcmp(line, "HTTP/", 5) == 0;
}

/* One of blanks only ends nothing: it belongs to the header in front of it. */
static bool is_empty_line(const char *line, size_t length)
{
    return (length == 1 && line[0] == '\n') || (length == 2 && memcmp(line, "\r\n", 2) == 0);
}

/* libcurl gives whole lines, those of interim answers and trailers among them. */
static size_t receive_header(char *line, size_t size, size_t count, void *context)
{
    struct cog_curl_response *response = context;
    const size_t length = size * count;
    response->headers_length += length;
    if (response->headers_length > COG_RESPONSE_HEADERS_LENGTH_MAX) {
        return stop(response, COG_ERROR_PROTOCOL, "headers over 64 KiB");
    }
    if (is_status_line(line, length) && response->body.length == 0) {
        cog_response_finish(&response->response);
        response->is_head_whole = false;
        return length;
    }
    if (response->is_head_whole) {
        return length;
    }
    response->is_head_whole = is_empty_line(line, length);
    if (append_header(&response->response, line, length) != COG_OK) {
        return stop(response, COG_ERROR_MEMORY, "out of memory");
    }
    return length;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context)
{
    struct cog_curl_response *response = context;
    const size_t length = size * count;
    if (length > COG_RESPONSE_BODY_LENGTH_MAX - response->body.length) {
        return stop(response, COG_ERROR_PROTOCOL, "answer over 1 MiB");
    }
    cog_text_append_bytes(&response->body, bytes, length);
    if (response->body.failed) {
        return stop(response, COG_ERROR_MEMORY, "out of memory");
    }
    return length;
}

CURLcode cog_curl_response_attach(struct cog_curl_response *response, CURL *easy)
{
    CURLcode result = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_HEADERDATA, response);
    }
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    }
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_WRITEDATA, response);
    }
    return result;
}

void cog_curl_response_detach(CURL *easy)
{
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, NULL);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, NULL);
}

enum cog_code cog_curl_response_take(struct cog_curl_response *response, CURL *easy,
                                     struct cog_response *out_response, struct cog_error *error)
{
    /* libcurl takes the end of the connection for the end of the headers. */
    if (!response->is_head_whole) {
        return cog_error_set(error, COG_ERROR_NETWORK, "the headers of the answer broke off");
    }
    long status = 0;
    (void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (status < 200 || status > 999) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "an answer without a final status");
    }
    const size_t body_length = response->body.length;
    char *body = cog_text_take(&response->body);
    if (body == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_response = response->response;
    out_response->status = (int)status;
    out_response->body = body;
    out_response->body_length = body_length;
    response->response = (struct cog_response){0};
    return COG_OK;
}

/* An answer that broke off may hold a part of a token. */
void cog_curl_response_finish(struct cog_curl_response *response)
{
    if (response->body.length > 0) {
        OPENSSL_cleanse(response->body.bytes, response->body.length);
    }
    cog_text_finish(&response->body);
    cog_response_finish(&response->response);
}
