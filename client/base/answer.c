#include <cogbase/answer.h>

#include <openssl/crypto.h>
#include <string.h>

static bool stop(struct cog_answer *answer, enum cog_code code, const char *complaint)
{
    answer->code = code;
    answer->complaint = complaint;
    return false;
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

bool cog_answer_take_line(struct cog_answer *answer, const char *line, size_t length)
{
    answer->headers_length += length;
    if (answer->headers_length > COG_RESPONSE_HEADERS_LENGTH_MAX) {
        return stop(answer, COG_ERROR_PROTOCOL, "headers over 64 KiB");
    }
    if (is_status_line(line, length) && answer->body.length == 0) {
        cog_response_finish(&answer->response);
        answer->is_head_whole = false;
        return true;
    }
    if (answer->is_head_whole) {
        return true;
    }
    answer->is_head_whole = is_empty_line(line, length);
    return append_header(&answer->response, line, length) == COG_OK ||
           stop(answer, COG_ERROR_MEMORY, "out of memory");
}

bool cog_answer_take_body(struct cog_answer *answer, const char *bytes, size_t length)
{
    if (length > COG_RESPONSE_BODY_LENGTH_MAX - answer->body.length) {
        return stop(answer, COG_ERROR_PROTOCOL, "answer over 1 MiB");
    }
    cog_text_append_bytes(&answer->body, bytes, length);
    return !answer->body.failed || stop(answer, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code cog_answer_take_whole(struct cog_answer *answer, long status,
                                    struct cog_response *out_response, struct cog_error *error)
{
    /* The end of the connection may have been taken for the end of the headers. */
    if (!answer->is_head_whole) {
        return cog_error_set(error, COG_ERROR_NETWORK, "the headers of the answer broke off");
    }
    if (status < 200 || status > 999) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "an answer without a final status");
    }
    const size_t body_length = answer->body.length;
    char *body = cog_text_take(&answer->body);
    if (body == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_response = answer->response;
    out_response->status = (int)status;
    out_response->body = body;
    out_response->body_length = body_length;
    answer->response = (struct cog_response){0};
    return COG_OK;
}

void cog_answer_finish(struct cog_answer *answer)
{
    if (answer->body.length > 0) {
        OPENSSL_cleanse(answer->body.bytes, answer->body.length);
    }
    cog_text_finish(&answer->body);
    cog_response_finish(&answer->response);
}
