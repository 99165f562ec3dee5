/** The command line of `cogdrill explore`. */
#ifndef SCN_EXPLORE_ARGUMENTS_H
#define SCN_EXPLORE_ARGUMENTS_H

#include "explore/faults/catalogue.h"
#include "program/client_flags.h"
#include "session/selection.h"
#include "simulation/line.h"

/** Texts are borrowed from the command line. */
struct scn_explore_arguments {
    const char *const *paths; /**< None: the bases that come with the program. */
    size_t path_count;
    const char *case_name; /**< Of these files; NULL for those without cases and calls. */
    struct scn_catalogue_filter filter;
    struct scn_client_flags client; /**< That is not ours. */
    int depth;
    int repeat_count;
    uint64_t seed;
    enum scn_transport transport;
    bool names_transport; /**< Somebody chose it. */
    struct scn_shard shard;
    size_t worker_count;   /**< 0: as many as there are processors. */
    const char *json_path; /**< NULL for none; the next four likewise. */
    const char *html_path;
    const char *mutants_path; /**< What became of them, for the reports. */
    const char *state_path;   /**< Where to keep what is done. */
    const char *resume_path;  /**< Where to go on from. */
    bool has_operators;       /**< Not faults are explored, but how two operators meet. */
    int switches_max;         /**< Of these. */
    bool prunes;
    bool ends_with_first;
    bool is_quiet;
    bool is_help; /**< Nothing else counts then. */
};

/**
 * @param arguments the verb first
 * @param paths room for `count` paths; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_explore_arguments_parse(int count, char **arguments, const char **paths,
                                          struct scn_explore_arguments *out_arguments,
                                          struct cog_error *error) COG_CHECK;

#endif
