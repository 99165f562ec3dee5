#include "mask.h"

#include "support/expect.h"

TestSuite(mask, .timeout = 5.0);

Test(mask, shows_headers_without_what_opens_a_door)
{
    static const struct {
        const char *name;
        const char *value;
        const char *shown;
    } rows[] = {
        {"Authorization", "Bearer abc", "Bearer t-3"},
        {"authorization", "bearer abc", "Bearer t-3"},
        {"Authorization", "Basic Y2k6c2VjcmV0", "Basic ci"},
        {"Authorization", "Digest abc", "(hidden)"},
        {"Authorization", "abc", "(hidden)"},
        {"Cookie", "session=abc", "(hidden)"},
        {"Accept", "text/html", "text/html"},
    };
    const struct mock_exchange exchange = {.token = 3, .client = "ci"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct mock_header header = {(char *)rows[i].name, (char *)rows[i].value};
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

        mock_mask_header(&exchange, &header, &text);

        EXPECT_STR(cog_text_string(&text), rows[i].shown);
    }
}

Test(mask, shows_nothing_of_who_is_not_known)
{
    const struct mock_exchange exchange = {0};
    const struct mock_header basic = {(char *)"Authorization", (char *)"Basic Y2k6c2VjcmV0"};
    const struct mock_header bearer = {(char *)"Authorization", (char *)"Bearer abc"};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    mock_mask_header(&exchange, &basic, &text);
    mock_mask_header(&exchange, &bearer, &text);

    EXPECT_STR(cog_text_string(&text), "Basic (unknown)Bearer (unknown)");
}

Test(mask, masks_secrets_in_bodies_whole_or_cut)
{
    static const struct {
        const char *body;
        const char *shown;
    } rows[] = {
        {"grant_type=client_credentials&client_secret=s%3D1&x=1",
         "grant_type=client_credentials&client_secret=(secret)&x=1"},
        {"client%5Fsecret=s", "client%5Fsecret=(secret)"},
        {"token=abc", "token=(secret)"},
        {"token", "token"},
        {"{\"client_secret\" : \"a\\\"b\", \"x\":\"client_secret\"}",
         "{\"client_secret\" : \"(secret)\", \"x\":\"client_secret\"}"},
        {"{\"password\":\"abc", "{\"password\":\"(secret)\""},
        {"{\"password\":1}", "{\"password\":1}"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct mock_exchange exchange = {
            .token = 3, .body = rows[i].body, .body_length = strlen(rows[i].body)};
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

        mock_mask_body(&exchange, &text);

        EXPECT_STR(cog_text_string(&text), rows[i].shown);
    }
}

Test(mask, names_the_token_that_was_given_out)
{
    const char *body = "{\"access_token\":\"abc\",\"expires_in\":1}";
    const struct mock_exchange exchange = {
        .token = 3, .answer_body = body, .answer_body_length = strlen(body)};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    mock_mask_answer_body(&exchange, &text);

    EXPECT_STR(cog_text_string(&text), "{\"access_token\":\"(t-3)\",\"expires_in\":1}");
}

Test(mask, masks_a_secret_in_the_query)
{
    const struct mock_exchange exchange = {.target = "/api/v1/health?access_token=abc&b=2"};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    mock_mask_target(&exchange, &text);

    EXPECT_STR(cog_text_string(&text), "/api/v1/health?access_token=(secret)&b=2");
}
