#include "webhook_signature.h"

#include "support/expect.h"

TestSuite(webhook_sign, .timeout = 5.0);
TestSuite(webhook_secret, .timeout = 5.0);

/* The Standard Webhooks specification's own example. */
static const char SECRET[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
static const char BODY[] = "{\"test\": 2432232314}";

Test(webhook_sign, agrees_with_the_known_answer)
{
    const struct cog_webhook_message message = {
        .id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
        .timestamp = "1614265330",
        .body = BODY,
        .body_length = sizeof BODY - 1,
    };
    char signature[COG_WEBHOOK_SIGNATURE_SIZE];
    struct cog_error error = {0};

    enum cog_code code = cog_webhook_sign(SECRET, &message, signature, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

Test(webhook_secret, has_a_prefix_and_base64)
{
    static const struct {
        const char *secret;
        bool is_valid;
    } rows[] = {
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true},
        {"whsec_YQ==", true},
        {"whsec_", false},
        {"whsec_YQ", false},
        {"whsec_!!!!", false},
        {"whsec_====", false},
        {"whsec_Y===", false},
        {"whsec_YQ==YQ==", false},
        {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool is_valid = cog_webhook_secret_is_valid(rows[i].secret);

        cr_expect(is_valid == rows[i].is_valid, "'%s'", rows[i].secret);
    }
}
