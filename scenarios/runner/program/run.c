#include "run.h"

#include "program/client.h"
#include "program/verbs.h"
#include "session/session.h"

#include <stdio.h>
#include <unistd.h>

/* Real time that a run may take: minutes of virtual time take milliseconds, and a machine under
 * sanitizers and other work is slow, but not that slow. */
enum { STALL_MS = 120000 };

/* Where every scenario was skipped nothing was judged; a shard may be that unlucky. */
static bool is_judged(const struct scn_arguments *arguments, const struct scn_summary *summary)
{
    return summary->skipped_count == 0 || summary->counts[SCN_PASS] > 0 ||
           arguments->selection.shard.count > 0;
}

static int choose_verdict(const struct scn_arguments *arguments, const struct scn_summary *summary)
{
    if (summary->counts[SCN_FAIL] > 0) {
        return 1;
    }
    return summary->counts[SCN_INCONCLUSIVE] > 0 || !is_judged(arguments, summary) ? 2 : 0;
}

static void print_summary(const struct scn_arguments *arguments, const struct scn_summary *summary)
{
    char text[SCN_SUMMARY_SIZE];
    if (!arguments->is_quiet) {
        (void)fprintf(stderr, "%s\n", scn_summary_format(summary, text));
    }
}

static struct scn_results_origin tell_origin(const struct scn_arguments *arguments,
                                             const struct scn_suite *suite)
{
    return (struct scn_results_origin){
        .tool_version = COG_VERSION,
        .seed = arguments->seed,
        .repeat_count = arguments->repeat_count,
        .transport = scn_transport_name(arguments->client.command != NULL ? SCN_TRANSPORT_WIRE
                                                                          : arguments->transport),
        .client = arguments->client.command,
        .shard_index = (size_t)arguments->selection.shard.index,
        .shard_count = (size_t)arguments->selection.shard.count,
        .selected_count = suite->selected_count,
    };
}

struct scn_session_options scn_program_session(const struct scn_arguments *arguments,
                                               const struct scn_suite *suite,
                                               const struct scn_interrupt *interrupt)
{
    const bool is_seen = !arguments->is_quiet && isatty(STDERR_FILENO) == 1;
    return (struct scn_session_options){
        .run =
            {
                .seed = arguments->seed,
                .repeat_count = arguments->repeat_count,
                .transport = arguments->transport,
            },
        .outputs =
            {
                .tap = stdout,
                .junit_path = arguments->junit_path,
                .json_path = arguments->json_path,
                .html_path = arguments->html_path,
                .trace_folder = arguments->trace_folder,
                .origin = tell_origin(arguments, suite),
            },
        .worker_count = arguments->worker_count,
        /* A client that is not ours has a limit of its own. */
        .stall_ms =
            arguments->client.command == NULL ? (int64_t)STALL_MS * arguments->repeat_count : 0,
        .is_fail_fast = arguments->is_fail_fast,
        .progress = is_seen ? stderr : NULL,
        .interrupt_descriptor = interrupt->descriptor,
        .slowest_count = arguments->slowest_count,
        .remarks = stderr,
    };
}

int scn_program_failure(enum cog_code code, const struct scn_interrupt *interrupt)
{
    if (code == COG_ERROR_CANCELLED) {
        return SCN_EXIT_SIGNAL + scn_interrupt_take(interrupt);
    }
    return code == COG_ERROR_STORAGE ? SCN_EXIT_NO_OUTPUT : SCN_EXIT_SOFTWARE;
}

int scn_program_run(const struct scn_arguments *arguments, const struct scn_suite *suite,
                    const struct scn_interrupt *interrupt)
{
    struct scn_session_options options = scn_program_session(arguments, suite, interrupt);
    struct scn_client client = {0};
    const int exit_code = scn_program_client(&arguments->client, &client);
    if (exit_code != 0) {
        return exit_code;
    }
    options.run.client = scn_program_foreign(&client);
    struct scn_summary summary = {0};
    struct cog_error error = {0};
    enum cog_code code = scn_session_run(suite, &options, &summary, &error);
    if (code != COG_OK) {
        scn_program_complain(&error);
    }
    if (code == COG_OK || code == COG_ERROR_CANCELLED) {
        print_summary(arguments, &summary);
    }
    return code == COG_OK ? choose_verdict(arguments, &summary)
                          : scn_program_failure(code, interrupt);
}

static int run_once(const struct scn_arguments *arguments, const struct scn_interrupt *interrupt)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    int exit_code = scn_program_load(arguments, &suite);
    if (exit_code != 0) {
        return exit_code;
    }
    return scn_suite_error_count(&suite) > 0 ? SCN_EXIT_USAGE
                                             : scn_program_run(arguments, &suite, interrupt);
}

int scn_verb_run(const struct scn_arguments *arguments)
{
    struct scn_interrupt interrupt;
    struct cog_error error = {0};
    if (scn_interrupt_init(&interrupt, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    const int exit_code = arguments->is_watching ? scn_program_watch(arguments, &interrupt)
                                                 : run_once(arguments, &interrupt);
    scn_interrupt_finish(&interrupt);
    return exit_code;
}
