/* When what happened in a rehearsal, of a world that is made up: each test changes one thing. */
#include "drill/timeline.h"

#include "forged.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(timeline, .timeout = 5.0);

#define START_UNIX_MS INT64_C(1767225600000)

enum { JOURNAL_SIZE = 8192 };

struct stage {
    struct forged world;
    struct scn_inject injects[2];
    struct scn_start starts[2];
    struct scn_event events[2];
    char journal[JOURNAL_SIZE];
    struct scn_evidence evidence;
    struct scn_timeline timeline;
};

static struct mock_exchange *add(struct stage *stage, const char *call, int64_t at_ms, int status,
                                 const char *body)
{
    struct mock_exchange *exchange = forged_add(&stage->world, call, at_ms, status);
    exchange->number = stage->world.facts.exchange_count;
    exchange->answer_body = body;
    return exchange;
}

/* At a time of the client's wall clock, since the start. */
static void write(struct stage *stage, int64_t at_ms, const char *event, const char *state,
                  const char *rest)
{
    const size_t length = strlen(stage->journal);
    (void)snprintf(stage->journal + length, sizeof stage->journal - length,
                   "{\"at_unix_ms\":%lld,\"event\":\"%s\",\"run\":{\"state\":\"%s\","
                   "\"rollback_is_accepted\":%s},%s}\n",
                   (long long)(START_UNIX_MS + at_ms), event, state,
                   strcmp(event, "result rollback") == 0 ? "true" : "false",
                   rest[0] != '\0' ? rest : "\"job\":{}");
}

static void init_common(struct stage *stage)
{
    struct scn_facts *facts = &stage->world.facts;
    facts->exchange_count = 0;
    facts->injects = stage->injects;
    facts->journals = stage->journal;
    facts->audit = "";
    stage->journal[0] = '\0';
    stage->evidence = (struct scn_evidence){
        .facts = facts,
        .start_unix_ms = START_UNIX_MS,
        .scale = 1,
    };
}

static void strike(struct stage *stage, const char *name, int64_t struck_ms)
{
    stage->injects[stage->world.facts.inject_count++] = (struct scn_inject){
        .name = name,
        .text = "",
        .struck_ms = struck_ms,
    };
}

/* Fails at 33 s, is seen at 35 s, rolled back from then to 44 s, and verified at 45 s. */
static void init_rolled_back(struct stage *stage)
{
    *stage = (struct stage){0};
    forged_init_rolled_back(&stage->world);
    init_common(stage);
    strike(stage, "job_fails", 33000);
    struct mock_deployment_truth *job = &stage->world.deployments[0];
    job->touched_ms = 10000;
    job->ended_ms = 33000;
    job->rollback_ended_ms = 44000;
    add(stage, "token", 0, 200, "");
    add(stage, "promote", 0, 202, "");
    add(stage, "status", 30000, 200, "{\"status\":\"running\"}");
    add(stage, "status", 35000, 200, "{\"status\":\"failed\"}");
    add(stage, "rollback", 36000, 202, "")->answered_ms = 36500;
    add(stage, "status", 40000, 200, "{\"status\":\"rolling_back\"}");
    add(stage, "status", 45000, 200, "{\"status\":\"rolled_back\"}");
    add(stage, "health", 45000, 200, "");
    add(stage, "metrics", 45000, 200, "")->done_ms = 45200;
    add(stage, "webhook", 45300, 204, "");
    stage->world.deliveries[0].at_ms = 45300;
    write(stage, 30000, "progress", "follow", "\"job\":{\"status\":\"running\"}");
    write(stage, 35010, "progress", "follow", "\"job\":{\"status\":\"failed\"}");
    write(stage, 35020, "state", "roll_back", "\"report\":{\"reason\":\"the job failed\"}");
    write(stage, 35990, "intent rollback", "roll_back", "");
    write(stage, 36600, "result rollback", "roll_back", "");
    write(stage, 45010, "progress", "follow_rollback", "\"job\":{\"status\":\"rolled_back\"}");
    write(stage, 45210, "end", "end", "\"report\":{\"outcome\":\"rolled_back\"}");
    write(stage, 45220, "audited", "end", "\"report\":{\"audit_seq\":1}");
    write(stage, 45400, "closed", "end", "\"report\":{\"webhook\":\"delivered\"}");
}

