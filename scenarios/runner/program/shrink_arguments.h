/** The command line of `cogdrill shrink`. */
#ifndef SCN_SHRINK_ARGUMENTS_H
#define SCN_SHRINK_ARGUMENTS_H

#include "program/client_flags.h"
#include "simulation/line.h"

/** Texts are borrowed from the command line. */
struct scn_shrink_arguments {
    const char *path;               /**< A scenario, or the report of an exploration. */
    const char *case_name;          /**< Of the scenario; NULL for none. */
    const char *only;               /**< Failure of the report; NULL: all. */
    const char *output_path;        /**< Of the scenario; NULL: stdout. */
    const char *folder;             /**< Where those of a report go; NULL for a scenario. */
    struct scn_client_flags client; /**< That is not ours. */
    uint64_t seed;                  /**< Of scenarios without one of their own. */
    enum scn_transport transport;
    bool is_quiet;
    bool is_help; /**< Nothing else counts then. */
};

/**
 * @param arguments the verb first
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_shrink_arguments_parse(int count, char **arguments,
                                         struct scn_shrink_arguments *out_arguments,
                                         struct cog_error *error) COG_CHECK;

#endif
