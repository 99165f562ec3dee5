#include "forged.h"

#include <assert.h>
#include <stdio.h>

static char client_id[] = "dev-client";
static char client_secret[] = "dev-secret";

static void set_content(struct scn_content *content, const char *start, const char *now)
{
    content->is_known = true;
    (void)snprintf(content->start, sizeof content->start, "%s", start);
    (void)snprintf(content->now, sizeof content->now, "%s", now);
}

static void init_common(struct forged *world)
{
    *world = (struct forged){
        .config =
            {
                .client_id = client_id,
                .client_secret = client_secret,
                .resolve_dependencies = true,
                .sync_configuration = true,
                .include_webhooks = true,
                .include_integrations = true,
                .parity_threshold = 0.95,
                .timeout_ms = 900000,
                .rollback_timeout_ms = 900000,
                .request_timeout_ms = 30000,
                .webhook_timeout_ms = 10000,
                .max_attempts = 3,
            },
        .deliveries = {{.body = "{\"event\":\"deployment.success\"}"}},
        .outputs = {{.name = "the report", .text = "all is well"},
                    {.name = "the log", .text = "step name=ready"}},
        .secrets = {"token-0123456789"},
    };
    world->facts = (struct scn_facts){
        .host = "127.0.0.1:1",
        .config = &world->config,
        .report = &world->report,
        .exchanges = world->exchanges,
        .deployments = world->deployments,
        .deliveries = world->deliveries,
        .delivery_count = 1,
        .audit = "{\"status\":\"success\",\"outcome\":\"promoted\"}\n",
        .audit_chain = {.verdict = COG_AUDIT_INTACT},
        .process_count = 1,
        .settled_ms = -1,
        .journals = "{\"event\":\"intent promote\"}\n{\"event\":\"result promote\"}\n"
                    "{\"event\":\"intent rollback\"}\n{\"event\":\"result rollback\"}\n",
        .outputs = world->outputs,
        .output_count = 2,
        .secrets = world->secrets,
    };
    set_content(&world->facts.source, "source", "source");
    set_content(&world->facts.target, "old", "old");
}

struct mock_exchange *forged_add(struct forged *world, const char *call, int64_t at_ms, int status)
{
    assert(world->facts.exchange_count < FORGED_EXCHANGES_MAX);
    struct mock_exchange *exchange = &world->exchanges[world->facts.exchange_count++];
    *exchange = (struct mock_exchange){
        .at_ms = at_ms,
        .call = call,
        .nth = 1,
        .attempt = 1,
        .status = status,
        .applied = true,
        .path = "/somewhere",
        .request_id = call,
        .body = "",
    };
    return exchange;
}

static void add_promotion(struct forged *world, const char *status, int64_t ended_ms)
{
    struct mock_exchange *promote = forged_add(world, "promote", 0, 202);
    promote->idempotency_key = "key-1";
    promote->body = "{}";
    world->facts.deployment_count = 1;
    world->deployments[0] = (struct mock_deployment_truth){
        .job_id = "job-1",
        .source_id = "env-source",
        .target_id = "env-target",
        .status = status,
        .ended_ms = ended_ms,
        .reversible = true,
        .rollback_ended_ms = -1,
    };
}

struct mock_exchange *forged_add_webhook(struct forged *world, int64_t at_ms, const char *body)
{
    struct mock_exchange *webhook = forged_add(world, "webhook", at_ms, 204);
    webhook->body = body;
    webhook->webhook_id = "msg_1";
    webhook->webhook_timestamp = "1614265330";
    return webhook;
}

void forged_init_unknown(struct forged *world)
{
    init_common(world);
    forged_add(world, "token", 0, 200);
    forged_add(world, "deployments", 0, 200);
    add_promotion(world, "completed", 60000);
    world->exchanges[2].fault = "reset_after_apply";
    forged_add(world, "deployments", 100, 404)->fault = "status 404";
    forged_add(world, "status", 5000, 200)->fault = "not_json";
    (void)snprintf(world->report.reason, sizeof world->report.reason, "nobody knows");
    (void)snprintf(world->report.step, sizeof world->report.step, "promote");
    world->report.outcome = COG_OUTCOME_UNKNOWN;
    world->report.target = COG_TARGET_UNKNOWN;
    world->facts.audit = "{\"status\":\"failed\",\"outcome\":\"unknown\"}\n";
    world->facts.exit_code = 8;
}

void forged_init_promoted(struct forged *world)
{
    init_common(world);
    forged_add(world, "token", 0, 200);
    add_promotion(world, "completed", 60000);
    forged_add(world, "status", 60000, 200);
    forged_add(world, "health", 60000, 200);
    forged_add(world, "simulate", 60000, 200);
    set_content(&world->facts.target, "old", "source");
    world->report.outcome = COG_OUTCOME_PROMOTED;
    world->report.target = COG_TARGET_NEW;
    world->report.parity_is_measured = true;
    world->report.parity_score = 1;
    world->facts.exit_code = 0;
    world->facts.elapsed_ms = 60000;
}

void forged_init_rolled_back(struct forged *world)
{
    init_common(world);
    forged_add(world, "token", 0, 200);
    add_promotion(world, "rolled_back", 35000);
    world->deployments[0].error = "database lock contention";
    world->deployments[0].rollback_count = 1;
    world->deployments[0].rollback_ended_ms = 45000;
    struct mock_exchange *rollback = forged_add(world, "rollback", 35000, 202);
    rollback->idempotency_key = "key-2";
    forged_add(world, "status", 45000, 200);
    (void)snprintf(world->report.reason, sizeof world->report.reason,
                   "the job failed: database lock contention");
    (void)snprintf(world->report.step, sizeof world->report.step, "follow");
    world->report.outcome = COG_OUTCOME_ROLLED_BACK;
    world->report.target = COG_TARGET_RESTORED;
    world->facts.audit = "{\"status\":\"failed\",\"outcome\":\"rolled_back\"}\n";
    world->facts.exit_code = 6;
    world->facts.elapsed_ms = 45000;
}

void forged_init_rejected(struct forged *world)
{
    init_common(world);
    forged_add(world, "token", 0, 200);
    struct mock_exchange *promote = forged_add(world, "promote", 0, 422);
    promote->idempotency_key = "key-1";
    (void)snprintf(world->report.reason, sizeof world->report.reason, "promote: 422");
    (void)snprintf(world->report.step, sizeof world->report.step, "promote");
    world->report.outcome = COG_OUTCOME_REJECTED;
    world->report.target = COG_TARGET_UNTOUCHED;
    world->facts.audit = "{\"status\":\"failed\",\"outcome\":\"rejected\"}\n";
    world->facts.exit_code = 5;
}
