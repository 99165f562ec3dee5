#include "explore/experiment.h"

#include "foreign/ending.h"

#include <ctype.h>
#include <string.h>

enum { EXIT_SIGNAL_BASE = 128 };

/* Told of the facts while they are there. */
struct onlooker {
    struct scn_experiment *experiment;
    bool wants_sites;
    bool said_nothing; /* A foreign client ended with a code that its map does not have. */
    enum cog_code code;
};

/* Not of the one that was killed at its limit, or died. */
static bool says_nothing(const struct scn_ending *ending)
{
    return ending != NULL && ending->meaning == 0 && !ending->is_overdue &&
           ending->process.signal_number == 0 && ending->process.exit_code <= EXIT_SIGNAL_BASE;
}

static void look(void *context, const struct scn_facts *facts)
{
    struct onlooker *onlooker = context;
    struct scn_experiment *experiment = onlooker->experiment;
    experiment->exit_code = facts->exit_code;
    onlooker->said_nothing = says_nothing(facts->ending);
    onlooker->code = scn_course_read(facts, &experiment->course);
    scn_sites_finish(&experiment->sites);
    if (onlooker->code == COG_OK && onlooker->wants_sites) {
        onlooker->code = scn_sites_read(facts, &experiment->sites);
    }
}

/* Something that was to go wrong never came; `client` tells of a foreign one how it ended. A base's
 * own kill may never be reached: that is what a fault before it does. */
static bool is_about_faults(const char *subject)
{
    return strcmp(subject, "faults") == 0 || strcmp(subject, "client") == 0 ||
           strcmp(subject, "events") == 0;
}

static void take_findings(const struct scn_run *run, const struct scn_experiment_options *options,
                          struct scn_experiment *experiment)
{
    experiment->has_struck = true;
    for (size_t i = 0; i < run->findings.count; i++) {
        const struct scn_finding *finding = &run->findings.items[i];
        if (options->is_expected ||
            scn_experiment_counts(finding->subject, options->client != NULL)) {
            scn_findings_append(&experiment->findings, finding->result, finding->subject, "%s",
                                finding->text);
        } else if (is_about_faults(finding->subject)) {
            experiment->has_struck = false;
        }
    }
    experiment->findings.failed = experiment->findings.failed || run->findings.failed;
    experiment->verdict = scn_findings_verdict(&experiment->findings);
}

/* Whether it ended rightly nobody can tell. */
static void judge_silence(struct scn_experiment *experiment)
{
    scn_findings_append(&experiment->findings, SCN_INCONCLUSIVE, "client",
                        "ended with an exit code that its map does not have; --exit-map says what"
                        " each one means");
    experiment->verdict = scn_findings_verdict(&experiment->findings);
}

static enum cog_code parse(const char *text, struct scn_scenario *out_scenario,
                           struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code =
        cog_document_parse("explored scenario", text, strlen(text), &document, error);
    return code == COG_OK ? scn_scenario_take(&document, out_scenario, error) : code;
}

enum cog_code scn_experiment_run(const char *text, const struct scn_experiment_options *options,
                                 struct scn_experiment *out_experiment, struct cog_error *error)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
    struct onlooker onlooker = {.experiment = &experiment, .wants_sites = options->wants_sites};
    const struct scn_run_options run_options = {
        .seed = options->seed,
        .repeat_count = options->repeat_count,
        .transport = options->transport,
        .wants_cells = options->wants_cells,
        .client = options->client,
        .look = look,
        .look_context = &onlooker,
        .leaves_no_record = true,
    };
    enum cog_code code = parse(text, &scenario, error);
    if (code != COG_OK) {
        return code;
    }
    scn_run(&scenario, &run_options, &run);
    if (onlooker.code != COG_OK) {
        return cog_error_set(error, onlooker.code, "out of memory");
    }
    if (run.skip != NULL) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "it cannot be explored: %s", run.skip);
    }
    take_findings(&run, options, &experiment);
    if (onlooker.said_nothing && experiment.findings.count == 0) {
        judge_silence(&experiment);
    }
    experiment.virtual_ms = run.virtual_ms;
    experiment.cells = run.cells;
    run.cells = (struct scn_cells){0};
    *out_experiment = experiment;
    experiment = (struct scn_experiment){0};
    return COG_OK;
}

bool scn_experiment_counts(const char *subject, bool is_foreign)
{
    static const char *const others[] = {"run",   "repeat",   "transport", "record",
                                         "trace", "coverage", NULL};
    for (int i = 0; others[i] != NULL; i++) {
        if (strcmp(subject, others[i]) == 0) {
            return true;
        }
    }
    return (is_foreign && strcmp(subject, "client") == 0) ||
           (subject[0] == 'I' && isdigit((unsigned char)subject[1]));
}

void scn_experiment_finish(struct scn_experiment *experiment)
{
    scn_findings_finish(&experiment->findings);
    scn_sites_finish(&experiment->sites);
    scn_cells_finish(&experiment->cells);
    *experiment = (struct scn_experiment){0};
}
