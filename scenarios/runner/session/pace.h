/** How fast something goes, and how long it will. */
#ifndef SCN_PACE_H
#define SCN_PACE_H

#include <stddef.h>
#include <stdint.h>

enum { SCN_PACE_SIZE = 96 };

/** What was done before the clock started tells nothing of the pace. */
struct scn_pace {
    int64_t begin_ms;
    size_t begin_count;
};

/**
 * "2,048 a second, 1m5s left"; "" before anything can be told, and no end where nobody knows it.
 *
 * @param done_count with what was done before
 * @param total_count 0: nobody knows
 * @return `buffer`
 */
const char *scn_pace_format(const struct scn_pace *pace, size_t done_count, size_t total_count,
                            int64_t now_ms, char buffer[SCN_PACE_SIZE]);

/** How many a second; 0 when it was none. */
int64_t scn_pace_rate(size_t count, int64_t elapsed_ms);

#endif
