#include "run.h"

#include "junit.h"
#include "program/summary.h"
#include "program/verbs.h"
#include "tap.h"

#include <cogbase/text.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Everything that a run of the suite leaves; each list has one element a scenario. */
struct session {
    const struct scn_arguments *arguments;
    const struct scn_suite *suite;
    struct scn_run *runs;
    struct scn_junit_case *cases;
    struct scn_summary summary;
};

static int64_t real_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static int fail_output(const char *path)
{
    (void)fprintf(stderr, "cogdrill: cannot write '%s': %s\n", path, strerror(errno));
    return SCN_EXIT_NO_OUTPUT;
}

/* Errors that only closing shows count too. */
static int close_output(FILE *stream, const char *path)
{
    const bool has_failed = ferror(stream) != 0;
    return fclose(stream) != 0 || has_failed ? fail_output(path) : 0;
}

/* As a shell takes it: in single quotes, which a quote of its own has to leave for a moment. */
static void append_quoted(struct cog_text *text, const char *word)
{
    cog_text_append(text, "'");
    for (; *word != '\0'; word++) {
        cog_text_append_bytes(text, word, 1);
        cog_text_append(text, *word == '\'' ? "\\''" : "");
    }
    cog_text_append(text, "'");
}

static void write_result(const struct session *session, size_t index)
{
    const struct scn_suite_entry *entry = &session->suite->entries[index];
    COG_CLEANUP(cog_text_finish) struct cog_text replay = {0};
    cog_text_append_format(&replay, "cogdrill run --seed %" PRIu64 " --repeat %d ",
                           session->arguments->seed, session->arguments->repeat_count);
    if (entry->scenario.variant != NULL) {
        cog_text_append_format(&replay, "--variant %s ", entry->scenario.variant->string);
    }
    append_quoted(&replay, entry->path);
    const struct scn_tap_entry line = {
        .number = index + 1,
        .name = entry->scenario.name,
        .file = entry->path,
        .replay = cog_text_string(&replay),
        .run = &session->runs[index],
    };
    scn_tap_write_entry(stdout, &line);
    (void)fflush(stdout);
}

/*
 * "suite/rollback/a.jsonc" becomes "FOLDER/suite-rollback-a.jsonc.trace", and of its variant b
 * "FOLDER/suite-rollback-a.jsonc.b.trace": one flat folder.
 */
static char *format_trace_path(const char *folder, const struct scn_suite_entry *entry)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const cJSON *variant = entry->scenario.variant;
    cog_text_append_format(&text, "%s/%s%s%s.trace", folder,
                           entry->path + strspn(entry->path, "./"), variant != NULL ? "." : "",
                           variant != NULL ? variant->string : "");
    char *trace_path = cog_text_take(&text);
    for (char *at = trace_path != NULL ? trace_path + strlen(folder) + 1 : NULL;
         at != NULL && *at != '\0'; at++) {
        if (*at == '/') {
            *at = '-';
        }
    }
    return trace_path;
}

static int write_trace(const struct session *session, size_t index)
{
    const char *trace = session->runs[index].trace;
    if (session->arguments->trace_folder == NULL || trace == NULL) {
        return 0;
    }
    COG_CLEANUP(cog_string_finish)
    char *path =
        format_trace_path(session->arguments->trace_folder, &session->suite->entries[index]);
    FILE *stream = path != NULL ? fopen(path, "w") : NULL;
    if (stream == NULL) {
        return fail_output(path != NULL ? path : session->arguments->trace_folder);
    }
    (void)fputs(trace, stream);
    return close_output(stream, path);
}

static void run_scenario(struct session *session, size_t index)
{
    const struct scn_suite_entry *entry = &session->suite->entries[index];
    struct scn_run *run = &session->runs[index];
    const struct scn_run_options options = {
        .seed = session->arguments->seed,
        .repeat_count = session->arguments->repeat_count,
    };
    const int64_t start_ms = real_ms();
    scn_run(&entry->scenario, &options, run);
    session->cases[index] = (struct scn_junit_case){
        .name = entry->scenario.name,
        .file = entry->path,
        .real_ms = real_ms() - start_ms,
        .run = run,
    };
    session->summary.counts[run->verdict]++;
    session->summary.virtual_ms += run->virtual_ms;
}

static int write_junit(const struct session *session)
{
    const char *path = session->arguments->junit_path;
    if (path == NULL) {
        return 0;
    }
    FILE *stream = fopen(path, "w");
    if (stream == NULL) {
        return fail_output(path);
    }
    scn_junit_write(stream, session->cases, session->suite->count);
    return close_output(stream, path);
}

static int make_trace_folder(const struct scn_arguments *arguments)
{
    const char *folder = arguments->trace_folder;
    if (folder == NULL || mkdir(folder, 0777) == 0 || errno == EEXIST) {
        return 0;
    }
    return fail_output(folder);
}

static int run_all(struct session *session)
{
    const int64_t start_ms = real_ms();
    int exit_code = make_trace_folder(session->arguments);
    if (exit_code == 0) {
        scn_tap_write_plan(stdout, session->suite->count);
    }
    for (size_t i = 0; i < session->suite->count && exit_code == 0; i++) {
        run_scenario(session, i);
        write_result(session, i);
        exit_code = write_trace(session, i);
    }
    if (exit_code == 0) {
        exit_code = write_junit(session);
    }
    session->summary.real_ms = real_ms() - start_ms;
    return exit_code;
}

static int conclude(const struct session *session)
{
    char text[SCN_SUMMARY_SIZE];
    if (!session->arguments->is_quiet) {
        (void)fprintf(stderr, "%s\n", scn_summary_format(&session->summary, text));
    }
    if (session->summary.counts[SCN_FAIL] > 0) {
        return 1;
    }
    return session->summary.counts[SCN_INCONCLUSIVE] > 0 ? 2 : 0;
}

static void session_finish(struct session *session)
{
    for (size_t i = 0; session->runs != NULL && i < session->suite->count; i++) {
        scn_run_finish(&session->runs[i]);
    }
    free(session->runs);
    free(session->cases);
}

int scn_verb_run(const struct scn_arguments *arguments)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    int exit_code = scn_program_load(arguments, &suite);
    if (exit_code != 0) {
        return exit_code;
    }
    if (scn_suite_error_count(&suite) > 0) {
        return SCN_EXIT_USAGE;
    }
    COG_CLEANUP(session_finish)
    struct session session = {.arguments = arguments, .suite = &suite};
    session.runs = calloc(suite.count, sizeof *session.runs);
    session.cases = calloc(suite.count, sizeof *session.cases);
    if (session.runs == NULL || session.cases == NULL) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        return SCN_EXIT_SOFTWARE;
    }
    exit_code = run_all(&session);
    return exit_code != 0 ? exit_code : conclude(&session);
}
