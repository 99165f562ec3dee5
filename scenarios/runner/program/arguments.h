/** The command line of `cogdrill`. */
#ifndef SCN_ARGUMENTS_H
#define SCN_ARGUMENTS_H

#include "program/client_flags.h"
#include "session/selection.h"
#include "simulation/line.h"
#include "torture/point.h"

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What the program exits with, beside the verbs' own 1 and 2. */
enum {
    SCN_EXIT_USAGE = 64,     /**< Arguments, or a scenario file that is wrong. */
    SCN_EXIT_NO_INPUT = 66,  /**< A file or folder that cannot be read. */
    SCN_EXIT_SOFTWARE = 70,  /**< No memory, no process. */
    SCN_EXIT_NO_OUTPUT = 73, /**< An output that cannot be written. */
    SCN_EXIT_SIGNAL = 128,   /**< And the number of the signal that ended it. */
};

enum scn_verb {
    SCN_VERB_HELP,
    SCN_VERB_RUN,
    SCN_VERB_CHECK,
    SCN_VERB_LIST,
    SCN_VERB_COVERAGE,
    SCN_VERB_TORTURE,
    SCN_VERB_VERSION,
};

/** What `torture` alone takes. */
struct scn_torture_arguments {
    bool kinds[SCN_TORTURE_KIND_COUNT]; /**< None: all of them. */
    struct scn_point only;              /**< Nothing but this; `series` is NULL: all. */
    int step;                           /**< Every so many points are tried. */
    bool has_default_paths;             /**< Nobody named a scenario. */
};

/** How many paths there may be where the command line names none. */
enum { SCN_DEFAULT_PATHS_MAX = 4 };

/** Texts are borrowed from the command line. */
struct scn_arguments {
    enum scn_verb verb;
    const char *const *paths;
    size_t path_count;
    struct scn_selection selection;
    enum scn_transport transport;
    const char *junit_path; /**< NULL for none; the next three likewise. */
    const char *json_path;
    const char *html_path;
    const char *trace_folder;
    const char *exceptions_path; /**< What is not applicable to coverage; NULL: the suite's own. */
    bool has_results;            /**< The paths are results of runs, not scenarios. */
    struct scn_client_flags client; /**< That is not ours. */
    uint64_t seed;
    int repeat_count;
    size_t worker_count; /**< 0: as many as there are processors. */
    size_t slowest_count;
    bool is_fail_fast;
    bool is_watching;
    bool is_quiet;
    bool is_names_only; /**< `list` prints names alone. */
    struct scn_torture_arguments torture;
    const char *temporary_folder; /**< $TMPDIR; NULL for none. */
};

/**
 * Reads the command line. Flags may stand anywhere behind the verb; "--" ends them.
 *
 * @param arguments the program's name first
 * @param paths room for `count` paths and SCN_DEFAULT_PATHS_MAX; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_arguments_parse(int count, char **arguments, const char **paths,
                                  struct scn_arguments *out_arguments,
                                  struct cog_error *error) COG_CHECK;

#endif
