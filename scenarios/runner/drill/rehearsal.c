#include "drill/rehearsal.h"

#include <stdlib.h>
#include <string.h>

/* What is made of a run while its facts are there. */
struct watch {
    const struct scn_drill *drill;
    const struct scn_rehearsal_options *options;
    struct scn_rehearsal *rehearsal;
    bool has_looked;
    enum cog_code code;
    struct cog_error error;
};

/* A foreign client's own audit file, if it has one, is nobody's to look at. */
static void take_audit(const struct scn_facts *facts, struct scn_rehearsal *rehearsal)
{
    rehearsal->has_audit = facts->stop == NULL && facts->ending == NULL;
    if (rehearsal->has_audit) {
        rehearsal->audit = facts->audit_chain;
    }
}

enum cog_code scn_rehearsal_judge(const struct scn_drill *drill,
                                  const struct scn_evidence *evidence,
                                  struct scn_rehearsal *out_rehearsal, struct cog_error *error)
{
    struct scn_timeline timeline = {0};
    const enum cog_code code = scn_timeline_read(evidence, &timeline, error);
    if (code != COG_OK) {
        return code;
    }
    struct scn_rehearsal *rehearsal = out_rehearsal;
    rehearsal->timeline = timeline;
    take_audit(evidence->facts, rehearsal);
    scn_figures_read(evidence, &timeline, &rehearsal->figures);
    scn_checklist_judge(&drill->checklist, evidence, &rehearsal->figures, drill->targets,
                        &rehearsal->checks);
    rehearsal->score = scn_checklist_score(&drill->checklist, &rehearsal->checks, drill->pass_mark,
                                           evidence->hint_cost);
    const bool is_unknown = evidence->facts->stop != NULL;
    if (is_unknown || (evidence->is_aborted && rehearsal->score.verdict == SCN_PASS)) {
        rehearsal->score.verdict = SCN_INCONCLUSIVE;
    }
    return COG_OK;
}

static void look(void *context, const struct scn_facts *facts)
{
    struct watch *watch = context;
    const struct scn_evidence evidence = {
        .facts = facts,
        .start_unix_ms = SCN_SIMULATION_START_UNIX_MS,
        .scale = 1,
    };
    watch->has_looked = true;
    watch->code = scn_rehearsal_judge(watch->drill, &evidence, watch->rehearsal, &watch->error);
}

/* A run that could not be made: nothing is known, and why. */
static enum cog_code judge_nothing(const struct scn_drill *drill, const struct scn_run *run,
                                   struct scn_rehearsal *rehearsal, struct cog_error *error)
{
    static const struct cog_report nothing;
    const struct scn_finding *finding = scn_findings_find(&run->findings, SCN_INCONCLUSIVE);
    const struct scn_facts facts = {
        .stop = finding != NULL ? finding->text : "it could not be run",
        .report = &nothing,
        .audit = "",
        .journals = "",
    };
    const struct scn_evidence evidence = {.facts = &facts, .scale = 1};
    return scn_rehearsal_judge(drill, &evidence, rehearsal, error);
}

/* It says nothing of the client: that could not be started, or the run could not be kept. */
static bool is_void(const struct scn_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct scn_finding *finding = &findings->items[i];
        if (finding->result == SCN_INCONCLUSIVE &&
            (strcmp(finding->subject, "client") == 0 || strcmp(finding->subject, "run") == 0)) {
            return true;
        }
    }
    return false;
}

/* What the run breaks although no point of the list asks for it is no pass either. */
static void apply_findings(struct scn_rehearsal *rehearsal)
{
    if (is_void(&rehearsal->findings)) {
        rehearsal->score.verdict = SCN_INCONCLUSIVE;
        rehearsal->score.failed_check = NULL;
    } else if (scn_findings_verdict(&rehearsal->findings) == SCN_FAIL) {
        rehearsal->score.verdict = SCN_FAIL;
    }
}

static enum cog_code conclude(struct watch *watch, struct scn_run *run, struct cog_error *error)
{
    if (run->skip != NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the drill '%s' cannot be run like this: %s", watch->drill->id,
                             run->skip);
    }
    if (!watch->has_looked) {
        watch->code = judge_nothing(watch->drill, run, watch->rehearsal, &watch->error);
    }
    if (watch->code != COG_OK) {
        if (error != NULL) {
            *error = watch->error;
        }
        return watch->code;
    }
    watch->rehearsal->findings = run->findings;
    run->findings = (struct scn_findings){0};
    if (watch->options->wants_record) {
        watch->rehearsal->record = run->record;
        run->record = NULL;
    }
    apply_findings(watch->rehearsal);
    return COG_OK;
}

enum cog_code scn_rehearsal_run(const struct scn_drill *drill,
                                const struct scn_rehearsal_options *options,
                                struct scn_rehearsal *out_rehearsal, struct cog_error *error)
{
    struct scn_rehearsal rehearsal = {.seed = options->seed};
    struct watch watch = {.drill = drill, .options = options, .rehearsal = &rehearsal};
    const struct scn_run_options run_options = {
        .seed = options->seed,
        .repeat_count = 1,
        .transport = options->transport,
        .wants_record = options->wants_record,
        .wants_journal = true, /* The evidence points into it. */
        .leaves_no_record = !options->wants_record,
        .client = options->client,
        .look = look,
        .look_context = &watch,
    };
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    scn_run(&drill->scenario, &run_options, &run);
    const enum cog_code code = conclude(&watch, &run, error);
    if (code == COG_OK) {
        *out_rehearsal = rehearsal;
    }
    return code;
}

void scn_rehearsal_finish(struct scn_rehearsal *rehearsal)
{
    scn_findings_finish(&rehearsal->findings);
    free(rehearsal->record);
    *rehearsal = (struct scn_rehearsal){0};
}
