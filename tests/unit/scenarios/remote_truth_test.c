#include "drill/guided/remote_truth.h"

#include "support/expect.h"

#include <cogbase/text.h>
#include <criterion/criterion.h>

TestSuite(remote_truth, .timeout = 5.0);

static const char trace[] = "00-1-2-01";

#define REQUEST(number, call, more)                                                                \
    "{\"number\":" number ",\"state\":\"done\",\"at_ms\":100,\"answered_ms\":110,\"done_ms\":120," \
    "\"delay_ms\":0,\"method\":\"POST\",\"target\":\"/api/v1/deployments/"                         \
    "promote\",\"call\":\"" call                                                                   \
    "\",\"nth\":2,\"attempt\":3,\"status\":202,\"applied\":true,\"rule\":\"world\"" more "}"

static cJSON *json(const char *text)
{
    cJSON *parsed = cJSON_Parse(text);
    cr_assert(parsed != NULL, "%s", text);
    return parsed;
}

/* A drill that was seen, and whose server is gone. */
struct seen {
    struct scn_scene scene;
    struct cog_config config;
    struct scn_remote_truth truth;
    struct scn_facts facts;
};

static void seen_read(struct seen *seen, const char *requests)
{
    static char source[] = "env-source";
    static char target[] = "env-target";
    *seen = (struct seen){
        .scene =
            {
                .clock = json("{\"now_ms\":5000,\"scale\":10}"),
                .environments = json("{\"environments\":[{\"id\":\"env-target\","
                                     "\"content_digest\":\"bb\",\"start_digest\":\"aa\"}]}"),
                .jobs = json("{\"jobs\":[{\"job_id\":\"job-1\",\"source_id\":\"env-source\","
                             "\"target_id\":\"env-target\",\"status\":\"rolled_back\","
                             "\"error\":\"no room\",\"created_ms\":10,\"touched_ms\":20,"
                             "\"ended_ms\":30,\"reversible\":true,\"rollback_count\":1,"
                             "\"rollback_ended_ms\":-1,\"sessions_at_start\":4,"
                             "\"sessions_overridden\":true},{\"job_id\":\"job-2\"}]}"),
                .injects = json("{\"injects\":[{\"name\":\"a\",\"text\":\"A\",\"status\":"
                                "\"struck\",\"struck_ms\":40,\"failure\":null},{\"name\":\"b\","
                                "\"status\":\"failed\",\"struck_ms\":50,\"failure\":\"no job\"}]}"),
                .requests = json(requests),
            },
        .config = {.source_environment_id = source, .target_environment_id = target},
    };
    ASSERT_CODE(
        scn_remote_truth_read(&seen->scene, NULL, &seen->config, &seen->truth, &seen->facts),
        COG_OK, (struct cog_error){0});
}

static void seen_finish(struct seen *seen)
{
    scn_remote_truth_finish(&seen->truth);
    scn_scene_finish(&seen->scene);
}

Test(remote_truth, reads_a_request)
{
    COG_CLEANUP(seen_finish) struct seen seen;

    seen_read(&seen,
              "[" REQUEST("7", "promote",
                          ",\"fault\":\"delay\",\"retry_after_ms\":3000,\"request_id\":\"r\","
                          "\"idempotency_key\":\"k\",\"connection\":4,\"headers\":[{\"name\":"
                          "\"authorization\",\"value\":\"Bearer t-1\"}],\"body\":\"{}\",\"answer\":"
                          "{\"body\":\"{\\\"job_id\\\":\\\"job-1\\\"}\",\"is_whole\":true,"
                          "\"headers\":[{\"name\":\"X\",\"value\":\"y\"}]}") "]");

    const struct mock_exchange *exchange = &seen.facts.exchanges[0];
    EXPECT_INT(seen.facts.exchange_count, 1);
    EXPECT_INT(exchange->number, 7);
    EXPECT_INT(exchange->state, MOCK_EXCHANGE_DONE);
    EXPECT_INT(exchange->at_ms, 100);
    EXPECT_INT(exchange->answered_ms, 110);
    EXPECT_INT(exchange->done_ms, 120);
    EXPECT_INT(exchange->base_done_ms, 12);
    EXPECT_STR(exchange->path, "/deployments/promote");
    EXPECT_STR(exchange->call, "promote");
    EXPECT_INT(exchange->nth, 2);
    EXPECT_INT(exchange->attempt, 3);
    EXPECT_INT(exchange->status, 202);
    cr_expect(exchange->applied);
    EXPECT_STR(exchange->fault, "delay");
    EXPECT_INT(exchange->retry_after_ms, 3000);
    EXPECT_STR(exchange->request_id, "r");
    EXPECT_STR(exchange->idempotency_key, "k");
    EXPECT_STR(exchange->body, "{}");
    cr_expect(exchange->has_authorization);
    cr_expect(exchange->is_whole);
    EXPECT_INT(exchange->header_count, 1);
    EXPECT_INT(exchange->answer_header_count, 1);
}

