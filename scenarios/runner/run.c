#include "run.h"

#include "invariant.h"
#include "simulation.h"
#include "trace.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <stdlib.h>

void scn_judge(const struct scn_expectation *expectation, const struct scn_facts *facts,
               struct scn_findings *findings)
{
    if (facts->stop != NULL) {
        /* What the client made of it says nothing about the client. */
        scn_findings_append(findings, SCN_INCONCLUSIVE, "run", "%s", facts->stop);
        return;
    }
    if (facts->dropped_exchange_count > 0) {
        /* Counts and rules would be about a part of the run. */
        scn_findings_append(findings, SCN_INCONCLUSIVE, "run", "%zu requests were not kept",
                            facts->dropped_exchange_count);
        return;
    }
    scn_expectation_compare(expectation, facts, findings);
    for (size_t i = 0; i < facts->unused_fault_count; i++) {
        scn_findings_append(findings, SCN_FAIL, "faults", "fault '%s' never struck",
                            facts->unused_faults[i]);
    }
    if (facts->unsent_signal != NULL) {
        char at[COG_DURATION_TEXT_SIZE];
        scn_findings_append(findings, SCN_FAIL, "events", "the run ended before %s at %s",
                            scn_signal_name(facts->unsent_signal->number),
                            cog_duration_format(facts->unsent_signal->at_ms, at));
    }
    if (facts->unused_kill_count > 0) {
        scn_findings_append(findings, SCN_FAIL, "kills",
                            "the run ended before the last %zu of them", facts->unused_kill_count);
    }
    scn_invariants_judge(facts, findings);
}

/* Judges the first run only: the others have to be like it. Without a trace it could not be made.
 */
static char *run_once(const struct scn_scenario *scenario, uint64_t seed, bool is_first,
                      struct scn_run *run)
{
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    struct cog_error error = {0};
    enum cog_code code = scn_simulation_run(
        scenario, &(struct scn_simulation_options){.seed = seed}, &simulation, &error);
    if (code != COG_OK) {
        char text[COG_ERROR_CAUSE_SIZE];
        scn_findings_append(&run->findings, SCN_INCONCLUSIVE, "run", "%s",
                            cog_error_text(&error, text, sizeof text));
        return NULL;
    }
    const struct scn_facts *facts = scn_simulation_facts(simulation);
    run->virtual_ms += facts->elapsed_ms;
    if (is_first) {
        scn_judge(&scenario->expectation, facts, &run->findings);
    }
    char *trace = scn_trace_format(facts);
    if (trace == NULL) {
        scn_findings_append(&run->findings, SCN_INCONCLUSIVE, "trace", "out of memory");
    }
    return trace;
}

void scn_run(const struct scn_scenario *scenario, const struct scn_run_options *options,
             struct scn_run *out_run)
{
    struct scn_run run = {0};
    run.trace = run_once(scenario, options->seed, true, &run);
    for (int i = 2; i <= options->repeat_count && run.trace != NULL; i++) {
        COG_CLEANUP(cog_string_finish)
        char *trace = run_once(scenario, options->seed, false, &run);
        if (trace != NULL) {
            scn_trace_compare(run.trace, trace, i, &run.findings);
        }
    }
    run.verdict = scn_findings_verdict(&run.findings);
    *out_run = run;
}

void scn_run_finish(struct scn_run *run)
{
    free(run->trace);
    scn_findings_finish(&run->findings);
    *run = (struct scn_run){0};
}
