#include "session/pace.h"

#include "session/figure.h"

#include <cogbase/duration.h>

#include <stdio.h>

enum { SECOND_MS = 1000, SETTLING_MS = 500 };

int64_t scn_pace_rate(size_t count, int64_t elapsed_ms)
{
    return (int64_t)count * SECOND_MS / (elapsed_ms > 0 ? elapsed_ms : 1);
}

const char *scn_pace_format(const struct scn_pace *pace, size_t done_count, size_t total_count,
                            int64_t now_ms, char buffer[SCN_PACE_SIZE])
{
    char rate[SCN_FIGURE_SIZE];
    char left[COG_DURATION_TEXT_SIZE];
    const int64_t elapsed_ms = now_ms - pace->begin_ms;
    const size_t count = done_count > pace->begin_count ? done_count - pace->begin_count : 0;
    buffer[0] = '\0';
    /* The first few are no measure of the rest. */
    if (count == 0 || elapsed_ms < SETTLING_MS) {
        return buffer;
    }
    (void)scn_figure_format(scn_pace_rate(count, elapsed_ms), rate);
    if (total_count <= done_count) {
        (void)snprintf(buffer, SCN_PACE_SIZE, "%s a second", rate);
        return buffer;
    }
    const int64_t left_ms = (int64_t)(total_count - done_count) * elapsed_ms / (int64_t)count;
    /* Whole seconds, upwards: "0s left" would be a lie as long as something is left. */
    const int64_t left_s = (left_ms + SECOND_MS - 1) / SECOND_MS;
    (void)snprintf(buffer, SCN_PACE_SIZE, "%s a second, %s left", rate,
                   cog_duration_format(left_s * SECOND_MS, left));
    return buffer;
}