Test(remote_truth, has_nothing_where_a_request_was_not_answered)
{
    COG_CLEANUP(seen_finish) struct seen seen;

    seen_read(&seen, "[{\"number\":1,\"state\":\"abandoned\",\"at_ms\":5,\"answered_ms\":null,"
                     "\"done_ms\":null,\"call\":\"status\",\"status\":null,\"fault\":null,"
                     "\"target\":\"/hooks/ci\"}]");

    const struct mock_exchange *exchange = &seen.facts.exchanges[0];
    EXPECT_INT(exchange->state, MOCK_EXCHANGE_ABANDONED);
    EXPECT_INT(exchange->answered_ms, -1);
    EXPECT_INT(exchange->status, 0);
    EXPECT_STR(exchange->path, "/hooks/ci");
    cr_expect(exchange->fault == NULL && exchange->request_id == NULL);
    cr_expect(exchange->answer_body == NULL);
}

Test(remote_truth, reads_deployments)
{
    COG_CLEANUP(seen_finish) struct seen seen;

    seen_read(&seen, "[]");

    const struct mock_deployment_truth *deployment = &seen.facts.deployments[0];
    EXPECT_INT(seen.facts.deployment_count, 2);
    EXPECT_STR(deployment->status, "rolled_back");
    EXPECT_STR(deployment->error, "no room");
    EXPECT_INT(deployment->created_ms, 10);
    EXPECT_INT(deployment->touched_ms, 20);
    EXPECT_INT(deployment->ended_ms, 30);
    EXPECT_INT(deployment->rollback_count, 1);
    EXPECT_INT(deployment->rollback_ended_ms, -1);
    EXPECT_INT(deployment->sessions_at_start, 4);
    cr_expect(deployment->reversible && deployment->sessions_overridden);
}

Test(remote_truth, tells_injects_that_struck_from_those_that_could_do_nothing)
{
    COG_CLEANUP(seen_finish) struct seen seen;

    seen_read(&seen, "[]");

    EXPECT_INT(seen.facts.inject_count, 2);
    EXPECT_INT(seen.facts.injects[0].struck_ms, 40);
    EXPECT_INT(seen.facts.injects[1].struck_ms, -1);
    EXPECT_STR(seen.facts.injects[1].failure, "no job");
}

Test(remote_truth, knows_what_the_target_held_before_and_holds_now)
{
    COG_CLEANUP(seen_finish) struct seen seen;

    seen_read(&seen, "[]");

    cr_expect(seen.facts.target.is_known && !seen.facts.source.is_known);
    EXPECT_STR(seen.facts.target.now, "bb");
    EXPECT_STR(seen.facts.target.start, "aa");
}

Test(remote_truth, takes_a_webhook_for_delivered_that_was_answered_with_2xx)
{
    COG_CLEANUP(seen_finish) struct seen seen;

    seen_read(&seen, "[{\"number\":1,\"state\":\"done\",\"at_ms\":5,\"call\":\"webhook\","
                     "\"status\":503},{\"number\":2,\"state\":\"abandoned\",\"at_ms\":6,\"call\":"
                     "\"webhook\",\"status\":204},{\"number\":3,\"state\":\"done\",\"at_ms\":7,"
                     "\"call\":\"webhook\",\"status\":204,\"body\":\"{1}\",\"headers\":[{\"name\":"
                     "\"webhook-id\",\"value\":\"w-1\"}]}]");

    EXPECT_INT(seen.facts.delivery_count, 1);
    EXPECT_INT(seen.facts.deliveries[0].at_ms, 7);
    EXPECT_STR(seen.facts.deliveries[0].webhook_id, "w-1");
    EXPECT_STR(seen.facts.deliveries[0].body, "{1}");
}

#define JOB(id)   ",\"answer\":{\"body\":\"{\\\"job_id\\\":\\\"" id "\\\"}\"}"
#define TOKEN(id) ",\"token\":\"" id "\""
#define MARK      ",\"headers\":[{\"name\":\"traceparent\",\"value\":\"00-1-2-01\"}]"

Test(remote_truth, parts_what_another_operator_did)
{
    COG_CLEANUP(seen_finish) struct seen seen;
    struct scn_facts other = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text requests = {0};
    /* The other one's token request has no mark; the token tells whose it is. */
    cog_text_append(&requests, "[" REQUEST("1", "token", TOKEN("t-1")) ",");
    cog_text_append(&requests, REQUEST("2", "token", TOKEN("t-2")) ",");
    cog_text_append(&requests, REQUEST("3", "promote", TOKEN("t-1") JOB("job-1")) ",");
    cog_text_append(&requests, REQUEST("4", "promote", TOKEN("t-2") MARK JOB("job-2")) "]");

    seen_read(&seen, cog_text_string(&requests));
    const enum cog_code code = scn_remote_truth_part(&seen.truth, trace, &seen.facts, &other);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(seen.facts.exchange_count, 2);
    EXPECT_INT(seen.facts.exchanges[0].number, 1);
    EXPECT_INT(seen.facts.exchanges[1].number, 3);
    EXPECT_INT(seen.facts.deployment_count, 1);
    EXPECT_STR(seen.facts.deployments[0].job_id, "job-1");
    EXPECT_INT(other.exchange_count, 2);
    EXPECT_INT(other.deployment_count, 1);
    EXPECT_STR(other.deployments[0].job_id, "job-2");
}
