/** libcurl's results in our codes and words: the only place that knows them. */
#ifndef TRANSPORT_CURL_ERROR_H
#define TRANSPORT_CURL_ERROR_H

#include <cogpromote/error.h>
#include <cogpromote/transport_curl.h>

#include <curl/curl.h>

/** How a transfer failed. */
struct cog_curl_failure {
    CURLcode result;    /**< Not CURLE_OK. */
    bool is_sent;       /**< Whether any byte of the request went out. */
    long verify_result; /**< OpenSSL's X509_V_… of the server's certificate. */
    const char *detail; /**< libcurl's own words; empty for none. */
};

/**
 * What was not sent is COG_ERROR_UNREACHABLE at most: no broken connection and no time-out can have
 * reached the server. A certificate, or one of our files, that is not good stays so: such an error
 * `is_lasting`; of a file it is COG_ERROR_CONFIGURATION and names file and flag.
 *
 * @return never COG_OK
 */
enum cog_code cog_curl_error_set(const struct cog_curl_failure *failure,
                                 const struct cog_transport_curl_options *options,
                                 struct cog_error *error);

#endif
