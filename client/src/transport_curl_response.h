/** Has libcurl write what it receives into an answer. */
#ifndef TRANSPORT_CURL_RESPONSE_H
#define TRANSPORT_CURL_RESPONSE_H

#include <cogbase/answer.h>

#include <curl/curl.h>

/** Makes libcurl write into `answer`, which must live as long as the transfer. */
CURLcode cog_curl_response_attach(struct cog_answer *answer, CURL *easy);

/** The transfer has ended: nothing writes there any more. */
void cog_curl_response_detach(CURL *easy);

/** Moves the whole answer out. @return as cog_answer_take_whole */
enum cog_code cog_curl_response_take(struct cog_answer *answer, CURL *easy,
                                     struct cog_response *out_response,
                                     struct cog_error *error) COG_CHECK;

#endif
