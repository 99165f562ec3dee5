#include "explore/shrink/shrink.h"

#include "explore/shrink/flatten.h"
#include "program/client.h"
#include "program/collection.h"
#include "program/input_file.h"
#include "program/opening.h"
#include "program/shrink_arguments.h"
#include "program/verbs.h"
#include "session/output_file.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogpromote/clock.h>

#include <inttypes.h>
#include <string.h>

enum { REPORT_LENGTH_MAX = 120 << 20 };

static struct scn_experiment_options choose_options(const struct scn_shrink_arguments *arguments,
                                                    const struct scn_client *client)
{
    return (struct scn_experiment_options){
        .seed = arguments->seed,
        .transport = arguments->transport,
        .repeat_count = 1,
        .client = scn_program_foreign(client),
    };
}

static enum cog_code write_scenario(const struct scn_shrink_arguments *arguments,
                                    const struct scn_shrunk *shrunk, struct cog_error *error)
{
    const char *path = arguments->output_path;
    COG_CLEANUP(cog_string_finish)
    char *text = scn_shrunk_format(shrunk, path != NULL ? path : "FILE");
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    if (text == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (path == NULL) {
        (void)fputs(text, stdout);
        return COG_OK;
    }
    enum cog_code code = scn_output_file_open(path, &file, error);
    if (code != COG_OK) {
        return code;
    }
    (void)fputs(text, file.stream);
    return scn_output_file_commit(&file, error);
}

static int fail_output(enum cog_code code, const struct cog_error *error)
{
    scn_program_complain(error);
    return code == COG_ERROR_STORAGE ? SCN_EXIT_NO_OUTPUT : SCN_EXIT_SOFTWARE;
}

/* Nothing is broken, or nobody knows. */
static int refuse(const struct scn_shrink_arguments *arguments, const struct scn_shrunk *shrunk)
{
    const bool is_open = shrunk->verdict == SCN_INCONCLUSIVE;
    const struct scn_finding *finding =
        scn_findings_find(&shrunk->outcome.findings, SCN_INCONCLUSIVE);
    (void)fprintf(stderr, "cogdrill: '%s' breaks no rule%s%s: there is nothing to shrink\n",
                  arguments->path, is_open ? ", but cannot be judged: " : "",
                  is_open && finding != NULL ? finding->text : "");
    return is_open ? 2 : 1;
}

static int shrink_scenario(const struct scn_shrink_arguments *arguments,
                           const struct scn_client *client)
{
    const struct scn_experiment_options options = choose_options(arguments, client);
    const struct cog_clock clock = cog_clock_posix();
    const int64_t start_ms = cog_clock_monotonic_ms(clock);
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(cog_json_finish) cJSON *scenario = NULL;
    COG_CLEANUP(scn_shrunk_finish) struct scn_shrunk shrunk = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_document_read(arguments->path, &document, &error);
    if (code == COG_OK) {
        code = scn_flatten(&document, arguments->case_name, &scenario, &error);
    }
    if (code == COG_OK) {
        code = scn_shrink(scenario, &options, &shrunk, &error);
    }
    if (code != COG_OK) {
        return scn_program_fail(code, &error);
    }
    if (shrunk.scenario == NULL) {
        return refuse(arguments, &shrunk);
    }
    code = write_scenario(arguments, &shrunk, &error);
    if (code != COG_OK) {
        return fail_output(code, &error);
    }
    if (!arguments->is_quiet) {
        (void)fprintf(stderr, "%s is still broken, after %zu runs in %.2f s\n", shrunk.check,
                      shrunk.run_count, (double)(cog_clock_monotonic_ms(clock) - start_ms) / 1000);
    }
    return 0;
}

static enum cog_code read_failures(const char *path, cJSON **out_report, const cJSON **out_failures,
                                   struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    enum cog_code code = scn_input_file_read(path, REPORT_LENGTH_MAX, &text, &length, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_json_finish) cJSON *report = NULL;
    code = cog_json_parse_object(text, length, &report, NULL);
    const cJSON *failures = cJSON_GetObjectItemCaseSensitive(report, "failures");
    if (code != COG_OK || !cJSON_IsArray(failures)) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "'%s' is no report of an exploration: expected what 'cogdrill explore"
                             " --json' wrote",
                             path);
    }
    *out_failures = failures;
    *out_report = report;
    report = NULL;
    return COG_OK;
}

/* @return COG_OK; the error names the failure */
static enum cog_code collect(const cJSON *failure, const struct scn_experiment_options *options,
                             struct scn_collection *collection, struct cog_error *error)
{
    const cJSON *scenario = cJSON_GetObjectItemCaseSensitive(failure, "scenario");
    const char *id = NULL;
    const char *base = NULL;
    enum cog_code code = cog_json_string(failure, "id", &id, error);
    if (code == COG_OK) {
        code = cog_json_string(failure, "base", &base, error);
    }
    if (code == COG_OK && !cJSON_IsObject(scenario)) {
        code = cog_error_set(error, COG_ERROR_SYNTAX, "field 'scenario' is missing");
    }
    if (code == COG_OK) {
        code = scn_collection_add(collection, base, scenario, options, error);
    }
    return code == COG_OK ? code
                          : cog_error_wrap(error, code, "failure '%s'", id != NULL ? id : "");
}

static int shrink_report(const struct scn_shrink_arguments *arguments,
                         const struct scn_client *client)
{
    const struct scn_experiment_options options = choose_options(arguments, client);
    COG_CLEANUP(cog_json_finish) cJSON *report = NULL;
    COG_CLEANUP(scn_collection_finish)
    struct scn_collection collection = {.folder = arguments->folder};
    const cJSON *failures = NULL;
    const cJSON *failure = NULL;
    struct cog_error error = {0};
    size_t taken = 0;
    enum cog_code code = read_failures(arguments->path, &report, &failures, &error);
    cJSON_ArrayForEach(failure, failures)
    {
        const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(failure, "id"));
        const bool is_wanted =
            arguments->only == NULL || (id != NULL && strcmp(arguments->only, id) == 0);
        if (code == COG_OK && is_wanted) {
            code = collect(failure, &options, &collection, &error);
            taken++;
        }
    }
    if (code == COG_OK && arguments->only != NULL && taken == 0) {
        code = cog_error_set(&error, COG_ERROR_ARGUMENT, "'%s' has no failure '%s'",
                             arguments->path, arguments->only);
    }
    if (code != COG_OK) {
        return taken > 0 && code == COG_ERROR_STORAGE ? fail_output(code, &error)
                                                      : scn_program_fail(code, &error);
    }
    if (!arguments->is_quiet) {
        (void)fprintf(stderr, "%zu failures, %zu of them different, in '%s'\n", taken,
                      collection.count, arguments->folder);
    }
    return collection.count > 0 ? 0 : 1;
}

int scn_verb_shrink(int count, char **arguments)
{
    struct scn_shrink_arguments parsed = {0};
    struct cog_error error = {0};
    const enum cog_code code = scn_shrink_arguments_parse(count, arguments, &parsed, &error);
    const int ending = scn_opening_decide(code, parsed.is_help, &error);
    if (ending != SCN_OPENING_GO_ON) {
        return ending;
    }
    struct scn_client client = {0};
    const int failure = scn_program_client(&parsed.client, &client);
    if (failure != 0) {
        return failure;
    }
    return parsed.folder != NULL ? shrink_report(&parsed, &client)
                                 : shrink_scenario(&parsed, &client);
}
