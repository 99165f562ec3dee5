#include "drill/history/overdue.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(overdue, .timeout = 5.0);

static const int64_t DAY_MS = INT64_C(86400000);
static const int64_t NOW_UNIX_MS = INT64_C(1764590400000);

static struct scn_history_entry make_entry(const char *id, const char *verdict, int days_ago)
{
    return (struct scn_history_entry){
        .id = id,
        .mode = "automatic",
        .verdict = verdict,
        .held_unix_ms = NOW_UNIX_MS - days_ago * DAY_MS,
    };
}

/* Whether "a" is due after 90 days. */
static struct scn_due_finding ask(struct scn_history_entry *entries, size_t count, const char *mode)
{
    const struct scn_history history = {.entries = entries, .count = count};
    const struct scn_due_rule rule = {
        .age_ms_max = 90 * DAY_MS, .now_unix_ms = NOW_UNIX_MS, .mode = mode};
    return scn_overdue_ask(&history, "a", &rule);
}

Test(overdue, is_a_drill_that_was_never_rehearsed)
{
    struct scn_history_entry entries[] = {make_entry("b", "pass", 1)};

    EXPECT_INT(ask(entries, 1, NULL).due, SCN_DUE_NEVER);
}

Test(overdue, is_not_what_passed_on_the_last_day_of_the_age)
{
    struct scn_history_entry entries[] = {make_entry("a", "pass", 90)};

    EXPECT_INT(ask(entries, 1, NULL).due, SCN_DUE_NOT);
}

Test(overdue, is_what_passed_a_moment_before_that)
{
    struct scn_history_entry entries[] = {make_entry("a", "pass", 90)};
    entries[0].held_unix_ms -= 1;

    EXPECT_INT(ask(entries, 1, NULL).due, SCN_DUE_OLD);
}

Test(overdue, is_what_has_only_failed)
{
    struct scn_history_entry entries[] = {make_entry("a", "fail", 2),
                                          make_entry("a", "inconclusive", 1)};

    EXPECT_INT(ask(entries, 2, NULL).due, SCN_DUE_FAILED);
}

Test(overdue, counts_from_the_newest_that_passed)
{
    struct scn_history_entry entries[] = {make_entry("a", "pass", 200), make_entry("a", "pass", 30),
                                          make_entry("a", "pass", 100), make_entry("a", "fail", 1)};

    const struct scn_due_finding finding = ask(entries, 4, NULL);

    EXPECT_INT(finding.due, SCN_DUE_NOT);
    EXPECT_INT(finding.age_ms, 30 * DAY_MS);
    EXPECT_STR(finding.last->verdict, "fail");
}

Test(overdue, is_what_was_held_in_another_mode)
{
    struct scn_history_entry entries[] = {make_entry("a", "pass", 1)};

    EXPECT_INT(ask(entries, 1, "guided").due, SCN_DUE_NEVER);
    EXPECT_INT(ask(entries, 1, "automatic").due, SCN_DUE_NOT);
}

Test(overdue, believes_no_rehearsal_of_the_future)
{
    struct scn_history_entry entries[] = {make_entry("a", "pass", -2)};

    EXPECT_INT(ask(entries, 1, NULL).due, SCN_DUE_NEVER);
}

Test(overdue, forgives_clocks_that_differ_by_hours)
{
    struct scn_history_entry entries[] = {make_entry("a", "pass", 0)};
    entries[0].held_unix_ms += DAY_MS / 4;

    EXPECT_INT(ask(entries, 1, NULL).due, SCN_DUE_NOT);
    EXPECT_INT(ask(entries, 1, NULL).age_ms, 0);
}