/* Completes at 60 s, with the job's own end at 60 s; nothing has struck yet. */
static void init_promoted(struct stage *stage)
{
    *stage = (struct stage){0};
    forged_init_promoted(&stage->world);
    init_common(stage);
    stage->world.deployments[0].touched_ms = 10000;
    add(stage, "token", 0, 200, "");
    add(stage, "promote", 0, 202, "");
    add(stage, "status", 60000, 200, "{\"status\":\"completed\"}");
    add(stage, "metrics", 60000, 200, "")->done_ms = 60100;
    stage->world.deliveries[0].at_ms = 60200;
}

static const struct scn_milestone *read(struct stage *stage, enum scn_milestone_id id)
{
    struct cog_error error = {0};
    const enum cog_code code = scn_timeline_read(&stage->evidence, &stage->timeline, &error);
    ASSERT_CODE(code, COG_OK, error);
    return &stage->timeline.milestones[id];
}

Test(timeline, applied_is_when_the_inject_struck)
{
    struct stage stage;
    init_rolled_back(&stage);

    const struct scn_milestone *applied = read(&stage, SCN_MILESTONE_APPLIED);

    EXPECT_INT(applied->server_ms, 33000);
    EXPECT_INT(applied->client_ms, -1);
    EXPECT_STR(applied->server_evidence, "inject job_fails");
}

Test(timeline, applied_is_the_first_inject_that_struck)
{
    struct stage stage;
    init_rolled_back(&stage);
    strike(&stage, "before_that", 20000);

    EXPECT_INT(read(&stage, SCN_MILESTONE_APPLIED)->server_ms, 20000);
}

Test(timeline, applied_is_no_inject_that_never_struck)
{
    struct stage stage;
    init_rolled_back(&stage);
    strike(&stage, "never", -1);

    EXPECT_INT(read(&stage, SCN_MILESTONE_APPLIED)->server_ms, 33000);
}

Test(timeline, applied_is_the_last_sign_of_life_of_a_client_that_died)
{
    struct stage stage;
    init_promoted(&stage);
    stage.starts[1] = (struct scn_start){
        .command = "resume",
        .at_ms = 50000,
        .exchange_count = 2,
        .event_count = 1,
        .is_after_kill = true,
    };
    stage.events[0].at_ms = 700;
    stage.world.facts.starts = stage.starts;
    stage.world.facts.process_count = 2;
    stage.world.facts.events = stage.events;
    stage.world.facts.event_count = 1;

    EXPECT_INT(read(&stage, SCN_MILESTONE_APPLIED)->server_ms, 700);
}

Test(timeline, applied_is_when_the_second_operator_began)
{
    struct stage stage;
    struct stage second;
    init_promoted(&stage);
    init_promoted(&second);
    second.world.facts.started_ms = 20000;
    stage.world.facts.rivalry.other = &second.world.facts;

    const struct scn_milestone *applied = read(&stage, SCN_MILESTONE_APPLIED);

    EXPECT_INT(applied->server_ms, 20000);
    EXPECT_STR(applied->server_evidence, "the second operator began");
}

Test(timeline, applied_is_the_first_request_that_a_fault_struck)
{
    struct stage stage;
    init_promoted(&stage);
    stage.world.exchanges[2].fault = "status 503";

    const struct scn_milestone *applied = read(&stage, SCN_MILESTONE_APPLIED);

    EXPECT_INT(applied->server_ms, 60000);
    EXPECT_STR(applied->server_evidence, "request 3 (status#1): status 503");
}

Test(timeline, applied_is_the_first_failure_where_nothing_else_is_known)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.facts.inject_count = 0;

    EXPECT_INT(read(&stage, SCN_MILESTONE_APPLIED)->server_ms, 33000);
}

Test(timeline, nothing_is_known_where_nothing_struck)
{
    struct stage stage;
    init_promoted(&stage);

    (void)read(&stage, SCN_MILESTONE_APPLIED);

    for (int i = 0; i < SCN_MILESTONE_COUNT; i++) {
        cr_expect(stage.timeline.milestones[i].server_ms == -1, "%s",
                  scn_milestone_code((enum scn_milestone_id)i));
    }
}

