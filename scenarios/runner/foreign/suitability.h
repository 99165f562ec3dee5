/** Which scenarios a client can be judged by that knows nothing of ours. */
#ifndef SCN_SUITABILITY_H
#define SCN_SUITABILITY_H

#include "language/scenario.h"

/**
 * @param knows_options the client reads `COGPROMOTE_…`
 * @param out_reason owned by the caller (free()): why the scenario is none for it; NULL: it is one
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_suitability_judge(const struct scn_scenario *scenario, bool knows_options,
                                    char **out_reason, struct cog_error *error) COG_CHECK;

#endif
