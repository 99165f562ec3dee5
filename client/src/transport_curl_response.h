/** Collects what libcurl receives, within the limits of transport.h. */
#ifndef TRANSPORT_CURL_RESPONSE_H
#define TRANSPORT_CURL_RESPONSE_H

#include <cogbase/text.h>
#include <cogpromote/transport.h>

#include <curl/curl.h>

/** `{0}` is empty and safe to finish. */
struct cog_curl_response {
    struct cog_response response;
    struct cog_text body;
    size_t headers_length; /**< Of all header blocks, those of interim answers too. */
    bool is_head_whole;    /**< What comes after it is no header any more. */
    enum cog_code code;    /**< Why the transfer was stopped from here; COG_OK if it was not. */
    const char *complaint; /**< A text for `code`. */
};

/** Makes libcurl write into `response`, which must live as long as the transfer. */
CURLcode cog_curl_response_attach(struct cog_curl_response *response, CURL *easy);

/** The transfer has ended: nothing writes there any more. */
void cog_curl_response_detach(CURL *easy);

/**
 * Moves the whole answer out.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_NETWORK (its headers broke off), COG_ERROR_PROTOCOL
 */
enum cog_code cog_curl_response_take(struct cog_curl_response *response, CURL *easy,
                                     struct cog_response *out_response,
                                     struct cog_error *error) COG_CHECK;

void cog_curl_response_finish(struct cog_curl_response *response);

#endif
