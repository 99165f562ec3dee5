/** The limits on the rate of requests, as a client meets them: 429, and what headers tell. */
#ifndef MOCK_V1_RATE_ANSWER_H
#define MOCK_V1_RATE_ANSWER_H

#include "v1/visit.h"

/**
 * Counts the request, if a limit is about its call.
 *
 * @param plan empty; its status stays 0 for a request that passes, else it is the refusal
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_rate_check(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;

/**
 * Appends RateLimit, RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers) and X-RateLimit-* to
 * an answer, as far as the limits of its call want it. The X- headers, which have room for one
 * limit, are about the strictest; their -Reset is in Unix seconds.
 *
 * @return as above
 */
enum cog_code mock_rate_tell(const struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;

#endif
