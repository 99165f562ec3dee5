#include "program/history_file.h"

#include "drill/history/history_path.h"
#include "program/variable.h"

#include <cogbase/text.h>

enum cog_code scn_history_file_path(const char *typed, char **out_path, struct cog_error *error)
{
    const struct scn_history_surroundings surroundings = {
        .history = typed != NULL ? typed : scn_variable_find("COGDRILL_HISTORY"),
        .state_home = scn_variable_find("XDG_STATE_HOME"),
        .home = scn_variable_find("HOME"),
    };
    return scn_history_path(&surroundings, out_path, error);
}

enum cog_code scn_history_file_read(const char *typed, struct scn_history *out_history,
                                    struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    const enum cog_code code = scn_history_file_path(typed, &path, error);
    return code == COG_OK ? scn_history_read(path, out_history, error) : code;
}
