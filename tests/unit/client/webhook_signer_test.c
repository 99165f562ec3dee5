#include "webhook_signature.h"

#include "support/expect.h"
#include "support/scripted_transport.h"

TestSuite(webhook_signer, .timeout = 5.0);

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
