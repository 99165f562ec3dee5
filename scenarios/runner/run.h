/** Running a scenario and judging it. */
#ifndef SCN_RUN_H
#define SCN_RUN_H

#include "findings.h"
#include "scenario.h"

struct scn_run_options {
    uint64_t seed;
    int repeat_count; /**< At least 1; each run must leave the same trace. */
};

/** `{0}` is empty and safe to finish. */
struct scn_run {
    enum scn_result verdict;
    struct scn_findings findings;
    char *trace;        /**< Of the first run; NULL when there was none. */
    int64_t virtual_ms; /**< Of all runs together. */
};

/** Fills `out_run` whatever happens: a run that cannot be made is inconclusive. */
void scn_run(const struct scn_scenario *scenario, const struct scn_run_options *options,
             struct scn_run *out_run);

/** Everything that is to be said of the facts: expectations, invariants, unused faults. */
void scn_judge(const struct scn_expectation *expectation, const struct scn_facts *facts,
               struct scn_findings *findings);

void scn_run_finish(struct scn_run *run);

#endif
