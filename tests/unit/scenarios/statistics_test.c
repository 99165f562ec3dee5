/* What many values have in common. */
#include "drill/automatic/statistics.h"

#include "support/expect.h"

TestSuite(statistics, .timeout = 5.0);

enum { VALUES_MAX = 100 };

/* The numbers from 1 on, the largest first. */
static struct scn_statistics count_down(size_t count)
{
    int64_t values[VALUES_MAX];
    for (size_t i = 0; i < count; i++) {
        values[i] = (int64_t)(count - i);
    }
    return scn_statistics_of(values, count);
}

Test(statistics, take_the_nearest_rank)
{
    const struct scn_statistics statistics = count_down(100);

    EXPECT_INT(statistics.count, 100);
    EXPECT_INT(statistics.median, 50);
    EXPECT_INT(statistics.p95, 95);
    EXPECT_INT(statistics.minimum, 1);
    EXPECT_INT(statistics.maximum, 100);
}

Test(statistics, of_few_values_are_values_that_were_there)
{
    const struct {
        size_t count;
        int64_t median;
        int64_t p95;
    } rows[] = {{1, 1, 1},    {2, 1, 2},    {3, 2, 3},   {4, 2, 4},
                {19, 10, 19}, {20, 10, 19}, {21, 11, 20}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct scn_statistics statistics = count_down(rows[i].count);

        cr_expect(statistics.median == rows[i].median, "median of %zu", rows[i].count);
        cr_expect(statistics.p95 == rows[i].p95, "p95 of %zu", rows[i].count);
    }
}

Test(statistics, of_nothing_are_nothing)
{
    const struct scn_statistics statistics = scn_statistics_of(NULL, 0);

    EXPECT_INT(statistics.count, 0);
    EXPECT_INT(statistics.median, -1);
    EXPECT_INT(statistics.p95, -1);
    EXPECT_INT(statistics.minimum, -1);
    EXPECT_INT(statistics.maximum, -1);
}

Test(statistics, take_gives_what_the_name_says)
{
    const struct scn_statistics statistics = {
        .count = 9, .median = 1, .p95 = 2, .minimum = 3, .maximum = 4};
    const char *const names[] = {"median", "p95", "min", "max"};
    for (int i = 0; i < 4; i++) {
        EXPECT_STR(scn_statistic_names()[i], names[i]);
        EXPECT_INT(scn_statistics_take(&statistics, (enum scn_statistic)i), i + 1);
    }
    cr_expect(scn_statistic_names()[4] == NULL);
}
