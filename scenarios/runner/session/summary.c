#include "session/summary.h"

#include "session/figure.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum {
    NUMBER_SIZE = 32,
    SECOND_MS = 1000,
};

/* To two digits: more would claim a precision that the real clock does not have. */
static int64_t round_factor(int64_t factor)
{
    int64_t unit = 1;
    while (factor / unit >= 100) {
        unit *= 10;
    }
    return factor / unit * unit;
}

/* ", 3 not run", when there are any. */
static const char *format_skipped(size_t count, char buffer[NUMBER_SIZE])
{
    (void)snprintf(buffer, NUMBER_SIZE, ", %zu not run", count);
    return count > 0 ? buffer : "";
}

const char *scn_summary_format(const struct scn_summary *summary, char buffer[SCN_SUMMARY_SIZE])
{
    char duration[COG_DURATION_TEXT_SIZE];
    char factor[SCN_FIGURE_SIZE];
    char skipped[NUMBER_SIZE];
    const int64_t real_ms = summary->real_ms > 0 ? summary->real_ms : 1;
    /* Whole seconds: nobody reads the milliseconds of some hours. */
    const int64_t virtual_ms = summary->virtual_ms >= SECOND_MS
                                   ? summary->virtual_ms / SECOND_MS * SECOND_MS
                                   : summary->virtual_ms;
    (void)snprintf(
        buffer, SCN_SUMMARY_SIZE,
        "%zu passed, %zu failed, %zu inconclusive%s; %s of virtual time in %" PRId64 ".%02" PRId64
        " s: %s times faster",
        summary->counts[SCN_PASS], summary->counts[SCN_FAIL], summary->counts[SCN_INCONCLUSIVE],
        format_skipped(summary->skipped_count, skipped), cog_duration_format(virtual_ms, duration),
        real_ms / SECOND_MS, real_ms % SECOND_MS / 10,
        scn_figure_format(round_factor(summary->virtual_ms / real_ms), factor));
    return buffer;
}
