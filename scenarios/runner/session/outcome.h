/** What became of one scenario of a session. */
#ifndef SCN_OUTCOME_H
#define SCN_OUTCOME_H

#include "run.h"

/** `{0}` is empty and safe to finish. */
struct scn_outcome {
    struct scn_run run;
    int64_t real_ms;
};

/** A failure that the run itself could not tell, because it did not get that far. */
void scn_outcome_fail(struct scn_outcome *out_outcome, const char *reason);

void scn_outcome_finish(struct scn_outcome *outcome);

#endif
