#include "judge/invariant.h"

#include "forged.h"
#include "support/expect.h"

TestSuite(invariant, .timeout = 5.0);

/* Each breaks a world in a way that exactly one rule must see. */
static void break_with_second_promotion(struct forged *world)
{
    world->facts.deployment_count = 2;
    world->deployments[1] = world->deployments[0];
}

static void break_with_sessions(struct forged *world)
{
    world->deployments[0].sessions_at_start = 3;
}

static void break_with_unasked_override(struct forged *world)
{
    world->deployments[0].sessions_overridden = true;
}

static void break_with_second_rollback(struct forged *world)
{
    world->deployments[0].rollback_count = 2;
}

static void break_without_rollback(struct forged *world)
{
    world->deployments[0].rollback_count = 0;
}

static void break_with_running_rollback(struct forged *world)
{
    world->deployments[0].rollback_ended_ms = -1;
}

static void break_with_impatience(struct forged *world)
{
    world->exchanges[world->facts.exchange_count - 1].at_ms = 44999;
}

static void break_with_rollback_of_success(struct forged *world)
{
    world->deployments[0].rollback_count = 1;
}

static void break_with_rollback_of_unknown(struct forged *world)
{
    world->report.outcome = COG_OUTCOME_UNKNOWN;
    world->report.target = COG_TARGET_UNKNOWN;
    world->facts.exit_code = 8;
}

static void break_with_changed_record(struct forged *world)
{
    world->facts.audit_chain.verdict = COG_AUDIT_CHANGED;
}

static void break_with_lying_record(struct forged *world)
{
    world->facts.audit = "{\"status\":\"failed\",\"outcome\":\"rolled_back\"}\n";
}

static void break_without_record(struct forged *world)
{
    world->facts.audit = "";
}

static void break_without_intent(struct forged *world)
{
    world->facts.journals = "{\"event\":\"result promote\"}\n";
}

static void break_without_result(struct forged *world)
{
    world->facts.journals = "{\"event\":\"intent promote\"}\n{\"event\":\"result promote\"}\n"
                            "{\"event\":\"intent rollback\"}\n";
}

static void break_with_lock(struct forged *world)
{
    world->facts.lock = COG_LOCK_HELD;
}

static void break_with_secret(struct forged *world)
{
    world->outputs[1].text = "header=token-0123456789";
}

static void break_with_client_secret(struct forged *world)
{
    world->outputs[0].text = "the secret is dev-secret";
}

static void break_with_webhook_secret(struct forged *world)
{
    static char secret[] = "whsec_abcdef";
    world->config.webhook_secret = secret;
    world->outputs[0].text = "signed with whsec_abcdef";
}

static void break_with_bearer(struct forged *world)
{
    world->outputs[0].text = "authorization: Bearer x";
}

/* base64("dev-client:dev-secret") */
static void break_with_basic(struct forged *world)
{
    world->outputs[0].text = "authorization: Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0";
}

static void break_without_key(struct forged *world)
{
    world->exchanges[1].idempotency_key = NULL;
}

static void break_with_empty_key(struct forged *world)
{
    world->exchanges[1].idempotency_key = "";
}

static void break_with_shared_key(struct forged *world)
{
    struct mock_exchange *rollback = &world->exchanges[2];
    rollback->idempotency_key = world->exchanges[1].idempotency_key;
}

static void break_with_changing_key(struct forged *world)
{
    struct mock_exchange *second = forged_add(world, "promote", 1000, 202);
    second->body = world->exchanges[1].body;
    second->idempotency_key = "key-9";
    second->request_id = world->exchanges[1].request_id;
}

static void break_with_new_key_after_loss(struct forged *world)
{
    struct mock_exchange *second = forged_add(world, "promote", 20000, 202);
    second->body = world->exchanges[1].body;
    second->idempotency_key = "key-9";
    second->request_id = "another";
    world->exchanges[1].status = 0;
}

static void break_with_key_of_a_refusal(struct forged *world)
{
    struct mock_exchange *second = forged_add(world, "promote", 20000, 202);
    second->body = world->exchanges[1].body;
    second->idempotency_key = world->exchanges[1].idempotency_key;
    second->request_id = "another";
    world->exchanges[1].status = 409;
}

