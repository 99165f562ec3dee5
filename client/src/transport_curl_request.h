/** Says to libcurl what to send, and how. */
#ifndef TRANSPORT_CURL_REQUEST_H
#define TRANSPORT_CURL_REQUEST_H

#include <cogpromote/transport.h>

#include <curl/curl.h>

/** @return COG_OK, COG_ERROR_ARGUMENT (a header with a line break), COG_ERROR_MEMORY */
enum cog_code cog_curl_request_headers(const struct cog_request *request,
                                       struct curl_slist **out_headers,
                                       struct cog_error *error) COG_CHECK;

/** @param headers must live as long as the transfer; so must the request's body */
CURLcode cog_curl_request_apply(const struct cog_request *request, struct curl_slist *headers,
                                CURL *easy);

#endif
