/* Which faults strike, how often, together with which others, and while they come and go. */
#include "stage.h"

#include "script/armed.h"

#include <cogmock/faults.h>

#include "support/expect.h"

#include <stdio.h>
#include <stdlib.h>

TestSuite(probability_draw, .timeout = 5.0);
TestSuite(strike_bounds, .timeout = 5.0);
TestSuite(strike_together, .timeout = 5.0);
TestSuite(upload_strike, .timeout = 5.0);
TestSuite(arsenal_list, .timeout = 5.0);
TestSuite(arsenal_event, .timeout = 5.0);

enum { CALLS = 1000 };

static const char sessions[] = "/api/v1/environments/env-target/sessions";
static const char environment[] = "/api/v1/environments/env-target";

static int ask(struct stage *stage, const char *target)
{
    return stage_send(stage, "GET", target, NULL);
}

static void arm_as(struct stage *stage, const char *text, struct mock_arming arming,
                   enum cog_code expected, struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    size_t count = 0;
    cr_assert(cog_document_parse("body", text, strlen(text), &document, error) == COG_OK);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(document.root, "faults");
    const enum cog_code code = mock_server_faults_arm(
        stage->server, &document, list == NULL ? document.root : list, arming, &count, error);
    cr_assert(code == expected, "%s: %s", text, error->message);
}

static void arm(struct stage *stage, const char *text)
{
    struct cog_error error = {0};
    arm_as(stage, text, (struct mock_arming){.has_port = true}, COG_OK, &error);
}

static const char draws[] =
    "{\"faults\":[{\"call\":\"sessions\",\"probability\":0.25,\"inject\":{\"status\":503}},"
    "{\"call\":\"environment\",\"probability\":0.25,\"inject\":{\"status\":503}}]}";

Test(probability_draw, is_the_same_for_the_same_call_whatever_comes_between)
{
    static int alone[CALLS];
    COG_CLEANUP(stage_close) struct stage first;
    COG_CLEANUP(stage_close) struct stage second;
    stage_open(&first, draws);
    stage_open(&second, draws);
    for (int i = 0; i < CALLS; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "id-%d", i);
        first.header_count = 0;
        stage_header(&first, "X-Request-Id", id);
        alone[i] = ask(&first, sessions);
    }

    int struck_count = 0;
    for (int i = 0; i < CALLS; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "id-%d", i);
        second.header_count = 0;
        stage_header(&second, "X-Request-Id", id);
        for (int j = i % 3; j > 0; j--) {
            (void)ask(&second, environment);
        }
        const int status = ask(&second, sessions);
        cr_expect(status == alone[i], "call %d", i + 1);
        struck_count += status == 503 ? 1 : 0;
    }

    cr_expect(struck_count > CALLS / 5 && struck_count < CALLS * 3 / 10, "%d", struck_count);
}

Test(probability_draw, differs_by_seed_fault_call_and_attempt)
{
    const struct mock_fault fault = {.probability = 0.5};
    int differences[4] = {0};
    for (int i = 1; i <= CALLS; i++) {
        const struct mock_armed armed = {.number = 1, .fault = &fault};
        const struct mock_armed other = {.number = 2, .fault = &fault};
        const struct mock_address address = {MOCK_CALL_STATUS, i, 1};
        const struct mock_address call = {MOCK_CALL_TOKEN, i, 1};
        const struct mock_address attempt = {MOCK_CALL_STATUS, i, 2};
        const bool draw = mock_armed_draws(&armed, 1, &address);
        differences[0] += draw != mock_armed_draws(&armed, 2, &address);
        differences[1] += draw != mock_armed_draws(&other, 1, &address);
        differences[2] += draw != mock_armed_draws(&armed, 1, &call);
        differences[3] += draw != mock_armed_draws(&armed, 1, &attempt);
    }
    for (size_t i = 0; i < 4; i++) {
        cr_expect(differences[i] > CALLS * 2 / 5 && differences[i] < CALLS * 3 / 5, "%zu: %d", i,
                  differences[i]);
    }
}

Test(strike_bounds, ends_after_so_many_strikes)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage,
               "{\"faults\":[{\"call\":\"sessions\",\"times\":2,\"inject\":{\"status\":503}}]}");

    EXPECT_INT(ask(&stage, sessions), 503);
    EXPECT_INT(mock_server_fault(stage.server, 0).remaining_count, 1);
    EXPECT_INT(ask(&stage, sessions), 503);
    EXPECT_INT(ask(&stage, sessions), 200);
    EXPECT_INT(mock_server_fault(stage.server, 0).struck_count, 2);
    EXPECT_INT(mock_server_fault(stage.server, 0).remaining_count, 0);
}

Test(strike_bounds, ends_after_so_long_counted_from_its_arming)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_advance(&stage, 5000);
    arm(&stage, "{\"call\":\"sessions\",\"for\":\"10s\",\"inject\":{\"status\":503}}");

    stage_advance(&stage, 14999);
    EXPECT_INT(ask(&stage, sessions), 503);
    stage_advance(&stage, 15000);
    EXPECT_INT(ask(&stage, sessions), 200);
    EXPECT_INT(mock_server_fault(stage.server, 0).armed_ms, 5000);
    EXPECT_INT(mock_server_fault(stage.server, 0).until_ms, 15000);
}

