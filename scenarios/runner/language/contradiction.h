/** Expectations that no run can meet at the same time: a slip that only the author can mend. */
#ifndef SCN_CONTRADICTION_H
#define SCN_CONTRADICTION_H

#include "language/scenario.h"

/** @return COG_OK, or COG_ERROR_SYNTAX at the later one of the two, naming both */
enum cog_code scn_contradictions_check(const struct scn_scenario *scenario,
                                       struct cog_error *error) COG_CHECK;

#endif
