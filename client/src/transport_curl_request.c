#include "transport_curl_request.h"

#include "loopback.h"

#include <cogbase/text.h>

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

/* "Name:" takes out what libcurl would send by itself. */
static const char NO_EXPECT[] = "Expect:";
static const char NO_CONTENT_TYPE[] = "Content-Type:";

/* A line break in a value would be a header of its own, or the end of them. */
static bool is_header_sound(const struct cog_header *header)
{
    return header->name[0] != '\0' && strpbrk(header->name, "\r\n: ;") == NULL &&
           strpbrk(header->value, "\r\n") == NULL;
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

/* "Name: value" and its end. */
static size_t line_size(const struct cog_header *header)
{
    return strlen(header->name) + 2 + strlen(header->value) + 1;
}

static char *append_text(char *end, const char *text)
{
    const size_t length = strlen(text);
    memcpy(end, text, length + 1);
    return end + length;
}

/* "Name;" is how libcurl is told of a header with an empty value. */
static char *write_line(char *end, const struct cog_header *header)
{
    end = append_text(end, header->name);
    end = append_text(end, header->value[0] != '\0' ? ": " : ";");
    return append_text(end, header->value) + 1;
}

/* The nodes stand in front, in order; `text` has room for all lines. */
static void fill(const struct cog_request *request, struct curl_slist *nodes, char *text)
{
    size_t count = 0;
    nodes[count++].data = text;
    text = append_text(text, NO_EXPECT) + 1;
    if (!has_header(request, "Content-Type")) {
        nodes[count++].data = text;
        text = append_text(text, NO_CONTENT_TYPE) + 1;
    }
    for (size_t i = 0; i < request->header_count; i++) {
        nodes[count++].data = text;
        text = write_line(text, &request->headers[i]);
    }
    for (size_t i = 0; i < count; i++) {
        nodes[i].next = i + 1 < count ? &nodes[i + 1] : NULL;
    }
}

enum cog_code cog_curl_headers_create(const struct cog_request *request,
                                      struct cog_curl_headers *out_headers, struct cog_error *error)
{
    const size_t nodes_size = (request->header_count + 2) * sizeof(struct curl_slist);
    size_t size = nodes_size + sizeof NO_EXPECT + sizeof NO_CONTENT_TYPE;
    for (size_t i = 0; i < request->header_count; i++) {
        if (!is_header_sound(&request->headers[i])) {
            return cog_error_set(error, COG_ERROR_ARGUMENT, "a header with a line break");
        }
        size += line_size(&request->headers[i]);
    }
    struct curl_slist *list = malloc(size);
    if (list == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    fill(request, list, (char *)list + nodes_size);
    *out_headers = (struct cog_curl_headers){.list = list, .size = size};
    return COG_OK;
}

void cog_curl_headers_finish(struct cog_curl_headers *headers)
{
    if (headers->list != NULL) {
        OPENSSL_cleanse(headers->list, headers->size);
    }
    free(headers->list);
    *headers = (struct cog_curl_headers){0};
}

struct number {
    CURLoption option;
    long value;
};

struct text {
    CURLoption option;
    const char *value; /* NULL leaves libcurl's own. */
};

static CURLcode set_numbers(CURL *easy, const struct number *numbers, size_t count)
{
    CURLcode result = CURLE_OK;
    for (size_t i = 0; result == CURLE_OK && i < count; i++) {
        result = curl_easy_setopt(easy, numbers[i].option, numbers[i].value);
    }
    return result;
}

static CURLcode set_texts(CURL *easy, const struct text *texts, size_t count)
{
    CURLcode result = CURLE_OK;
    for (size_t i = 0; result == CURLE_OK && i < count; i++) {
        if (texts[i].value != NULL) {
            result = curl_easy_setopt(easy, texts[i].option, texts[i].value);
        }
    }
    return result;
}

/* Peer and host are verified without being told to, which is said here all the same. */
static CURLcode apply_tls(const struct cog_transport_curl_options *options, CURL *easy)
{
    static const struct number numbers[] = {
        {CURLOPT_SSL_VERIFYPEER, 1},
        {CURLOPT_SSL_VERIFYHOST, 2},
        {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
        {CURLOPT_PROXY_SSL_VERIFYPEER, 1},
        {CURLOPT_PROXY_SSL_VERIFYHOST, 2},
        {CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    };
    const struct text texts[] = {
        {CURLOPT_CAINFO, options->ca_file},
        {CURLOPT_PROXY_CAINFO, options->ca_file},
        {CURLOPT_SSLCERT, options->client_certificate_file},
        {CURLOPT_SSLKEY, options->client_key_file},
        /* Else OpenSSL would ask on the terminal. */
        {CURLOPT_KEYPASSWD, options->client_certificate_file != NULL ? "" : NULL},
    };
    CURLcode result = set_numbers(easy, numbers, sizeof numbers / sizeof numbers[0]);
    if (result == CURLE_OK) {
        result = set_texts(easy, texts, sizeof texts / sizeof texts[0]);
    }
    if (result != CURLE_OK || options->ca_file == NULL) {
        return result;
    }
    /* The file alone: libcurl would go on to trust the system's folder as well. */
    result = curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    return result == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, NULL) : result;
}

static CURLcode apply_protocol(CURL *easy)
{
    static const struct number numbers[] = {
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_FOLLOWLOCATION, 0},
        {CURLOPT_MAXFILESIZE, COG_RESPONSE_BODY_LENGTH_MAX}, /* As far as it is announced. */
        {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
        {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    };
    static const struct text texts[] = {
        {CURLOPT_PROTOCOLS_STR, "http,https"},
        {CURLOPT_USERAGENT, "cogpromote/" COG_VERSION},
    };
    const CURLcode result = set_numbers(easy, numbers, sizeof numbers / sizeof numbers[0]);
    return result == CURLE_OK ? set_texts(easy, texts, sizeof texts / sizeof texts[0]) : result;
}

CURLcode cog_curl_request_prepare(const struct cog_transport_curl_options *options, CURL *easy)
{
    const CURLcode result = apply_protocol(easy);
    return result == CURLE_OK ? apply_tls(options, easy) : result;
}

static CURLcode apply_connection(const struct cog_request *request,
                                 const struct cog_transport_curl_options *options, CURL *easy)
{
    /* libcurl re-sends by itself, POST too, when a reused connection dies without an answer. */
    const bool is_alone = request->acting || request->authentication == COG_AUTHENTICATION_NONE;
    /* http is for this machine alone, and would be sent to another one if a proxy took it. */
    const char *proxy = cog_loopback_is_clear_url(request->url) ? "" : options->proxy;
    CURLcode result = curl_easy_setopt(easy, CURLOPT_URL, request->url);
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_PROXY, proxy); /* NULL: the environment's. */
    }
    return result == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, is_alone ? 1L : 0L)
                              : result;
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

CURLcode cog_curl_request_apply(const struct cog_request *request,
                                const struct cog_curl_headers *headers,
                                const struct cog_transport_curl_options *options, CURL *easy)
{
    CURLcode result = apply_connection(request, options, easy);
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers->list);
    }
    return result == CURLE_OK ? apply_body(request, easy) : result;
}

void cog_curl_request_forget(CURL *easy)
{
    (void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
    (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, NULL);
    (void)curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L); /* The line before makes it a POST. */
}
