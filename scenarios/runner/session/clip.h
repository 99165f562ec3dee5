/** Texts that are cut to fit a line. */
#ifndef SCN_CLIP_H
#define SCN_CLIP_H

/** How many bytes of a text fit into as many columns, without half a character at the end. */
int scn_clip_measure(const char *text, int column_count);

#endif
