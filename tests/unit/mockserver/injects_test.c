/* What a scenario does to its server, and when. */
#include "stage.h"

#include <cogmock/faults.h>
#include <cogmock/injects.h>

#include "support/expect.h"

#include <stdio.h>

TestSuite(inject_moment, .timeout = 5.0);
TestSuite(inject_strike, .timeout = 5.0);
TestSuite(inject_hand, .timeout = 5.0);
TestSuite(inject_parse, .timeout = 5.0);

enum { SEEDS = 200, SCENARIO_SIZE = 1024 };

static const char status[] = "/api/v1/deployments/job-1/status";

static const char fails[] =
    "{\"injects\":[{\"name\":\"fails\",\"text\":\"it fails\",\"after\":\"promote\","
    "\"window\":[\"10s\",\"40s\"],\"job\":{\"fail\":\"out of disk\"}}]}";

static struct mock_inject_state state_of(const struct stage *stage, size_t index)
{
    return mock_server_inject(stage->server, index);
}

/* The moment that a seed draws for the first inject. */
static int64_t draw(struct mock_script *script, uint64_t seed)
{
    struct cog_clock_virtual clock;
    struct mock_server *server = NULL;
    struct cog_error error = {0};
    cog_clock_virtual_init(&clock, STAGE_START_UNIX_MS);
    const struct mock_server_options options = {.clock = cog_clock_virtual(&clock), .seed = seed};
    ASSERT_CODE(mock_server_create(script, &options, &server, &error), COG_OK, error);
    const int64_t due_ms = mock_server_inject(server, 0).due_ms;
    mock_server_destroy(server);
    return due_ms;
}

/* One inject at a moment, that does what is told. */
static void open_with(struct stage *stage, const char *at, const char *members)
{
    char scenario[SCENARIO_SIZE];
    (void)snprintf(scenario, sizeof scenario, "{\"injects\":[{\"name\":\"a\",\"at\":\"%s\"%s}]}",
                   at, members);
    stage_open(stage, scenario);
}

Test(inject_moment, is_drawn_by_the_seed_within_its_window)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"injects\":[{\"name\":\"a\",\"window\":[\"10s\",\"10.009s\"]}]}");
    bool was_drawn[10] = {false};

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        const int64_t due_ms = draw(stage.script, seed);
        cr_assert(due_ms >= 10000 && due_ms <= 10009, "seed %d", (int)seed);
        was_drawn[due_ms - 10000] = true;
        EXPECT_INT(draw(stage.script, seed), due_ms);
    }

    for (size_t i = 0; i < sizeof was_drawn; i++) {
        cr_expect(was_drawn[i], "10.00%zus", i);
    }
}

Test(inject_moment, of_another_name_is_another)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"injects\":[{\"name\":\"a\",\"window\":[\"0s\",\"1h\"]},"
                       "{\"name\":\"b\",\"window\":[\"0s\",\"1h\"]}]}");

    cr_expect(state_of(&stage, 0).due_ms != state_of(&stage, 1).due_ms);
}

Test(inject_moment, counts_from_the_first_request_that_the_world_applied)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, fails);
    EXPECT_INT(state_of(&stage, 0).status, MOCK_INJECT_WAITING);
    EXPECT_INT(state_of(&stage, 0).due_ms, -1);
    EXPECT_INT(mock_server_inject_next_ms(stage.server), INT64_MAX);
    EXPECT_INT(stage_send(&stage, "POST", "/api/v1/deployments/promote", "{}"), 400);
    EXPECT_INT(state_of(&stage, 0).status, MOCK_INJECT_WAITING);
    stage_advance(&stage, 5000);

    EXPECT_INT(stage_promote(&stage), 202);

    const struct mock_inject_state inject = state_of(&stage, 0);
    EXPECT_INT(inject.status, MOCK_INJECT_SET);
    cr_expect(inject.due_ms >= 15000 && inject.due_ms <= 45000);
    EXPECT_INT(mock_server_inject_next_ms(stage.server), inject.due_ms);
    EXPECT_INT(mock_server_next_turn_ms(stage.server), inject.due_ms);
    stage_advance(&stage, 6000);
    EXPECT_INT(stage_promote(&stage), 409);
    EXPECT_INT(state_of(&stage, 0).due_ms, inject.due_ms);
}

