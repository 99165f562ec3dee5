/** Bodies that say something else than the honest one, or nothing that can be read. */
#ifndef MOCK_V1_DISTORT_H
#define MOCK_V1_DISTORT_H

#include "script/fault.h"

#include <cogmock/plan.h>

/**
 * Distorts the body as the kind says; kinds that are not about its JSON leave it alone, and so do
 * all where it is none.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_plan_distort(struct mock_plan *plan,
                                const struct mock_injection *injection) COG_CHECK;

#endif
