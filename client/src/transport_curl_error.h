/** libcurl's results in our codes: the only place that knows them. */
#ifndef TRANSPORT_CURL_ERROR_H
#define TRANSPORT_CURL_ERROR_H

#include <cogpromote/error.h>

#include <curl/curl.h>

/**
 * @param is_sent whether any byte of the request went out; if not, no broken connection and no
 *                time-out can have reached the server
 * @return never COG_OK for a result that is not CURLE_OK
 */
enum cog_code cog_curl_error_code(CURLcode result, bool is_sent);

#endif
