#include "program/coverage.h"

#include "program/verbs.h"
#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* What the verb works on. */
struct coverage {
    const struct scn_arguments *arguments;
    struct scn_exceptions exceptions;
    struct scn_map map;
    bool is_complete;
    struct scn_findings findings; /* What stands in the way, beside missing cells. */
};

static void coverage_finish(struct coverage *coverage)
{
    scn_map_finish(&coverage->map);
    scn_exceptions_finish(&coverage->exceptions);
    scn_findings_finish(&coverage->findings);
}

/* As the suite itself: that of the checkout, or else the installed one. */
static const char *find_exceptions(const struct scn_arguments *arguments)
{
    static const char checkout_file[] = "scenarios/coverage.jsonc";
    struct stat status;
    if (arguments->exceptions_path != NULL) {
        return arguments->exceptions_path;
    }
    return stat(checkout_file, &status) == 0 ? checkout_file : SCN_EXCEPTIONS_FILE;
}

/* What a scenario reached that did not pass proves nothing. */
static void hear(void *context, const struct scn_suite_entry *entry, const struct scn_run *run)
{
    struct coverage *coverage = context;
    if (run->verdict == SCN_PASS) {
        scn_map_add(&coverage->map, &run->cells);
        return;
    }
    scn_findings_append(&coverage->findings, run->verdict, "scenario",
                        "'%s' (%s) did not pass: 'cogdrill run' says why", entry->scenario.name,
                        entry->path);
}

/* When all has been heard. */
static void except(struct coverage *coverage)
{
    if (!coverage->is_complete) {
        scn_map_except(&coverage->map, &coverage->exceptions, &coverage->findings);
        coverage->is_complete = true;
    }
}

static char *format_map(void *context)
{
    struct coverage *coverage = context;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    except(coverage);
    scn_map_append_json(&coverage->map, &text);
    return cog_text_take(&text);
}

static int run_suite(struct coverage *coverage, const struct scn_suite *suite,
                     const struct scn_interrupt *interrupt)
{
    struct scn_session_options options = scn_program_session(coverage->arguments, suite, interrupt);
    struct scn_summary summary = {0};
    struct cog_error error = {0};
    options.run.wants_cells = true;
    options.outputs.tap = NULL;
    options.outputs.json_path = NULL; /* That of coverage is another file. */
    options.outputs.format_coverage = format_map;
    options.outputs.coverage_context = coverage;
    options.hear = hear;
    options.hear_context = coverage;
    enum cog_code code = scn_session_run(suite, &options, &summary, &error);
    if (code != COG_OK) {
        scn_program_complain(&error);
    }
    return code == COG_OK ? 0 : scn_program_failure(code, interrupt);
}

static int run_scenarios(struct coverage *coverage)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    struct scn_interrupt interrupt;
    struct cog_error error = {0};
    int exit_code = scn_program_load(coverage->arguments, &suite);
    if (exit_code != 0) {
        return exit_code;
    }
    if (scn_suite_error_count(&suite) > 0) {
        return SCN_EXIT_USAGE;
    }
    if (scn_interrupt_init(&interrupt, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    exit_code = run_suite(coverage, &suite, &interrupt);
    scn_interrupt_finish(&interrupt);
    return exit_code;
}

static int read_results(struct coverage *coverage)
{
    const struct scn_arguments *arguments = coverage->arguments;
    struct cog_error error = {0};
    if (arguments->html_path != NULL) {
        (void)cog_error_set(&error, COG_ERROR_ARGUMENT,
                            "--html is written of runs; 'cogdrill merge --html' writes it of"
                            " results");
        return scn_program_fail(error.code, &error);
    }
    if (arguments->path_count == 0) {
        (void)cog_error_set(&error, COG_ERROR_ARGUMENT, "--results needs files of results");
        return scn_program_fail(error.code, &error);
    }
    for (size_t i = 0; i < arguments->path_count; i++) {
        if (scn_coverage_read_results(arguments->paths[i], &coverage->map, &coverage->findings,
                                      &error) != COG_OK) {
            return scn_program_fail(error.code, &error);
        }
    }
    return 0;
}

static int write_json(const struct coverage *coverage)
{
    const char *path = coverage->arguments->json_path;
    if (path == NULL) {
        return 0;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_map_append_json(&coverage->map, &text);
    cog_text_append(&text, "\n");
    if (text.failed) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        return SCN_EXIT_SOFTWARE;
    }
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    struct cog_error error = {0};
    enum cog_code code = scn_output_file_open(path, &file, &error);
    if (code == COG_OK) {
        (void)fputs(cog_text_string(&text), file.stream);
        code = scn_output_file_commit(&file, &error);
    }
    if (code != COG_OK) {
        scn_program_complain(&error);
    }
    return code == COG_OK ? 0 : SCN_EXIT_NO_OUTPUT;
}

static int conclude(const struct coverage *coverage)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_map_append_text(&coverage->map, &text);
    if (text.failed || coverage->findings.failed) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        return SCN_EXIT_SOFTWARE;
    }
    (void)fputs(cog_text_string(&text), stdout);
    for (size_t i = 0; i < coverage->findings.count; i++) {
        (void)printf("%s: %s\n", coverage->findings.items[i].subject,
                     coverage->findings.items[i].text);
    }
    const int exit_code = write_json(coverage);
    const bool is_whole =
        coverage->map.counts[SCN_CELL_MISSING] == 0 && coverage->findings.count == 0;
    return exit_code != 0 || is_whole ? exit_code : 1;
}

int scn_verb_coverage(const struct scn_arguments *arguments)
{
    COG_CLEANUP(coverage_finish) struct coverage coverage = {.arguments = arguments};
    struct cog_error error = {0};
    enum cog_code code =
        scn_exceptions_read(find_exceptions(arguments), &coverage.exceptions, &error);
    if (code == COG_OK) {
        code = scn_map_init(&coverage.map, &error);
    }
    if (code != COG_OK) {
        return scn_program_fail(error.code, &error);
    }
    const int exit_code =
        arguments->has_results ? read_results(&coverage) : run_scenarios(&coverage);
    if (exit_code != 0) {
        return exit_code;
    }
    except(&coverage);
    return conclude(&coverage);
}
