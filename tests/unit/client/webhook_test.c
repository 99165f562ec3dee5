#include "webhook_bench.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>

TestSuite(client_notify, .timeout = 5.0);

static const char RECORD[] = "{\"actor\":\"ci\",\"seq\":1}";
static const char ID[] = "msg_00000000-0000-4000-8000-000000000001";

/** Starts with these answers and notifies once, of run 1. */
static struct cog_report notify(struct webhook_bench *bench)
{
    struct cog_report report = webhook_report(1);
    webhook_bench_init(bench);
    cog_client_notify(bench->client, &report, RECORD, 1, NULL);
    return report;
}

/** The value of a header of a request. */
static void header_copy(const struct scripted_request *request, const char *name, char value[128])
{
    const char *at = strstr(request->headers, name);
    cr_assert_not_null(at, "no %s in %s", name, request->headers);
    at += strlen(name) + 2;
    (void)snprintf(value, 128, "%.*s", (int)strcspn(at, "\n"), at);
}

Test(client_notify, posts_event_time_and_audit_record)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 204}}};

    const struct cog_report report = notify(&bench);

    const struct scripted_request *request = &bench.receiver.requests[0];
    EXPECT_INT(report.webhook, COG_DELIVERY_DELIVERED);
    EXPECT_STR(report.webhook_error, "");
    EXPECT_STR(request->method, "POST");
    EXPECT_STR(request->url, "https://ci.example/hook/hidden");
    EXPECT_STR(request->body, "{\"event\":\"deployment.failed\","
                              "\"timestamp\":\"2026-01-01T00:00:00Z\","
                              "\"data\":{\"actor\":\"ci\",\"seq\":1}}");
    EXPECT_CONTAINS(request->headers, "\nContent-Type: application/json\n");
    EXPECT_CONTAINS(request->headers, "\nwebhook-id: msg_00000000-0000-4000-8000-000000000001\n");
    EXPECT_CONTAINS(request->headers, "\nwebhook-signature: v1,");
    EXPECT_INT(request->deadline_ms, 10000);
    EXPECT_INT(request->acting, false);
    EXPECT_CONTAINS(bench.log.text, "webhook-delivered");
}

Test(client_notify, names_the_second_ending_of_a_run_after_its_number)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 200}}};
    webhook_bench_init(&bench);
    struct cog_report report = webhook_report(1);
    report.outcome = COG_OUTCOME_UNDELIVERED;

    cog_client_notify(bench.client, &report, RECORD, 2, NULL);

    EXPECT_CONTAINS(bench.receiver.requests[0].headers,
                    "\nwebhook-id: msg_00000000-0000-4000-8000-000000000001_2\n");
    EXPECT_CONTAINS(bench.receiver.requests[0].body, "deployment.success");
}

Test(client_notify, says_when_the_record_is_in_no_audit_file)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 200}}};
    webhook_bench_init(&bench);
    struct cog_report report = webhook_report(1);

    cog_client_notify(bench.client, &report,
                      "{\"previous_checksum\":null,\"reason\":\"\\\"seq\\\":1\",\"seq\":null}", 1,
                      NULL);

    EXPECT_CONTAINS(bench.receiver.requests[0].body, ",\"audit_written\":false,\"data\":{");
    /* It has no number that is its own: another ending must not look like a repeat of it. */
    EXPECT_CONTAINS(bench.receiver.requests[0].headers,
                    "\nwebhook-id: msg_00000000-0000-4000-8000-000000000001_rolled_back\n");
}

Test(client_notify, never_carries_the_bearer_token)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 200}}};

    (void)notify(&bench);

    EXPECT_INT(bench.receiver.request_count, 1);
    EXPECT_INT(bench.receiver.requests[0].authentication, COG_AUTHENTICATION_NONE);
    EXPECT_LACKS(bench.receiver.requests[0].headers, "Authorization");
}

Test(client_notify, does_and_keeps_nothing_without_a_url)
{
    COG_CLEANUP(webhook_bench_finish) struct webhook_bench bench = {0};
    webhook_bench_init(&bench);
    cog_string_finish(&bench.config.webhook_url);
    struct cog_report report = webhook_report(1);

    cog_client_notify(bench.client, &report, RECORD, 1, NULL);

    EXPECT_INT(report.webhook, COG_DELIVERY_NONE);
    EXPECT_INT(bench.receiver.request_count, 0);
    EXPECT_INT(bench.storage.file_count, 0);
}

