/* Which cells of coverage a run reaches, by worlds that are made up. */
#include "coverage/dimension.h"

#include "forged.h"
#include "support/expect.h"

#include <cogmock/faults.h>
#include <cogpromote/transition.h>

#include <signal.h>

TestSuite(cells, .timeout = 5.0);

static void reach(const struct forged *world, struct scn_cells *cells)
{
    const struct scn_rulings none = {0};
    cr_assert(scn_dimensions_reach(&world->facts, &none, cells) == COG_OK);
}

static void expect_cell(const struct forged *world, const char *name, bool expected)
{
    COG_CLEANUP(scn_cells_finish) struct scn_cells cells = {0};
    reach(world, &cells);
    cr_expect(scn_cells_has(&cells, name) == expected, "%s: expected %d", name, expected);
}

/* Events, behind the world's exchanges. */
static void set_events(struct forged *world, struct scn_event *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        events[i].exchange_count = world->facts.exchange_count;
    }
    world->facts.events = events;
    world->facts.event_count = count;
}

Test(cells, are_all_known_to_the_list)
{
    COG_CLEANUP(scn_cells_finish) struct scn_cells all = {0};

    cr_assert(scn_dimensions_list(&all) == COG_OK);

    static const char *const names[] = {
        "fault/refused/connect",
        "fault/reset_mid_body/promote",
        "fault/status_500_applied/promote",
        "fault/redirect_307/token",
        "fault/retry_after_rfc850/webhook",
        "meaning/progress_backwards",
        "client/sigint",
        "state/follow_rollback",
        "exit/143",
        "outcome/undelivered",
        "retry/acting/503_retry_after/repeated/not_applied",
        "retry/webhook/network/stopped_deadline",
        "timeout/wait_for_drain",
        "invariant/I17",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_expect(scn_cells_has(&all, names[i]), "%s", names[i]);
    }
    cr_expect(!scn_cells_has(&all, "fault/not_json/stub"));
    cr_expect(!scn_cells_has(&all, "fault/refused/promote"));
}

Test(cells, have_every_transition_of_the_client_and_every_kind_of_the_fake)
{
    COG_CLEANUP(scn_cells_finish) struct scn_cells all = {0};
    cr_assert(scn_dimensions_list(&all) == COG_OK);

    for (size_t i = 0; cog_transition(i).from != NULL; i++) {
        const struct cog_transition row = cog_transition(i);
        char name[SCN_CELL_SIZE];
        (void)snprintf(name, sizeof name, "transition/%s/%s/%s", row.from, row.event, row.to);
        cr_expect(scn_cells_has(&all, name), "%s", name);
    }
    for (const char *const *kind = mock_fault_kind_names(); *kind != NULL; kind++) {
        const bool is_connect = strcmp(mock_fault_kind_phase(*kind), "connect") == 0;
        char name[SCN_CELL_SIZE];
        (void)snprintf(name, sizeof name, "fault/%s%s", *kind,
                       is_connect                       ? "/connect"
                       : strcmp(*kind, "redirect") == 0 ? "_302/status"
                                                        : "/status");
        cr_expect(scn_cells_has(&all, name), "%s", name);
    }
}

Test(cells, of_a_fault_are_those_that_struck_and_not_what_the_scenario_wanted)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *poll = forged_add(&world, "status", 1000, 200);
    poll->fault_kinds = "delay not_json";
    expect_cell(&world, "fault/delay/status", true);
    expect_cell(&world, "fault/not_json/status", true);
    expect_cell(&world, "fault/not_json/promote", false);

    poll->fault_kinds = NULL;
    poll->faults = "f-1 status: not_json, applied (lost)";
    expect_cell(&world, "fault/not_json/status", false);
}

Test(cells, of_a_status_count_whoever_gave_it_and_apart_when_it_was_applied)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *promote = forged_add(&world, "promote", 1000, 409);
    promote->is_whole = true;
    expect_cell(&world, "fault/status_409/promote", true);
    expect_cell(&world, "fault/status_409_applied/promote", false);

    promote->fault_kinds = "status_409_applied";
    expect_cell(&world, "fault/status_409/promote", false);
    expect_cell(&world, "fault/status_409_applied/promote", true);

    promote->fault_kinds = NULL;
    promote->status = 307;
    expect_cell(&world, "fault/redirect_307/promote", true);

    promote->is_whole = false; /* Cut: the client may never have seen it. */
    expect_cell(&world, "fault/redirect_307/promote", false);
}