Test(inject_moment, is_kept_however_late_somebody_asks)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, fails);
    (void)stage_promote(&stage);
    const int64_t due_ms = state_of(&stage, 0).due_ms;
    stage_advance(&stage, 3600000);

    mock_truth_advance(stage.server);

    const struct mock_deployment_truth job = mock_truth_deployment(stage.server, 0);
    EXPECT_INT(state_of(&stage, 0).struck_ms, due_ms);
    EXPECT_STR(job.status, "failed");
    EXPECT_STR(job.error, "out of disk");
    EXPECT_INT(job.ended_ms, due_ms);
    /* The default job copies its first fifth at 12 s. */
    EXPECT_INT(job.touched_ms, due_ms < 12000 ? -1 : 12000);
}

Test(inject_moment, comes_behind_what_the_world_does_at_that_time)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"injects\":[{\"name\":\"a\",\"after\":\"promote\",\"at\":\"60s\","
                       "\"job\":{\"fail\":\"x\"}}]}");
    (void)stage_promote(&stage);

    stage_advance(&stage, 60000);
    mock_truth_advance(stage.server);

    EXPECT_STR(mock_truth_deployment(stage.server, 0).status, "completed");
    EXPECT_INT(state_of(&stage, 0).status, MOCK_INJECT_FAILED);
    EXPECT_STR(state_of(&stage, 0).failure, "no job ran at that moment");
}

Test(inject_strike, orders_the_job)
{
    static const struct {
        const char *order;
        const char *status_at_80s;
        int progress;
    } rows[] = {
        {"{\"fail\":\"x\"}", "failed", 20},
        {"{\"hold\":true}", "running", 20},
        {"{\"complete\":true}", "completed", 100},
        {"{\"progress\":90}", "completed", 100},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char members[SCENARIO_SIZE];
        COG_CLEANUP(stage_close) struct stage stage;
        (void)snprintf(members, sizeof members, ",\"job\":%s", rows[i].order);
        open_with(&stage, "20s", members);
        (void)stage_promote(&stage);
        stage_advance(&stage, 80000);

        (void)stage_send(&stage, "GET", status, NULL);

        EXPECT_STR(stage_text(&stage, "status"), rows[i].status_at_80s);
        EXPECT_INT(stage_number(&stage, "progress"), rows[i].progress);
        EXPECT_INT(state_of(&stage, 0).status, MOCK_INJECT_STRUCK);
    }
}

Test(inject_strike, lets_a_held_job_go_on_later)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"injects\":[{\"name\":\"h\",\"at\":\"20s\",\"job\":{\"hold\":true}},"
                       "{\"name\":\"r\",\"at\":\"50s\",\"job\":{\"release\":true}}]}");
    (void)stage_promote(&stage);
    stage_advance(&stage, 200000);

    mock_truth_advance(stage.server);

    EXPECT_INT(mock_truth_deployment(stage.server, 0).ended_ms, 90000);
}

Test(inject_strike, is_followed_by_the_servers_own_rollback)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"rollback\":{\"automatic\":true}},\"injects\":[{\"name\":"
                       "\"a\",\"at\":\"20s\",\"job\":{\"fail\":\"x\"}}]}");
    (void)stage_promote(&stage);
    stage_advance(&stage, 200000);

    mock_truth_advance(stage.server);

    EXPECT_INT(mock_truth_deployment(stage.server, 0).rollback_count, 1);
    EXPECT_INT(stage_target_is_unchanged(&stage), true);
}

