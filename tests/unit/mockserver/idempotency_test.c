#include "stage.h"

#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(idempotency, .timeout = 5.0);

Test(idempotency, repeats_the_first_answer_and_does_nothing_twice)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "Idempotency-Key", "key-1");
    EXPECT_INT(stage_promote(&stage), 202);
    char first[512];
    (void)snprintf(first, sizeof first, "%s", stage.plan.body);
    stage_advance(&stage, 100000);

    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_STR(stage.plan.body, first);
    EXPECT_STR(stage_answer_header(&stage, "Location"), "/api/v1/deployments/job-1/status");
    EXPECT_STR(stage_answer_header(&stage, "Date"), "Thu, 01 Jan 2026 00:01:40 GMT");
    EXPECT_INT(mock_truth_deployment_count(stage.server), 1);
    cr_expect_not(mock_truth_exchange(stage.server, 2)->applied);
}

Test(idempotency, refuses_the_key_with_another_body_or_path)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "Idempotency-Key", "key-1");
    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_INT(stage_send(&stage, "POST", "/api/v1/deployments/promote", "{}"), 422);
    EXPECT_STR(stage_text(&stage, "type"), "urn:cogmock:idempotency-key-reused");
    EXPECT_INT(stage_send(&stage, "POST", "/api/v1/deployments/job-1/rollback", NULL), 422);
}

Test(idempotency, does_not_keep_a_refusal)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":3},"
                       "{\"at\":\"40s\",\"active\":0}]}}}");
    stage_header(&stage, "Idempotency-Key", "key-1");
    EXPECT_INT(stage_promote(&stage), 409);
    stage_advance(&stage, 40000);

    EXPECT_INT(stage_promote(&stage), 202);
}

Test(idempotency, covers_rollbacks)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    EXPECT_INT(stage_promote(&stage), 202);
    stage_advance(&stage, 60000);
    stage_header(&stage, "Idempotency-Key", "key-2");
    EXPECT_INT(stage_send(&stage, "POST", "/api/v1/deployments/job-1/rollback", NULL), 202);

    EXPECT_INT(stage_send(&stage, "POST", "/api/v1/deployments/job-1/rollback", NULL), 202);

    EXPECT_STR(stage_text(&stage, "rollback_id"), "rollback-1");
    EXPECT_INT(mock_truth_deployment(stage.server, 0).rollback_count, 1);
}

Test(idempotency, can_be_switched_off)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"idempotency_keys\":false}}");
    stage_header(&stage, "Idempotency-Key", "key-1");
    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_INT(stage_promote(&stage), 409);
}

/* The member of the newest deployment in the list; NULL where it is not told. */
static const char *listed_key(struct stage *stage)
{
    EXPECT_INT(stage_send(stage, "GET", "/api/v1/deployments", NULL), 200);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(stage->json, "deployments");
    const cJSON *newest = cJSON_GetArrayItem(list, 0);
    cr_assert_not_null(newest);
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(newest, "idempotency_key"));
}

Test(idempotency, tells_in_the_list_with_which_key_a_promotion_came)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    EXPECT_INT(stage_promote(&stage), 202);
    cr_expect_null(listed_key(&stage), "it had none");
    stage_advance(&stage, 60000);
    stage_header(&stage, "Idempotency-Key", "key-1");

    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_STR(listed_key(&stage), "key-1");
}

Test(idempotency, tells_no_key_that_is_ignored_or_cannot_be_kept)
{
    static const char switched_off[] = "{\"server\":{\"idempotency_keys\":false}}";
    char longest[256 + 1];
    memset(longest, 'k', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const struct {
        const char *script;
        const char *key;
    } rows[] = {{switched_off, "key-1"}, {NULL, longest}, {NULL, "schl\xfcssel"}, {NULL, ""}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, rows[i].script);
        stage_header(&stage, "Idempotency-Key", rows[i].key);

        EXPECT_INT(stage_promote(&stage), 202);

        cr_expect_null(listed_key(&stage), "row %zu", i);
    }
}
