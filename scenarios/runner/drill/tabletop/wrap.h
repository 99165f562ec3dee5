/** Texts for people, in lines that are no longer than a screen is wide. */
#ifndef SCN_WRAP_H
#define SCN_WRAP_H

#include <cogbase/text.h>

enum {
    SCN_WRAP_WIDTH_MIN = 20,
    SCN_WRAP_WIDTH_MAX = 100, /**< Longer lines are hard to read, however wide the screen is. */
};

/** What a paragraph looks like. */
struct scn_paragraph {
    const char *label; /**< In front of the first line: "  operator  "; NULL for nothing. */
    int indent;        /**< Columns in front of the other lines; of the first too, without label. */
    int width;         /**< Columns in all; taken for the nearest of the limits. */
};

/**
 * Breaks at blanks; a word that is longer than a line is broken anywhere. Line feeds of the text
 * are kept. Nothing in it can steer a terminal. Ends with a line feed.
 */
void scn_wrap_append(struct cog_text *text, const struct scn_paragraph *paragraph,
                     const char *string);

/** How many columns a text takes where each character takes one. */
int scn_wrap_measure(const char *string);

#endif
