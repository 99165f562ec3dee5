/** Text of any length, in lines that fit a terminal. */
#ifndef SCN_PARAGRAPH_H
#define SCN_PARAGRAPH_H

#include <cogbase/text.h>

/** How it is set. */
struct scn_paragraph {
    const char *first; /**< In front of its first line; may be NULL, for `rest`. */
    const char *rest;  /**< In front of each other one. */
    int width;         /**< Columns of a line, with what is in front of it. */
};

/** In as many lines as it takes, broken at spaces, harmless for a terminal. */
void scn_paragraph_append(const struct scn_paragraph *paragraph, const char *words,
                          struct cog_text *text);

/** In one line, cut at its end. */
void scn_paragraph_append_line(const struct scn_paragraph *paragraph, const char *words,
                               struct cog_text *text);

#endif
