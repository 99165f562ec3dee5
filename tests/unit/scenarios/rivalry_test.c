/* Two operators at one target, made up: right at first, then each test breaks one thing. */
#include "judge/rivalry.h"

#include "forged.h"
#include "judge/invariant.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(rivalry, .timeout = 5.0);

/* The first one promotes at 0 s; the second one comes at 61 s and promotes then, to 121 s. */
struct rivals {
    struct forged first;
    struct forged second;
};

static void link_facts(struct rivals *rivals)
{
    rivals->first.facts.rivalry.other = &rivals->second.facts;
    rivals->second.facts.rivalry.other = &rivals->first.facts;
    rivals->second.facts.rivalry.is_second = true;
}

static void init(struct rivals *rivals)
{
    forged_init_promoted(&rivals->first);
    forged_init_promoted(&rivals->second);
    struct forged *second = &rivals->second;
    for (size_t i = 0; i < second->facts.exchange_count; i++) {
        second->exchanges[i].at_ms += 61000;
        second->exchanges[i].number = 100 + i;
        second->exchanges[i].idempotency_key =
            second->exchanges[i].idempotency_key != NULL ? "key-of-the-second" : NULL;
    }
    second->deployments[0].job_id = "job-2";
    second->deployments[0].created_ms = 61000;
    second->deployments[0].ended_ms = 121000;
    second->facts.started_ms = 61000;
    second->facts.elapsed_ms = 121000;
    link_facts(rivals);
}

/* The first one's job failed at 35 s and was rolled back at 45 s. */
static void init_rolled_back(struct rivals *rivals)
{
    init(rivals);
    forged_init_rolled_back(&rivals->first);
    for (size_t i = 0; i < rivals->first.facts.exchange_count; i++) {
        struct mock_exchange *exchange = &rivals->first.exchanges[i];
        exchange->number = 1 + i;
        if (strcmp(exchange->call, "rollback") == 0) {
            exchange->path = "/deployments/job-1/rollback";
            exchange->status = 202;
        }
    }
    rivals->first.facts.rivalry.content_before = "old";
    link_facts(rivals);
}

static void start_second_at(struct rivals *rivals, int64_t at_ms)
{
    struct forged *second = &rivals->second;
    for (size_t i = 0; i < second->facts.exchange_count; i++) {
        if (strcmp(second->exchanges[i].call, "promote") == 0) {
            second->exchanges[i].at_ms = at_ms;
            second->exchanges[i].answered_ms = at_ms;
            second->exchanges[i].number = 0;
        }
    }
    second->deployments[0].created_ms = at_ms;
}

static void expect_failure(const struct scn_judgement judgement, const char *part)
{
    EXPECT_INT(judgement.result, SCN_FAIL);
    EXPECT_CONTAINS(judgement.text, part);
}

Test(rivalry, is_nothing_to_judge_where_there_is_one)
{
    struct forged world;
    forged_init_promoted(&world);

    const struct scn_judgement judgement = scn_judge_rivalry(&world.facts);

    EXPECT_INT(judgement.result, SCN_PASS);
    cr_expect(judgement.is_idle);
}

Test(rivalry, passes_when_one_comes_after_the_other)
{
    struct rivals rivals;
    init(&rivals);

    EXPECT_INT(scn_judge_rivalry(&rivals.first.facts).result, SCN_PASS);
    EXPECT_INT(scn_judge_rivalry(&rivals.second.facts).result, SCN_PASS);
}

Test(rivalry, fails_who_takes_the_others_job_for_its_own)
{
    struct rivals rivals;
    init(&rivals);
    (void)snprintf(rivals.first.report.job_id, sizeof rivals.first.report.job_id, "job-2");

    expect_failure(scn_judge_rivalry(&rivals.first.facts),
                   "it took 'job-2', the job of the other operator, for its own");
}

Test(rivalry, fails_who_acts_on_the_others_job)
{
    struct rivals rivals;
    init(&rivals);
    forged_add(&rivals.first, "cancel", 62000, 202)->path = "/deployments/job-2/cancel";

    expect_failure(scn_judge_rivalry(&rivals.first.facts), "it acted on 'job-2'");
}

Test(rivalry, fails_two_with_one_key)
{
    struct rivals rivals;
    init(&rivals);
    forged_add(&rivals.first, "promote", 62000, 409)->idempotency_key = "key-of-the-second";

    expect_failure(scn_judge_rivalry(&rivals.first.facts),
                   "both operators used the key 'key-of-the-second'");
}

