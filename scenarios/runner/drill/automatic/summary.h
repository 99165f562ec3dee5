/** What a terminal shows of a series of rehearsals. */
#ifndef SCN_DRILL_SUMMARY_H
#define SCN_DRILL_SUMMARY_H

#include "drill/automatic/gate.h"

#include <cogbase/text.h>

/** Everything is borrowed. */
struct scn_drill_summary {
    const struct scn_drill *drill;
    const struct scn_drill_series *series;
    const struct scn_gate *gates;
    size_t gate_count;
    size_t shown;       /**< The index of the run whose findings are told. */
    const char *replay; /**< The command that runs this one again; NULL for none. */
};

/** Of a drill, or of all of them: gates closed fail, broken ones are inconclusive. */
enum scn_result scn_drill_summary_verdict(const struct scn_drill_summary *summary);

/**
 * A few lines: the verdict, the figures, and all that is against it.
 *
 * @return COG_OK or COG_ERROR_MEMORY; without memory the text may have failed too
 */
enum cog_code scn_drill_summary_append(const struct scn_drill_summary *summary,
                                       struct cog_text *text, struct cog_error *error) COG_CHECK;

#endif
