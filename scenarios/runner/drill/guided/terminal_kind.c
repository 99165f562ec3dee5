#include "drill/guided/terminal_kind.h"

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>
/* It takes many a plain word for a macro of its own. */
#include <term.h>

static enum cog_code refuse(const char *kind, const char *why, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "a terminal of the kind '%s' %s: set TERM to what it is, or take --plain,"
                         " which only prints lines",
                         kind, why);
}

enum cog_code scn_terminal_kind_check(const char *kind, struct cog_error *error)
{
    if (kind == NULL || kind[0] == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "TERM does not say what kind of terminal this is: set it, or take"
                             " --plain, which only prints lines");
    }
    int state = 0;
    if (setupterm(kind, STDOUT_FILENO, &state) != OK) {
        return refuse(kind, state == 0 ? "is not known here" : "cannot be looked up", error);
    }
    const char *movement = tigetstr("cup");
    const bool can_move = movement != NULL;
    (void)del_curterm(cur_term);
    return can_move ? COG_OK : refuse(kind, "cannot show a screen", error);
}
