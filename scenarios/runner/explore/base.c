#include "explore/base.h"

#include "explore/composition.h"
#include "explore/faults/families.h"
#include "explore/shrink/flatten.h"

#include <cogbase/text.h>
#include <cogmock/case.h>

#include <stdlib.h>
#include <string.h>

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* The run of that name; the document is taken. What is wrong with it is told with its lines. */
static enum cog_code parse_case(struct cog_document *inout_document, const char *case_name,
                                struct scn_scenario *out_scenario, struct cog_error *error)
{
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    struct mock_case chosen = {0};
    size_t index = 0;
    enum cog_code code = scn_file_create(inout_document, &file, error);
    if (code != COG_OK) {
        return code;
    }
    mock_cases_at(&file->document, index, &chosen);
    while (case_name != NULL && strcmp(chosen.name, case_name) != 0) {
        mock_cases_at(&file->document, ++index, &chosen);
    }
    return scn_scenario_parse(file, index, out_scenario, error);
}

static enum cog_code read_file(const struct scn_base_source *source, struct scn_base *base,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    enum cog_code code = cog_document_read(source->path, &document, error);
    if (code == COG_OK) {
        /* There is such a case, or this fails. */
        code = scn_flatten(&document, source->case_name, &base->scenario, error);
    }
    if (code == COG_OK) {
        code = parse_case(&document, source->case_name, &scenario, error);
    }
    if (code != COG_OK) {
        return code;
    }
    base->path = cog_string_clone(source->path, strlen(source->path));
    base->name = cog_string_clone(scenario.name, strlen(scenario.name));
    return base->path != NULL && base->name != NULL ? COG_OK : fail_memory(error);
}

static enum cog_code run_clean(struct scn_base *base, const struct scn_experiment_options *options,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = cJSON_PrintUnformatted(base->scenario);
    struct scn_experiment_options choice = *options;
    choice.wants_sites = true;
    choice.is_expected = true;
    if (text == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = scn_experiment_run(text, &choice, &base->clean, error);
    return code == COG_OK ? COG_OK : cog_error_wrap(error, code, "%s", base->path);
}

enum cog_code scn_base_read(const struct scn_base_source *source,
                            const struct scn_catalogue *catalogue,
                            const struct scn_experiment_options *options, struct scn_base *out_base,
                            struct cog_error *error)
{
    COG_CLEANUP(scn_base_finish) struct scn_base base = {0};
    enum cog_code code = read_file(source, &base, error);
    if (code == COG_OK) {
        code = run_clean(&base, options, error);
    }
    if (code == COG_OK && base.clean.verdict == SCN_PASS &&
        scn_base_list_faults(catalogue, &base.clean.sites, &base.faults) != COG_OK) {
        code = fail_memory(error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_base = base;
    base = (struct scn_base){0};
    return COG_OK;
}

enum cog_code scn_base_check(const struct scn_base *base, struct cog_error *error)
{
    const struct scn_finding *finding =
        scn_findings_find(&base->clean.findings, base->clean.verdict);
    if (base->clean.verdict == SCN_PASS || finding == NULL) {
        return COG_OK;
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "%s: it is no base to explore from, without any fault it already is not as"
                         " it should be: %s: %s",
                         base->path, finding->subject, finding->text);
}

enum cog_code scn_base_list_faults(const struct scn_catalogue *catalogue,
                                   const struct scn_sites *sites, struct scn_faults *faults)
{
    static scn_family *const families[] = {
        scn_signal_faults_list, scn_kill_faults_list,  scn_storage_faults_list,
        scn_clock_faults_list,  scn_lock_faults_list,  scn_deadline_faults_list,
        scn_option_faults_list, scn_token_faults_list, scn_job_faults_list,
        scn_world_faults_list,
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sites->count; i++) {
        code = scn_catalogue_append(catalogue, &sites->items[i], faults);
    }
    if (code == COG_OK) {
        code = scn_catalogue_append_connections(catalogue, sites, faults);
    }
    for (size_t i = 0; code == COG_OK && i < sizeof families / sizeof families[0]; i++) {
        code = families[i](catalogue, sites, faults);
    }
    return code;
}

enum cog_code scn_base_try(const struct scn_base *base, const struct scn_fault *const *faults,
                           size_t fault_count, const struct scn_experiment_options *options,
                           struct scn_experiment *out_experiment, struct cog_error *error)
{
    const struct scn_composition composition = {
        .name = base->name,
        .base = base->scenario,
        .faults = faults,
        .fault_count = fault_count,
    };
    COG_CLEANUP(cog_string_finish) char *text = scn_compose_text(&composition, false);
    if (text == NULL) {
        return fail_memory(error);
    }
    return options->run != NULL ? options->run(text, options, out_experiment, error)
                                : scn_experiment_run(text, options, out_experiment, error);
}

void scn_base_finish(struct scn_base *base)
{
    free(base->path);
    free(base->name);
    cJSON_Delete(base->scenario);
    scn_experiment_finish(&base->clean);
    scn_faults_finish(&base->faults);
    *base = (struct scn_base){0};
}
