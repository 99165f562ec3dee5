/** What a command line says of a client that is not ours, the same for each verb that runs one. */
#ifndef SCN_CLIENT_FLAGS_H
#define SCN_CLIENT_FLAGS_H

#include <cogbase/command_line.h>

#include <stdbool.h>
#include <stdint.h>

/** The ids of the flags, in the lists of all verbs: none has so many of its own. */
enum scn_client_flag {
    SCN_CLIENT_COMMAND = COG_FLAGS_MAX,
    SCN_CLIENT_EXIT_MAP,
    SCN_CLIENT_TIME_SCALE,
    SCN_CLIENT_TIMEOUT,
    SCN_CLIENT_OPTIONS,
};

/** `{0}` says nothing: there is no such client. Texts are borrowed from the command line. */
struct scn_client_flags {
    const char *command;  /**< NULL: ours. */
    const char *exit_map; /**< Its file; NULL for our codes. */
    double time_scale;    /**< 0: as fast as most clients can be tried. */
    int64_t limit_ms;     /**< 0: by the scenario's limits. */
    bool knows_options;   /**< It reads `COGPROMOTE_…`. */
};

/** Whether the id is that of one of them. */
bool scn_client_flags_have(int id);

/**
 * @param word one of them
 * @return COG_OK, COG_ERROR_ARGUMENT (which names the flag)
 */
enum cog_code scn_client_flags_take(const struct cog_word *word, struct scn_client_flags *flags,
                                    struct cog_error *error) COG_CHECK;

/** All of them together. @return COG_OK, COG_ERROR_ARGUMENT */
enum cog_code scn_client_flags_check(const struct scn_client_flags *flags,
                                     struct cog_error *error) COG_CHECK;

#endif
