/** The history that the command line means, or else the environment. */
#ifndef SCN_HISTORY_FILE_H
#define SCN_HISTORY_FILE_H

#include "drill/history/history.h"

/**
 * @param typed of `--history`; NULL: by $COGDRILL_HISTORY, $XDG_STATE_HOME or $HOME
 * @param out_path owned by the caller, free()
 * @return COG_OK, COG_ERROR_CONFIGURATION (none of them says where), COG_ERROR_MEMORY
 */
enum cog_code scn_history_file_path(const char *typed, char **out_path,
                                    struct cog_error *error) COG_CHECK;

/** @return as above, and as scn_history_read */
enum cog_code scn_history_file_read(const char *typed, struct scn_history *out_history,
                                    struct cog_error *error) COG_CHECK;

#endif
