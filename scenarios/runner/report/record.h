/**
 * All that a run leaves, as one compact JSON object on one line: the same bytes for the same run,
 * without real times, ports and secrets. The pages and the merging of results are made from it.
 */
#ifndef SCN_RECORD_H
#define SCN_RECORD_H

#include "report/mask.h"
#include "run.h"

/*
 * Its members are always there, in this order; of what could not be known they are null, or empty.
 * Times are virtual milliseconds since the start.
 *
 * name, file, case, description, tags: of the scenario; "case" is null where it has none
 * transport "memory" or "wire", result "pass", "fail" or "inconclusive", virtual_ms
 * replay: the command that runs it again
 * findings: {result, check, text}, why it is no pass
 * expected: the object "expect", with the changes of its case
 * exit, outcome, target, step, reason, follow_up: how the client ended, in its report's words
 * signal: what was sent to it, or null; processes: how many it took
 * invariants: by id "pass", "fail", "inconclusive", or "idle" where there was nothing to judge
 * exchanges: {at, answered, done, call, nth, attempt, method, path, status, applied, lost, fault,
 *     faults, retry_after, delay, rule, why, id, key}: requests as the fake saw them. "status" is 0
 * for no answer; "lost": the answer did not come as it was meant to; "fault" is the kind that
 * decided, "faults" all that struck; "rule" says by what the answer was decided, "why" in words;
 * "id" and "key" are X-Request-Id and Idempotency-Key. What comes behind "applied" is left out
 * where there is none, but for "rule" events: {at, after, level, name, fields}: what the client
 * logged after so many exchanges, and at level "run" what was done to it ("process", "signal").
 * "request" only where it says another thing than its exchange jobs: {id, source, target, status,
 * error, created, ended, sessions, reversible, rollbacks, rollback_ended}: as the fake knows them
 * sessions: {environment, at, active}: the scenario's timelines
 * injects: {name, text, at}: what the scenario did to its server; "at" is -1 for one that did not
 *     strike, or could do nothing
 * truth: {source: {start, now}, target: {start, now}}: digests of the content
 * report: the client's; audit: its audit file
 * deliveries: {at, id, signed, body}: of the webhook
 * cells: what the run reached, as `cogdrill coverage` counts it
 * journal: the client's journals; null for a pass, unless they are wanted
 */

/** What is kept of the facts until the verdict is known. `{0}`: there are none. */
struct scn_record_draft {
    struct scn_mask mask;
    char *members; /**< Those that facts tell, from "exit" to "cells"; owned. */
    char *journal; /**< Owned. */
};

/**
 * Writes down what the facts tell.
 *
 * @param run for its rulings and cells
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_record_begin(struct scn_record_draft *draft, const struct scn_scenario *scenario,
                               const struct scn_facts *facts, const struct scn_run *run) COG_CHECK;

/**
 * The record, with the verdict and the findings in `run`.
 *
 * @param draft `{0}` for a run of which nothing is known but its findings
 * @return owned by the caller, free(); NULL without memory
 */
char *scn_record_format(const struct scn_record_draft *draft, const struct scn_scenario *scenario,
                        const struct scn_run_options *options, const struct scn_run *run);

void scn_record_draft_finish(struct scn_record_draft *draft);

#endif