Test(rivalry, fails_two_jobs_at_once)
{
    struct rivals rivals;
    init(&rivals);
    rivals.second.deployments[0].created_ms = 59000;

    expect_failure(scn_judge_rivalry(&rivals.first.facts),
                   "'job-2' began while 'job-1' worked on the target");
}

Test(rivalry, fails_a_rollback_that_undoes_what_the_other_one_promoted)
{
    struct rivals rivals;
    init_rolled_back(&rivals);
    EXPECT_INT(scn_judge_rivalry(&rivals.first.facts).result, SCN_PASS);
    start_second_at(&rivals, 35000);

    expect_failure(scn_judge_rivalry(&rivals.first.facts),
                   "the rollback of 'job-1' undid 'job-2', the other operator's");
}

Test(rivalry, fails_a_job_that_begins_during_a_rollback)
{
    struct rivals rivals;
    init_rolled_back(&rivals);
    rivals.second.deployments[0].created_ms = 40000;

    expect_failure(scn_judge_rivalry(&rivals.first.facts),
                   "'job-2' began while 'job-1' was rolled back");
}

Test(rivalry, fails_who_tells_a_refused_rollback_as_accepted)
{
    struct rivals rivals;
    init_rolled_back(&rivals);
    rivals.first.deployments[0].rollback_count = 0;
    struct mock_exchange *rollback = forged_add(&rivals.first, "rollback", 46000, 409);
    rollback->why = "another deployment into the target is in progress";
    rivals.first.report.rollback_end = COG_ROLLBACK_UNCONFIRMED;

    expect_failure(scn_judge_rivalry(&rivals.first.facts),
                   "it reports a rollback as accepted that was refused: another deployment");
}

Test(rivalry, fails_who_takes_the_lock_from_the_one_who_has_it)
{
    struct rivals rivals;
    init(&rivals);
    rivals.second.facts.rivalry.has_robbed = true;

    expect_failure(scn_judge_lock(&rivals.second.facts),
                   "it took the target's lock while the other operator had it");
}

Test(rivalry, leaves_out_of_account_what_the_other_one_did_to_the_target)
{
    const struct {
        const char *now;
        int64_t created_ms; /* Of the other one's job. */
        int result;
    } rows[] = {
        {"old", 61000, SCN_PASS},
        {"mixed", 61000, SCN_FAIL},
        {"mixed", 40000, SCN_PASS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rivals rivals;
        init_rolled_back(&rivals);
        struct scn_facts *facts = &rivals.first.facts;
        (void)snprintf(facts->target.now, sizeof facts->target.now, "%s", rows[i].now);
        rivals.second.deployments[0].created_ms = rows[i].created_ms;

        const struct scn_judgement judgement = scn_judge_exit_code(facts);

        cr_expect((int)judgement.result == rows[i].result, "row %zu: %s", i, judgement.text);
    }
}

Test(rivalry, counts_the_time_of_the_second_one_from_its_own_start)
{
    struct rivals rivals;
    init(&rivals);
    struct scn_facts *facts = &rivals.second.facts;
    facts->started_ms = 3600000;
    facts->elapsed_ms = facts->started_ms + 60000;
    EXPECT_INT(scn_judge_duration(facts).result, SCN_PASS);

    facts->started_ms = 0;

    expect_failure(scn_judge_duration(facts), "the run took 1h1m");
}

Test(rivalry, judge_second_says_whose_findings_they_are)
{
    struct rivals rivals;
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    const struct scn_expectation expectation = {.second = {.is_set = true, .exit_code = 9}};
    init(&rivals);
    rivals.second.facts.rivalry.has_robbed = true;
    struct scn_start start = {.command = "promote", .at_ms = 61000, .content = "old"};
    rivals.second.facts.starts = &start;

    scn_rivalry_judge_second(&expectation, &rivals.first.facts, &findings);

    cr_assert(findings.count >= 2);
    EXPECT_STR(findings.items[0].subject, "second operator: exit");
    EXPECT_CONTAINS(findings.items[0].text, "expected 9, got 0");
    bool has_lock = false;
    for (size_t i = 0; i < findings.count; i++) {
        has_lock = has_lock || strcmp(findings.items[i].subject, "second operator: I12") == 0;
    }
    cr_expect(has_lock);
}
