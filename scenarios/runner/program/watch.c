#include "session/watch.h"

#include "program/verbs.h"

#include <stdio.h>

static void announce(const struct scn_arguments *arguments)
{
    if (!arguments->is_quiet) {
        (void)fprintf(stderr, "watching; Ctrl-C ends it\n");
    }
}

/*
 * Runs what has changed. A file that is wrong was told, and is no reason to end: its author is
 * about to mend it.
 */
static int run_changed(const struct scn_arguments *arguments, const struct scn_interrupt *interrupt,
                       struct scn_watch *watch, int exit_code)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    struct cog_error error = {0};
    scn_watch_look_after(watch, arguments->paths, arguments->path_count);
    const int load_code = scn_program_load(arguments, &suite);
    if (load_code != 0) {
        return load_code;
    }
    const size_t error_count = scn_suite_error_count(&suite);
    if (scn_watch_keep_changed(watch, &suite, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    scn_suite_drop_errors(&suite);
    if (suite.count > 0) {
        exit_code = scn_program_run(arguments, &suite, interrupt);
    }
    return error_count > 0 && exit_code == 0 ? SCN_EXIT_USAGE : exit_code;
}

/* Ended by a signal in the midst of a run, not between two. */
static bool is_signal(int exit_code)
{
    return exit_code > SCN_EXIT_SIGNAL;
}

int scn_program_watch(const struct scn_arguments *arguments, const struct scn_interrupt *interrupt)
{
    COG_CLEANUP(scn_watch_finish) struct scn_watch watch = {.descriptor = -1};
    struct cog_error error = {0};
    if (scn_watch_init(&watch, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    enum cog_code code = COG_OK;
    int exit_code = run_changed(arguments, interrupt, &watch, 0);
    if (exit_code == SCN_EXIT_NO_INPUT) {
        return exit_code; /* There is nothing to watch. */
    }
    while (code == COG_OK && !is_signal(exit_code)) {
        announce(arguments);
        code = scn_watch_wait(&watch, interrupt->descriptor, &error);
        if (code == COG_OK) {
            exit_code = run_changed(arguments, interrupt, &watch, exit_code);
        }
    }
    return exit_code;
}
