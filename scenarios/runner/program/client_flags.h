/** What a command line says of a client that is not ours, the same for each verb that runs one. */
#ifndef SCN_CLIENT_FLAGS_H
#define SCN_CLIENT_FLAGS_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stdint.h>

/** The flags; verbs give them ids of their own, side by side in this order. */
enum scn_client_flag {
    SCN_CLIENT_COMMAND,
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

/** @return COG_OK, COG_ERROR_ARGUMENT (which names the flag) */
enum cog_code scn_client_flags_take(enum scn_client_flag flag, const char *value,
                                    struct scn_client_flags *flags,
                                    struct cog_error *error) COG_CHECK;

/** All of them together. @return COG_OK, COG_ERROR_ARGUMENT */
enum cog_code scn_client_flags_check(const struct scn_client_flags *flags,
                                     struct cog_error *error) COG_CHECK;

#endif
