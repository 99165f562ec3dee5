/** The command line of `cogdrill`. */
#ifndef SCN_ARGUMENTS_H
#define SCN_ARGUMENTS_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What the program exits with, beside the verbs' own 1 and 2. */
enum {
    SCN_EXIT_USAGE = 64,     /**< Arguments, or a scenario file that is wrong. */
    SCN_EXIT_NO_INPUT = 66,  /**< A file or folder that cannot be read. */
    SCN_EXIT_SOFTWARE = 70,  /**< No memory. */
    SCN_EXIT_NO_OUTPUT = 73, /**< An output that cannot be written. */
};

enum scn_verb {
    SCN_VERB_HELP,
    SCN_VERB_RUN,
    SCN_VERB_CHECK,
    SCN_VERB_LIST,
    SCN_VERB_VERSION,
};

/** Texts are borrowed from the command line. */
struct scn_arguments {
    enum scn_verb verb;
    const char *const *paths;
    size_t path_count;
    const char *junit_path;   /**< NULL for none. */
    const char *trace_folder; /**< NULL for none. */
    const char *variant;      /**< NULL for all. */
    uint64_t seed;
    int repeat_count;
    bool is_quiet;
};

/**
 * Reads the command line. Flags may stand anywhere behind the verb; "--" ends them.
 *
 * @param arguments the program's name first
 * @param paths room for `count` paths; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_arguments_parse(int count, char **arguments, const char **paths,
                                  struct scn_arguments *out_arguments,
                                  struct cog_error *error) COG_CHECK;

#endif