Test(client_notify, counts_nothing_but_2xx_and_keeps_the_notice)
{
    static const int statuses[] = {101, 301, 302, 303, 307, 308, 400, 401,
                                   403, 404, 409, 410, 422, 501, 507};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        COG_CLEANUP(webhook_bench_finish)
        struct webhook_bench bench = {
            .receiver.answers = {{.status = statuses[i],
                                  .headers = {{"Location", "https://elsewhere.example/"}}},
                                 {.status = 200}},
        };

        const struct cog_report report = notify(&bench);

        char expected[64];
        (void)snprintf(expected, sizeof expected, "the receiver answered %d", statuses[i]);
        EXPECT_INT(report.webhook, COG_DELIVERY_KEPT);
        EXPECT_CONTAINS(report.webhook_error, expected);
        EXPECT_INT(bench.receiver.request_count, 1);
        COG_CLEANUP(cog_string_finish) char *kept = webhook_bench_outbox(&bench, 1);
        EXPECT_CONTAINS(kept, "deployment.failed");
    }
}

Test(client_notify, says_that_a_receiver_is_gone)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 410}}};

    const struct cog_report report = notify(&bench);

    EXPECT_CONTAINS(report.webhook_error, "is gone");
    EXPECT_CONTAINS(bench.log.text, "webhook-failed");
}

Test(client_notify, repeats_what_may_pass_with_one_id_and_the_time_of_each_attempt)
{
    static const struct scripted_answer firsts[] = {
        {.status = 408},
        {.status = 429},
        {.status = 500},
        {.status = 502},
        {.status = 503},
        {.status = 504},
        {.status = 503, .headers = {{"Retry-After", "2"}}},
        {.code = COG_ERROR_UNREACHABLE},
        {.code = COG_ERROR_TIMEOUT},
        {.code = COG_ERROR_NETWORK},
    };
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
        COG_CLEANUP(webhook_bench_finish)
        struct webhook_bench bench = {.receiver.answers = {firsts[i], {.status = 200}}};
        bench.receiver.answers[0].takes_ms = 1000;

        const struct cog_report report = notify(&bench);

        char timestamps[2][128];
        char ids[2][128];
        cr_expect(report.webhook == COG_DELIVERY_DELIVERED, "row %zu: %s", i, report.webhook_error);
        cr_assert(bench.receiver.request_count == 2, "row %zu", i);
        for (size_t j = 0; j < 2; j++) {
            header_copy(&bench.receiver.requests[j], "webhook-timestamp", timestamps[j]);
            header_copy(&bench.receiver.requests[j], "webhook-id", ids[j]);
        }
        EXPECT_STR(ids[0], ID);
        EXPECT_STR(ids[1], ID);
        EXPECT_STR(timestamps[0], "1767225600");
        cr_expect(strcmp(timestamps[1], timestamps[0]) > 0, "row %zu: %s", i, timestamps[1]);
    }
}

Test(client_notify, gives_up_at_its_limits)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {
        .receiver.answers = {{.status = 503, .headers = {{"Retry-After", "11"}}}, {.status = 200}},
    };
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench tired = {
        .receiver.answers = {{.status = 500}, {.status = 500}, {.status = 500}, {.status = 200}},
    };

    const struct cog_report report = notify(&bench);
    const struct cog_report tired_report = notify(&tired);

    EXPECT_INT(report.webhook, COG_DELIVERY_KEPT);
    EXPECT_CONTAINS(report.webhook_error, "server asks to wait 11s");
    EXPECT_INT(bench.receiver.request_count, 1);
    EXPECT_INT(bench.clock.now_ms, 0);
    EXPECT_INT(tired_report.webhook, COG_DELIVERY_KEPT);
    EXPECT_INT(tired.receiver.request_count, 3);
}

/** What is in the outbox while the receiver is asked. */
struct peek {
    struct webhook_bench *bench;
    char *kept;
};

static void look(void *context)
{
    struct peek *peek = context;
    peek->kept = webhook_bench_outbox(peek->bench, 1);
}

