/** What a stream can show: whether lines can be redrawn, in how many columns, in colour. */
#ifndef PROGRAM_TERMINAL_H
#define PROGRAM_TERMINAL_H

#include "command.h"

#include <stdio.h>

/** `{0}` is a file or a pipe: it gets no control characters at all. */
struct cog_terminal {
    bool is_live; /**< A line can be drawn again. */
    bool has_color;
    int descriptor;
    int columns; /**< Where the system does not tell; 0: not known either. */
};

/** @param command for TERM (none or "dumb": like a file), NO_COLOR, COLUMNS */
struct cog_terminal cog_terminal_of(FILE *stream, const struct cog_command *command);

/** Columns of now: windows change their size. Never less than 1. */
int cog_terminal_width(const struct cog_terminal *terminal);

#endif
