/* A guided drill as lines. */
#include "drill/guided/plain.h"
#include "support/expect.h"

TestSuite(plain, .timeout = 5.0);

static struct scn_conductor_status make_status(void)
{
    return (struct scn_conductor_status){
        .t0_ms = -1,
        .target_before = "aa",
        .target_now = "aa",
        .job_id = "",
        .job_status = "",
        .sessions = -1,
        .notice = "",
        .abort_reason = "",
    };
}

static void expect_told(struct scn_plain *plain, const struct scn_conductor_status *status,
                        const char *expected)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_plain_append(plain, status, &text);
    EXPECT_STR(cog_text_string(&text), expected);
}

Test(plain, tells_nothing_where_nothing_has_changed)
{
    struct scn_plain plain = {0};
    struct scn_conductor_status status = make_status();

    expect_told(&plain, &status, "");
    status.now_ms = 60000;
    expect_told(&plain, &status, "");
}

Test(plain, tells_each_status_of_a_job_once)
{
    struct scn_plain plain = {0};
    struct scn_conductor_status status = make_status();
    status.job_id = "job-1";
    status.job_status = "running";
    status.job_progress = 12;

    expect_told(&plain, &status, "   0:00  job job-1: running, 12 %\n");
    status.job_progress = 19;
    expect_told(&plain, &status, "");
    status.job_progress = 20;
    expect_told(&plain, &status, "   0:00  job job-1: running, 20 %\n");
}

Test(plain, tells_a_command_when_it_begins_and_when_it_ends)
{
    struct scn_plain plain = {0};
    struct scn_conductor_status status = make_status();
    struct scn_typed typed = {.at_ms = 1000, .until_ms = -1, .exit_code = -1, .line = "cogpromote"};
    status.typed = &typed;
    status.typed_count = 1;

    expect_told(&plain, &status, "   0:01  typed: cogpromote\n");
    typed.until_ms = 2000;
    typed.exit_code = 6;
    expect_told(&plain, &status, "   0:02  exit 6: cogpromote\n");
    expect_told(&plain, &status, "");
}

Test(plain, tells_the_fault_once_it_is_known)
{
    struct scn_plain plain = {0};
    struct scn_conductor_status status = make_status();
    status.now_ms = 65000;
    status.t0_ms = 62000;

    expect_told(&plain, &status, "   1:05  something is wrong since 1:02\n");
    expect_told(&plain, &status, "");
}

Test(plain, tells_when_the_target_changes_and_is_restored)
{
    struct scn_plain plain = {0};
    struct scn_conductor_status status = make_status();
    status.target_now = "bb";

    expect_told(&plain, &status, "   0:00  target: its content is not as before\n");
    status.target_now = "aa";
    expect_told(&plain, &status, "   0:00  target: its content is as before\n");
}

Test(plain, tells_why_it_was_aborted)
{
    struct scn_plain plain = {0};
    struct scn_conductor_status status = make_status();
    status.phase = SCN_PHASE_ABORTED;
    status.abort_reason = "the time is up";

    expect_told(&plain, &status, "   0:00  aborted: the time is up\n");
}

Test(plain, takes_words_and_first_letters_for_orders)
{
    enum scn_order order = SCN_ORDER_HINT;

    cr_expect(scn_plain_parse_order("done", &order));
    EXPECT_INT(order, SCN_ORDER_DONE);
    cr_expect(scn_plain_parse_order("a", &order));
    EXPECT_INT(order, SCN_ORDER_ABORT);
    cr_expect(!scn_plain_parse_order("don", &order));
    cr_expect(!scn_plain_parse_order("", &order));
}
