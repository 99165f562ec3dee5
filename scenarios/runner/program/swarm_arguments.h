/** The command line of `cogdrill swarm`. */
#ifndef SCN_SWARM_ARGUMENTS_H
#define SCN_SWARM_ARGUMENTS_H

#include "program/flag_value.h"

/** So many seeds at most: their number has to be kept in mind. */
#define SCN_SWARM_SEEDS_MAX INT64_C(100000000)

/** Texts are borrowed from the command line. */
struct scn_swarm_arguments {
    const char *const *paths; /**< None: the bases that come with the program. */
    size_t path_count;
    struct scn_seeds seeds;
    enum scn_transport transport;
    size_t worker_count;   /**< 0: as many as there are processors. */
    const char *json_path; /**< NULL for none; the next two likewise. */
    const char *folder;    /**< Where what was found goes, shrunk. */
    bool is_quiet;
    bool is_help; /**< Nothing else counts then. */
};

/**
 * @param arguments the verb first
 * @param paths room for `count` paths; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_swarm_arguments_parse(int count, char **arguments, const char **paths,
                                        struct scn_swarm_arguments *out_arguments,
                                        struct cog_error *error) COG_CHECK;

#endif
