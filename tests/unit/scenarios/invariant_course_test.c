/* The rules about the course of a run: what is unknown, how soon again, what is told. */
#include "judge/invariant.h"

#include "forged.h"
#include "judge/signature.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(invariant_course, .timeout = 5.0);

#define SUCCESS "{\"event\":\"deployment.success\",\"data\":{\"outcome\":\"promoted\"}}"
#define DETACHED                                                                                   \
    "{\"event\":\"deployment.failed\",\"data\":{\"outcome\":\"interrupted\",\"checksum\":\"1\"}}"
#define RESUMED                                                                                    \
    "{\"event\":\"deployment.success\",\"data\":{\"outcome\":\"promoted\",\"checksum\":\"2\"}}"
#define RESTORED "{\"event\":\"deployment.failed\",\"data\":{\"outcome\":\"rolled_back\"}}"

/* The specification's own known answer. */
static char known_secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
static const char known_id[] = "msg_p5jXN8AQM9LWM0D4loKWxJek";
static const char known_time[] = "1614265330";
static const char known_body[] = "{\"test\": 2432232314}";
static const char known_signature[] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

/* I6 */
static void see_the_list_at_last(struct forged *world)
{
    forged_add(world, "deployments", 9000, 200);
}

static void see_the_job_at_last(struct forged *world)
{
    forged_add(world, "status", 9000, 200);
}

static void be_unknown_without_a_promotion(struct forged *world)
{
    world->facts.exchange_count = 2;
}

/* I7 */
static void take_too_long(struct forged *world)
{
    world->facts.elapsed_ms = 900000 + 900000 + 10000 + 30000 + 1;
}

/* I8 */
static void repeat_too_early(struct forged *world)
{
    struct mock_exchange *first = forged_add(world, "sessions", 70000, 429);
    first->retry_after_ms = 3000;
    first->request_id = "same";
    forged_add(world, "sessions", 72999, 200)->request_id = "same";
}

static void poll_too_early(struct forged *world)
{
    struct mock_exchange *first = forged_add(world, "status", 70000, 200);
    first->retry_after_ms = 3000;
    first->request_id = "one";
    forged_add(world, "status", 72999, 200)->request_id = "another";
}

static void poll_too_early_after_the_start(struct forged *world)
{
    world->exchanges[1].retry_after_ms = 61000;
}

static void try_too_often(struct forged *world)
{
    for (int i = 0; i < 4; i++) {
        forged_add(world, "health", 70000 + i, 503)->request_id = "same";
    }
}

static void spend_more_than_the_budget(struct forged *world)
{
    static char ids[20][16];
    world->config.max_attempts = 20;
    for (int i = 0; i < 40; i++) {
        char *id = ids[i / 20];
        (void)snprintf(id, sizeof ids[0], "id-%d", i / 20);
        forged_add(world, "health", 70000 + i, 500)->request_id = id;
    }
}

/* I11 */
static void send_without_an_id(struct forged *world)
{
    forged_add_webhook(world, 60000, SUCCESS)->webhook_id = NULL;
}

static void change_the_id(struct forged *world)
{
    (void)forged_add_webhook(world, 60000, SUCCESS);
    forged_add_webhook(world, 61000, SUCCESS)->webhook_id = "msg_2";
}

static void change_the_id_of_one_record(struct forged *world)
{
    world->facts.process_count = 2;
    (void)forged_add_webhook(world, 60000, RESUMED);
    forged_add_webhook(world, 61000, RESUMED)->webhook_id = "msg_2";
}

static void say_two_things_under_one_id(struct forged *world)
{
    world->facts.process_count = 2;
    (void)forged_add_webhook(world, 20000, DETACHED);
    (void)forged_add_webhook(world, 60000, RESUMED);
}

static void send_the_token_along(struct forged *world)
{
    forged_add_webhook(world, 60000, SUCCESS)->has_authorization = true;
}

static void send_unsigned(struct forged *world)
{
    world->config.webhook_secret = known_secret;
    (void)forged_add_webhook(world, 60000, SUCCESS);
}