Test(client_notify, is_in_the_outbox_before_it_is_sent_and_not_after_it_was_delivered)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 200}}};
    struct peek peek = {.bench = &bench};
    bench.receiver.on_send = look;
    bench.receiver.on_send_context = &peek;

    (void)notify(&bench);

    EXPECT_STR(peek.kept, "{\"body\":\"{\\\"event\\\":\\\"deployment.failed\\\","
                          "\\\"timestamp\\\":\\\"2026-01-01T00:00:00Z\\\","
                          "\\\"data\\\":{\\\"actor\\\":\\\"ci\\\",\\\"seq\\\":1}}\","
                          "\"created\":\"2026-01-01T00:00:00Z\","
                          "\"id\":\"msg_00000000-0000-4000-8000-000000000001\"}");
    EXPECT_INT(bench.storage.file_count, 0);
    free(peek.kept);
}

Test(client_notify, is_tried_although_it_cannot_be_kept)
{
    static const struct {
        int status;
        enum cog_delivery delivery;
        const char *reason;
    } rows[] = {
        {200, COG_DELIVERY_DELIVERED, ""},
        {400, COG_DELIVERY_FAILED, "answered 400"},
        {400, COG_DELIVERY_FAILED, "no space left"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(webhook_bench_finish)
        struct webhook_bench bench = {
            .receiver.answers = {{.status = rows[i].status}},
            .storage.fails = true,
        };

        const struct cog_report report = notify(&bench);

        EXPECT_INT(bench.receiver.request_count, 1);
        EXPECT_INT(report.webhook, rows[i].delivery);
        EXPECT_CONTAINS(report.webhook_error, rows[i].reason);
    }
}

static void break_disk(void *context)
{
    struct webhook_bench *bench = context;
    bench->storage.fails = true;
}

Test(client_notify, is_delivered_also_when_it_cannot_be_taken_out)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 200}}};
    bench.receiver.on_send = break_disk;
    bench.receiver.on_send_context = &bench;

    const struct cog_report report = notify(&bench);

    EXPECT_INT(report.webhook, COG_DELIVERY_DELIVERED);
    EXPECT_CONTAINS(bench.log.text, "outbox-failed");
}

Test(client_notify, admits_that_nothing_was_sent_without_a_record_or_a_run)
{
    COG_CLEANUP(webhook_bench_finish) struct webhook_bench bench = {0};
    webhook_bench_init(&bench);
    struct cog_report without_record = webhook_report(1);
    struct cog_report without_run = {0};

    cog_client_notify(bench.client, &without_record, NULL, 1, NULL);
    cog_client_notify(bench.client, &without_run, RECORD, 1, NULL);

    EXPECT_INT(without_record.webhook, COG_DELIVERY_FAILED);
    EXPECT_CONTAINS(without_record.webhook_error, "not sent");
    EXPECT_INT(without_run.webhook, COG_DELIVERY_FAILED);
    EXPECT_CONTAINS(without_run.webhook_error, "not sent");
    EXPECT_INT(bench.receiver.request_count, 0);
    EXPECT_INT(bench.storage.file_count, 0);
}

static void cancel_finish(struct cog_cancel **cancel)
{
    cog_cancel_destroy(*cancel);
}

Test(client_notify, keeps_the_notice_when_it_is_cancelled)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 500}, {.status = 200}}};
    webhook_bench_init(&bench);
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = NULL;
    ASSERT_CODE(cog_cancel_create(&cancel, &bench.error), COG_OK, bench.error);
    cog_cancel_request(cancel);
    struct cog_report report = webhook_report(1);

    cog_client_notify(bench.client, &report, RECORD, 1, cancel);

    EXPECT_INT(report.webhook, COG_DELIVERY_KEPT);
    EXPECT_INT(bench.receiver.request_count, 1);
    COG_CLEANUP(cog_string_finish) char *kept = webhook_bench_outbox(&bench, 1);
    EXPECT_CONTAINS(kept, ID);
}

Test(client_notify, puts_no_url_and_no_secret_into_outbox_log_or_report)
{
    COG_CLEANUP(webhook_bench_finish)
    struct webhook_bench bench = {.receiver.answers = {{.status = 302}}};

    const struct cog_report report = notify(&bench);

    COG_CLEANUP(cog_string_finish) char *kept = webhook_bench_outbox(&bench, 1);
    const char *const texts[] = {kept, bench.log.text, report.webhook_error};
    static const char *const secrets[] = {"hidden", "ci.example", "whsec", "MfKQ9", "very-secret"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t j = 0; j < sizeof secrets / sizeof secrets[0]; j++) {
            EXPECT_LACKS(texts[i], secrets[j]);
        }
    }
}
