/** Answers that HTTP does not know, byte by byte. */
#ifndef MOCK_V1_WIRE_H
#define MOCK_V1_WIRE_H

#include <cogmock/plan.h>

/**
 * Fills `raw` from the rest of the plan, when its `wire` is not PLAIN. Status, headers and body
 * must be complete.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_plan_compose(struct mock_plan *plan) COG_CHECK;

#endif