static void sign_something_else(struct forged *world)
{
    world->config.webhook_secret = known_secret;
    forged_add_webhook(world, 60000, SUCCESS)->webhook_signature = known_signature;
}

static void announce_too_early(struct forged *world)
{
    (void)forged_add_webhook(world, 59999, SUCCESS);
}

static void announce_a_rollback_too_early(struct forged *world)
{
    (void)forged_add_webhook(world, 44999, RESTORED);
}

static void announce_something_else(struct forged *world)
{
    (void)forged_add_webhook(world, 60000, RESTORED);
    world->report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
}

static void announce_nothing_readable(struct forged *world)
{
    (void)forged_add_webhook(world, 60000, "success");
}

/* I17 */
static void name_no_step(struct forged *world)
{
    world->report.step[0] = '\0';
}

static void name_no_reason(struct forged *world)
{
    world->report.reason[0] = '\0';
}

static void hide_the_jobs_error(struct forged *world)
{
    (void)snprintf(world->report.reason, sizeof world->report.reason, "something went wrong");
}

static void hide_the_status(struct forged *world)
{
    world->exchanges[1].fault = "status 422";
    (void)snprintf(world->report.reason, sizeof world->report.reason, "something went wrong");
}

static const struct {
    const char *id;
    void (*init)(struct forged *world);
    void (*spoil)(struct forged *world);
    const char *text;
} rows[] = {
    {"I6", forged_init_unknown, see_the_list_at_last, "deployments#1 showed how it stands"},
    {"I6", forged_init_unknown, see_the_job_at_last, "status#1 showed how it stands"},
    {"I6", forged_init_unknown, be_unknown_without_a_promotion, "no promotion was sent"},
    {"I7", forged_init_promoted, take_too_long, "the run took 30m40.001s"},
    {"I8", forged_init_promoted, repeat_too_early, "came 2999 ms after"},
    {"I8", forged_init_promoted, poll_too_early, "came 2999 ms after"},
    {"I8", forged_init_promoted, poll_too_early_after_the_start, "came 60000 ms after promote"},
    {"I8", forged_init_promoted, try_too_often, "tried 4 times, and 3 are allowed"},
    {"I8", forged_init_promoted, spend_more_than_the_budget, "retry budget of 500"},
    {"I11", forged_init_promoted, send_without_an_id, "has no id"},
    {"I11", forged_init_promoted, change_the_id, "different ids"},
    {"I11", forged_init_promoted, change_the_id_of_one_record, "different ids"},
    {"I11", forged_init_promoted, say_two_things_under_one_id, "'interrupted' and 'promoted'"},
    {"I11", forged_init_promoted, send_the_token_along, "Authorization"},
    {"I11", forged_init_promoted, send_unsigned, "is not signed"},
    {"I11", forged_init_promoted, sign_something_else, "not that of its message"},
    {"I11", forged_init_promoted, announce_too_early, "was none yet"},
    {"I11", forged_init_rolled_back, announce_a_rollback_too_early, "had not ended"},
    {"I11", forged_init_rolled_back, announce_something_else, "says 'rolled_back'"},
    {"I11", forged_init_promoted, announce_nothing_readable, "no JSON object"},
    {"I17", forged_init_rejected, name_no_step, "names no step"},
    {"I17", forged_init_rejected, name_no_reason, "names no reason"},
    {"I17", forged_init_rolled_back, hide_the_jobs_error, "failed with 'database lock"},
    {"I17", forged_init_rejected, hide_the_status, "the server said 422"},
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

Test(invariant_course, every_rule_fails_in_a_world_that_breaks_it)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        rows[i].init(&world);
        const enum scn_result before = judge(rows[i].id, &world.facts).result;
        rows[i].spoil(&world);

        struct scn_judgement judgement = judge(rows[i].id, &world.facts);

        cr_expect(before == SCN_PASS, "row %zu: %s is broken already", i, rows[i].id);
        cr_expect(judgement.result == SCN_FAIL, "row %zu: %s is %s", i, rows[i].id,
                  scn_result_name(judgement.result));
        EXPECT_CONTAINS(judgement.text, rows[i].text);
    }
}

