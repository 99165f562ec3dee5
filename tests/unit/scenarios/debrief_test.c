/* What people say after a drill. */
#include "drill/guided/debrief.h"
#include "support/expect.h"

#include <unistd.h>

TestSuite(debrief, .timeout = 5.0);

static void expect_action(const char *line, const struct scn_drill_action *expected)
{
    COG_CLEANUP(scn_debrief_finish) struct scn_debrief debrief = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_debrief_add_action(&debrief, line, &error), COG_OK, error);
    EXPECT_STR(debrief.actions[0].text, expected->text);
    EXPECT_STR(debrief.actions[0].owner, expected->owner);
    EXPECT_STR(debrief.actions[0].due, expected->due);
}

static void expect_refused(const char *line, const char *part)
{
    COG_CLEANUP(scn_debrief_finish) struct scn_debrief debrief = {0};
    struct cog_error error = {0};
    EXPECT_INT(scn_debrief_add_action(&debrief, line, &error), COG_ERROR_CONFIGURATION);
    EXPECT_CONTAINS(error.message, part);
    EXPECT_INT(debrief.action_count, 0);
}

Test(debrief, splits_an_action_at_semicolons)
{
    const struct scn_drill_action expected = {"write it down", "Ann Lee", "2026-12-24"};

    expect_action("write it down ; Ann Lee;2026-12-24 ", &expected);
}

Test(debrief, leaves_open_who_and_when)
{
    const struct scn_drill_action expected = {"write it down", "", ""};

    expect_action("write it down", &expected);
    expect_action("write it down;;", &expected);
}

Test(debrief, knows_the_days_of_a_month)
{
    const struct scn_drill_action leap = {"a", "b", "2028-02-29"};

    expect_action("a;b;2028-02-29", &leap);
    expect_refused("a;b;2027-02-29", "expected a date such as 2026-12-31");
    expect_refused("a;b;24.12.2026", "expected a date such as 2026-12-31");
    expect_refused("a;b;2026-12-24T", "expected a date such as 2026-12-31");
}

Test(debrief, refuses_what_is_no_action)
{
    expect_refused("", "expected an action as 'TEXT; OWNER; DATE'");
    expect_refused("; Ann; 2026-12-24", "expected an action as 'TEXT; OWNER; DATE'");
    expect_refused("a; b; 2026-12-24; c", "expected an action as 'TEXT; OWNER; DATE'");
}

Test(debrief, has_an_end)
{
    COG_CLEANUP(scn_debrief_finish) struct scn_debrief debrief = {0};
    struct cog_error error = {0};
    for (int i = 0; i < SCN_DEBRIEF_MAX; i++) {
        ASSERT_CODE(scn_debrief_add_surprise(&debrief, "a", &error), COG_OK, error);
    }

    EXPECT_INT(scn_debrief_add_surprise(&debrief, "a", &error), COG_ERROR_CONFIGURATION);
}

/* Asks somebody who has typed all of it already. */
static void ask(const char *typed, struct scn_debrief *debrief)
{
    struct cog_error error = {0};
    int ends[2];
    cr_assert(pipe(ends) == 0);
    cr_assert(write(ends[1], typed, strlen(typed)) == (ssize_t)strlen(typed));
    (void)close(ends[1]);
    struct scn_line_reader reader = {.descriptor = ends[0], .interrupt_descriptor = -1};
    FILE *stream = fopen("/dev/null", "w");
    cr_assert(stream != NULL);
    ASSERT_CODE(scn_debrief_ask(debrief, &reader, stream, &error), COG_OK, error);
    (void)fclose(stream);
    (void)close(ends[0]);
}

Test(debrief, asks_until_an_empty_line)
{
    COG_CLEANUP(scn_debrief_finish) struct scn_debrief debrief = {0};

    ask("the lock\nthe hook\n\nfix it; Ann; 2026-12-24\n\nnot asked for\n", &debrief);

    EXPECT_INT(debrief.surprise_count, 2);
    EXPECT_INT(debrief.action_count, 1);
}

Test(debrief, asks_again_for_what_is_wrong)
{
    COG_CLEANUP(scn_debrief_finish) struct scn_debrief debrief = {0};

    ask("\nfix it; Ann; tomorrow\nfix it; Ann; 2026-12-24\n", &debrief);

    EXPECT_INT(debrief.action_count, 1);
    EXPECT_STR(debrief.actions[0].due, "2026-12-24");
}

Test(debrief, keeps_what_was_said_when_the_terminal_goes)
{
    COG_CLEANUP(scn_debrief_finish) struct scn_debrief debrief = {0};

    ask("the lock", &debrief);

    EXPECT_INT(debrief.surprise_count, 1);
    EXPECT_STR(debrief.surprises[0], "the lock");
}
