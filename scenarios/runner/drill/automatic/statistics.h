/** What many values have in common. */
#ifndef SCN_STATISTICS_H
#define SCN_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/**
 * Each but `count` is one of the values, never one between two of them: somebody can look at the
 * run that had it. Of a single value all are that value; of none all are -1.
 */
struct scn_statistics {
    size_t count;
    int64_t median; /**< The nearest rank at 50 %: of an even number the lower of the two. */
    int64_t p95;    /**< The nearest rank at 95 %: of fewer than 20 values the maximum. */
    int64_t minimum;
    int64_t maximum;
};

enum scn_statistic {
    SCN_STATISTIC_MEDIAN,
    SCN_STATISTIC_P95,
    SCN_STATISTIC_MINIMUM,
    SCN_STATISTIC_MAXIMUM,
};

/** "median", "p95", "min", "max"; ends with NULL. */
const char *const *scn_statistic_names(void);

/** @param values are sorted; may be NULL where there is none */
struct scn_statistics scn_statistics_of(int64_t *values, size_t count);

/** -1 where there are no values. */
int64_t scn_statistics_take(const struct scn_statistics *statistics, enum scn_statistic statistic);

#endif