Test(invariant_course, a_look_before_the_promotion_showed_nothing_of_it)
{
    struct forged world;
    forged_init_unknown(&world);

    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_wait_that_was_kept_and_a_renewed_token_are_right)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *first = forged_add(&world, "sessions", 70000, 429);
    first->retry_after_ms = 3000;
    first->request_id = "same";
    forged_add(&world, "sessions", 73000, 401)->request_id = "same";
    forged_add(&world, "sessions", 73000, 503)->request_id = "same";
    forged_add(&world, "sessions", 74000, 200)->request_id = "same";

    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_wait_in_an_answer_that_broke_was_not_told)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *first = forged_add(&world, "status", 70000, 200);
    first->retry_after_ms = 3000;
    first->fault = "truncated_headers";
    forged_add(&world, "status", 70100, 200);

    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_success_gives_back_to_the_budget)
{
    struct forged world;
    forged_init_promoted(&world);
    static char ids[28][16];
    for (int i = 0; i < 28; i++) {
        (void)snprintf(ids[i], sizeof ids[0], "id-%d", i);
        forged_add(&world, "health", 70000 + i, 500)->request_id = ids[i];
        forged_add(&world, "health", 70000 + i, 200)->request_id = ids[i];
    }

    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_signed_webhook_of_what_is_true_is_right)
{
    struct forged world;
    forged_init_promoted(&world);
    (void)forged_add_webhook(&world, 60000, SUCCESS);
    (void)forged_add_webhook(&world, 60500, SUCCESS);

    EXPECT_INT(scn_judge_webhook(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_run_that_is_resumed_ends_again_and_says_so_under_another_id)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.process_count = 2;
    (void)forged_add_webhook(&world, 20000, DETACHED);
    forged_add_webhook(&world, 60000, RESUMED)->webhook_id = "msg_1_2";

    EXPECT_INT(scn_judge_webhook(&world.facts).result, SCN_PASS);
}

Test(invariant_course, an_end_that_could_not_be_told_leaves_the_word_to_the_one_before)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.process_count = 2;
    world.report.webhook = COG_DELIVERY_KEPT;
    (void)forged_add_webhook(&world, 20000, DETACHED);

    EXPECT_INT(scn_judge_webhook(&world.facts).result, SCN_PASS);

    world.report.webhook = COG_DELIVERY_DELIVERED;
    EXPECT_INT(scn_judge_webhook(&world.facts).result, SCN_FAIL);
}

Test(invariant_course, a_promotion_that_was_rolled_back_later_had_been_a_success)
{
    struct forged world;
    forged_init_promoted(&world);
    world.deployments[0].status = "rolled_back";
    (void)forged_add_webhook(&world, 60000, SUCCESS);

    EXPECT_INT(scn_judge_webhook(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_rollback_that_somebody_asked_for_is_no_failure)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.report.step[0] = '\0';
    world.facts.is_rolled_back_by_hand = true;

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, signature_is_that_of_the_specification)
{
    cr_expect(
        scn_signature_is_valid(known_secret, known_id, known_time, known_body, known_signature));
    cr_expect(
        !scn_signature_is_valid(known_secret, known_id, "1614265331", known_body, known_signature));
    cr_expect(!scn_signature_is_valid("whsec_", known_id, known_time, known_body, known_signature));
    cr_expect(
        !scn_signature_is_valid("whsec_*", known_id, known_time, known_body, known_signature));
    cr_expect(!scn_signature_is_valid(known_secret, known_id, known_time, known_body,
                                      known_signature + 3));
}

Test(invariant_course, a_job_that_failed_behind_the_deadline_is_not_the_first_cause)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.config.timeout_ms = 30000;
    hide_the_jobs_error(&world);

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, who_gave_up_before_the_job_was_seen_tells_its_error_behind)
{
    struct forged world;
    forged_init_rolled_back(&world);
    (void)snprintf(world.report.follow_up, sizeof world.report.follow_up, "the job failed: %s",
                   world.deployments[0].error);
    hide_the_jobs_error(&world);
    const struct scn_event event = {.name = "transition",
                                    .fields = "from=follow on=overdue to=stop"};
    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_FAIL);

    world.facts.events = &event;
    world.facts.event_count = 1;
    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
    world.report.follow_up[0] = '\0';

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_FAIL);
}

