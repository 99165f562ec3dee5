#include "course.h"

#include "support/expect.h"

#include <cogbase/json.h>

#include <stdio.h>
#include <string.h>

TestSuite(course, .timeout = 5.0);

static const struct cog_promotion_request REQUEST = {
    .source_environment_id = "env-a",
    .target_environment_id = "env-b",
    .platform_version = "v1.18.0",
};

/** Where a run stood, and where it goes on. */
struct row {
    const char *name;
    enum cog_state state;
    enum cog_state last_state; /* When `state` is the end. */
    bool is_promote_open;
    bool has_job;
    bool is_by_hand;
    enum cog_state expected;
};

static struct cog_course course_from(const struct row *row)
{
    struct cog_course course = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_course_init(&REQUEST, "https://x", &course, &error), COG_OK, error);
    course.state = row->state;
    course.last_state = row->last_state;
    course.promote_is_open = row->is_promote_open;
    course.is_by_hand = row->is_by_hand;
    course.is_closed = row->state == COG_STATE_END;
    course.is_audited = row->state == COG_STATE_END;
    if (row->has_job) {
        (void)snprintf(course.report.job_id, sizeof course.report.job_id, "job-1");
    }
    return course;
}

Test(course, goes_on_in_the_state_that_finds_out_what_became_of_the_last_one)
{
    static const struct row rows[] = {
        {"nothing was sent", COG_STATE_CHECK, 0, false, false, false, COG_STATE_AUTHENTICATE},
        {"waited for sessions", COG_STATE_END, COG_STATE_DRAIN, false, false, false,
         COG_STATE_AUTHENTICATE},
        {"a promotion that waits for sessions", COG_STATE_PROMOTE, 0, false, false, false,
         COG_STATE_AUTHENTICATE},
        {"about to promote", COG_STATE_PROMOTE, 0, true, false, false, COG_STATE_SETTLE},
        {"the answer was lost", COG_STATE_SETTLE, 0, true, false, false, COG_STATE_SETTLE},
        {"could not be settled", COG_STATE_END, COG_STATE_SETTLE, true, false, false,
         COG_STATE_SETTLE},
        {"accepted", COG_STATE_PROMOTE, 0, false, true, false, COG_STATE_FOLLOW},
        {"found by reading back", COG_STATE_SETTLE, 0, false, true, false, COG_STATE_FOLLOW},
        {"followed", COG_STATE_FOLLOW, 0, false, true, false, COG_STATE_FOLLOW},
        {"left by a signal", COG_STATE_END, COG_STATE_FOLLOW, false, true, false, COG_STATE_FOLLOW},
        {"verified", COG_STATE_VERIFY, 0, false, true, false, COG_STATE_VERIFY},
        {"stopped", COG_STATE_STOP, 0, false, true, false, COG_STATE_STOP},
        {"rolled back", COG_STATE_ROLL_BACK, 0, false, true, false, COG_STATE_ROLL_BACK},
        {"followed back", COG_STATE_FOLLOW_ROLLBACK, 0, false, true, false,
         COG_STATE_FOLLOW_ROLLBACK},
        {"verified again", COG_STATE_VERIFY_RESTORED, 0, false, true, false,
         COG_STATE_VERIFY_RESTORED},
        {"by hand, before the lock", COG_STATE_AUTHENTICATE, 0, false, true, true,
         COG_STATE_AUTHENTICATE},
        {"by hand, looking", COG_STATE_INSPECT, 0, false, true, true, COG_STATE_INSPECT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_course course = course_from(&rows[i]);

        cog_course_reopen(&course);

        cr_expect(course.state == rows[i].expected, "%s: %s", rows[i].name,
                  cog_state_key(course.state));
        cr_expect(!course.is_closed, "%s", rows[i].name);
    }
}

Test(course, that_begins_anew_keeps_the_key_that_nobody_refused)
{
    const struct row row = {.state = COG_STATE_END, .last_state = COG_STATE_SETTLE};
    struct cog_course course = course_from(&row);
    (void)snprintf(course.promote_key, COG_UUID_SIZE, "key-1");
    course.promote_count = 1;

    cog_course_reopen(&course);

    EXPECT_INT(course.state, COG_STATE_AUTHENTICATE);
    EXPECT_STR(course.promote_key, "key-1");
    EXPECT_INT(course.promote_count, 1);
}

Test(course, keeps_an_ending_whose_record_may_be_missing)
{
    const struct row row = {.state = COG_STATE_END, .last_state = COG_STATE_VERIFY};
    struct cog_course course = course_from(&row);
    course.is_closed = false;
    course.report.outcome = COG_OUTCOME_PARITY_LOW;

    cog_course_reopen(&course);

    EXPECT_INT(course.state, COG_STATE_END);
    EXPECT_INT(course.report.outcome, COG_OUTCOME_PARITY_LOW);
}

Test(course, is_read_from_a_journal_of_before_there_was_all_of_it)
{
    const struct row row = {.state = COG_STATE_FOLLOW, .has_job = true};
    const struct cog_course course = course_from(&row);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    size_t seal_offset = 0;
    cog_course_format(&course, "progress", 1700000000000, &text, &seal_offset);
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_Parse(cog_text_string(&text));
    cJSON *run = cJSON_GetObjectItem(record, "run");
    cJSON_DeleteItemFromObject(run, "is_decided");
    cJSON_DeleteItemFromObject(run, "promote_refusal");
    cJSON_DeleteItemFromObject(run, "successor");
    struct cog_course read = {0};
    const char *event = NULL;
    int64_t at_unix_ms = 0;
    struct cog_error error = {0};

    enum cog_code code = cog_course_parse(record, &read, &event, &at_unix_ms, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(read.state, COG_STATE_FOLLOW);
    EXPECT_INT(read.is_decided, false);
    EXPECT_INT(read.promote_refusal, COG_OK);
    EXPECT_STR(read.successor, "");
}

Test(course, looks_again_for_a_promotion_that_was_absent_and_may_be_late)
{
    const struct row row = {.state = COG_STATE_PROMOTE};
    struct cog_course course = course_from(&row);
    course.promote_count = 1;

    cog_course_reopen(&course);

    EXPECT_INT(course.state, COG_STATE_SETTLE);
}

Test(course, keeps_what_was_decided_where_it_was_decided)
{
    static const struct row rows[] = {
        {.state = COG_STATE_PROMOTE},
        {.state = COG_STATE_SETTLE},
        {.state = COG_STATE_ROLL_BACK, .has_job = true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_course course = course_from(&rows[i]);
        course.is_decided = true;
        (void)snprintf(course.report.follow_up, sizeof course.report.follow_up, "refused");

        cog_course_reopen(&course);

        EXPECT_INT(course.state, rows[i].state);
        EXPECT_INT(course.is_decided, true);
        EXPECT_INT(course.rollback_is_open, false);
        EXPECT_STR(course.report.follow_up, "refused");
    }
}

Test(course, that_is_taken_up_behind_its_end_is_decided_anew_and_keeps_its_key)
{
    const struct row row = {
        .state = COG_STATE_END, .last_state = COG_STATE_SETTLE, .is_promote_open = true};
    struct cog_course course = course_from(&row);
    course.is_decided = true;
    course.promote_refusal = COG_ERROR_REFUSED;
    course.report.outcome = COG_OUTCOME_UNKNOWN;
    (void)snprintf(course.promote_key, sizeof course.promote_key, "key-1");

    cog_course_reopen(&course);

    EXPECT_INT(course.state, COG_STATE_SETTLE);
    EXPECT_INT(course.is_decided, false);
    EXPECT_INT(course.promote_refusal, COG_OK);
    EXPECT_STR(course.promote_key, "key-1");
}

Test(course, keeps_the_reason_of_a_rollback_and_forgets_that_of_a_lost_sight)
{
    const struct row rows[] = {
        {.state = COG_STATE_END, .last_state = COG_STATE_STOP, .has_job = true},
        {.state = COG_STATE_END, .last_state = COG_STATE_FOLLOW, .has_job = true},
    };
    const char *const expected[] = {"the job has not ended", ""};
    for (size_t i = 0; i < 2; i++) {
        struct cog_course course = course_from(&rows[i]);
        (void)snprintf(course.report.reason, sizeof course.report.reason, "the job has not ended");

        cog_course_reopen(&course);

        EXPECT_STR(course.report.reason, expected[i]);
    }
}

Test(course, is_resumable_until_it_is_closed_and_after_an_end_that_is_not_the_last_word)
{
    for (int i = COG_OUTCOME_PROMOTED; i <= COG_OUTCOME_INTERRUPTED; i++) {
        const struct row row = {.state = COG_STATE_END, .last_state = COG_STATE_FOLLOW};
        struct cog_course course = course_from(&row);
        course.report.outcome = (enum cog_outcome)i;
        bool is_open = i == COG_OUTCOME_UNKNOWN || i == COG_OUTCOME_INTERRUPTED;

        bool is_resumable = cog_course_is_resumable(&course);

        cr_expect(is_resumable == is_open, "%s", cog_outcome_name(course.report.outcome));
        course.is_closed = false;
        cr_expect(cog_course_is_resumable(&course), "%s", cog_outcome_name(course.report.outcome));
    }
}

Test(course, is_resumable_while_its_record_or_its_notice_is_missing)
{
    const struct row row = {.state = COG_STATE_END, .last_state = COG_STATE_VERIFY};
    struct cog_course unrecorded = course_from(&row);
    unrecorded.is_audited = false;
    struct cog_course unheard = course_from(&row);
    unheard.report.webhook = COG_DELIVERY_FAILED;
    struct cog_course kept = course_from(&row);
    kept.report.webhook = COG_DELIVERY_KEPT;

    EXPECT_INT(cog_course_is_resumable(&unrecorded), true);
    EXPECT_INT(cog_course_is_resumable(&unheard), true);
    EXPECT_INT(cog_course_is_resumable(&kept), false);
}

Test(course, is_resumable_while_a_rollback_may_still_come_to_a_good_end)
{
    for (int i = COG_ROLLBACK_NONE; i <= COG_ROLLBACK_UNKNOWN; i++) {
        const struct row row = {.state = COG_STATE_END, .last_state = COG_STATE_FOLLOW_ROLLBACK};
        struct cog_course course = course_from(&row);
        course.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
        course.report.rollback_end = (enum cog_rollback_end)i;

        bool is_resumable = cog_course_is_resumable(&course);

        cr_expect(is_resumable == (i == COG_ROLLBACK_UNKNOWN || i == COG_ROLLBACK_UNCONFIRMED),
                  "%s", cog_rollback_end_name(course.report.rollback_end));
    }
}

Test(course, refuses_a_text_that_it_could_not_keep)
{
    char text[COG_ID_SIZE + 1];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct cog_promotion_request request = REQUEST;
    request.platform_version = text;
    struct cog_course course = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_course_init(&request, "https://x", &course, &error);

    EXPECT_INT(code, COG_ERROR_CONFIGURATION);
    EXPECT_CONTAINS(error.message, "the platform version is longer than 255 bytes");
}
