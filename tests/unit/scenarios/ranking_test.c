/* Discoveries in groups of what is likely one fault, the gravest first. */
#include "explore/report/ranking.h"
#include "explored.h"
#include "support/expect.h"

TestSuite(ranking, .timeout = 5.0);

static void expect_ranked(const struct scn_exploration *exploration, const char *const *checks)
{
    COG_CLEANUP(scn_ranking_finish) struct scn_ranking ranking = {0};
    cr_assert(scn_ranking_make(exploration, &ranking) == COG_OK);
    size_t count = 0;
    for (; checks[count] != NULL; count++) {
        cr_assert(count < ranking.count, "%s is missing", checks[count]);
        EXPECT_STR(ranking.groups[count].finding->subject, checks[count]);
    }
    EXPECT_INT(ranking.count, count);
}

Test(ranking, puts_harm_before_what_tells_of_it_and_that_before_the_rest)
{
    static const char *const given[] = {"I8", "I3", "repeat", "I5", "I17", "I4", "I2", "I1"};
    static const char *const expected[] = {"I1", "I2",     "I4",  "I5", "I3",
                                           "I8", "repeat", "I17", NULL};
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    explored_init_clean(&exploration);
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        explored_fail(&exploration, 1, given[i], "it broke");
    }

    expect_ranked(&exploration, expected);
}

Test(ranking, of_equals_puts_those_with_fewer_faults_first_and_then_what_came_oftener)
{
    static const char *const expected[] = {"I9", "I10", "I7", NULL};
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    explored_init_clean(&exploration);
    explored_fail(&exploration, 2, "I7", "it broke");
    explored_fail(&exploration, 2, "I7", "it broke");
    explored_fail(&exploration, 2, "I7", "it broke");
    explored_fail(&exploration, 1, "I10", "it broke");
    explored_fail(&exploration, 1, "I9", "it broke");
    explored_fail(&exploration, 1, "I9", "it broke");

    expect_ranked(&exploration, expected);
}

Test(ranking, takes_findings_for_one_that_differ_in_numbers_names_and_times)
{
    static const struct {
        const char *left;
        const char *right;
        size_t count;
    } rows[] = {
        {"status#4/a1 came 12 ms early", "status#17/a2 came 3 ms early", 1},
        {"status#4/a1 came early", "health#4/a1 came early", 2},
        {"deployment 'job-1' failed", "deployment 'f81d4fae-7dec-11d0' failed", 1},
        {"it ended at 1m30s.", "it ended at 2.5s.", 1},
        {"exit 0, and the job is 'failed'", "exit 6, and the job is 'failed'", 1},
        {"the job is 'failed'", "the job is 'running'", 2},
        {"2026-11-23T10:00:05Z is over", "2025-01-02T11:22:33Z is over", 1},
        {"é 1 — ü", "é 2 — ü", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
        COG_CLEANUP(scn_ranking_finish) struct scn_ranking ranking = {0};
        explored_init_clean(&exploration);
        explored_fail(&exploration, 1, "I8", rows[i].left);
        explored_fail(&exploration, 1, "I8", rows[i].right);

        cr_assert(scn_ranking_make(&exploration, &ranking) == COG_OK);

        cr_expect(ranking.count == rows[i].count, "%s", rows[i].left);
    }
}

Test(ranking, says_a_group_without_what_differs)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    COG_CLEANUP(scn_ranking_finish) struct scn_ranking ranking = {0};
    explored_init_clean(&exploration);
    explored_fail(&exploration, 1, "I8", "status#4/a1 came 12 ms after 'job-1', see section 5.");

    cr_assert(scn_ranking_make(&exploration, &ranking) == COG_OK);

    EXPECT_STR(ranking.groups[0].text, "status#N/N came N ms after 'N', see section N.");
}

Test(ranking, shows_the_first_discovery_with_the_fewest_faults)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    COG_CLEANUP(scn_ranking_finish) struct scn_ranking ranking = {0};
    explored_init_clean(&exploration);
    explored_fail(&exploration, 2, "I1", "2 were applied");
    explored_fail(&exploration, 1, "I1", "3 were applied");
    explored_fail(&exploration, 1, "I1", "4 were applied");

    cr_assert(scn_ranking_make(&exploration, &ranking) == COG_OK);

    EXPECT_INT(ranking.count, 1);
    EXPECT_INT(ranking.groups[0].count, 3);
    EXPECT_INT(ranking.groups[0].smallest_index, 1);
    EXPECT_INT(ranking.groups[0].fault_count, 1);
    EXPECT_STR(ranking.groups[0].finding->text, "3 were applied");
}

Test(ranking, goes_by_the_gravest_finding_and_by_failures_first)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    explored_init_clean(&exploration);
    explored_fail(&exploration, 1, "I8", "too early");
    struct scn_findings *findings = &exploration.discoveries[0].findings;

    scn_findings_append(findings, SCN_INCONCLUSIVE, "I1", "nobody knows");
    EXPECT_STR(scn_discovery_gravest(&exploration.discoveries[0])->subject, "I8");
    scn_findings_append(findings, SCN_FAIL, "I3", "not rolled back");
    EXPECT_STR(scn_discovery_gravest(&exploration.discoveries[0])->subject, "I3");
    scn_findings_append(findings, SCN_FAIL, "I2", "with sessions");
    EXPECT_STR(scn_discovery_gravest(&exploration.discoveries[0])->subject, "I2");
}