static const struct {
    const char *id;
    void (*init)(struct forged *world);
    void (*spoil)(struct forged *world);
    const char *text;
} rows[] = {
    {"I1", forged_init_promoted, break_with_second_promotion, "2 promotions"},
    {"I2", forged_init_promoted, break_with_sessions, "3 active sessions"},
    {"I2", forged_init_promoted, break_with_unasked_override, "nobody asked"},
    {"I3", forged_init_rolled_back, break_with_second_rollback, "2 rollbacks"},
    {"I3", forged_init_rolled_back, break_without_rollback, "never rolled back"},
    {"I3", forged_init_rolled_back, break_with_running_rollback, "still runs"},
    {"I3", forged_init_rolled_back, break_with_impatience, "not awaited"},
    {"I4", forged_init_promoted, break_with_rollback_of_success, "had not failed"},
    {"I4", forged_init_rolled_back, break_with_rollback_of_unknown, "unknown"},
    {"I9", forged_init_promoted, break_with_secret, "a secret of the server is in the log"},
    {"I9", forged_init_promoted, break_with_client_secret, "client's secret is in the report"},
    {"I9", forged_init_promoted, break_with_webhook_secret, "webhook's secret is in the report"},
    {"I9", forged_init_promoted, break_with_bearer, "Bearer"},
    {"I9", forged_init_promoted, break_with_basic, "Basic"},
    {"I10", forged_init_promoted, break_with_changed_record, "the audit file is changed"},
    {"I10", forged_init_promoted, break_with_lying_record, "the last record says 'rolled_back'"},
    {"I10", forged_init_promoted, break_without_record, "the last record says 'nothing'"},
    {"I10", forged_init_promoted, break_without_intent, "the journal announced 0"},
    {"I10", forged_init_rolled_back, break_without_result, "the journal has 0 results"},
    {"I12", forged_init_promoted, break_with_lock, "the target's lock is held"},
    {"I16", forged_init_promoted, break_without_key, "no key"},
    {"I16", forged_init_promoted, break_with_empty_key, "no key"},
    {"I16", forged_init_rolled_back, break_with_shared_key, "the same key"},
    {"I16", forged_init_promoted, break_with_changing_key, "different keys"},
    {"I16", forged_init_promoted, break_with_new_key_after_loss, "repeats it with a new key"},
    {"I16", forged_init_promoted, break_with_key_of_a_refusal, "has its key again"},
};

static struct scn_judgement judge(const char *id, const struct scn_facts *facts)
{
    const struct scn_invariant *invariant = scn_invariants();
    while (invariant->id != NULL && strcmp(invariant->id, id) != 0) {
        invariant++;
    }
    cr_assert(invariant->id != NULL, "there is no invariant '%s'", id);
    return invariant->judge(facts);
}

Test(invariant, every_rule_fails_in_a_world_that_breaks_it)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        rows[i].init(&world);
        rows[i].spoil(&world);

        struct scn_judgement judgement = judge(rows[i].id, &world.facts);

        cr_expect(judgement.result == SCN_FAIL, "row %zu: %s is %s", i, rows[i].id,
                  scn_result_name(judgement.result));
        EXPECT_CONTAINS(judgement.text, rows[i].text);
    }
}

Test(invariant, every_rule_passes_in_a_right_world)
{
    void (*const worlds[])(struct forged * world) = {
        forged_init_promoted,
        forged_init_rolled_back,
        forged_init_rejected,
    };
    for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
        struct forged world;
        worlds[i](&world);
        struct scn_findings findings = {0};

        scn_invariants_judge(&world.facts, &findings, NULL);

        cr_expect(findings.count == 0, "world %zu: %s: %s", i,
                  findings.count > 0 ? findings.items[0].subject : "",
                  findings.count > 0 ? findings.items[0].text : "");
        scn_findings_finish(&findings);
    }
}

Test(invariant, sessions_that_the_user_overrode_are_no_fault)
{
    struct forged world;
    forged_init_promoted(&world);
    world.config.override_active_sessions = true;
    world.deployments[0].sessions_overridden = true;
    world.deployments[0].sessions_at_start = 3;

    EXPECT_INT(scn_judge_sessions(&world.facts).result, SCN_PASS);
}

