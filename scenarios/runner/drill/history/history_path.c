#include "drill/history/history_path.h"

#include <cogbase/text.h>

static bool is_set(const char *value)
{
    return value != NULL && value[0] != '\0';
}

enum cog_code scn_history_path(const struct scn_history_surroundings *surroundings, char **out_path,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    const char *state_home = surroundings->state_home;
    if (is_set(surroundings->history)) {
        cog_text_append(&path, surroundings->history);
    } else if (is_set(state_home) && state_home[0] == '/') {
        cog_text_append_format(&path, "%s/cogdrill/history.jsonl", state_home);
    } else if (is_set(surroundings->home)) {
        cog_text_append_format(&path, "%s/.local/state/cogdrill/history.jsonl", surroundings->home);
    } else {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "there is no folder for the history: set COGDRILL_HISTORY, or name a "
                             "file with --history");
    }
    return cog_text_give(&path, out_path, error);
}