Test(timeline, visible_is_when_the_job_failed)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.deployments[0].ended_ms = 34000;

    const struct scn_milestone *visible = read(&stage, SCN_MILESTONE_VISIBLE);

    EXPECT_INT(visible->server_ms, 34000);
    EXPECT_STR(visible->server_evidence, "job 'job-1' failed: database lock contention");
}

Test(timeline, visible_is_no_end_that_a_cancellation_made)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.deployments[0].ended_ms = 34000;
    stage.world.deployments[0].error = "cancelled";

    EXPECT_INT(read(&stage, SCN_MILESTONE_VISIBLE)->server_ms, 33000);
}

Test(timeline, seen_is_the_first_answer_that_told_it)
{
    struct stage stage;
    init_rolled_back(&stage);

    const struct scn_milestone *seen = read(&stage, SCN_MILESTONE_SEEN);

    EXPECT_INT(seen->server_ms, 35000);
    EXPECT_STR(seen->server_evidence, "request 4 (status#1): 200 failed");
    EXPECT_INT(seen->client_ms, 35010);
    EXPECT_STR(seen->client_evidence, "journal line 2: progress");
}

Test(timeline, seen_is_the_end_of_a_request_that_was_struck)
{
    struct stage stage;
    init_promoted(&stage);
    strike(&stage, "answer_lost", 0);
    stage.world.exchanges[1].fault = "reset_after_apply";
    stage.world.exchanges[1].done_ms = 30;

    EXPECT_INT(read(&stage, SCN_MILESTONE_SEEN)->server_ms, 30);
}

Test(timeline, seen_is_no_answer_that_was_only_late)
{
    struct stage stage;
    init_promoted(&stage);
    strike(&stage, "slow", 0);
    stage.world.exchanges[2].fault = "delay";

    EXPECT_INT(read(&stage, SCN_MILESTONE_SEEN)->server_ms, -1);
}

Test(timeline, seen_is_when_another_process_took_up_the_run)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.injects[0].struck_ms = 12000;
    stage.starts[1] = (struct scn_start){
        .command = "resume",
        .at_ms = 20000,
        .exchange_count = 2,
        .is_after_kill = true,
    };
    stage.world.facts.starts = stage.starts;
    stage.world.facts.process_count = 2;

    const struct scn_milestone *seen = read(&stage, SCN_MILESTONE_SEEN);

    EXPECT_INT(seen->server_ms, 20000);
    EXPECT_STR(seen->server_evidence, "process 2: resume");
    EXPECT_STR(stage.timeline.milestones[SCN_MILESTONE_RECOGNISED].server_evidence,
               "request 3 (status#1)");
}

Test(timeline, seen_of_a_job_that_hangs_is_the_last_look_before_it_was_given_up)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.deployments[0].error = "cancelled";
    stage.world.deployments[0].ended_ms = 36000;
    stage.world.exchanges[3].answer_body = "{\"status\":\"running\"}";

    const struct scn_milestone *seen = read(&stage, SCN_MILESTONE_SEEN);

    EXPECT_INT(seen->server_ms, 35000);
    EXPECT_CONTAINS(seen->server_evidence, "request 4 (status#1): 200 for the last time");
    EXPECT_INT(stage.timeline.milestones[SCN_MILESTONE_RECOGNISED].server_ms, 36000);
}

Test(timeline, seen_of_content_that_is_wrong_is_its_measurement)
{
    struct stage stage;
    init_promoted(&stage);
    strike(&stage, "completed_in_part", 60000);
    stage.world.report.outcome = COG_OUTCOME_PARITY_LOW;

    const struct scn_milestone *seen = read(&stage, SCN_MILESTONE_SEEN);

    EXPECT_INT(seen->server_ms, 60100);
    EXPECT_CONTAINS(seen->server_evidence, "request 4 (metrics#1)");
}

