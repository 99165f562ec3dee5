#include "session/outcome.h"

void scn_outcome_fail(struct scn_outcome *out_outcome, const char *reason)
{
    struct scn_outcome outcome = {0};
    scn_findings_append(&outcome.run.findings, SCN_FAIL, "run", "%s", reason);
    outcome.run.verdict = SCN_FAIL;
    *out_outcome = outcome;
}

void scn_outcome_finish(struct scn_outcome *outcome)
{
    scn_run_finish(&outcome->run);
    outcome->real_ms = 0;
}
