#include "run.h"

#include "coverage/dimension.h"
#include "foreign/foreign.h"
#include "judge/invariant.h"
#include "judge/rivalry.h"
#include "report/record.h"
#include "report/trace.h"
#include "simulation/leftovers.h"
#include "simulation/simulation.h"
#include "simulation/twin.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

/* What never struck was not tried. */
static void judge_inject(const struct scn_inject *inject, struct scn_findings *findings)
{
    if (inject->failure != NULL && inject->failure[0] != '\0') {
        scn_findings_append(findings, SCN_FAIL, "injects", "inject '%s' could do nothing: %s",
                            inject->name, inject->failure);
    } else if (inject->struck_ms < 0) {
        scn_findings_append(findings, SCN_FAIL, "injects", "inject '%s' never struck",
                            inject->name);
    }
}

void scn_judge(const struct scn_expectation *expectation, const struct scn_facts *facts,
               struct scn_findings *findings, struct scn_rulings *out_rulings)
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
    for (size_t i = 0; i < facts->inject_count; i++) {
        judge_inject(&facts->injects[i], findings);
    }
    for (size_t i = 0; i < facts->unused_trouble_count; i++) {
        scn_findings_append(findings, SCN_FAIL, "client", "'%s' never took effect",
                            facts->unused_troubles[i].text);
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
    scn_invariants_judge(facts, findings, out_rulings);
    scn_rivalry_judge_second(expectation, facts, findings);
}

static void fail_memory(struct scn_run *run, const char *subject)
{
    scn_findings_append(&run->findings, SCN_INCONCLUSIVE, subject, "out of memory");
}

static void append_error(struct scn_findings *findings, const struct cog_error *error)
{
    char text[COG_ERROR_CAUSE_SIZE];
    scn_findings_append(findings, SCN_INCONCLUSIVE, "run", "%s",
                        cog_error_text(error, text, sizeof text));
}

/* @return COG_OK, or why the run's twin could not be made */
static enum cog_code judge_with_twin(const struct scn_scenario *scenario,
                                     const struct scn_simulation_options *options,
                                     const struct scn_facts *facts, struct scn_run *run,
                                     struct cog_error *error)
{
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    struct scn_twin twin = {0};
    struct scn_facts seen = *facts;
    /* Beside a second operator another end may be right: it came at another time. */
    if (scenario->undertaking.kill_count > 0 && !scenario->second.is_there) {
        enum cog_code code = scn_twin_run(scenario, options, &simulation, &twin, error);
        if (code != COG_OK) {
            return code;
        }
        seen.twin = &twin;
    }
    scn_judge(&scenario->expectation, &seen, &run->findings, &run->rulings);
    return COG_OK;
}

/* Whether a later run is held against the first one. */
static bool runs_again(const struct scn_run_options *options)
{
    return options->repeat_count > 1 || options->transport == SCN_TRANSPORT_BOTH;
}

/* One run of several. */
struct turn {
    struct scn_simulation_options options;
    /* Of the first one, which is judged: the others have to be like it. NULL for those. */
    struct scn_record_draft *draft;
};

static void judge_first(const struct scn_scenario *scenario, const struct scn_run_options *options,
                        const struct turn *turn, const struct scn_facts *facts, struct scn_run *run)
{
    struct cog_error error = {0};
    if (judge_with_twin(scenario, &turn->options, facts, run, &error) != COG_OK) {
        append_error(&run->findings, &error);
    }
    if (options->wants_cells && scn_dimensions_reach(facts, &run->rulings, &run->cells) != COG_OK) {
        fail_memory(run, "coverage");
    }
    if (options->look != NULL) {
        options->look(options->look_context, facts);
    }
    /* Of a pass too when it runs again: a later run may be different. */
    const bool is_told = options->wants_record || runs_again(options) ||
                         scn_findings_verdict(&run->findings) != SCN_PASS;
    if (is_told && !options->leaves_no_record &&
        scn_record_begin(turn->draft, scenario, facts, run) != COG_OK) {
        fail_memory(run, "record");
    }
}

