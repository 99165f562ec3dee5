/** Carrying an injected fault out on an answer. */
#ifndef MOCK_V1_SPOIL_H
#define MOCK_V1_SPOIL_H

#include "v1/visit.h"

#include "script/fault.h"

/**
 * Turns the honest answer into what the fault makes of it.
 *
 * @param plan the honest answer, or what faults before this one made of it; empty when the first of
 *        them forestalls it
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_plan_spoil(struct mock_plan *plan, const struct mock_injection *injection,
                              const struct mock_visit *visit) COG_CHECK;

#endif
