/* What came of points, on its way between processes, and added up. */
#include "torture/toll.h"

#include "support/expect.h"

#include <stdlib.h>

TestSuite(toll, .timeout = 5.0);

static struct scn_point parse(const char *text)
{
    struct scn_point point = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_point_parse(text, &point, &error), COG_OK, error);
    return point;
}

/* A point that was reached, with what was found there. */
static void add(struct scn_toll *toll, const char *name, enum scn_result result, const char *check)
{
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    const struct scn_point point = parse(name);
    if (result != SCN_PASS) {
        scn_findings_append(&findings, result, check, "at %s", name);
    }
    struct scn_ordeal ordeal = {.is_reached = true, .findings = findings};
    scn_toll_add(toll, &point, &ordeal);
}

Test(toll, comes_out_as_it_went_in)
{
    COG_CLEANUP(scn_toll_finish) struct scn_toll sent = {0};
    COG_CLEANUP(scn_toll_finish) struct scn_toll got = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    add(&sent, "memory 1", SCN_PASS, "");
    add(&sent, "memory 2", SCN_FAIL, "I3");
    sent.record = strdup("{}");

    scn_toll_format(&sent, &text);
    ASSERT_CODE(scn_toll_parse(text.bytes, text.length, &got, &error), COG_OK, error);

    EXPECT_INT(got.point_count, 2);
    EXPECT_INT(got.harm_count, 1);
    EXPECT_INT(got.harms[0].point.at, 2);
    EXPECT_STR(got.harms[0].finding.subject, "I3");
    EXPECT_STR(got.harms[0].finding.text, "at memory 2");
    EXPECT_STR(got.record, "{}");
}

Test(toll, parse_refuses_what_is_none)
{
    COG_CLEANUP(scn_toll_finish) struct scn_toll sent = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    add(&sent, "memory 2", SCN_FAIL, "I3");
    scn_toll_format(&sent, &text);
    for (size_t length = 0; length < text.length; length++) {
        COG_CLEANUP(scn_toll_finish) struct scn_toll got = {0};
        struct cog_error error = {0};

        enum cog_code code = scn_toll_parse(text.bytes, length, &got, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%zu bytes were accepted", length);
    }
}

Test(toll, of_many_is_in_the_order_of_the_points)
{
    COG_CLEANUP(scn_toll_finish) struct scn_toll first = {0};
    COG_CLEANUP(scn_toll_finish) struct scn_toll second = {0};
    add(&first, "kill after_request 3 again 2", SCN_FAIL, "I3");
    add(&first, "kill after_request 12 again 1", SCN_INCONCLUSIVE, "I13");
    add(&second, "kill after_request 3 again 1", SCN_FAIL, "I1");
    add(&second, "kill after_request 2 again 9", SCN_FAIL, "I3");

    scn_toll_merge(&first, &second);
    scn_toll_sort(&first);

    static const int places[][2] = {{2, 9}, {3, 1}, {3, 2}, {12, 1}};
    EXPECT_INT(first.point_count, 4);
    EXPECT_INT(second.harm_count, 0);
    cr_assert(first.harm_count == 4);
    for (size_t i = 0; i < 4; i++) {
        EXPECT_INT(first.harms[i].point.at, places[i][0]);
        EXPECT_INT(first.harms[i].point.again, places[i][1]);
    }
}

Test(toll, verdict_is_that_of_the_worst_point)
{
    COG_CLEANUP(scn_toll_finish) struct scn_toll toll = {0};
    EXPECT_INT(scn_toll_verdict(&toll), SCN_PASS);
    add(&toll, "memory 1", SCN_PASS, "");
    EXPECT_INT(scn_toll_verdict(&toll), SCN_PASS);
    add(&toll, "memory 2", SCN_INCONCLUSIVE, "I13");
    EXPECT_INT(scn_toll_verdict(&toll), SCN_INCONCLUSIVE);
    add(&toll, "memory 3", SCN_FAIL, "I3");
    EXPECT_INT(scn_toll_verdict(&toll), SCN_FAIL);
}