Test(strike_together, adds_headers_and_delays_to_the_first_that_spoils)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(
        &stage,
        "{\"faults\":["
        "{\"call\":\"promote\",\"inject\":{\"kind\":\"headers\",\"headers\":{\"X-A\":\"1\"}}},"
        "{\"call\":\"promote\",\"inject\":{\"status\":503,\"delay\":\"1s\"}},"
        "{\"call\":\"promote\",\"inject\":{\"status\":500,\"delay\":\"9s\","
        "\"headers\":{\"X-B\":\"2\"}}},"
        "{\"call\":\"promote\",\"inject\":{\"kind\":\"delay\",\"delay\":\"2s\"}}]}");

    EXPECT_INT(stage_promote(&stage), 503);

    EXPECT_INT(stage.plan.delay_ms, 3000);
    EXPECT_STR(stage_answer_header(&stage, "X-A"), "1");
    EXPECT_STR(stage_answer_header(&stage, "X-B"), "");
    const struct mock_exchange *exchange = mock_truth_exchange(stage.server, 1);
    EXPECT_STR(exchange->fault, "status 503");
    EXPECT_STR(exchange->faults,
               "f-1 promote: headers, applied; f-2 promote: status 503, not applied; "
               "f-4 promote: delay, applied; f-3 promote: status 500, not applied (lost)");
    EXPECT_STR(exchange->rule, "fault");
    EXPECT_STR(exchange->why, "promote: status 503, not applied");
    EXPECT_INT(mock_server_fault(stage.server, 2).struck_count, 0);
    EXPECT_INT(mock_server_fault(stage.server, 2).lost_count, 1);
    cr_assert(mock_truth_unused_fault_count(stage.server) == 1);
    EXPECT_STR(mock_truth_unused_fault(stage.server, 0), "promote: status 500, not applied");
    EXPECT_INT(mock_truth_deployment_count(stage.server), 0);
}

Test(strike_together, does_not_use_up_what_lost)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage,
               "{\"faults\":[{\"call\":\"sessions\",\"times\":1,\"inject\":{\"status\":503}},"
               "{\"call\":\"sessions\",\"times\":1,\"inject\":{\"status\":500}}]}");

    EXPECT_INT(ask(&stage, sessions), 503);
    EXPECT_INT(ask(&stage, sessions), 500);
    EXPECT_INT(ask(&stage, sessions), 200);
}

Test(strike_together, has_no_more_than_fits)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    for (int i = 0; i < MOCK_STRIKE_MAX + 3; i++) {
        arm(&stage, "{\"call\":\"sessions\",\"inject\":{\"kind\":\"delay\",\"delay\":\"1s\"}}");
    }

    EXPECT_INT(ask(&stage, sessions), 200);

    EXPECT_INT(stage.plan.delay_ms, MOCK_STRIKE_MAX * 1000);
    EXPECT_INT(mock_server_fault(stage.server, MOCK_STRIKE_MAX).lost_count, 1);
}

Test(upload_strike, leaves_the_world_alone_without_a_wire_too)
{
    static const struct {
        const char *inject;
        enum mock_ending ending;
    } rows[] = {
        {"\"reset_before_body\"", MOCK_ENDING_RESET},
        {"\"reset_mid_body\"", MOCK_ENDING_RESET},
        {"\"stall_upload\"", MOCK_ENDING_HANG},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario,
                       "{\"faults\":[{\"call\":\"promote\",\"inject\":%s}]}", rows[i].inject);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        EXPECT_INT(stage_promote(&stage), 0);

        EXPECT_INT(stage.plan.ending, rows[i].ending);
        EXPECT_INT(mock_truth_deployment_count(stage.server), 0);
        cr_expect_not(mock_truth_exchange(stage.server, 1)->applied);
    }
}

Test(upload_strike, applies_a_redirect_unless_told_otherwise)
{
    static const struct {
        const char *inject;
        size_t deployment_count;
    } rows[] = {
        {"\"redirect\"", 1},
        {"{\"kind\":\"redirect\",\"status\":307,\"applied\":false}", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario,
                       "{\"faults\":[{\"call\":\"promote\",\"inject\":%s}]}", rows[i].inject);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        (void)stage_promote(&stage);

        EXPECT_STR(stage_answer_header(&stage, "Location"), "/api/v1/deployments/promote");
        EXPECT_INT(mock_truth_deployment_count(stage.server), rows[i].deployment_count);
    }
}

