#include "session/slowest.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdbool.h>

/* Whether `left` comes before `right` in the list. */
static bool is_before(const struct scn_outcome *left, const struct scn_outcome *right)
{
    return left->real_ms != right->real_ms ? left->real_ms > right->real_ms : left < right;
}

/* The first one behind `last`; NULL when there is none. Few are asked for: no sorting. */
static const struct scn_outcome *find_next(const struct scn_outcome *outcomes, size_t count,
                                           const struct scn_outcome *last)
{
    const struct scn_outcome *next = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct scn_outcome *outcome = &outcomes[i];
        const bool is_left = last == NULL || is_before(last, outcome);
        if (is_left && (next == NULL || is_before(outcome, next))) {
            next = outcome;
        }
    }
    return next;
}

void scn_slowest_write(FILE *stream, const struct scn_suite *suite,
                       const struct scn_outcome *outcomes, size_t count)
{
    const struct scn_outcome *outcome = NULL;
    (void)fputs("slowest, in real time:\n", stream);
    for (size_t i = 0; i < count; i++) {
        outcome = find_next(outcomes, suite->count, outcome);
        if (outcome == NULL) {
            return;
        }
        char duration[COG_DURATION_TEXT_SIZE];
        (void)fprintf(stream, "%8" PRId64 " ms  %s (%s of virtual time)\n", outcome->real_ms,
                      suite->entries[outcome - outcomes].scenario.name,
                      cog_duration_format(outcome->run.virtual_ms, duration));
    }
}
