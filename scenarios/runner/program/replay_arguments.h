/** The command line of `cogdrill replay`. */
#ifndef SCN_REPLAY_ARGUMENTS_H
#define SCN_REPLAY_ARGUMENTS_H

#include "program/client_flags.h"
#include "simulation/line.h"

/** Texts are borrowed from the command line. */
struct scn_replay_arguments {
    const char *const *paths;
    size_t path_count;
    const char *case_name;          /**< NULL: all of a file. */
    struct scn_client_flags client; /**< That is not ours. */
    uint64_t seed;                  /**< Of scenarios without one of their own. */
    enum scn_transport transport;
    bool wants_trace;
    bool is_help; /**< Nothing else counts then. */
};

/**
 * @param arguments the verb first
 * @param paths room for `count` paths; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_replay_arguments_parse(int count, char **arguments, const char **paths,
                                         struct scn_replay_arguments *out_arguments,
                                         struct cog_error *error) COG_CHECK;

#endif
