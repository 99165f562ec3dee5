/** Where the history of rehearsals lies when nobody says where. */
#ifndef SCN_HISTORY_PATH_H
#define SCN_HISTORY_PATH_H

#include <cogpromote/error.h>

/** Values of the environment; NULL or "" where there is none. */
struct scn_history_surroundings {
    const char *history;    /**< $COGDRILL_HISTORY */
    const char *state_home; /**< $XDG_STATE_HOME, which counts only when it is absolute. */
    const char *home;       /**< $HOME */
};

/**
 * The file: that of the environment, else "cogdrill/history.jsonl" in the folder for state.
 *
 * @param out_path owned by the caller, free()
 * @return COG_OK, COG_ERROR_CONFIGURATION (there is no home), COG_ERROR_MEMORY
 */
enum cog_code scn_history_path(const struct scn_history_surroundings *surroundings, char **out_path,
                               struct cog_error *error) COG_CHECK;

#endif