Test(invariant, a_rollback_that_was_refused_every_time_is_not_the_clients_fault)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.deployments[0].status = "failed";
    world.deployments[0].rollback_count = 0;
    world.deployments[0].rollback_ended_ms = -1;
    world.exchanges[2].status = 429;
    world.exchanges[2].applied = false;
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    world.report.target = COG_TARGET_SUSPECT;

    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_PASS);
}

Test(invariant, a_failure_that_nobody_saw_cannot_be_rolled_back)
{
    struct forged world;
    forged_init_rolled_back(&world);
    break_without_rollback(&world);
    world.facts.exchange_count = 2;
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_PASS);

    forged_add(&world, "status", 35000, 200);

    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_FAIL);
}

Test(invariant, who_finds_nobody_behind_a_failure_cannot_ask_for_a_rollback)
{
    struct forged world;
    struct scn_event event = {.name = "request", .fields = "call=rollback error=unreachable"};
    forged_init_rolled_back(&world);
    break_without_rollback(&world);
    world.facts.exchange_count = 2;
    forged_add(&world, "status", 35000, 200);
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_FAIL);

    event.exchange_count = world.facts.exchange_count;
    world.facts.events = &event;
    world.facts.event_count = 1;

    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_PASS);
}

Test(invariant, a_restored_target_that_nobody_was_there_to_show_is_not_known)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    world.report.target = COG_TARGET_SUSPECT;
    world.facts.exit_code = 7;
    const struct scn_event event = {.exchange_count = world.facts.exchange_count,
                                    .name = "request",
                                    .fields = "call=health error=unreachable"};
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);

    world.facts.events = &event;
    world.facts.event_count = 1;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(invariant, a_run_that_the_disk_kept_from_being_taken_up_has_not_rolled_back_yet)
{
    static const struct scn_start starts[] = {{.command = "promote"},
                                              {.command = "resume", .is_after_kill = true}};
    struct forged world;
    forged_init_rolled_back(&world);
    break_without_rollback(&world);
    world.facts.starts = starts;
    world.facts.process_count = 2;
    world.report.outcome = COG_OUTCOME_INTERNAL;
    (void)snprintf(world.report.step, sizeof world.report.step, "start");
    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_FAIL);

    world.facts.disk.lock_failed = true;

    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_PASS);
}

Test(invariant, what_the_server_rolled_back_by_itself_is_not_the_clients_doing)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.report.outcome = COG_OUTCOME_UNKNOWN;
    EXPECT_INT(scn_judge_rollback_unasked(&world.facts).result, SCN_FAIL);

    world.exchanges[2].call = "status";

    EXPECT_INT(scn_judge_rollback_unasked(&world.facts).result, SCN_PASS);
}

Test(invariant, who_was_not_told_the_content_cannot_see_that_it_differs)
{
    struct forged world;
    forged_init_rolled_back(&world);
    (void)snprintf(world.facts.target.now, sizeof world.facts.target.now, "other");
    struct mock_exchange *metrics = forged_add(&world, "metrics", 45000, 200);
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);

    metrics->fault = "missing_field";

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(invariant, an_environment_that_answers_wrong_is_not_seen_to_be_restored)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    world.report.target = COG_TARGET_SUSPECT;
    world.facts.exit_code = 7;
    struct mock_exchange *simulate = forged_add(&world, "simulate", 45000, 200);
    simulate->answer_body = "{\"matched_intent\":\"health_check_ping\"}";
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);

    simulate->answer_body = "{\"matched_intent\":\"fallback\"}";

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(invariant, a_request_for_a_rollback_that_was_never_connected_was_made)
{
    struct scn_event event = {.name = "request", .fields = "call=sessions error=deadline"};
    struct forged world;
    forged_init_rolled_back(&world);
    break_without_rollback(&world);
    world.facts.exchange_count = 2;
    forged_add(&world, "status", 35000, 200);
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    world.facts.events = &event;
    world.facts.event_count = 1;
    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_FAIL);

    event.fields = "call=rollback error=deadline";

    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_PASS);
}

Test(invariant, a_rollback_for_low_parity_that_failed_calls_an_operator)
{
    struct forged world;
    forged_init_promoted(&world);
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    world.report.target = COG_TARGET_SUSPECT;
    world.report.parity_score = 0.75;
    world.facts.exit_code = 7;
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);

    world.config.rollback_on_low_parity = true;
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
    world.report.parity_score = 1;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);
}

