/** Says to libcurl what to send, and how. */
#ifndef TRANSPORT_CURL_REQUEST_H
#define TRANSPORT_CURL_REQUEST_H

#include <cogpromote/transport.h>
#include <cogpromote/transport_curl.h>

#include <curl/curl.h>

/** A request's headers as libcurl takes them, in one piece of memory. `{0}` is safe to finish. */
struct cog_curl_headers {
    struct curl_slist *list; /**< Owned: all nodes, and the text behind them. */
    size_t size;             /**< In bytes. */
};

/** @return COG_OK, COG_ERROR_ARGUMENT (a header with a line break), COG_ERROR_MEMORY */
enum cog_code cog_curl_headers_create(const struct cog_request *request,
                                      struct cog_curl_headers *out_headers,
                                      struct cog_error *error) COG_CHECK;

/** Wipes and releases: one of them is the Authorization header. */
void cog_curl_headers_finish(struct cog_curl_headers *headers);

/** Sets what is the same for all requests of a transport. */
CURLcode cog_curl_request_prepare(const struct cog_transport_curl_options *options, CURL *easy);

/** Sets the rest. @param headers must live as long as the transfer; so must the request's body */
CURLcode cog_curl_request_apply(const struct cog_request *request,
                                const struct cog_curl_headers *headers,
                                const struct cog_transport_curl_options *options, CURL *easy);

/** Takes back what was borrowed from the request. */
void cog_curl_request_forget(CURL *easy);

#endif
