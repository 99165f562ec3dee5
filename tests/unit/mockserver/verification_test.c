#include "stage.h"
#include "verification/verification.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(verification, .timeout = 10.0);

/* What came of an expectation: the answer's text, and whether it was as expected. */
static bool verify(const struct stage *stage, const char *text, struct mock_body *body)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(mock_verification_finish) struct mock_verification verification = {0};
    struct mock_verdict verdict = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("body", text, strlen(text), &document, &error), COG_OK, error);
    ASSERT_CODE(mock_verification_read(&document, &verification, &error), COG_OK, error);
    cr_assert(mock_verification_run(&verification, stage->server, body, &verdict) == COG_OK);
    return verdict.verified;
}

static bool holds(const struct stage *stage, const char *text)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    return verify(stage, text, &body);
}

/* A promotion, and two looks at the health half a second later. */
static void play(struct stage *stage)
{
    stage_open(stage, NULL);
    stage_header(stage, "Idempotency-Key", "key-1");
    (void)stage_promote(stage);
    stage_advance(stage, 500);
    (void)stage_send(stage, "GET", "/api/v1/health?verbose=1", NULL);
    stage_advance(stage, 2000);
    (void)stage_send(stage, "GET", "/api/v1/health", NULL);
}

Test(verification, finds_calls_by_each_member)
{
    static const struct {
        const char *expectation;
        bool holds;
    } rows[] = {
        {"{\"call\":\"promote\",\"count\":1}", true},
        {"{\"call\":\"promote\",\"count\":2}", false},
        {"{\"call\":\"health\",\"count\":{\"min\":2}}", true},
        {"{\"call\":\"health\",\"count\":{\"max\":1}}", false},
        {"{\"call\":\"rollback\"}", false},
        {"{\"call\":\"rollback\",\"count\":0}", true},
        {"{\"method\":\"GET\",\"count\":2}", true},
        {"{\"path\":\"/api/v1/health\",\"count\":2}", true},
        {"{\"path\":\"/health\",\"count\":2}", true},
        {"{\"path\":\"/api/v1/*\",\"count\":4}", true},
        {"{\"path\":\"/api\"}", false},
        {"{\"query\":{\"verbose\":\"1\"},\"count\":1}", true},
        {"{\"query\":{\"verbose\":\"2\"}}", false},
        {"{\"call\":\"health\",\"query\":{\"verbose\":null},\"count\":1}", true},
        {"{\"headers\":{\"idempotency-key\":\"key-1\"},\"count\":3}", true},
        {"{\"headers\":{\"Idempotency-Key\":\"*\"},\"count\":3}", true},
        {"{\"headers\":{\"Idempotency-Key\":null},\"count\":1}", true},
        {"{\"headers\":{\"Authorization\":\"Bearer t-1\"},\"count\":3}", true},
        {"{\"headers\":{\"Authorization\":\"Basic dev-client\"},\"count\":1}", true},
        {"{\"call\":\"promote\",\"status\":202}", true},
        {"{\"call\":\"promote\",\"status\":\"2xx\"}", true},
        {"{\"call\":\"promote\",\"status\":\"4xx\"}", false},
        {"{\"call\":\"health\",\"nth\":2,\"count\":1}", true},
        {"{\"call\":\"health\",\"attempt\":2}", false},
        {"{\"fault\":null,\"count\":4}", true},
        {"{\"fault\":\"*\"}", false},
        {"{\"client\":\"dev-client\",\"count\":4}", true},
        {"{\"applied\":false}", false},
        {"{\"since\":2,\"count\":2}", true},
        {"{\"call\":\"promote\",\"body\":{\"target_environment_id\":\"env-target\"}}", true},
        {"{\"call\":\"promote\",\"body\":{\"target_environment_id\":\"x\"}}", false},
        {"{\"call\":\"promote\",\"body\":{\"nothing\":null}}", false},
        {"{\"call\":\"promote\",\"body_match\":\"equals\",\"body\":" STAGE_PROMOTION "}", true},
        {"{\"call\":\"promote\",\"body_match\":\"equals\","
         "\"body\":{\"target_environment_id\":\"env-target\"}}",
         false},
        {"{\"call\":\"token\",\"body_match\":\"text\",\"body\":\"grant_type=client_credentials\"}",
         true},
        {"{\"call\":\"token\",\"body_match\":\"text\",\"body\":\"grant_type=password\"}", false},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    play(&stage);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(holds(&stage, rows[i].expectation) == rows[i].holds, "%s", rows[i].expectation);
    }
}

