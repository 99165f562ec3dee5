/** The one line of a terminal that is drawn again and again. */
#ifndef PROGRAM_LIVE_LINE_H
#define PROGRAM_LIVE_LINE_H

#include "terminal.h"

enum { COG_LIVE_LINE_SIZE = 1024 };

struct cog_live_line {
    FILE *stream; /**< Borrowed. */
    struct cog_terminal terminal;
    char drawn[COG_LIVE_LINE_SIZE]; /**< What is there; empty: nothing. */
};

/** Draws `text` in the place of what was there, cut to the terminal's width, if it is another. */
void cog_live_line_draw(struct cog_live_line *line, const char *text);

/** Leaves an empty line with the cursor at its begin; does nothing where nothing is drawn. */
void cog_live_line_erase(struct cog_live_line *line);

#endif
