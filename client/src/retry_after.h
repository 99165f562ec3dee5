/** The `Retry-After` header: seconds, or one of the three HTTP-date forms. */
#ifndef RETRY_AFTER_H
#define RETRY_AFTER_H

#include <cogpromote/transport.h>

#include <stdint.h>

/**
 * How long the server asks to wait, in milliseconds from now.
 *
 * Dates are taken relative to the answer's `Date`, where there is one, so that a wrong local clock
 * does no harm. A date that has passed is 0. Absent, negative or malformed is -1. When the header
 * stands there twice, the longer wait counts. More than a year is a year.
 */
int64_t cog_retry_after_ms(const struct cog_response *response, int64_t now_unix_ms);

#endif