Test(inject_strike, tells_why_it_could_do_nothing)
{
    static const struct {
        const char *order;
        const char *failure;
    } rows[] = {
        {"{\"fail\":\"x\"}", "no job ran at that moment"},
        {"{\"hold\":true}", "no job ran at that moment"},
        {"{\"release\":true}", "no job stands still"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char members[SCENARIO_SIZE];
        COG_CLEANUP(stage_close) struct stage stage;
        (void)snprintf(members, sizeof members, ",\"job\":%s", rows[i].order);
        open_with(&stage, "20s", members);
        stage_advance(&stage, 20000);

        mock_truth_advance(stage.server);

        EXPECT_INT(state_of(&stage, 0).status, MOCK_INJECT_FAILED);
        EXPECT_STR(state_of(&stage, 0).failure, rows[i].failure);
    }
}

Test(inject_strike, changes_the_server_with_times_that_count_from_it)
{
    static const char sessions[] = "/api/v1/environments/env-target/sessions";
    static const struct {
        int64_t at_ms;
        int active;
    } rows[] = {{19999, 0}, {20000, 4}, {24999, 4}, {25000, 1}};
    COG_CLEANUP(stage_close) struct stage stage;
    open_with(&stage, "20s",
              ",\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":4},"
              "{\"at\":\"5s\",\"active\":1}]}}");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        stage_advance(&stage, rows[i].at_ms);

        (void)stage_send(&stage, "GET", sessions, NULL);

        EXPECT_INT(stage_number(&stage, "active_sessions"), rows[i].active);
    }
}

Test(inject_strike, shuts_the_port_although_nobody_asks_the_server)
{
    COG_CLEANUP(stage_close) struct stage stage;
    open_with(&stage, "20s", ",\"server\":{\"down\":[{\"from\":\"1s\",\"until\":\"3s\"}]}");
    stage_advance(&stage, 20000);
    cr_expect_not(mock_server_is_down(stage.server));
    EXPECT_INT(mock_server_next_turn_ms(stage.server), 21000);

    stage_advance(&stage, 22000);
    cr_expect(mock_server_is_down(stage.server));

    stage_advance(&stage, 23000);
    cr_expect_not(mock_server_is_down(stage.server));
}

Test(inject_strike, arms_faults_of_the_scenario)
{
    COG_CLEANUP(stage_close) struct stage stage;
    open_with(&stage, "20s",
              ",\"faults\":[{\"call\":\"status\",\"for\":\"5s\",\"inject\":{\"status\":503}},"
              "{\"inject\":\"refused\",\"from\":\"2s\",\"for\":\"1s\"}]");
    (void)stage_promote(&stage);
    EXPECT_INT(mock_truth_unused_fault_count(stage.server), 0);
    stage_advance(&stage, 22500);

    cr_expect_eq(mock_server_connect_fault(stage.server), MOCK_CONNECT_REFUSED);
    EXPECT_INT(mock_truth_unused_fault_count(stage.server), 2);
    EXPECT_INT(mock_server_fault(stage.server, 0).armed_ms, 20000);
    EXPECT_INT(stage_send(&stage, "GET", status, NULL), 503);
    EXPECT_INT(mock_truth_unused_fault_count(stage.server), 1);
    stage_advance(&stage, 25000);
    EXPECT_INT(stage_send(&stage, "GET", status, NULL), 200);
}

Test(inject_strike, goes_by_the_files_order_at_the_same_time)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"injects\":[{\"name\":\"a\",\"at\":\"20s\",\"job\":{\"hold\":true}},"
                       "{\"name\":\"b\",\"at\":\"20s\",\"job\":{\"release\":true}}]}");
    (void)stage_promote(&stage);
    stage_advance(&stage, 20000);

    mock_truth_advance(stage.server);

    EXPECT_INT(state_of(&stage, 0).status, MOCK_INJECT_STRUCK);
    EXPECT_INT(state_of(&stage, 1).status, MOCK_INJECT_STRUCK);
}

/* Name, change and what of each inject's event, one after the other. */
static void note_event(void *context, const struct mock_event *event)
{
    char *text = context;
    if (strcmp(event->kind, "inject") != 0) {
        return;
    }
    const size_t length = strlen(text);
    (void)snprintf(text + length, SCENARIO_SIZE - length, "%lld %s %s %s (%s)\n",
                   (long long)event->at_ms, event->fields[0].value, event->fields[1].value,
                   event->fields[3].value, event->fields[2].value);
}

Test(inject_strike, is_told_to_who_watches)
{
    static const struct mock_watcher_ops ops = {.happened = note_event};
    char text[SCENARIO_SIZE] = "";
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"injects\":[{\"name\":\"a\",\"text\":\"it fails\",\"after\":\"promote\","
                       "\"at\":\"20s\",\"job\":{\"fail\":\"x\"}},{\"name\":\"b\",\"at\":\"70s\","
                       "\"job\":{\"fail\":\"x\"}}]}");
    mock_server_watch(stage.server, (struct mock_watcher){&ops, text});

    (void)stage_promote(&stage);
    stage_advance(&stage, 100000);
    mock_truth_advance(stage.server);

    EXPECT_STR(text, "0 a set the job fails: x (it fails)\n"
                     "20000 a struck the job fails: x (it fails)\n"
                     "70000 b failed no job ran at that moment ()\n");
}