Test(invariant, a_job_that_cannot_be_reversed_needs_no_rollback)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.deployments[0].rollback_count = 0;
    world.deployments[0].reversible = false;

    EXPECT_INT(scn_judge_rollback_of_failure(&world.facts).result, SCN_PASS);
}

Test(invariant, low_parity_may_be_rolled_back_when_asked)
{
    struct forged world;
    forged_init_promoted(&world);
    world.deployments[0].rollback_count = 1;
    world.config.rollback_on_low_parity = true;

    EXPECT_INT(scn_judge_rollback_unasked(&world.facts).result, SCN_PASS);
}

Test(invariant, a_repeat_of_the_same_promotion_may_keep_its_key)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *second = forged_add(&world, "promote", 20000, 202);
    second->body = world.exchanges[1].body;
    second->idempotency_key = world.exchanges[1].idempotency_key;
    second->request_id = "another";

    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_PASS);
}

Test(invariant, a_refusal_that_broke_on_its_way_leaves_the_key_to_its_repeat)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *second = forged_add(&world, "promote", 20000, 202);
    second->body = world.exchanges[1].body;
    second->idempotency_key = world.exchanges[1].idempotency_key;
    second->request_id = "another";
    world.exchanges[1].status = 409;
    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_FAIL);

    world.exchanges[1].fault = "garbage_then_close";

    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_PASS);
}

Test(invariant, a_promotion_after_a_refusal_may_have_a_new_key)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *second = forged_add(&world, "promote", 20000, 202);
    second->body = world.exchanges[1].body;
    second->idempotency_key = "key-9";
    second->request_id = "another";
    world.exchanges[1].status = 409;

    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_PASS);
}

Test(invariant, who_died_behind_a_refusal_cannot_know_of_it)
{
    struct forged world;
    struct scn_start starts[] = {{.command = "promote"},
                                 {.command = "resume", .exchange_count = 2, .is_after_kill = true}};
    forged_init_promoted(&world);
    world.facts.exchange_count = 2;
    world.exchanges[1].status = 400;
    struct mock_exchange *second = forged_add(&world, "promote", 20000, 202);
    second->body = world.exchanges[1].body;
    second->idempotency_key = world.exchanges[1].idempotency_key;
    second->request_id = "another";
    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_FAIL);

    world.facts.starts = starts;
    world.facts.process_count = 2;

    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_PASS);
}

Test(invariant, a_key_that_was_refused_has_had_its_time)
{
    struct forged world;
    forged_init_promoted(&world);
    world.exchanges[1].status = 504;
    struct mock_exchange *second = forged_add(&world, "promote", 20000, 504);
    second->body = world.exchanges[1].body;
    second->idempotency_key = world.exchanges[1].idempotency_key;
    second->request_id = "another";
    struct mock_exchange *third = forged_add(&world, "promote", 40000, 202);
    third->body = world.exchanges[1].body;
    third->idempotency_key = "key-9";
    third->request_id = "one more";
    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_FAIL);

    second->status = 409;

    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_PASS);
}

Test(invariant, attempts_without_a_request_id_cannot_be_judged)
{
    struct forged world;
    forged_init_promoted(&world);
    world.exchanges[1].request_id = NULL;

    EXPECT_INT(scn_judge_keys(&world.facts).result, SCN_INCONCLUSIVE);
}

Test(invariant, a_secret_that_is_too_short_cannot_be_judged)
{
    struct forged world;
    forged_init_promoted(&world);
    char secret[] = "abc";
    world.config.client_secret = secret;

    EXPECT_INT(scn_judge_secrets(&world.facts).result, SCN_INCONCLUSIVE);
}

Test(invariant, a_finding_names_the_rule_and_what_broke_it)
{
    struct forged world;
    forged_init_promoted(&world);
    world.deployments[0].sessions_at_start = 3;
    struct scn_findings findings = {0};

    scn_invariants_judge(&world.facts, &findings, NULL);

    EXPECT_INT(findings.count, 1);
    EXPECT_STR(findings.items[0].subject, "I2");
    EXPECT_CONTAINS(findings.items[0].text, "'job-1' was applied with 3 active sessions");
    EXPECT_INT(scn_findings_verdict(&findings), SCN_FAIL);
    scn_findings_finish(&findings);
}