Test(timeline, seen_of_what_the_api_does_not_tell_is_a_persons_first_command)
{
    const struct scn_typed typed[] = {
        {.at_ms = 0, .until_ms = 70000, .line = "cogpromote promote"},
        {.at_ms = 72000, .until_ms = 72100, .line = "cogpromote status"},
    };
    struct stage stage;
    init_promoted(&stage);
    strike(&stage, "killed", 70000);
    stage.evidence.is_guided = true;
    stage.evidence.typed = typed;
    stage.evidence.typed_count = 2;

    const struct scn_milestone *seen = read(&stage, SCN_MILESTONE_SEEN);

    EXPECT_INT(seen->server_ms, 72000);
    EXPECT_STR(seen->server_evidence, "command 2: cogpromote status");
}

Test(timeline, recognised_is_what_is_not_done_otherwise)
{
    struct stage stage;
    init_rolled_back(&stage);

    const struct scn_milestone *recognised = read(&stage, SCN_MILESTONE_RECOGNISED);

    EXPECT_INT(recognised->server_ms, 36000);
    EXPECT_STR(recognised->server_evidence, "request 5 (rollback#1)");
    EXPECT_INT(recognised->client_ms, 35020);
    EXPECT_STR(recognised->client_evidence, "journal line 3: state roll_back");
}

Test(timeline, sent_is_the_rollback)
{
    struct stage stage;
    init_rolled_back(&stage);

    const struct scn_milestone *sent = read(&stage, SCN_MILESTONE_SENT);

    EXPECT_INT(sent->server_ms, 36000);
    EXPECT_INT(sent->client_ms, 35990);
}

Test(timeline, sent_is_the_cancellation_where_nothing_was_rolled_back)
{
    struct stage stage;
    init_promoted(&stage);
    strike(&stage, "job_hangs", 50000);
    add(&stage, "cancel", 61000, 202, "");
    write(&stage, 61001, "intent cancel", "stop", "");

    const struct scn_milestone *sent = read(&stage, SCN_MILESTONE_SENT);

    EXPECT_INT(sent->server_ms, 61000);
    EXPECT_INT(sent->client_ms, 61001);
    EXPECT_INT(stage.timeline.milestones[SCN_MILESTONE_ACCEPTED].server_ms, 61000);
}

Test(timeline, accepted_is_the_repeat_that_got_through)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.exchanges[4].status = 429;
    stage.world.exchanges[4].applied = false;
    struct mock_exchange *repeat = add(&stage, "rollback", 39000, 202, "");
    repeat->attempt = 2;

    const struct scn_milestone *accepted = read(&stage, SCN_MILESTONE_ACCEPTED);

    EXPECT_INT(accepted->server_ms, 39000);
    EXPECT_STR(accepted->server_evidence, "request 11 (rollback#1, attempt 2): 202");
    EXPECT_INT(accepted->client_ms, 36600);
}

Test(timeline, accepted_is_what_was_although_its_answer_was_lost)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.exchanges[4].status = 0;
    stage.world.exchanges[4].fault = "reset_after_apply";

    EXPECT_INT(read(&stage, SCN_MILESTONE_ACCEPTED)->server_ms, 36500);
}

Test(timeline, a_rollback_that_was_refused_ended_nothing_and_is_sure_of_it)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.facts.exchange_count = 5;
    stage.world.exchanges[4].status = 400;
    stage.world.deployments[0].rollback_count = 0;
    stage.world.deployments[0].rollback_ended_ms = -1;
    stage.world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;

    EXPECT_INT(read(&stage, SCN_MILESTONE_ENDED)->server_ms, -1);
    EXPECT_INT(stage.timeline.milestones[SCN_MILESTONE_ACCEPTED].server_ms, -1);
    EXPECT_INT(stage.timeline.milestones[SCN_MILESTONE_VERIFIED].server_ms, 36500);
}

Test(timeline, ended_is_the_end_of_the_rollback)
{
    struct stage stage;
    init_rolled_back(&stage);

    const struct scn_milestone *ended = read(&stage, SCN_MILESTONE_ENDED);

    EXPECT_INT(ended->server_ms, 44000);
    EXPECT_STR(ended->server_evidence, "job 'job-1': rolled_back");
    EXPECT_INT(ended->client_ms, 45010);
}

