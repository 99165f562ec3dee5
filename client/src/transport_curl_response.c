#include "transport_curl_response.h"

/* What a callback returns to stop the transfer: anything but the number of bytes it was given. */
enum { STOP = 0 };

/* libcurl gives whole lines, those of interim answers and trailers among them. */
static size_t receive_header(char *line, size_t size, size_t count, void *context)
{
    return cog_answer_take_line(context, line, size * count) ? size * count : STOP;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context)
{
    return cog_answer_take_body(context, bytes, size * count) ? size * count : STOP;
}

CURLcode cog_curl_response_attach(struct cog_answer *answer, CURL *easy)
{
    CURLcode result = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_HEADERDATA, answer);
    }
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    }
    if (result == CURLE_OK) {
        result = curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
    }
    return result;
}

void cog_curl_response_detach(CURL *easy)
{
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, NULL);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, NULL);
}

enum cog_code cog_curl_response_take(struct cog_answer *answer, CURL *easy,
                                     struct cog_response *out_response, struct cog_error *error)
{
    long status = 0;
    (void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return cog_answer_take_whole(answer, status, out_response, error);
}
