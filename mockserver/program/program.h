/** The program `cogmock`: its verbs and its exit codes. */
#ifndef MOCK_PROGRAM_PROGRAM_H
#define MOCK_PROGRAM_PROGRAM_H

#include <cogpromote/error.h>

/** As in sysexits.h; documented in the help. */
enum mock_exit {
    MOCK_EXIT_DONE = 0,
    MOCK_EXIT_FAILURE = 1,
    MOCK_EXIT_USAGE = 64,
    MOCK_EXIT_SCENARIO = 65,
    MOCK_EXIT_UNREADABLE = 66,
    MOCK_EXIT_PORT_IN_USE = 69,
};

enum { MOCK_HELP_PARTS_MAX = 2 };

/** One verb. Its `argv[0]` is the verb itself. */
struct mock_verb {
    const char *name;
    int (*run)(int argc, char **argv);
    /** In parts, as long as compilers must take texts; ends with NULL. */
    const char *help[MOCK_HELP_PARTS_MAX + 1];
};

/** All verbs; ends with one that has no name. */
extern const struct mock_verb mock_verbs[];

/** What `cogmock --help` prints. */
extern const char mock_help[];

int mock_program_serve(int argc, char **argv);
int mock_program_check(int argc, char **argv);

/** Prints "cogmock …: message: cause" on stderr. @return the exit code that belongs to it */
int mock_program_fail(const char *verb, const struct cog_error *error);

/**
 * Prints what is wrong with an argument, and where the help is. @return MOCK_EXIT_USAGE
 *
 * @param verb NULL when there is none yet
 */
int mock_program_usage(const char *verb, const char *format, ...) COG_PRINTF(2, 3);

#endif