Test(invariant_course, a_wait_that_is_too_long_is_a_cause_of_its_own)
{
    struct forged world;
    forged_init_rejected(&world);
    world.exchanges[1].status = 429;
    world.exchanges[1].fault = "status 429";
    (void)snprintf(world.report.reason, sizeof world.report.reason, "server asks to wait 1h");

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_409_may_be_told_as_the_sessions_that_it_means)
{
    struct forged world;
    forged_init_rejected(&world);
    world.exchanges[1].call = "sessions";
    world.exchanges[1].status = 409;
    world.exchanges[1].fault = "status 409";
    (void)snprintf(world.report.reason, sizeof world.report.reason, "it has 1 active sessions");

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_status_that_was_overcome_is_not_the_cause)
{
    struct forged world;
    forged_init_rejected(&world);
    hide_the_status(&world);
    forged_add(&world, "promote", 1000, 200)->request_id = world.exchanges[1].request_id;

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_status_that_only_the_dead_have_heard_is_not_the_cause)
{
    struct forged world;
    forged_init_rejected(&world);
    hide_the_status(&world);
    struct scn_start starts[] = {{.command = "promote"},
                                 {.command = "resume", .exchange_count = 2}};
    world.facts.starts = starts;
    world.facts.process_count = 2;
    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_FAIL);

    starts[1].is_after_kill = true;

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, whoever_finds_nobody_behind_a_kill_cannot_know_the_jobs_error)
{
    struct forged world;
    forged_init_rolled_back(&world);
    hide_the_jobs_error(&world);
    world.report.outcome = COG_OUTCOME_UNKNOWN;
    struct scn_start starts[] = {{.command = "promote"}, {.command = "resume"}};
    starts[1].exchange_count = world.facts.exchange_count;
    world.facts.starts = starts;
    world.facts.process_count = 2;
    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_FAIL);

    starts[1].is_after_kill = true;

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_status_that_nobody_waited_for_is_not_the_cause)
{
    struct forged world;
    forged_init_rejected(&world);
    hide_the_status(&world);
    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_FAIL);

    world.exchanges[1].state = MOCK_EXCHANGE_ABANDONED;

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_course, a_wait_of_an_answer_that_was_given_up_is_not_heard)
{
    struct forged world;
    forged_init_promoted(&world);
    poll_too_early(&world);
    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_FAIL);

    world.exchanges[world.facts.exchange_count - 2].state = MOCK_EXCHANGE_ABANDONED;

    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_PASS);
}

/* Four requests of one call; the first one came by a connection that had been used before. */
static struct mock_exchange *add_resent(struct forged *world, struct mock_header headers[4])
{
    struct mock_exchange *first = NULL;
    static char name[] = "X-Attempt";
    static char attempts[4][2] = {"1", "1", "2", "3"};
    for (int i = 0; i < 4; i++) {
        headers[i] = (struct mock_header){.name = name, .value = attempts[i]};
        struct mock_exchange *exchange = forged_add(world, "health", 70000 + i, 0);
        exchange->request_id = "same";
        exchange->fault = "close_no_response";
        exchange->headers = &headers[i];
        exchange->header_count = 1;
        exchange->connection_request = i == 0 ? 2 : 1;
        first = i == 0 ? exchange : first;
    }
    return first;
}

Test(invariant_course, what_the_transport_sends_again_by_itself_is_one_attempt)
{
    struct forged world;
    struct mock_header headers[4];
    forged_init_promoted(&world);
    struct mock_exchange *first = add_resent(&world, headers);
    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_PASS);

    first->connection_request = 1;
    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_FAIL);

    first->connection_request = 2;
    first->fault = "reset_after_headers";
    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_FAIL);

    first->fault = "close_no_response";
    headers[1].value = headers[2].value;
    EXPECT_INT(scn_judge_pace(&world.facts).result, SCN_FAIL);
}
