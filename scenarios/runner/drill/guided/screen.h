/** The screen of a guided drill, in the terminal that the program runs in. One at a time. */
#ifndef SCN_SCREEN_H
#define SCN_SCREEN_H

#include "drill/guided/screen_layout.h"

struct scn_screen;

/**
 * Takes the terminal. From here on keys come one by one, Ctrl-C among them.
 *
 * @return COG_OK; COG_ERROR_CONFIGURATION: it cannot show it; COG_ERROR_MEMORY
 */
enum cog_code scn_screen_create(const char *kind, bool has_color, struct scn_screen **out_screen,
                                struct cog_error *error) COG_CHECK;

/** Sets the view's size and characters to the terminal's, and shows it. */
void scn_screen_show(struct scn_screen *screen, struct scn_screen_view *view);

/** The next key that was pressed; 0 for none. Never waits. */
int scn_screen_key(struct scn_screen *screen);

/** The terminal is again as it was. NULL does nothing. */
void scn_screen_destroy(struct scn_screen *screen);

/** Whether the terminal shows more characters than those of ASCII. */
bool scn_screen_knows_utf8(void);

#endif
