#include "webhook.h"

#include "support/expect.h"
#include "support/scripted_transport.h"
#include "webhook_signature.h"

TestSuite(webhook_deliver, .timeout = 5.0);
TestSuite(webhook_signer, .timeout = 5.0);

static const struct cog_report REPORT = {
    .outcome = COG_OUTCOME_ROLLED_BACK,
    .run_id = "00000000-0000-4000-8000-000000000001",
};

static enum cog_code deliver(struct scripted_transport *server, struct cog_error *error)
{
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, INT64_C(1767225600000));
    const struct cog_webhook webhook = {
        .transport = scripted_transport(server),
        .clock = cog_clock_virtual(&clock),
        .url = "https://ci.example/hook",
        .timeout_ms = 10000,
        .request_timeout_ms = 3000,
    };
    return cog_webhook_deliver(&webhook, &REPORT, "{\"seq\":1}", error);
}

Test(webhook_deliver, posts_event_time_and_audit_record)
{
    struct scripted_transport server = {.answers = {{.status = 204}}};
    struct cog_error error = {0};

    enum cog_code code = deliver(&server, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(server.requests[0].method, "POST");
    EXPECT_STR(server.requests[0].url, "https://ci.example/hook");
    EXPECT_STR(server.requests[0].body,
               "{\"event\":\"deployment.failed\",\"timestamp\":\"2026-01-01T00:00:00Z\","
               "\"data\":{\"seq\":1}}");
    EXPECT_CONTAINS(server.requests[0].headers, "\nContent-Type: application/json\n");
    EXPECT_CONTAINS(server.requests[0].headers,
                    "\nwebhook-id: msg_00000000-0000-4000-8000-000000000001\n");
    EXPECT_INT(server.requests[0].deadline_ms, 10000);
}

Test(webhook_deliver, never_carries_the_bearer_token)
{
    struct scripted_transport server = {.answers = {{.status = 200}}};
    struct cog_error error = {0};

    ASSERT_CODE(deliver(&server, &error), COG_OK, error);

    EXPECT_INT(server.requests[0].authentication, COG_AUTHENTICATION_NONE);
    EXPECT_LACKS(server.requests[0].headers, "Authorization");
}

Test(webhook_deliver, counts_nothing_but_2xx)
{
    static const int statuses[] = {302, 400, 404, 410, 503};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct scripted_transport server = {.answers = {{.status = statuses[i]}}};
        struct cog_error error = {0};

        enum cog_code code = deliver(&server, &error);

        ASSERT_CODE(code, COG_ERROR_REFUSED, error);
        EXPECT_CONTAINS(error.message, "the receiver answered");
    }
}

/** Sends one signed delivery. */
static enum cog_code send_signed(struct scripted_transport *server, const char *secret,
                                 struct cog_error *error)
{
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, INT64_C(1614265330000));
    struct cog_webhook_signer signer = {
        .inner = scripted_transport(server),
        .clock = cog_clock_virtual(&clock),
        .secret = secret,
    };
    const struct cog_header id = {.name = "webhook-id", .value = "msg_p5jXN8AQM9LWM0D4loKWxJek"};
    const struct cog_request request = {
        .call = "webhook",
        .method = "POST",
        .url = "https://ci.example/hook",
        .headers = &id,
        .header_count = 1,
        .body = "{\"test\": 2432232314}",
        .body_length = 20,
        .timeout_ms = 1000,
        .deadline_ms = 1000,
    };
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    return cog_transport_send(cog_webhook_signer_transport(&signer), &request, &response, error);
}

Test(webhook_signer, signs_id_time_and_body)
{
    struct scripted_transport server = {.answers = {{.status = 200}}};
    struct cog_error error = {0};

    enum cog_code code = send_signed(&server, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_CONTAINS(server.requests[0].headers, "\nwebhook-timestamp: 1614265330\n");
    EXPECT_CONTAINS(server.requests[0].headers,
                    "\nwebhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\n");
}

Test(webhook_signer, adds_the_time_alone_without_a_secret)
{
    struct scripted_transport server = {.answers = {{.status = 200}}};
    struct cog_error error = {0};

    ASSERT_CODE(send_signed(&server, NULL, &error), COG_OK, error);

    EXPECT_CONTAINS(server.requests[0].headers, "webhook-timestamp");
    EXPECT_LACKS(server.requests[0].headers, "webhook-signature");
}
