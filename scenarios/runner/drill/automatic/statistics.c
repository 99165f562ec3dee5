#include "drill/automatic/statistics.h"

#include <stdlib.h>

enum { PER_CENT = 100, MEDIAN_RANK = 50, P95_RANK = 95 };

static const char *const names[] = {
    [SCN_STATISTIC_MEDIAN] = "median",
    [SCN_STATISTIC_P95] = "p95",
    [SCN_STATISTIC_MINIMUM] = "min",
    [SCN_STATISTIC_MAXIMUM] = "max",
    NULL,
};

const char *const *scn_statistic_names(void)
{
    return names;
}

static int compare(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left;
    const int64_t b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* The smallest that so many per cent of all do not exceed. */
static int64_t take_rank(const int64_t *sorted, size_t count, size_t per_cent)
{
    return sorted[(count * per_cent + PER_CENT - 1) / PER_CENT - 1];
}

struct scn_statistics scn_statistics_of(int64_t *values, size_t count)
{
    if (count == 0) {
        return (struct scn_statistics){.median = -1, .p95 = -1, .minimum = -1, .maximum = -1};
    }
    qsort(values, count, sizeof *values, compare);
    return (struct scn_statistics){
        .count = count,
        .median = take_rank(values, count, MEDIAN_RANK),
        .p95 = take_rank(values, count, P95_RANK),
        .minimum = values[0],
        .maximum = values[count - 1],
    };
}

int64_t scn_statistics_take(const struct scn_statistics *statistics, enum scn_statistic statistic)
{
    switch (statistic) {
    case SCN_STATISTIC_MEDIAN:
        return statistics->median;
    case SCN_STATISTIC_P95:
        return statistics->p95;
    case SCN_STATISTIC_MINIMUM:
        return statistics->minimum;
    case SCN_STATISTIC_MAXIMUM:
        return statistics->maximum;
    }
    return -1;
}