Test(inject_hand, strikes_now_whatever_it_waits_for)
{
    COG_CLEANUP(stage_close) struct stage stage;
    struct cog_error error = {0};
    stage_open(&stage, "{\"injects\":[{\"name\":\"a\",\"after\":\"rollback\",\"at\":\"1h\","
                       "\"job\":{\"fail\":\"x\"}}]}");
    (void)stage_promote(&stage);
    stage_advance(&stage, 15000);

    ASSERT_CODE(mock_server_inject_strike(stage.server, "a", &error), COG_OK, error);

    const struct mock_inject_state inject = state_of(&stage, 0);
    EXPECT_INT(inject.status, MOCK_INJECT_STRUCK);
    EXPECT_INT(inject.struck_ms, 15000);
    cr_expect(inject.is_by_hand);
    EXPECT_INT(mock_truth_deployment(stage.server, 0).ended_ms, 15000);
}

Test(inject_hand, strikes_only_once)
{
    COG_CLEANUP(stage_close) struct stage stage;
    struct cog_error error = {0};
    open_with(&stage, "20s", "");
    stage_advance(&stage, 20000);

    EXPECT_INT(mock_server_inject_strike(stage.server, "a", &error), COG_ERROR_REFUSED);

    EXPECT_STR(error.message, "the inject 'a' has struck already");
    cr_expect_not(state_of(&stage, 0).is_by_hand);
    EXPECT_INT(mock_server_inject_strike(stage.server, "b", &error), COG_ERROR_NOT_FOUND);
}

Test(inject_parse, describes_what_it_does)
{
    static const struct {
        const char *members;
        const char *description;
    } rows[] = {
        {"", "it is only told"},
        {",\"job\":{\"hold\":true}", "the job stands still"},
        {",\"job\":{\"progress\":40},\"server\":{\"api\":\"full\",\"down\":[]}",
         "the job is at 40 %; server: api, down"},
        {",\"faults\":[{\"call\":\"token\",\"inject\":\"nan\"}]", "1 fault"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        open_with(&stage, "20s", rows[i].members);

        EXPECT_STR(state_of(&stage, 0).description, rows[i].description);
        EXPECT_INT(state_of(&stage, 0).earliest_ms, 20000);
        EXPECT_INT(state_of(&stage, 0).latest_ms, 20000);
    }
}

Test(inject_parse, tells_where_the_file_is_wrong)
{
    static const struct {
        const char *inject;
        const char *message;
    } rows[] = {
        {"{\"name\":\"a\",\"window\":[\"3s\",\"2s\"]}", ":2:28: times must ascend"},
        {"{\"name\":\"a\"}", ":2:1: expected either 'at'"},
        {"{\"name\":\"a\",\"at\":\"0s\"},\n{\"name\":\"a\",\"at\":\"0s\"}",
         ":3:9: there are two injects 'a'"},
        {"{\"name\":\"a\",\"at\":\"0s\",\"server\":{\"job\":{\"timeline\":[{}]}}}",
         ":2:52: 'at' is missing"},
        {"{\"name\":\"a\",\"at\":\"0s\",\"faults\":[{\"call\":\"x\",\"inject\":\"nan\"}]}",
         ":2:41: 'call' must be one of: token"},
        {"{\"name\":\"a\",\"at\":\"0s\",\"job\":{\"fail\":\"x\",\"hold\":true}}",
         "exactly one of 'fail'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[SCENARIO_SIZE];
        COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
        struct mock_script *script = NULL;
        struct cog_error error = {0};
        (void)snprintf(text, sizeof text, "{\"injects\":[\n%s]}", rows[i].inject);
        ASSERT_CODE(cog_document_parse("f", text, strlen(text), &document, &error), COG_OK, error);

        EXPECT_INT(mock_script_parse(&document, &script, &error), COG_ERROR_SYNTAX);

        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}
