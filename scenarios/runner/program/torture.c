#include "torture/account.h"

#include "program/verbs.h"

#include <cogpromote/clock.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Real time that a part of a series may take: some hundred runs of milliseconds. */
enum { STALL_MS = 300000 };

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static enum cog_code write_json(const struct scn_account *account,
                                const struct scn_arguments *arguments, struct scn_output_file *file,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_account_format_json(account, arguments->torture.step, &text);
    if (text.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    (void)fprintf(file->stream, "%s\n", cog_text_string(&text));
    return scn_output_file_commit(file, error);
}

static int choose_exit_code(const struct scn_account *account)
{
    switch (scn_account_verdict(account)) {
    case SCN_PASS:
        return 0;
    case SCN_FAIL:
        return 1;
    case SCN_INCONCLUSIVE:
        return 2;
    }
    return SCN_EXIT_SOFTWARE;
}

/* All kinds, unless some are named. */
static void choose_kinds(const struct scn_arguments *arguments,
                         bool out_kinds[SCN_TORTURE_KIND_COUNT])
{
    bool is_any_named = false;
    for (int i = 0; i < SCN_TORTURE_KIND_COUNT; i++) {
        is_any_named = is_any_named || arguments->torture.kinds[i];
    }
    for (int i = 0; i < SCN_TORTURE_KIND_COUNT; i++) {
        out_kinds[i] = arguments->torture.kinds[i] || !is_any_named;
    }
}

static enum cog_code run_campaign(const struct scn_arguments *arguments,
                                  const struct scn_suite *suite,
                                  const struct scn_interrupt *interrupt,
                                  struct scn_account *account, struct cog_error *error)
{
    const int64_t start_ms = now_ms();
    const bool is_seen = !arguments->is_quiet && isatty(STDERR_FILENO) == 1;
    struct scn_campaign_options options = {
        .suite = suite,
        .only = arguments->torture.only.series != NULL ? &arguments->torture.only : NULL,
        .step = arguments->torture.step,
        .seed = arguments->seed,
        .worker_count = arguments->worker_count,
        .stall_ms = STALL_MS,
        .interrupt_descriptor = interrupt->descriptor,
        .folder_parent = arguments->temporary_folder,
        .progress = is_seen ? stderr : NULL,
        .hear = scn_account_hear,
        .hear_context = account,
    };
    choose_kinds(arguments, options.kinds);
    scn_account_begin(account, scn_campaign_count(&options));
    enum cog_code code = scn_campaign_run(&options, error);
    if (!arguments->is_quiet && (code == COG_OK || code == COG_ERROR_CANCELLED)) {
        scn_account_write_summary(account, now_ms() - start_ms, stderr);
    }
    return code;
}

/* The output is opened before anything runs: nothing is tried in vain. What was interrupted is told
 * as far as it came. */
static int run_suite(const struct scn_arguments *arguments, const struct scn_suite *suite,
                     const struct scn_interrupt *interrupt)
{
    COG_CLEANUP(scn_account_finish)
    struct scn_account account = {.tap = stdout, .seed = arguments->seed};
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    struct cog_error error = {0};
    enum cog_code code = COG_OK;
    if (arguments->json_path != NULL) {
        code = scn_output_file_open(arguments->json_path, &file, &error);
    }
    if (code == COG_OK) {
        code = run_campaign(arguments, suite, interrupt, &account, &error);
    }
    if (file.stream != NULL && (code == COG_OK || code == COG_ERROR_CANCELLED)) {
        enum cog_code write_code = write_json(&account, arguments, &file, &error);
        code = write_code != COG_OK ? write_code : code;
    }
    if (code != COG_OK) {
        scn_program_complain(&error);
        return scn_program_failure(code, interrupt);
    }
    return choose_exit_code(&account);
}

/* Of the scenarios that are tortured when none is named, the first case will do. */
static bool is_first_of_file(void *context, const struct scn_suite_entry *entry)
{
    const char **path = context;
    const bool is_first = *path == NULL || strcmp(*path, entry->path) != 0;
    *path = is_first ? entry->path : *path;
    return is_first;
}

static int load(const struct scn_arguments *arguments, struct scn_suite *out_suite)
{
    const char *path = NULL;
    const int exit_code = scn_program_load(arguments, out_suite);
    if (exit_code == 0 && scn_suite_error_count(out_suite) > 0) {
        return SCN_EXIT_USAGE;
    }
    if (exit_code == 0 && arguments->torture.has_default_paths) {
        scn_suite_keep(out_suite, is_first_of_file, &path);
    }
    return exit_code;
}

int scn_verb_torture(const struct scn_arguments *arguments)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    struct scn_interrupt interrupt;
    struct cog_error error = {0};
    int exit_code = load(arguments, &suite);
    if (exit_code != 0) {
        return exit_code;
    }
    if (scn_interrupt_init(&interrupt, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    exit_code = run_suite(arguments, &suite, &interrupt);
    scn_interrupt_finish(&interrupt);
    return exit_code;
}
