/** The reason that an answer gives for saying no (RFC 9457, RFC 6749 5.2, or nearly so). */
#ifndef PROBLEM_H
#define PROBLEM_H

#include <cogpromote/platform.h>
#include <cogpromote/transport.h>

#include <cjson/cJSON.h>

/**
 * "404 Not Found: no such job": the status and what the body says, which may be of any shape.
 * Control characters are left out. It may repeat what was sent, a secret too.
 */
void cog_problem_format(const struct cog_response *response, char out_reason[COG_REASON_SIZE]);

/** The body as a JSON object, owned by the caller; NULL when it is anything else. */
cJSON *cog_problem_parse(const struct cog_response *response);

#endif
