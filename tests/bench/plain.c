/*
 * What is the same as in a promotion: the requests in their order, with their URLs, headers and
 * bodies; which of them open a connection of their own; the connection that the others share; that
 * head and body of each answer are read into memory, and the status is looked at; the time limit
 * and the buffer for errors. What is not: nothing is signed, checked, parsed, retried or written.
 */
#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As much of an answer as has come: its head, or its body. */
struct part {
    char *bytes;
    size_t length;
};

static void expect_good(CURLcode result)
{
    if (result != CURLE_OK) {
        (void)fprintf(stderr, "bench: plain libcurl: %s\n", curl_easy_strerror(result));
        exit(EXIT_FAILURE);
    }
}

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
    struct part *part = context;
    const size_t length = size * count;
    char *longer = realloc(part->bytes, part->length + length + 1);
    if (longer == NULL) {
        return 0;
    }
    memcpy(longer + part->length, bytes, length);
    part->bytes = longer;
    part->length += length;
    longer[part->length] = '\0';
    return length;
}

static void request_prepare(CURL *easy, const struct recorded_request *request)
{
    expect_good(curl_easy_setopt(easy, CURLOPT_URL, request->url));
    expect_good(curl_easy_setopt(easy, CURLOPT_HTTPHEADER, request->headers));
    expect_good(curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request->is_alone ? 1L : 0L));
    if (request->is_post) {
        const char *body = request->body != NULL ? request->body : "";
        expect_good(curl_easy_setopt(easy, CURLOPT_POST, 1L));
        expect_good(curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(body)));
        expect_good(curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body));
    } else {
        expect_good(curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L));
    }
}

static void request_send(CURL *easy, const struct recorded_request *request)
{
    struct part head = {0};
    struct part body = {0};
    long status = 0;
    request_prepare(easy, request);
    expect_good(curl_easy_setopt(easy, CURLOPT_HEADERDATA, &head));
    expect_good(curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body));
    expect_good(curl_easy_perform(easy));
    expect_good(curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status));
    free(head.bytes);
    free(body.bytes);
    if (status >= 400) {
        (void)fprintf(stderr, "bench: plain libcurl: %s: status %ld\n", request->url, status);
        exit(EXIT_FAILURE);
    }
}

void plain_run(const struct recording *recording)
{
    CURL *easy = curl_easy_init();
    char detail[CURL_ERROR_SIZE];
    expect_good(easy != NULL ? CURLE_OK : CURLE_OUT_OF_MEMORY);
    expect_good(curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail));
    expect_good(curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L));
    expect_good(curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 30000L));
    expect_good(curl_easy_setopt(easy, CURLOPT_USERAGENT, "cogpromote/plain"));
    expect_good(curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive));
    expect_good(curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive));
    for (size_t i = 0; i < recording->count; i++) {
        request_send(easy, &recording->requests[i]);
    }
    curl_easy_cleanup(easy);
}