Test(verification, names_the_nearest_call_and_what_differs_member_by_member)
{
    COG_CLEANUP(stage_close) struct stage stage;
    play(&stage);
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};

    cr_expect_not(verify(&stage,
                         "{\"call\":\"promote\",\"status\":409,\"body\":{\"source_environment_id\":"
                         "\"env-source\",\"target_environment_id\":\"x\"}}",
                         &body));

    COG_CLEANUP(cog_string_finish) char *text = mock_body_take(&body);
    EXPECT_CONTAINS(text, "\"problem\":\"promote: at least 1 expected, 0 found\"");
    EXPECT_CONTAINS(text, "\"nearest\":[{\"number\":2,\"agreed\":2,\"differed\":2,");
    EXPECT_CONTAINS(text, "\"text\":\"status: expected 409, was 202\"");
    EXPECT_CONTAINS(text, "body.target_environment_id: expected \\\"x\\\", was \\\"env-target\\\"");
}

Test(verification, names_at_most_three_calls)
{
    COG_CLEANUP(stage_close) struct stage stage;
    play(&stage);
    for (int i = 0; i < 5; i++) {
        (void)stage_send(&stage, "GET", "/api/v1/health", NULL);
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};

    cr_expect_not(verify(&stage, "{\"call\":\"health\",\"status\":500}", &body));

    COG_CLEANUP(cog_string_finish) char *text = mock_body_take(&body);
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_Parse(text);
    const cJSON *first =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, "expectations"), 0);
    EXPECT_INT(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(first, "nearest")), 3);
    EXPECT_CONTAINS(text, "\"nearest\":[{\"number\":9,");
}

Test(verification, shows_no_secret_of_a_call_that_is_near)
{
    COG_CLEANUP(stage_close) struct stage stage;
    play(&stage);
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};

    cr_expect_not(verify(
        &stage, "{\"call\":\"health\",\"headers\":{\"Authorization\":\"Bearer x\"}}", &body));

    COG_CLEANUP(cog_string_finish) char *text = mock_body_take(&body);
    EXPECT_CONTAINS(text, "was \\\"Bearer t-1\\\"");
    EXPECT_LACKS(text, stage.token);
}

Test(verification, wants_calls_in_order)
{
    COG_CLEANUP(stage_close) struct stage stage;
    play(&stage);

    cr_expect(holds(&stage,
                    "{\"in_order\":true,\"expectations\":[{\"call\":\"token\"},"
                    "{\"call\":\"promote\"},{\"call\":\"health\"},{\"call\":\"health\"}]}"));
    cr_expect_not(holds(&stage, "{\"in_order\":true,\"expectations\":[{\"call\":\"promote\"},"
                                "{\"call\":\"token\"}]}"));
    cr_expect_not(holds(&stage, "{\"in_order\":true,\"expectations\":[{\"call\":\"health\"},"
                                "{\"call\":\"health\"},{\"call\":\"health\"}]}"));
    cr_expect(holds(&stage, "{\"expectations\":[{\"call\":\"promote\"},{\"call\":\"token\"}]}"));
}

Test(verification, measures_the_times_between_calls)
{
    static const struct {
        const char *intervals;
        bool holds;
    } rows[] = {
        {"{\"min\":\"1500ms\",\"max\":\"1500ms\"}", true},
        {"{\"min\":\"1501ms\"}", false},
        {"{\"max\":\"1499ms\"}", false},
        {"{\"grow\":true}", true},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    play(&stage);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "{\"call\":\"health\",\"intervals\":%s}",
                       rows[i].intervals);
        cr_expect(holds(&stage, text) == rows[i].holds, "%s", text);
    }
    stage_advance(&stage, 2100);
    (void)stage_send(&stage, "GET", "/api/v1/health", NULL);
    cr_expect_not(holds(&stage, "{\"call\":\"health\",\"intervals\":{\"grow\":true}}"));
}

Test(verification, refuses_what_it_does_not_understand_with_its_place)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{\"cal\":\"promote\"}", "body:1:2: unknown key 'cal', did you mean 'call'?"},
        {"{\"call\":\"promot\"}", "body:1:9: 'call' must be one of:"},
        {"{\n\"count\":\"x\"}", "body:2:9: 'count' must be a whole number"},
        {"{\"count\":{\"min\":2,\"max\":1}}", "body:1:10: 'max' is below 'min'"},
        {"{\"status\":\"4yy\"}", "body:1:11: 'status' must be"},
        {"{\"headers\":{\"A\":1}}", "body:1:17: 'A' must be a string"},
        {"{\"body_match\":\"text\",\"body\":{}}", "'body' must be a string"},
        {"{\"fault\":3}", "body:1:10: 'fault' must be"},
        {"{\"intervals\":{\"least\":\"1s\"}}", "unknown key 'least'"},
        {"{\"expectations\":[]}", "expected 1 to 100 expectations, not 0"},
        {"{\"expectations\":[{}],\"order\":1}", "unknown key 'order'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
        COG_CLEANUP(mock_verification_finish) struct mock_verification verification = {0};
        struct cog_error error = {0};
        const char *text = rows[i].text;
        ASSERT_CODE(cog_document_parse("body", text, strlen(text), &document, &error), COG_OK,
                    error);

        ASSERT_CODE(mock_verification_read(&document, &verification, &error), COG_ERROR_SYNTAX,
                    error);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}
