#include "foreign/foreign.h"

#include "foreign/suitability.h"
#include "foreign/trial.h"
#include "foreign/verdict.h"
#include "report/record.h"
#include "report/trace.h"

#include <cogbase/text.h>

#include <stdlib.h>

static void fail_run(const struct cog_error *error, struct scn_run *run)
{
    char text[COG_ERROR_CAUSE_SIZE];
    scn_findings_append(&run->findings, SCN_INCONCLUSIVE, "run", "%s",
                        cog_error_text(error, text, sizeof text));
}

/* Of the run that is judged last: that is the one which tells most. */
static void record(const struct scn_scenario *scenario, const struct scn_facts *facts,
                   struct scn_record_draft *draft, struct scn_run *run)
{
    free(run->trace);
    run->trace = scn_trace_format(facts);
    scn_record_draft_finish(draft);
    if (run->trace == NULL || scn_record_begin(draft, scenario, facts, run) != COG_OK) {
        scn_findings_append(&run->findings, SCN_INCONCLUSIVE, "record", "out of memory");
    }
}

static void run_once(const struct scn_scenario *scenario, const struct scn_run_options *options,
                     struct scn_record_draft *draft, struct scn_run *run)
{
    const struct scn_client *client = options->client;
    const struct scn_trial_options choice = {
        .command = client->command,
        .exit_map = &client->exit_map,
        .environment = client->environment,
        .directory = client->directory,
        .scale = client->scale,
        .limit_ms = client->limit_ms,
        .seed = options->seed,
    };
    COG_CLEANUP(scn_trial_finish) struct scn_trial *trial = NULL;
    struct cog_error error = {0};
    if (scn_trial_run(scenario, &choice, &trial, &error) != COG_OK) {
        fail_run(&error, run);
        return;
    }
    const struct scn_facts *facts = scn_trial_facts(trial);
    run->virtual_ms += facts->elapsed_ms;
    scn_verdict_judge(&scenario->expectation, facts, &run->findings, &run->rulings);
    if (options->look != NULL) {
        options->look(options->look_context, facts);
    }
    if (!options->leaves_no_record) {
        scn_trial_mask(trial);
        record(scenario, facts, draft, run);
    }
}

void scn_foreign_run(const struct scn_scenario *scenario, const struct scn_run_options *options,
                     struct scn_run *out_run)
{
    struct scn_run run = {0};
    COG_CLEANUP(scn_record_draft_finish) struct scn_record_draft draft = {0};
    struct cog_error error = {0};
    if (scn_suitability_judge(scenario, options->client->knows_options, &run.skip, &error) !=
        COG_OK) {
        fail_run(&error, &run);
    } else if (run.skip == NULL) {
        /* In real time no two runs are alike: each is judged, until one tells enough. */
        for (int i = 0; i < options->repeat_count && run.findings.count == 0; i++) {
            run_once(scenario, options, &draft, &run);
        }
    }
    run.verdict = scn_findings_verdict(&run.findings);
    const bool is_recorded = run.skip == NULL && !options->leaves_no_record;
    if (is_recorded && (options->wants_record || run.verdict != SCN_PASS)) {
        run.record = scn_record_format(&draft, scenario, options, &run);
    }
    *out_run = run;
}
