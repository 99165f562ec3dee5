#include "webhook_bench.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>

TestSuite(client_flush, .timeout = 5.0);

static const char RECORD[] = "{\"actor\":\"ci\",\"seq\":1}";

/** Puts the notice of a run into the outbox as a run before left it. */
static void keep(struct webhook_bench *bench, int number, const char *created)
{
    char name[96];
    char text[512];
    (void)snprintf(name, sizeof name, "outbox/msg_00000000-0000-4000-8000-%012d.json", number);
    (void)snprintf(text, sizeof text,
                   "{\"body\":\"{\\\"event\\\":\\\"deployment.failed\\\",\\\"run\\\":%d}\","
                   "\"created\":\"%s\",\"id\":\"msg_00000000-0000-4000-8000-%012d\"}",
                   number, created, number);
    webhook_bench_put(bench, name, text);
}

static struct cog_flush flush(struct webhook_bench *bench)
{
    struct cog_flush flush = {0};
    ASSERT_CODE(cog_client_flush(bench->client, NULL, &flush, &bench->error), COG_OK, bench->error);
    return flush;
}

static void expect_flush(struct webhook_bench *bench, size_t delivered_count, size_t kept_count,
                         const char *reason)
{
    const struct cog_flush result = flush(bench);
    EXPECT_INT(result.delivered_count, delivered_count);
    EXPECT_INT(result.kept_count, kept_count);
    EXPECT_CONTAINS(result.reason, reason);
    EXPECT_INT(result.reason[0] == '\0', kept_count == 0);
}

Test(client_flush, of_nothing_is_nothing)
{
    COG_CLEANUP(webhook_bench_finish) struct webhook_bench bench = {0};
    webhook_bench_init(&bench);

    expect_flush(&bench, 0, 0, "");
}

Test(client_flush, needs_a_url)
{
    COG_CLEANUP(webhook_bench_finish) struct webhook_bench bench = {0};
    webhook_bench_init(&bench);
    cog_string_finish(&bench.config.webhook_url);
    struct cog_flush result = {.kept_count = 7};

    enum cog_code code = cog_client_flush(bench.client, NULL, &result, &bench.error);

    ASSERT_CODE(code, COG_ERROR_CONFIGURATION, bench.error);
    EXPECT_CONTAINS(bench.error.message, "DEPLOYMENT_WEBHOOK_URL");
    EXPECT_INT(result.kept_count, 7);
}

Test(client_flush, sends_what_a_run_kept_as_it_was_and_with_its_id)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 400}, {.status = 200}}};
    webhook_bench_init(&bench);
    struct cog_report report = webhook_report(1);
    cog_client_notify(bench.client, &report, RECORD, 1, NULL);
    EXPECT_INT(report.webhook, COG_DELIVERY_KEPT);
    cog_clock_virtual_advance(&bench.clock, 3600000);

    expect_flush(&bench, 1, 0, "");

    const struct scripted_request *request = &bench.receiver.requests[1];
    EXPECT_STR(request->body, bench.receiver.requests[0].body);
    EXPECT_CONTAINS(request->headers, "\nwebhook-id: msg_00000000-0000-4000-8000-000000000001\n");
    EXPECT_CONTAINS(request->headers, "\nwebhook-timestamp: 1767229200\n");
    EXPECT_INT(request->authentication, COG_AUTHENTICATION_NONE);
    EXPECT_INT(request->deadline_ms, 3610000);
    EXPECT_INT(bench.storage.file_count, 0);
}

Test(client_flush, sends_the_oldest_first_and_each_within_its_own_time)
{
    static const struct {
        int number;
        const char *created;
    } rows[] = {
        {5, "2026-01-01T00:00:00Z"},     {4, "2026-01-01T00:00:00.500Z"},
        {2, "2026-01-01T00:00:00.750Z"}, {1, "2026-01-01T00:00:01Z"},
        {3, "2026-01-01T00:00:01Z"},
    };
    enum { ROW_COUNT = sizeof rows / sizeof rows[0] };
    COG_CLEANUP(webhook_bench_finish) struct webhook_bench bench = {0};
    for (size_t i = 0; i < ROW_COUNT; i++) {
        bench.receiver.answers[i] = (struct scripted_answer){.status = 200, .takes_ms = 3000};
    }
    webhook_bench_init(&bench);
    for (size_t i = ROW_COUNT; i-- > 0;) {
        keep(&bench, rows[i].number, rows[i].created);
    }

    expect_flush(&bench, ROW_COUNT, 0, "");

    for (size_t i = 0; i < ROW_COUNT; i++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "\"run\":%d", rows[i].number);
        EXPECT_CONTAINS(bench.receiver.requests[i].body, expected);
        EXPECT_INT(bench.receiver.requests[i].deadline_ms, (int64_t)i * 3000 + 10000);
    }
}

