/** What kinds of terminal can show a screen. */
#ifndef SCN_TERMINAL_KIND_H
#define SCN_TERMINAL_KIND_H

#include <cogpromote/error.h>

/**
 * Whether a kind of terminal can show it.
 *
 * @param kind as $TERM has it; NULL or "" for none
 * @return COG_OK; COG_ERROR_CONFIGURATION: it cannot, and what to do
 */
enum cog_code scn_terminal_kind_check(const char *kind, struct cog_error *error) COG_CHECK;

#endif