Test(arsenal_list, numbers_on_and_never_anew)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"token\",\"nth\":2,\"inject\":\"not_json\"}]}");
    struct mock_fault_state state;

    arm(&stage, "{\"faults\":[{\"call\":\"status\",\"inject\":\"not_json\"},"
                "{\"call\":\"status\",\"inject\":\"drip\"}]}");
    EXPECT_INT(mock_server_fault_count(stage.server), 3);
    cr_expect(mock_server_fault_remove(stage.server, "f-2"));
    cr_expect_not(mock_server_fault_remove(stage.server, "f-2"));
    cr_expect_not(mock_server_fault_remove(stage.server, "2"));
    arm(&stage, "{\"call\":\"sessions\",\"inject\":\"not_json\"}");

    cr_expect(mock_server_fault_find(stage.server, "f-1", &state));
    cr_expect(state.is_scripted);
    EXPECT_STR(state.source, "{\"call\":\"token\",\"nth\":2,\"inject\":\"not_json\"}");
    cr_expect_not(mock_server_fault_find(stage.server, "f-2", &state));
    cr_expect(mock_server_fault_find(stage.server, "f-4", &state));
    cr_expect_not(state.is_scripted);
    EXPECT_STR(state.description, "sessions: not_json, applied");
    EXPECT_STR(state.phase, "body");
    EXPECT_INT(mock_truth_unused_fault_count(stage.server), 1);
    mock_server_faults_clear(stage.server);
    EXPECT_INT(mock_server_fault_count(stage.server), 0);
    EXPECT_INT(mock_truth_unused_fault_count(stage.server), 0);
}

Test(arsenal_list, arms_all_or_none)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    struct cog_error error = {0};

    arm_as(&stage,
           "{\"faults\":[{\"call\":\"status\",\"inject\":\"not_json\"},\n"
           "{\"call\":\"status\",\"inject\":\"no_json\"}]}",
           (struct mock_arming){.has_port = true}, COG_ERROR_SYNTAX, &error);

    EXPECT_CONTAINS(error.message, "body:2:27: ");
    EXPECT_INT(mock_server_fault_count(stage.server), 0);
}

Test(arsenal_list, has_an_end)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    struct cog_error error = {0};
    for (int i = 0; i < MOCK_FAULTS_ARMED_MAX; i++) {
        arm(&stage, "{\"call\":\"status\",\"inject\":\"not_json\"}");
    }

    arm_as(&stage, "{\"call\":\"status\",\"inject\":\"not_json\"}",
           (struct mock_arming){.has_port = true}, COG_ERROR_CONFIGURATION, &error);

    EXPECT_CONTAINS(error.message, "more than 1000 faults");
}

Test(arsenal_list, lets_nobody_lock_himself_out)
{
    static const struct {
        const char *text;
        struct mock_arming arming;
        double scale;
        const char *expected; /**< NULL: it is armed. */
    } rows[] = {
        {"{\"inject\":\"refused\"}", {true, true}, 1, "give it an end, \"for\": \"30s\""},
        {"{\"inject\":\"connect_timeout\"}", {true, true}, 1, "give it an end"},
        {"{\"inject\":\"reset_on_accept\"}", {true, true}, 1, "or \"connections\": 3"},
        {"{\"inject\":\"tls_expired\"}", {true, true}, 1, "give it an end"},
        {"{\"inject\":\"refused\",\"for\":\"9s\"}", {true, true}, 0, "the clock is stopped"},
        {"{\"inject\":\"refused\",\"for\":\"9s\"}", {true, false}, 1, "the tenant 'default'"},
        {"{\"inject\":\"refused\",\"for\":\"9s\"}", {true, true}, 1, NULL},
        {"{\"inject\":\"reset_on_accept\",\"connections\":3}", {true, true}, 0, NULL},
        {"{\"inject\":\"refused\"}", {false, true}, 0, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, NULL);
        mock_clock_set_scale(mock_server_clock(stage.server), rows[i].scale);
        struct cog_error error = {0};

        arm_as(&stage, rows[i].text, rows[i].arming,
               rows[i].expected == NULL ? COG_OK : COG_ERROR_SYNTAX, &error);

        EXPECT_CONTAINS(error.message, rows[i].expected == NULL ? "" : rows[i].expected);
    }
}

/* The fields of all events of that kind, one after the other. */
static void note_event(void *context, const struct mock_event *event)
{
    char *seen = context;
    for (size_t i = 0; strcmp(event->kind, "fault") == 0 && i < event->field_count; i++) {
        const size_t length = strlen(seen);
        (void)snprintf(seen + length, 512 - length, "%s=%s;", event->fields[i].key,
                       event->fields[i].value);
    }
}

Test(arsenal_event, tells_of_arming_striking_losing_and_removing)
{
    static const struct mock_watcher_ops ops = {.happened = note_event};
    char seen[512] = "";
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"sessions\",\"inject\":\"not_json\"}]}");
    mock_server_watch(stage.server, (struct mock_watcher){&ops, seen});

    arm(&stage, "{\"call\":\"sessions\",\"inject\":\"nulls\"}");
    (void)ask(&stage, sessions);
    cr_expect(mock_server_fault_remove(stage.server, "f-1"));

    EXPECT_STR(seen, "id=f-2;change=armed;fault=sessions: nulls, applied;"
                     "id=f-1;change=struck;fault=sessions: not_json, applied;request=2;"
                     "id=f-2;change=lost;fault=sessions: nulls, applied;request=2;"
                     "id=f-1;change=removed;fault=sessions: not_json, applied;");
}