Test(cells, of_retry_after_go_by_the_header_that_was_sent)
{
    static const struct {
        const char *value;
        int64_t wait_ms;
        const char *form;
    } rows[] = {
        {"7", 7000, "seconds"},
        {"0", 0, "zero"},
        {"-5", 0, "negative"},
        {"999999", 0, "huge"},
        {"99999999999999999999999", 0, "huge"},
        {"soon", 0, "garbage"},
        {"7 seconds", 0, "garbage"},
        {"", 0, "garbage"},
        {"Thu, 01 Jan 2026 00:01:00 GMT", 60000, "imf_fixdate"},
        {"Thursday, 01-Jan-26 00:01:00 GMT", 60000, "rfc850"},
        {"Thu Jan  1 00:01:00 2026", 60000, "asctime"},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0, "past"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char header[] = "Retry-After";
        char value[64];
        char name[SCN_CELL_SIZE];
        struct forged world;
        forged_init_promoted(&world);
        (void)snprintf(value, sizeof value, "%s", rows[i].value);
        (void)snprintf(name, sizeof name, "fault/retry_after_%s/status", rows[i].form);
        const struct mock_header headers[] = {{header, value}, {header, value}};
        struct mock_exchange *poll = forged_add(&world, "status", 1000, 429);
        poll->is_whole = true;
        poll->retry_after_ms = rows[i].wait_ms;
        poll->answer_headers = headers;
        poll->answer_header_count = 1;
        expect_cell(&world, name, true);

        poll->answer_header_count = 2;
        expect_cell(&world, name, false);
        expect_cell(&world, "fault/retry_after_twice/status", true);
    }
}

Test(cells, of_a_missing_retry_after_say_whether_ratelimit_was_there)
{
    char header[] = "RateLimit";
    char value[] = "\"a\";r=0;t=3";
    struct forged world;
    forged_init_promoted(&world);
    const struct mock_header headers[] = {{header, value}};
    struct mock_exchange *poll = forged_add(&world, "status", 1000, 429);
    poll->is_whole = true;
    expect_cell(&world, "fault/retry_after_none/status", true);

    poll->answer_headers = headers;
    poll->answer_header_count = 1;
    expect_cell(&world, "fault/retry_after_ratelimit_only/status", true);

    poll->status = 404; /* Nobody would look for it. */
    expect_cell(&world, "fault/retry_after_ratelimit_only/status", false);
}

Test(cells, of_strikes_without_a_request_are_what_the_simulation_says)
{
    COG_CLEANUP(scn_cells_finish) struct scn_cells strikes = {0};
    struct forged world;
    forged_init_promoted(&world);
    scn_cells_note(&strikes, "fault/refused/connect");
    scn_cells_note(&strikes, "client/moved");
    expect_cell(&world, "client/moved", false);

    world.facts.strikes = &strikes;
    world.facts.signal_number = SIGTERM;

    expect_cell(&world, "fault/refused/connect", true);
    expect_cell(&world, "client/moved", true);
    expect_cell(&world, "client/sigterm", true);
    expect_cell(&world, "client/sigint", false);
}

Test(cells, of_the_course_are_the_transitions_that_were_logged)
{
    struct scn_event events[] = {
        {.name = "transition", .fields = "from=follow on=failed to=roll_back"},
        {.name = "step", .fields = "from=promote on=ended to=end"},
    };
    struct forged world;
    forged_init_rolled_back(&world);
    set_events(&world, events, 2);

    expect_cell(&world, "transition/follow/failed/roll_back", true);
    expect_cell(&world, "transition/promote/ended/end", false);
    expect_cell(&world, "state/follow", true);
    expect_cell(&world, "state/roll_back", true);
    expect_cell(&world, "state/promote", false);
    expect_cell(&world, "exit/6", true);
    expect_cell(&world, "outcome/rolled_back", true);
    expect_cell(&world, "outcome/promoted", false);
}

Test(cells, of_an_invariant_need_something_to_judge)
{
    COG_CLEANUP(scn_cells_finish) struct scn_cells cells = {0};
    const struct scn_rulings rulings = {
        .items = {{.id = "I1", .result = SCN_PASS},
                  {.id = "I3", .result = SCN_PASS, .is_idle = true},
                  {.id = "I6", .result = SCN_INCONCLUSIVE}},
        .count = 3,
    };
    struct forged world;
    forged_init_promoted(&world);

    cr_assert(scn_dimensions_reach(&world.facts, &rulings, &cells) == COG_OK);

    cr_expect(scn_cells_has(&cells, "invariant/I1"));
    cr_expect(!scn_cells_has(&cells, "invariant/I3"));
    cr_expect(!scn_cells_has(&cells, "invariant/I6"));
}

/* One request that failed, and what was logged behind it. */
static void expect_retry(const char *request, const char *name, const char *fields,
                         const char *expected)
{
    struct forged world;
    forged_init_promoted(&world);
    struct scn_event events[] = {
        {.name = "request", .fields = request},
        {.name = name, .fields = fields},
    };
    forged_add(&world, "promote", 100, 0)->applied = true;
    set_events(&world, events, 2);
    expect_cell(&world, expected, true);
}

