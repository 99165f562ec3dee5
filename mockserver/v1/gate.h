/** What a request has to pass before the world hears of it. */
#ifndef MOCK_V1_GATE_H
#define MOCK_V1_GATE_H

#include "v1/visit.h"

/**
 * Size, rate limit, token, scopes, media type, in this order.
 *
 * @param plan empty; its status stays 0 for a request that passes, else it is the refusal
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_gate_pass(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;

#endif
