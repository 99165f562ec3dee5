#include "v1/rate_state.h"

#include "support/expect.h"

#include <cogbase/json.h>

#include <stdio.h>

TestSuite(rate_state, .timeout = 5.0);

static const struct mock_rate_key status = {"a", MOCK_CALL_STATUS};

static struct mock_rate_limits two(void)
{
    return (struct mock_rate_limits){
        .items = {{.name = "default",
                   .policy = MOCK_RATE_TOKEN_BUCKET,
                   .scope = MOCK_RATE_CLIENT,
                   .requests = 1000000,
                   .per_ms = INT64_C(31536000000),
                   .burst = 1000000,
                   .calls = mock_rate_bearer_calls()},
                  {.name = "limit-2",
                   .scope = MOCK_RATE_CALL,
                   .requests = 1,
                   .per_ms = 10000,
                   .burst = 1,
                   .calls = mock_rate_bearer_calls()}},
        .count = 2,
    };
}

/* One request passed, one was refused, and one came too early. */
static void populate(struct mock_rate *rate, const struct mock_rate_limits *limits)
{
    struct mock_rate_verdict verdict = {0};
    cr_assert(mock_rate_adopt(rate, limits) == COG_OK);
    cr_assert(mock_rate_ask(rate, &status, 1, &verdict) == COG_OK);
    cr_assert(mock_rate_ask(rate, &status, 2, &verdict) == COG_OK);
    cr_assert(mock_rate_promise(rate, verdict.refusal, &status, 10000) == COG_OK);
    cr_assert(mock_rate_ask(rate, &status, 3, &verdict) == COG_OK);
}

static char *print_state(const struct mock_rate *rate)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    cr_assert(mock_rate_append_state(rate, object) == COG_OK);
    return cJSON_PrintUnformatted(object);
}

Test(rate_state, is_the_same_after_it_was_read_and_counts_on)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    COG_CLEANUP(mock_rate_finish) struct mock_rate other = {0};
    const struct mock_rate_limits limits = two();
    populate(&rate, &limits);
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    struct cog_error error = {0};
    struct mock_rate_verdict verdict = {0};
    cr_assert(mock_rate_append_state(&rate, object) == COG_OK);

    ASSERT_CODE(mock_rate_read_state(&other, &limits, object, &error), COG_OK, error);

    char *first = print_state(&rate);
    char *second = print_state(&other);
    EXPECT_STR(first, second);
    EXPECT_CONTAINS(first, "\"level\":\"31535968464000000\""); /* Beyond 2^53. */
    cJSON_free(first);
    cJSON_free(second);
    cr_assert(mock_rate_ask(&other, &status, 4, &verdict) == COG_OK);
    EXPECT_INT(verdict.wait_ms, 9996);
    EXPECT_INT(other.total.early_count, 2);
    EXPECT_INT(other.slots[1].tally.early_count, 2);
    EXPECT_INT(other.total.refused_count, 3);
}

Test(rate_state, begins_anew_for_a_limit_that_was_another)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    COG_CLEANUP(mock_rate_finish) struct mock_rate other = {0};
    struct mock_rate_limits limits = two();
    populate(&rate, &limits);
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    struct cog_error error = {0};
    struct mock_rate_verdict verdict = {0};
    cr_assert(mock_rate_append_state(&rate, object) == COG_OK);
    limits.items[1].requests = 2;

    ASSERT_CODE(mock_rate_read_state(&other, &limits, object, &error), COG_OK, error);

    EXPECT_INT(other.slots[0].counter_count, 1);
    EXPECT_INT(other.slots[1].counter_count, 0);
    EXPECT_INT(other.total.refused_count, 2);
    cr_assert(mock_rate_ask(&other, &status, 4, &verdict) == COG_OK);
    cr_expect_null(verdict.refusal);
}

Test(rate_state, is_refused_whole_when_a_member_is_wrong)
{
    static const struct {
        const char *member;
        const char *value;
        const char *expected;
    } rows[] = {
        {"level", "\"-1\"", "field 'level'"}, {"level", "\"31536000000000001\"", "field 'level'"},
        {"level", "5", "field 'level'"},      {"call", "\"statos\"", "no call"},
        {"client_id", "null", "client_id"},   {"at", "-1", "field 'at'"},
    };
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits = two();
    populate(&rate, &limits);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
        cr_assert(mock_rate_append_state(&rate, object) == COG_OK);
        cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "limits");
        cJSON *counters = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(list, 0), "counters");
        cr_assert(cJSON_ReplaceItemInObjectCaseSensitive(
            cJSON_GetArrayItem(counters, 0), rows[i].member, cJSON_Parse(rows[i].value)));
        struct cog_error error = {0};
        char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];

        enum cog_code code = mock_rate_read_state(&rate, &limits, object, &error);

        cr_expect(code == COG_ERROR_PROTOCOL, "row %zu: %d", i, (int)code);
        EXPECT_CONTAINS(cog_error_text(&error, text, sizeof text), rows[i].expected);
        EXPECT_CONTAINS(text, "limits[0]");
        EXPECT_INT(rate.total.early_count, 1);
    }
}