Test(cells, of_a_retry_have_method_reason_and_decision)
{
    static const struct {
        const char *request;
        const char *name;
        const char *fields;
        const char *expected;
    } rows[] = {
        {"call=health attempt=1 status=503", "retry", "call=health attempt=1 status=503",
         "retry/get/503/repeated"},
        {"call=simulate attempt=1 error=network", "retry-stopped", "call=simulate reason=attempts",
         "retry/get/network/stopped_attempts"},
        {"call=token attempt=1 error=unreachable", "retry-stopped", "call=token reason=deadline",
         "retry/token/unsent/stopped_deadline"},
        {"call=webhook attempt=1 status=429", "retry-stopped", "call=webhook reason=cap",
         "retry/webhook/429/stopped_cap"},
        {"call=status attempt=1 status=500", "retry-stopped", "call=status reason=budget",
         "retry/get/500/stopped_budget"},
        {"call=status attempt=1 status=504", "retry-stopped", "call=status reason=cancelled",
         "retry/get/504/cancelled"},
        {"call=status attempt=1 error=protocol", "poll-failed", "reason=x",
         "retry/get/protocol/not_repeated"},
        {"call=status attempt=1 error=timeout", "retry", "call=token attempt=1",
         "retry/get/timeout/not_repeated"},
        {"call=promote attempt=1 error=timeout request_id=promote", "retry-stopped",
         "call=promote reason=acting", "retry/acting/timeout/stopped_acting/applied"},
        {"call=promote attempt=1 error=unreachable request_id=another", "retry",
         "call=promote attempt=1", "retry/acting/unsent/repeated/not_applied"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect_retry(rows[i].request, rows[i].name, rows[i].fields, rows[i].expected);
    }
}

Test(cells, of_a_retry_go_by_the_truth_whether_it_was_applied)
{
    struct scn_event events[] = {
        {.name = "request", .fields = "call=promote status=502 request_id=promote"},
        {.name = "retry-stopped", .fields = "call=promote reason=acting"},
    };
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *promote = forged_add(&world, "promote", 100, 502);
    set_events(&world, events, 2);
    expect_cell(&world, "retry/acting/502/stopped_acting/applied", true);

    promote->applied = false;
    expect_cell(&world, "retry/acting/502/stopped_acting/applied", false);
    expect_cell(&world, "retry/acting/502/stopped_acting/not_applied", true);
}

Test(cells, of_a_retry_say_cancelled_when_the_wait_was)
{
    struct scn_event events[] = {
        {.name = "request", .fields = "call=health attempt=1 status=408"},
        {.name = "retry", .fields = "call=health attempt=1 status=408 delay_ms=9"},
        {.name = "retry-stopped", .fields = "call=health reason=cancelled"},
    };
    struct forged world;
    forged_init_promoted(&world);
    set_events(&world, events, 3);

    expect_cell(&world, "retry/get/408/cancelled", true);
    expect_cell(&world, "retry/get/408/repeated", false);
}

Test(cells, of_a_503_tell_whether_its_wait_can_be_obeyed)
{
    char header[] = "Retry-After";
    char value[] = "soon";
    const struct mock_header headers[] = {{header, value}};
    struct scn_event events[] = {
        {.name = "request", .fields = "call=health status=503 request_id=health"}};
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *health = forged_add(&world, "health", 100, 503);
    health->answer_headers = headers;
    health->answer_header_count = 1;
    set_events(&world, events, 1);
    expect_cell(&world, "retry/get/503/not_repeated", true);

    (void)snprintf(value, sizeof value, "7");
    expect_cell(&world, "retry/get/503_retry_after/not_repeated", true);
    expect_cell(&world, "retry/get/503/not_repeated", false);
}

Test(cells, of_a_limit_are_what_ended_something)
{
    static const struct {
        const char *name;
        const char *fields;
        const char *expected; /* NULL: none of them. */
    } rows[] = {
        {"limit", "name=wait_for_drain", "timeout/wait_for_drain"},
        {"retry-stopped", "call=status reason=attempts", "timeout/max_attempts"},
        {"retry-stopped", "call=status reason=deadline", "timeout/retry_deadline"},
        {"retry-stopped", "call=webhook reason=deadline", "timeout/webhook_timeout"},
        {"retry-stopped", "call=status reason=budget", "timeout/retry_budget"},
        {"retry-stopped", "call=status reason=cap", "timeout/max_retry_after"},
        {"request", "call=status error=timeout elapsed_ms=30000", "timeout/request_timeout"},
        {"request", "call=status error=timeout elapsed_ms=20000", "timeout/idle_timeout"},
        {"request", "call=status error=timeout elapsed_ms=9999", "timeout/request_deadline"},
        {"request", "call=webhook error=timeout elapsed_ms=9999", "timeout/webhook_timeout"},
        {"request", "call=status error=deadline elapsed_ms=5000", "timeout/request_deadline"},
        {"request", "call=status error=unreachable elapsed_ms=10000", "timeout/connect_timeout"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_event events[] = {{.name = rows[i].name, .fields = rows[i].fields}};
        struct forged world;
        forged_init_promoted(&world);
        world.config.connect_timeout_ms = 10000;
        world.config.idle_timeout_ms = 20000;
        set_events(&world, events, 1);
        expect_cell(&world, rows[i].expected, true);
    }
}

Test(cells, of_a_limit_are_not_reached_by_a_connection_that_was_refused_at_once)
{
    struct scn_event events[] = {
        {.name = "request", .fields = "call=status error=unreachable elapsed_ms=0"}};
    struct forged world;
    forged_init_promoted(&world);
    world.config.connect_timeout_ms = 10000;
    set_events(&world, events, 1);

    expect_cell(&world, "timeout/connect_timeout", false);
}

/* Two answers of one call, in whose light a cell is reached. */
static void expect_meaning(const char *call, const char *first, const char *second,
                           const char *expected)
{
    struct forged world;
    forged_init_promoted(&world);
    const char *const bodies[] = {first, second};
    for (int i = 0; i < 2; i++) {
        struct mock_exchange *exchange = forged_add(&world, call, 100, 200);
        exchange->is_whole = true;
        exchange->answer_body = bodies[i];
    }
    expect_cell(&world, expected, true);
}

Test(cells, of_a_meaning_go_by_what_was_answered)
{
    static const struct {
        const char *call;
        const char *first;
        const char *second;
        const char *expected;
    } rows[] = {
        {"status", "{\"progress\":40}", "{\"progress\":20}", "meaning/progress_backwards"},
        {"status", "{\"progress\":40}", "{\"progress\":101}", "meaning/progress_above_100"},
        {"status", "{\"status\":\"completed\"}", "{\"status\":\"running\"}",
         "meaning/completed_then_running"},
        {"status", "{}", "{\"status\":\"rollback_failed\"}", "meaning/rollback_fails"},
        {"introspect", "{}", "{\"active\":false}", "meaning/introspection_inactive"},
        {"introspect", "{}", "{\"scope\":\"bot:deploy\"}", "meaning/scope_narrower"},
        {"token", "{}", "{\"access_token\":\"t\",\"expires_in\":0}", "meaning/expires_in_zero"},
        {"token", "{}", "{\"access_token\":\"t\",\"expires_in\":1}", "meaning/expires_in_one"},
        {"token", "{}", "{\"access_token\":\"t\",\"expires_in\":1e12}", "meaning/expires_in_huge"},
        {"token", "{}", "{\"access_token\":\"t\",\"expires_in\":1e999}", "meaning/expires_in_huge"},
        {"token", "{}", "{\"access_token\":\"t\",\"expires_in\":\"60\"}",
         "meaning/expires_in_string"},
        {"token", "{}", "{\"access_token\":\"t\"}", "meaning/expires_in_missing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect_meaning(rows[i].call, rows[i].first, rows[i].second, rows[i].expected);
    }
}

Test(cells, of_a_meaning_need_an_answer_that_arrived)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *poll = forged_add(&world, "status", 100, 200);
    poll->answer_body = "{\"progress\":101}";
    poll->is_whole = false;

    expect_cell(&world, "meaning/progress_above_100", false);
}

Test(cells, of_a_conflict_tell_sessions_from_another_operator)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *sessions = forged_add(&world, "sessions", 100, 200);
    sessions->is_whole = true;
    sessions->answer_body = "{\"active_sessions\":0}";
    struct mock_exchange *promote = forged_add(&world, "promote", 200, 409);
    promote->answer_body = "{\"type\":\"urn:cogmock:active-sessions\"}";
    expect_cell(&world, "meaning/sessions_open_after_the_check", true);
    expect_cell(&world, "meaning/two_operators", false);

    promote->answer_body = "{\"type\":\"urn:cogmock:deployment-in-progress\"}";
    expect_cell(&world, "meaning/sessions_open_after_the_check", false);
    expect_cell(&world, "meaning/two_operators", true);
}

Test(cells, of_a_rollback_compare_the_content_with_before)
{
    struct forged world;
    forged_init_rolled_back(&world);
    expect_cell(&world, "meaning/rollback_restores_something_else", false);

    (void)snprintf(world.facts.target.now, sizeof world.facts.target.now, "half");
    expect_cell(&world, "meaning/rollback_restores_something_else", true);
    expect_cell(&world, "meaning/rollback_restores_half", true);

    (void)snprintf(world.facts.target.now, sizeof world.facts.target.now, "source");
    expect_cell(&world, "meaning/rollback_restores_half", false);
}
