/** Running a scenario and judging it. */
#ifndef SCN_RUN_H
#define SCN_RUN_H

#include "coverage/cells.h"
#include "judge/invariant.h"
#include "language/scenario.h"
#include "simulation/simulation.h"

struct scn_client;

struct scn_run_options {
    uint64_t seed;
    int repeat_count;             /**< At least 1; each run must leave the same trace. */
    enum scn_transport transport; /**< BOTH: one more run by sockets, which must be the same. */
    bool wants_record;            /**< Also of a run that passes. */
    bool wants_journal;           /**< In the record of a run that passes, too. */
    bool wants_trace;             /**< Also where no two runs are compared. */
    bool wants_cells;             /**< Of the first run. */
    bool looks_for_leaks;  /**< Of this run and all before it; slow under AddressSanitizer. */
    bool leaves_no_record; /**< Whatever the verdict: nobody will read it. */
    const struct scn_client *client; /**< A foreign one; NULL: ours. Borrowed. */
    /** Shown the facts of the first run, of a foreign client of each one, which end with the call;
     * NULL for nobody. */
    void (*look)(void *context, const struct scn_facts *facts);
    void *look_context;
};

/** `{0}` is empty and safe to finish. */
struct scn_run {
    enum scn_result verdict;
    struct scn_findings findings;
    struct scn_rulings rulings; /**< Of the first run; empty when it could not be judged. */
    struct scn_cells cells;     /**< What the first run reached. */
    char *record;               /**< Of the first run; NULL of a pass, unless it was wanted. */
    char *trace;                /**< Of the first run; NULL when nobody wants it. */
    char *skip;                 /**< Why it was not run; NULL: it was. Owned. */
    int64_t virtual_ms;         /**< Of all runs together. */
    int choice_count;           /**< Of the first: how often either of two operators could go on. */
};

/** Fills `out_run` whatever happens: a run that cannot be made is inconclusive. */
void scn_run(const struct scn_scenario *scenario, const struct scn_run_options *options,
             struct scn_run *out_run);

/** Everything that is to be said of the facts: expectations, invariants, unused faults. */
void scn_judge(const struct scn_expectation *expectation, const struct scn_facts *facts,
               struct scn_findings *findings, struct scn_rulings *out_rulings);

void scn_run_finish(struct scn_run *run);

#endif
