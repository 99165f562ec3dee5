/** The header Retry-After, in each of its forms. */
#ifndef MOCK_V1_RETRY_AFTER_H
#define MOCK_V1_RETRY_AFTER_H

#include "script/fault.h"

#include <cogmock/plan.h>

/** Whole seconds, rounded up: who waits that long does not come too early. */
int64_t mock_seconds_up(int64_t ms);

/**
 * Appends the header; the form NONE appends nothing. Both seconds and dates are rounded up, so that
 * who comes then does not come too early.
 *
 * @param unix_ms now
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_answer_retry_after(struct mock_plan *plan,
                                      const struct mock_retry_after *retry_after,
                                      int64_t unix_ms) COG_CHECK;

#endif
