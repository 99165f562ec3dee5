#include "program/drills_arguments.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(drills_arguments, .timeout = 5.0);

enum { WORDS_MAX = 16 };

/* @param line the words behind the verb; ends with NULL */
static enum cog_code parse(const char *const *line, struct scn_drills_arguments *out_arguments,
                           struct cog_error *error)
{
    static const char *words[WORDS_MAX];
    char verb[] = "drills";
    char *arguments[WORDS_MAX] = {verb};
    int count = 1;
    while (line[count - 1] != NULL) {
        arguments[count] = (char *)line[count - 1];
        count++;
    }
    return scn_drills_arguments_parse(count, arguments, words, out_arguments, error);
}

static void expect_refused(const char *const *line, const char *expected)
{
    struct scn_drills_arguments arguments = {0};
    struct cog_error error = {0};

    cr_expect(parse(line, &arguments, &error) != COG_OK, "expected '%s'", expected);

    EXPECT_STR(error.message, expected);
}

Test(drills_arguments, know_what_is_asked_of_one_drill)
{
    struct scn_drills_arguments arguments = {0};
    struct cog_error error = {0};
    const char *const line[] = {"show", "job_fails", "--seq=3", "--json", "--history", "h", NULL};

    ASSERT_CODE(parse(line, &arguments, &error), COG_OK, error);

    EXPECT_INT(arguments.action, SCN_DRILLS_SHOW);
    EXPECT_STR(arguments.words[0], "job_fails");
    EXPECT_INT(arguments.word_count, 1);
    EXPECT_INT(arguments.sequence, 3);
    cr_expect(arguments.is_json);
    EXPECT_STR(arguments.history_path, "h");
}

Test(drills_arguments, know_what_is_due)
{
    struct scn_drills_arguments arguments = {0};
    struct cog_error error = {0};
    const char *const line[] = {"overdue", "--max-age", "90d", "--mode=guided", "a", "b", NULL};

    ASSERT_CODE(parse(line, &arguments, &error), COG_OK, error);

    EXPECT_INT(arguments.age_ms_max, INT64_C(90) * 86400000);
    EXPECT_STR(arguments.mode, "guided");
    EXPECT_INT(arguments.word_count, 2);
}

Test(drills_arguments, ask_for_the_last_rehearsal_unless_told_otherwise)
{
    struct scn_drills_arguments arguments = {0};
    struct cog_error error = {0};
    const char *const line[] = {"show", "job_fails", NULL};

    ASSERT_CODE(parse(line, &arguments, &error), COG_OK, error);

    EXPECT_INT(arguments.sequence, -1);
}

Test(drills_arguments, name_what_stands_near_a_wrong_word)
{
    expect_refused((const char *const[]){"lst", NULL},
                   "drills: unknown word 'lst'; did you mean 'list'?");
}

Test(drills_arguments, have_to_say_what_is_wanted)
{
    expect_refused((const char *const[]){NULL},
                   "drills: expected list, show, trend, overdue, verify or new");
}

Test(drills_arguments, have_a_drill_where_one_is_needed)
{
    expect_refused(
        (const char *const[]){"trend", NULL},
        "drills trend: expected the id of one drill, as 'cogdrill drills list' has them");
    expect_refused((const char *const[]){"show", "a", "b", NULL},
                   "drills show: expected the id of one drill, as 'cogdrill drills list' has them");
}

Test(drills_arguments, have_an_age_where_one_is_needed)
{
    expect_refused((const char *const[]){"overdue", NULL},
                   "drills overdue: expected --max-age, as '--max-age 90d'");
}

Test(drills_arguments, refuse_an_age_of_nothing)
{
    expect_refused((const char *const[]){"overdue", "--max-age", "0", NULL},
                   "--max-age: expected more than nothing, as '90d'");
}

Test(drills_arguments, refuse_another_ones_flag)
{
    expect_refused((const char *const[]){"list", "--max-age", "90d", NULL},
                   "--max-age belongs to 'drills overdue'");
    expect_refused((const char *const[]){"verify", "--names", NULL},
                   "--names belongs to 'drills list'");
}

Test(drills_arguments, refuse_a_mode_without_a_report)
{
    expect_refused((const char *const[]){"overdue", "--max-age=1d", "--mode=tabletop", NULL},
                   "--mode: expected 'automatic' or 'guided', not 'tabletop'");
}
