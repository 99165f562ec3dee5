/** The command line of `cogdrill rehearse`, in each of its modes. */
#ifndef SCN_REHEARSE_ARGUMENTS_H
#define SCN_REHEARSE_ARGUMENTS_H

#include "drill/automatic/condition.h"
#include "program/client_flags.h"
#include "program/flag_value.h"

enum {
    SCN_REHEARSE_TEXTS_MAX = 32,    /**< Of surprises, and of actions. */
    SCN_REHEARSE_SEEDS_MAX = 10000, /**< What came of each is kept in mind. */
};

/** The largest seed: of more digits than 15 not all are kept in reports, and in the history. */
#define SCN_REHEARSE_SEED_MAX UINT64_C(999999999999999)

enum scn_rehearse_mode {
    SCN_REHEARSE_AUTOMATIC,
    SCN_REHEARSE_GUIDED,
    SCN_REHEARSE_TABLETOP,
};

/** Texts are borrowed from the command line. */
struct scn_rehearse_arguments {
    enum scn_rehearse_mode mode;
    const char *const *paths; /**< Ids of drills, or files; guided and tabletop: at most one. */
    size_t path_count;
    const char *history_path; /**< NULL: the default. */
    bool is_quiet;            /**< Not guided. */
    bool is_help;             /**< Nothing else counts then. */

    /* Automatic. */
    struct scn_seeds seeds;
    struct scn_condition conditions[SCN_CONDITIONS_MAX]; /**< Under which it fails. */
    size_t condition_count;
    size_t worker_count; /**< 0: as many as there are processors. */
    enum scn_transport transport;
    /** Guided: of these `command` alone, the path of what stands in for `cogpromote`. */
    struct scn_client_flags client;
    bool records;          /**< Into the history. */
    const char *json_path; /**< NULL for none; the next likewise. */
    const char *html_path;

    /* Guided. */
    uint64_t seed;
    bool has_seed;             /**< Somebody chose it: else it is for the program to draw. */
    double time_scale;         /**< 0: the drill's. */
    const char *into;          /**< The folder; NULL: a new one. The next are NULL for none. */
    const char *operator_name; /**< Who takes part. */
    const char *api_base;      /**< Somebody else's server. */
    const char *against_host;  /**< Of a real tenant, typed in full. */
    const char *mock_program;  /**< NULL: `cogmock`. */
    const char *inside;        /**< The folder of a drill whose outer process is another one. */
    const char *surprises[SCN_REHEARSE_TEXTS_MAX];
    size_t surprise_count;
    const char *actions[SCN_REHEARSE_TEXTS_MAX]; /**< "TEXT; OWNER; DATE", as typed. */
    size_t action_count;
    bool is_plain;
    bool is_unsplit;

    /* Tabletop. */
    bool has_answers;
};

/**
 * @param arguments the verb first
 * @param paths room for `count` paths; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_rehearse_arguments_parse(int count, char **arguments, const char **paths,
                                           struct scn_rehearse_arguments *out_arguments,
                                           struct cog_error *error) COG_CHECK;

#endif