/* Its trace, where one is needed; else, and when it could not be made, NULL. */
static char *run_once(const struct scn_scenario *scenario, const struct scn_run_options *options,
                      const struct turn *turn, struct scn_run *run)
{
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    struct cog_error error = {0};
    enum cog_code code = scn_simulation_run(scenario, &turn->options, &simulation, &error);
    if (code != COG_OK) {
        append_error(&run->findings, &error);
        return NULL;
    }
    struct scn_facts facts = *scn_simulation_facts(simulation);
    facts.leftovers.has_leaked =
        turn->draft != NULL && options->looks_for_leaks && scn_memory_has_leaked();
    run->virtual_ms += facts.elapsed_ms;
    if (turn->draft != NULL) {
        run->choice_count = facts.rivalry.choice_count;
        judge_first(scenario, options, turn, &facts, run);
    }
    if (!options->wants_trace && !runs_again(options)) {
        return NULL;
    }
    char *trace = scn_trace_format(&facts);
    if (trace == NULL) {
        fail_memory(run, "trace");
    }
    return trace;
}

/* By sockets, what was run in memory. */
static void run_on_wire(const struct scn_scenario *scenario, const struct scn_run_options *options,
                        struct turn turn, struct scn_run *run)
{
    turn.options.transport = SCN_TRANSPORT_WIRE;
    COG_CLEANUP(cog_string_finish) char *trace = run_once(scenario, options, &turn, run);
    if (trace != NULL) {
        scn_trace_compare_transports(run->trace, trace, &run->findings);
    }
}

static void skip(struct scn_run *out_run, const char *reason)
{
    struct scn_run run = {.skip = strdup(reason)};
    if (run.skip == NULL) {
        fail_memory(&run, "run");
    }
    run.verdict = scn_findings_verdict(&run.findings);
    *out_run = run;
}

static bool has_both_ways(const struct scn_scenario *scenario)
{
    return scenario->wire_reason == NULL && !scenario->second.is_there;
}

static void run_own(const struct scn_scenario *scenario, const struct scn_run_options *options,
                    struct scn_run *out_run)
{
    struct scn_run run = {0};
    COG_CLEANUP(scn_record_draft_finish) struct scn_record_draft draft = {0};
    const bool is_on_both = options->transport == SCN_TRANSPORT_BOTH;
    struct turn turn = {
        .options =
            {
                .seed = options->seed,
                .transport = is_on_both ? SCN_TRANSPORT_MEMORY : options->transport,
            },
        .draft = &draft,
    };
    run.trace = run_once(scenario, options, &turn, &run);
    turn.draft = NULL;
    for (int i = 2; i <= options->repeat_count && run.trace != NULL; i++) {
        COG_CLEANUP(cog_string_finish) char *trace = run_once(scenario, options, &turn, &run);
        if (trace != NULL) {
            scn_trace_compare(run.trace, trace, i, &run.findings);
        }
    }
    if (is_on_both && run.trace != NULL && has_both_ways(scenario)) {
        run_on_wire(scenario, options, turn, &run);
    }
    run.verdict = scn_findings_verdict(&run.findings);
    if (!options->leaves_no_record && (options->wants_record || run.verdict != SCN_PASS)) {
        run.record = scn_record_format(&draft, scenario, options, &run);
    }
    *out_run = run;
}

void scn_run(const struct scn_scenario *scenario, const struct scn_run_options *options,
             struct scn_run *out_run)
{
    struct scn_run_options choice = *options;
    choice.seed = scenario->has_seed ? scenario->seed : options->seed;
    if (options->client != NULL) {
        scn_foreign_run(scenario, &choice, out_run);
    } else if (scenario->second.is_there && options->transport == SCN_TRANSPORT_WIRE) {
        skip(out_run, "two operators cannot share a wire");
    } else {
        run_own(scenario, &choice, out_run);
    }
}

void scn_run_finish(struct scn_run *run)
{
    free(run->trace);
    free(run->skip);
    free(run->record);
    scn_cells_finish(&run->cells);
    scn_findings_finish(&run->findings);
    *run = (struct scn_run){0};
}
