/** Conditions, held against a series of rehearsals. */
#ifndef SCN_DRILL_GATE_H
#define SCN_DRILL_GATE_H

#include "drill/automatic/condition.h"
#include "drill/automatic/series.h"

enum scn_gate_state {
    SCN_GATE_OPEN,   /**< The condition is not met. */
    SCN_GATE_CLOSED, /**< It is: the series has failed. */
    SCN_GATE_IDLE,   /**< No run has that figure, and the drill has no target for it. */
    SCN_GATE_BROKEN, /**< No run has it, and one should: nobody can tell. */
};

struct scn_gate {
    const struct scn_condition *condition; /**< Borrowed. */
    enum scn_gate_state state;
    int64_t value;    /**< What was held against the condition; -1 for none. */
    size_t run_count; /**< The runs that have the figure. */
};

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_gate_judge(const struct scn_condition *condition, const struct scn_drill *drill,
                             const struct scn_drill_series *series, struct scn_gate *out_gate,
                             struct cog_error *error) COG_CHECK;

/** What they make of the series: closed ones fail it, broken ones are inconclusive. */
enum scn_result scn_gates_result(const struct scn_gate *gates, size_t count);

/** The condition of the first one that is closed, as it was typed; NULL where none is. */
const char *scn_gates_closed(const struct scn_gate *gates, size_t count);

#endif