Test(timeline, ended_is_the_jobs_end_where_nothing_was_rolled_back)
{
    struct stage stage;
    init_promoted(&stage);
    strike(&stage, "answer_lost", 0);
    write(&stage, 60010, "progress", "follow", "\"job\":{\"status\":\"completed\"}");

    const struct scn_milestone *ended = read(&stage, SCN_MILESTONE_ENDED);

    EXPECT_INT(ended->server_ms, 60000);
    EXPECT_INT(ended->client_ms, 60010);
}

Test(timeline, verified_is_the_last_look_before_the_notice)
{
    struct stage stage;
    init_rolled_back(&stage);
    add(&stage, "status", 50000, 200, "{\"status\":\"rolled_back\"}");

    const struct scn_milestone *verified = read(&stage, SCN_MILESTONE_VERIFIED);

    EXPECT_INT(verified->server_ms, 45200);
    EXPECT_STR(verified->server_evidence, "request 9 (metrics#1): 200");
    EXPECT_INT(verified->client_ms, 45210);
    EXPECT_STR(verified->client_evidence, "journal line 7: end, rolled_back; audit record 1");
}

Test(timeline, verified_is_no_look_of_a_later_command)
{
    const struct scn_typed typed[] = {
        {.at_ms = 0, .until_ms = 45250, .line = "cogpromote promote"},
        {.at_ms = 50000, .until_ms = 51000, .line = "cogpromote parity a b"},
    };
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.facts.exchange_count = 9;
    add(&stage, "metrics", 50500, 200, "");
    stage.evidence.is_guided = true;
    stage.evidence.typed = typed;
    stage.evidence.typed_count = 2;

    EXPECT_INT(read(&stage, SCN_MILESTONE_VERIFIED)->server_ms, 45200);
}

Test(timeline, verified_never_comes_where_the_client_does_not_know)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.report.outcome = COG_OUTCOME_UNKNOWN;

    EXPECT_INT(read(&stage, SCN_MILESTONE_VERIFIED)->server_ms, -1);
}

Test(timeline, verified_is_told_by_the_audit_file_where_the_journal_is_lost)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.facts.journals = "";
    stage.world.facts.audit =
        "{\"outcome\":\"rolled_back\",\"timestamp\":\"2026-01-01T00:00:45Z\"}\n";

    const struct scn_milestone *verified = read(&stage, SCN_MILESTONE_VERIFIED);

    EXPECT_INT(verified->client_ms, 45000);
    EXPECT_STR(verified->client_evidence, "audit record 1: rolled_back");
}

Test(timeline, notified_is_the_delivery_of_the_end)
{
    struct stage stage;
    init_rolled_back(&stage);

    const struct scn_milestone *notified = read(&stage, SCN_MILESTONE_NOTIFIED);

    EXPECT_INT(notified->server_ms, 45300);
    EXPECT_STR(notified->server_evidence, "delivery 1");
    EXPECT_INT(notified->client_ms, 45400);
}

Test(timeline, notified_never_comes_where_nobody_took_the_webhook)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.world.facts.delivery_count = 0;

    EXPECT_INT(read(&stage, SCN_MILESTONE_NOTIFIED)->server_ms, -1);
}

Test(timeline, the_clients_times_are_of_its_clock_and_scale)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.evidence.start_unix_ms = START_UNIX_MS + 20000;
    stage.evidence.scale = 2;

    EXPECT_INT(read(&stage, SCN_MILESTONE_VERIFIED)->client_ms, 50420);
}

Test(timeline, a_clock_that_was_set_back_tells_earlier_times)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.evidence.start_unix_ms = START_UNIX_MS + 30000;

    EXPECT_INT(read(&stage, SCN_MILESTONE_RECOGNISED)->client_ms, 5020);
}

Test(timeline, a_line_that_was_cut_short_tells_nothing)
{
    struct stage stage;
    init_rolled_back(&stage);
    stage.journal[strlen(stage.journal) - 20] = '\0';

    EXPECT_INT(read(&stage, SCN_MILESTONE_NOTIFIED)->client_ms, -1);
    EXPECT_INT(stage.timeline.milestones[SCN_MILESTONE_VERIFIED].client_ms, 45210);
}
