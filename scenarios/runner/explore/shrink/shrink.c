#include "explore/shrink/shrink.h"

#include "explore/faults/patch.h"
#include "explore/shrink/layout.h"
#include "explore/shrink/simplification.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is not small by then is small enough. */
enum { RUNS_MAX = 4000 };

/* Who tries, and counts. */
struct trial {
    const struct scn_experiment_options *options;
    const char *check;
    size_t run_count;
};

static enum cog_code run(const cJSON *scenario, const struct scn_experiment_options *options,
                         struct scn_experiment *out_experiment, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = cJSON_PrintUnformatted(scenario);
    return text != NULL ? scn_experiment_run(text, options, out_experiment, error)
                        : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static bool is_broken(const struct scn_findings *findings, const char *check)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].result == SCN_FAIL &&
            strcmp(findings->items[i].subject, check) == 0) {
            return true;
        }
    }
    return false;
}

/* Still breaks that rule. */
static bool likes(void *context, const cJSON *scenario)
{
    struct trial *trial = context;
    COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
    if (trial->run_count >= RUNS_MAX) {
        return false;
    }
    trial->run_count++;
    return run(scenario, trial->options, &experiment, NULL) == COG_OK &&
           is_broken(&experiment.findings, trial->check);
}

static void simplify(cJSON *scenario, struct scn_simplifier *simplifier)
{
    size_t before = 0;
    do {
        before = simplifier->kept_count;
        scn_simplify_structure(scenario, simplifier);
        scn_simplify_faults(scenario, simplifier);
        scn_simplify_values(scenario, simplifier);
    } while (simplifier->kept_count > before);
}

static bool expect_exit(cJSON *scenario, int exit_code)
{
    cJSON *expect = cJSON_CreateObject();
    if (cJSON_AddNumberToObject(expect, "exit", exit_code) == NULL) {
        cJSON_Delete(expect);
        return false;
    }
    return scn_patch_put(scenario, "expect", expect);
}

/* What is about the scenario as it was; its seed stays, or is the one that it ran with. */
static bool prepare(cJSON *scenario, const struct scn_experiment_options *options)
{
    static const char *const members[] = {"description", "tags"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        cJSON_DeleteItemFromObjectCaseSensitive(scenario, members[i]);
    }
    return cJSON_GetObjectItemCaseSensitive(scenario, "seed") != NULL ||
           scn_patch_put(scenario, "seed", cJSON_CreateNumber((double)options->seed));
}

/* @param shrunk with the scenario as it was, and its outcome */
static enum cog_code shrink(struct scn_shrunk *shrunk, const struct scn_experiment_options *options,
                            struct cog_error *error)
{
    struct trial trial = {.options = options, .check = shrunk->check};
    struct scn_simplifier simplifier = {.likes = likes, .context = &trial};
    struct scn_experiment smallest = {0};
    simplify(shrunk->scenario, &simplifier);
    enum cog_code code = run(shrunk->scenario, options, &smallest, error);
    if (code != COG_OK) {
        return code;
    }
    scn_experiment_finish(&shrunk->outcome);
    shrunk->outcome = smallest;
    shrunk->run_count = trial.run_count + 2;
    return expect_exit(shrunk->scenario, smallest.exit_code)
               ? COG_OK
               : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code scn_shrink(const cJSON *scenario, const struct scn_experiment_options *options,
                         struct scn_shrunk *out_shrunk, struct cog_error *error)
{
    COG_CLEANUP(scn_shrunk_finish)
    struct scn_shrunk shrunk = {.scenario = cJSON_Duplicate(scenario, true), .run_count = 1};
    if (shrunk.scenario == NULL || !prepare(shrunk.scenario, options)) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = run(shrunk.scenario, options, &shrunk.outcome, error);
    if (code != COG_OK) {
        return code;
    }
    shrunk.verdict = shrunk.outcome.verdict;
    const struct scn_finding *finding = scn_findings_find(&shrunk.outcome.findings, SCN_FAIL);
    if (finding != NULL) {
        (void)snprintf(shrunk.check, sizeof shrunk.check, "%s", finding->subject);
        code = shrink(&shrunk, options, error);
    } else {
        cJSON_Delete(shrunk.scenario);
        shrunk.scenario = NULL;
    }
    if (code == COG_OK) {
        *out_shrunk = shrunk;
        shrunk = (struct scn_shrunk){0};
    }
    return code;
}

static const char *tell_finding(const struct scn_shrunk *shrunk)
{
    const struct scn_findings *findings = &shrunk->outcome.findings;
    for (size_t i = 0; i < findings->count; i++) {
        if (strcmp(findings->items[i].subject, shrunk->check) == 0) {
            return findings->items[i].text;
        }
    }
    return "";
}

char *scn_shrunk_format(const struct scn_shrunk *shrunk, const char *path)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_string_finish) char *scenario = scn_layout_format(shrunk->scenario);
    cog_text_append_format(&text, "// %s is broken: ", shrunk->check);
    cog_text_append_shown(&text, tell_finding(shrunk));
    cog_text_append(&text, "\n// cogdrill replay ");
    cog_text_append_shown(&text, path);
    cog_text_append_format(&text, "\n%s\n", scenario != NULL ? scenario : "");
    return scenario != NULL ? cog_text_take(&text) : NULL;
}

void scn_shrunk_finish(struct scn_shrunk *shrunk)
{
    cJSON_Delete(shrunk->scenario);
    scn_experiment_finish(&shrunk->outcome);
    *shrunk = (struct scn_shrunk){0};
}
