/** How far something long is: one line on a terminal, written over again and again. */
#ifndef SCN_PROGRESS_H
#define SCN_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** Set the first two; the rest starts as zero. */
struct scn_progress {
    FILE *stream; /**< A terminal; NULL: nobody looks. Borrowed. */
    size_t total_count;
    size_t done_count;
    size_t failed_count;
    int64_t shown_ms; /**< When it was last written. */
    bool is_shown;
};

/**
 * Writes it, but not so often that it would cost time.
 *
 * @param text behind the counts, and cut where the line would wrap: what is run, or how fast
 */
void scn_progress_show(struct scn_progress *progress, const char *text, int64_t now_ms);

/** Takes it away, for what is written in its place. */
void scn_progress_clear(struct scn_progress *progress);

#endif
