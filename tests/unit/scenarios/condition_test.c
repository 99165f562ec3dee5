/* What a team does not want the figures of a drill to be. */
#include "drill/automatic/condition.h"

#include "support/expect.h"

TestSuite(condition, .timeout = 5.0);

Test(condition, parse_reads_figure_statistic_operator_and_value)
{
    struct scn_condition condition = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_condition_parse("recover.p95 > 90s", &condition, &error), COG_OK, error);

    cr_expect(!condition.is_score);
    EXPECT_INT(condition.figure, SCN_FIGURE_RECOVER);
    EXPECT_INT(condition.statistic, SCN_STATISTIC_P95);
    EXPECT_INT(condition.comparison, SCN_COMPARISON_MORE);
    EXPECT_INT(condition.value, 90000);
    EXPECT_STR(condition.text, "recover.p95 > 90s");
}

Test(condition, parse_needs_no_spaces)
{
    const char *const texts[] = {"steps.max>=3", " steps.max >= 3 ", "steps . max>= 3"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct scn_condition condition = {0};
        struct cog_error error = {0};

        ASSERT_CODE(scn_condition_parse(texts[i], &condition, &error), COG_OK, error);

        EXPECT_INT(condition.figure, SCN_FIGURE_STEPS);
        EXPECT_INT(condition.statistic, SCN_STATISTIC_MAXIMUM);
        EXPECT_INT(condition.comparison, SCN_COMPARISON_AT_LEAST);
        EXPECT_INT(condition.value, 3);
    }
}

Test(condition, parse_takes_the_score_as_a_number)
{
    struct scn_condition condition = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_condition_parse("score.median < 90", &condition, &error), COG_OK, error);

    cr_expect(condition.is_score);
    cr_expect(!scn_condition_is_duration(&condition));
    EXPECT_INT(condition.value, 90);
}

Test(condition, parse_says_what_was_expected)
{
    const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"", "expected FIGURE.STATISTIC OPERATOR VALUE, as 'recover.p95 > 90s'"},
        {"recover > 90s", "expected FIGURE.STATISTIC OPERATOR VALUE"},
        {"recover.p95", "expected FIGURE.STATISTIC OPERATOR VALUE"},
        {"recover.p95 >", "expected FIGURE.STATISTIC OPERATOR VALUE"},
        {"> 1.5s", "expected FIGURE.STATISTIC OPERATOR VALUE"},
        {"a-figure-with-a-name-that-has-no-end-at-all.p95 > 1s", "expected FIGURE.STATISTIC"},
        {"recovery.p95 > 90s", "unknown figure 'recovery', expected one of detect, decide,"
                               " mitigate, recover, exposure, steps, score"},
        {"recover.p99 > 90s", "unknown statistic 'p99', expected one of median, p95, min, max"},
        {"recover.p95 => 90s", "unknown operator '=>', expected one of <, <=, >, >=, =="},
        {"recover.p95 = 90s", "unknown operator '='"},
        {"recover.p95 != 90s", "unknown operator '!='"},
        {"recover.p95 > 90", "'90' is no duration: 'recover' is one, as '90s' or '2m'"},
        {"score.min < 9s", "'score' is held against '9s': expected a whole number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_condition condition = {.value = 17};
        struct cog_error error = {0};

        ASSERT_CODE(scn_condition_parse(rows[i].text, &condition, &error), COG_ERROR_SYNTAX, error);

        EXPECT_CONTAINS(error.message, rows[i].message);
        EXPECT_INT(condition.value, 17); /* A failure leaves it alone. */
    }
}

Test(condition, is_met_at_its_limit_where_it_includes_it)
{
    const struct {
        const char *text;
        bool below;
        bool at;
        bool above;
    } rows[] = {
        {"score.min < 5", true, false, false},  {"score.min <= 5", true, true, false},
        {"score.min > 5", false, false, true},  {"score.min >= 5", false, true, true},
        {"score.min == 5", false, true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_condition condition = {0};
        struct cog_error error = {0};
        ASSERT_CODE(scn_condition_parse(rows[i].text, &condition, &error), COG_OK, error);

        cr_expect(scn_condition_is_met(&condition, 4) == rows[i].below, "%s", rows[i].text);
        cr_expect(scn_condition_is_met(&condition, 5) == rows[i].at, "%s", rows[i].text);
        cr_expect(scn_condition_is_met(&condition, 6) == rows[i].above, "%s", rows[i].text);
    }
}