Test(client_flush, stops_at_a_receiver_that_is_unreachable_gone_or_throttles)
{
    static const struct {
        struct scripted_answer answer;
        size_t request_count; /**< With the repetitions of the first notice. */
        const char *reason;
    } rows[] = {
        {{.code = COG_ERROR_UNREACHABLE, .message = "refused"}, 3, "refused"},
        {{.code = COG_ERROR_TIMEOUT, .message = "too slow"}, 3, "too slow"},
        {{.status = 429}, 3, "answered 429"},
        {{.status = 429, .headers = {{"Retry-After", "60"}}}, 1, "server asks to wait"},
        {{.status = 410}, 1, "is gone"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(webhook_bench_finish) struct webhook_bench bench = {0};
        for (size_t j = 0; j < SCRIPTED_ANSWERS_MAX; j++) {
            bench.receiver.answers[j] = rows[i].answer;
        }
        webhook_bench_init(&bench);
        keep(&bench, 1, "2026-01-01T00:00:00Z");
        keep(&bench, 2, "2026-01-01T00:00:01Z");

        expect_flush(&bench, 0, 2, rows[i].reason);

        EXPECT_INT(bench.receiver.request_count, rows[i].request_count);
        EXPECT_INT(bench.storage.file_count, 2);
    }
}

Test(client_flush, goes_on_behind_a_notice_that_is_refused)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 422}, {.status = 200}}};
    webhook_bench_init(&bench);
    keep(&bench, 1, "2026-01-01T00:00:00Z");
    keep(&bench, 2, "2026-01-01T00:00:01Z");

    expect_flush(&bench, 1, 1, "the receiver answered 422");

    COG_CLEANUP(cog_string_finish) char *first = webhook_bench_outbox(&bench, 1);
    COG_CLEANUP(cog_string_finish) char *second = webhook_bench_outbox(&bench, 2);
    EXPECT_CONTAINS(first, "deployment.failed");
    EXPECT_STR(second, "");
}

Test(client_flush, reports_a_damaged_file_and_sends_the_others)
{
    static const char *const files[] = {
        "nonsense",
        "[]",
        "{\"created\":\"2026-01-01T00:00:00Z\",\"id\":\"msg_x\"}",
        "{\"body\":\"{}\",\"created\":\"2026-01-01T00:00:00Z\"}",
        "{\"body\":\"{}\",\"id\":\"msg_x\"}",
        "{\"body\":\"{}\",\"created\":\"yesterday\",\"id\":\"msg_x\"}",
        "{\"body\":\"{}\",\"created\":\"2026-01-01T00:00:00+1\",\"id\":\"msg_x\"}",
        "{\"body\":\"text\",\"created\":\"2026-01-01T00:00:00Z\",\"id\":\"msg_x\"}",
        "{\"body\":\"{}\",\"created\":\"2026-01-01T00:00:00Z\",\"id\":\"msg_y\"}",
        "{\"body\":\"{}\",\"created\":\"2026-01-01T00:00:00Z\",\"id\":\"m\\r\\nX-Evil: 1\"}",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        COG_CLEANUP(webhook_bench_finish)
        struct webhook_bench bench = {.receiver.answers = {{.status = 200}}};
        webhook_bench_init(&bench);
        webhook_bench_put(&bench, "outbox/msg_x.json", files[i]);
        keep(&bench, 1, "2026-01-01T00:00:00Z");

        expect_flush(&bench, 1, 1, "'outbox/msg_x.json' is no notice: ");

        EXPECT_INT(bench.receiver.request_count, 1);
        EXPECT_INT(bench.storage.file_count, 1);
    }
}

Test(client_flush, leaves_alone_what_is_no_notice_by_its_name)
{
    COG_CLEANUP(webhook_bench_finish) struct webhook_bench bench = {0};
    webhook_bench_init(&bench);
    webhook_bench_put(&bench, "outbox/README", "somebody else's");
    webhook_bench_put(&bench, "journal/x.json", "another folder's");

    expect_flush(&bench, 0, 0, "");
}

Test(client_flush, ends_when_it_is_cancelled)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.code = COG_ERROR_CANCELLED}}};
    webhook_bench_init(&bench);
    keep(&bench, 1, "2026-01-01T00:00:00Z");
    keep(&bench, 2, "2026-01-01T00:00:00Z");
    struct cog_flush result = {0};

    enum cog_code code = cog_client_flush(bench.client, NULL, &result, &bench.error);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, bench.error);
    EXPECT_INT(bench.receiver.request_count, 1);
    EXPECT_INT(bench.storage.file_count, 2);
}

static void break_disk(void *context)
{
    struct webhook_bench *bench = context;
    bench->storage.fails = true;
}

Test(client_flush, ends_when_a_delivered_notice_cannot_be_taken_out)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 200}, {.status = 200}}};
    bench.receiver.on_send = break_disk;
    bench.receiver.on_send_context = &bench;
    webhook_bench_init(&bench);
    keep(&bench, 1, "2026-01-01T00:00:00Z");
    keep(&bench, 2, "2026-01-01T00:00:00Z");
    struct cog_flush result = {0};

    enum cog_code code = cog_client_flush(bench.client, NULL, &result, &bench.error);

    ASSERT_CODE(code, COG_ERROR_STORAGE, bench.error);
    EXPECT_CONTAINS(bench.error.message, "out of the outbox");
    EXPECT_INT(bench.receiver.request_count, 1);
}
