/** Numbers each attempt, names it to the server, and logs it: a transport around a transport. */
#ifndef RECORD_H
#define RECORD_H

#include <cogpromote/clock.h>
#include <cogpromote/log.h>
#include <cogpromote/transport.h>

/**
 * Adds `X-Request-Id` and `X-Attempt`, and `traceparent` where there is one; logs "request" with
 * call, attempt, status or error, and time taken. No body and no header value is logged.
 */
struct cog_record {
    struct cog_transport inner;
    struct cog_clock clock;
    struct cog_random random;
    struct cog_log log;
    const char *traceparent; /**< NULL for none. Not sent with unauthenticated foreign calls. */
};

struct cog_transport cog_record_transport(struct cog_record *record);

#endif
