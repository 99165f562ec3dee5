#include "hooks/signature.h"

#include "support/expect.h"

#include <string.h>

TestSuite(signature, .timeout = 10);

/* The known answer of the specification's own libraries. */
static const char secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
static const char right[] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
#define SENT_UNIX_MS INT64_C(1614265330000)

static enum mock_signature check(const char *header, const char *body, int64_t unix_ms)
{
    enum mock_signature signature = MOCK_SIGNATURE_UNCHECKED;
    const struct mock_signed_delivery delivery = {
        .id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
        .timestamp = "1614265330",
        .signature = header,
        .body = body,
        .body_length = strlen(body),
    };
    cr_assert(mock_signature_check(secret, &delivery, unix_ms, &signature) == COG_OK);
    return signature;
}

Test(signature, the_known_answer_is_valid)
{
    EXPECT_INT(check(right, "{\"test\": 2432232314}", SENT_UNIX_MS), MOCK_SIGNATURE_VALID);
}

Test(signature, one_right_signature_among_others_will_do)
{
    EXPECT_INT(check("v1,AAAA v2,x v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                     "{\"test\": 2432232314}", SENT_UNIX_MS),
               MOCK_SIGNATURE_VALID);
}

Test(signature, anything_else_is_invalid)
{
    static const char *const headers[] = {
        "",
        "v1,",
        "v1",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=x",
    };
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        cr_expect(check(headers[i], "{\"test\": 2432232314}", SENT_UNIX_MS) ==
                      MOCK_SIGNATURE_INVALID,
                  "%s", headers[i]);
    }
    EXPECT_INT(check(right, "{\"test\": 2432232315}", SENT_UNIX_MS), MOCK_SIGNATURE_INVALID);
}

Test(signature, a_missing_header_is_told_apart)
{
    EXPECT_INT(check(NULL, "{}", SENT_UNIX_MS), MOCK_SIGNATURE_ABSENT);
}

Test(signature, five_minutes_are_tolerated_on_both_sides)
{
    static const struct {
        int64_t after_ms;
        enum mock_signature signature;
    } rows[] = {
        {300000, MOCK_SIGNATURE_VALID},
        {301000, MOCK_SIGNATURE_TOO_OLD},
        {-300000, MOCK_SIGNATURE_VALID},
        {-301000, MOCK_SIGNATURE_TOO_NEW},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        EXPECT_INT(check(right, "{\"test\": 2432232314}", SENT_UNIX_MS + rows[i].after_ms),
                   rows[i].signature);
    }
}

Test(signature, a_secret_has_its_form)
{
    cr_expect(mock_signature_secret_is_valid(secret));
    cr_expect(!mock_signature_secret_is_valid("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    cr_expect(!mock_signature_secret_is_valid("whsec_c2hvcnQ="));
    cr_expect(!mock_signature_secret_is_valid("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS"));
    cr_expect(!mock_signature_secret_is_valid("whsec_!!!!9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    cr_expect(!mock_signature_secret_is_valid(""));
}
