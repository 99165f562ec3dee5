/* What a run leaves as JSON. */
#include "foreign/ending.h"
#include "forged.h"
#include "report/record.h"
#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <signal.h>
#include <stdlib.h>

TestSuite(record, .timeout = 20.0);

static const struct scn_run_options options = {
    .seed = 1,
    .repeat_count = 1,
    .wants_record = true,
};

static void parse_case(const char *text, size_t index, struct scn_scenario *out_scenario)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("suite/a.jsonc", text, strlen(text), &document, &error), COG_OK,
                error);
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    ASSERT_CODE(scn_file_create(&document, &file, &error), COG_OK, error);
    ASSERT_CODE(scn_scenario_parse(file, index, out_scenario, &error), COG_OK, error);
}

/* The record of a real run. */
static char *run_text(const char *text)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    parse_case(text, 0, &scenario);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    scn_run(&scenario, &options, &run);
    cr_assert(run.record != NULL);
    char *record = run.record;
    run.record = NULL;
    return record;
}

/* The record of a forged world, of a scenario that says nothing but its name. */
static char *format_chosen(const struct scn_facts *facts, struct scn_run *run,
                           const struct scn_run_options *choice)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    parse_case("{\"name\": \"a\", \"expect\": {\"exit\": 0}}", 0, &scenario);
    COG_CLEANUP(scn_record_draft_finish) struct scn_record_draft draft = {0};
    cr_assert(scn_record_begin(&draft, &scenario, facts, run) == COG_OK);
    char *record = scn_record_format(&draft, &scenario, choice, run);
    cr_assert(record != NULL);
    return record;
}

static char *format_forged(const struct scn_facts *facts, struct scn_run *run)
{
    return format_chosen(facts, run, &options);
}

static cJSON *parse(const char *record)
{
    cJSON *json = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_json_parse_object(record, strlen(record), &json, &error), COG_OK, error);
    return json;
}

static void expect_all_members(const char *record)
{
    static const char *const names[] = {
        "name",       "file",   "case",      "description", "tags",      "transport",  "result",
        "virtual_ms", "replay", "findings",  "expected",    "exit",      "outcome",    "target",
        "step",       "reason", "follow_up", "signal",      "processes", "invariants", "exchanges",
        "events",     "jobs",   "sessions",  "injects",     "truth",     "report",     "audit",
        "deliveries", "cells",  "journal",
    };
    COG_CLEANUP(cog_json_finish) cJSON *json = parse(record);
    const cJSON *member = json->child;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_assert(member != NULL, "'%s' is missing", names[i]);
        EXPECT_STR(member->string, names[i]);
        member = member->next;
    }
    cr_expect(member == NULL, "one member too many");
    cr_expect(strchr(record, '\n') == NULL, "more than one line");
}

Test(record, has_all_members_in_their_order_on_one_line)
{
    COG_CLEANUP(cog_string_finish)
    char *record = run_text("{\"name\": \"a\", \"expect\": {\"exit\": 0}}");

    expect_all_members(record);
}

Test(record, of_a_run_that_could_not_be_made_has_them_too)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    parse_case("{\"name\": \"a\", \"expect\": {\"exit\": 0}}", 0, &scenario);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_INCONCLUSIVE};
    scn_findings_append(&run.findings, SCN_INCONCLUSIVE, "run", "no port is free");
    const struct scn_record_draft draft = {0};

    COG_CLEANUP(cog_string_finish)
    char *record = scn_record_format(&draft, &scenario, &options, &run);

    cr_assert(record != NULL);
    expect_all_members(record);
    EXPECT_CONTAINS(record, "\"findings\":[{\"result\":\"inconclusive\",\"check\":\"run\","
                            "\"text\":\"no port is free\"}]");
    EXPECT_CONTAINS(record, "\"exit\":null,");
}

Test(record, of_the_same_run_is_the_same_to_the_byte)
{
    static const char text[] = "{\"name\": \"a\", \"faults\": [{\"call\": \"webhook\","
                               " \"inject\": \"reset_after_headers\"}], \"expect\": {\"exit\": 0}}";
    COG_CLEANUP(cog_string_finish) char *first = run_text(text);
    COG_CLEANUP(cog_string_finish) char *second = run_text(text);

    EXPECT_STR(first, second);
    EXPECT_LACKS(first, "127.0.0.1");
}

Test(record, says_what_was_sent_and_how_it_was_answered)
{
    COG_CLEANUP(cog_string_finish)
    char *record = run_text("{\"name\": \"a\", \"faults\": [{\"call\": \"promote\","
                            " \"attempts\": [1], \"inject\": {\"status\": 429, \"retry_after\":"
                            " \"3s\"}}], \"expect\": {\"exit\": 0}}");

    EXPECT_CONTAINS(record, "\"call\":\"promote\",\"nth\":1,\"attempt\":1,\"method\":\"POST\","
                            "\"path\":\"/deployments/promote\",\"status\":429,\"applied\":false,"
                            "\"fault\":\"status 429\"");
    EXPECT_CONTAINS(record, "\"retry_after\":3000,\"rule\":\"fault\"");
    EXPECT_CONTAINS(record, "{\"at\":3000,\"answered\":3000,\"done\":3000,\"call\":\"promote\","
                            "\"nth\":1,\"attempt\":2,");
    EXPECT_CONTAINS(record, "\"name\":\"retry\",\"fields\":\"call=promote attempt=1 status=429 ");
    EXPECT_CONTAINS(record, "\"jobs\":[{\"id\":\"job-1\",\"source\":\"env-source\",");
    EXPECT_CONTAINS(record, "\"I1\":\"pass\"");
}

Test(record, tells_what_came_between_the_clients_events)
{
    COG_CLEANUP(cog_string_finish)
    char *record = run_text(
        "{\"name\": \"a\", \"client\": {\"kills\": [{\"after_journal\": \"intent promote\"}],"
        " \"then\": []}, \"expect\": {\"exit\": 0}}");

    EXPECT_CONTAINS(record, "\"level\":\"run\",\"name\":\"process\","
                            "\"fields\":\"command=resume after=kill\"}");
    EXPECT_CONTAINS(record, "\"processes\":2");
}

Test(record, tells_a_signal_ahead_of_its_effects)
{
    COG_CLEANUP(cog_string_finish)
    char *record = run_text("{\"name\": \"a\", \"client\": {\"events\": [{\"at\": \"23s\","
                            " \"signal\": \"SIGTERM\"}]}, \"expect\": {\"exit\": 143}}");

    const char *signal = strstr(record, "{\"at\":23000,\"after\":14,\"level\":\"run\",\"name\":"
                                        "\"signal\",\"fields\":\"name=SIGTERM\"}");
    const char *failure = strstr(record, "\"name\":\"failure\"");
    cr_expect(signal != NULL && failure > signal, "%s", record);
    EXPECT_CONTAINS(record, "\"signal\":\"SIGTERM\"");
}

Test(record, puts_the_changes_of_a_case_into_what_was_expected)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    parse_case(
        "{\"name\": \"a\", \"server\": {\"sessions\": {\"env-target\": [{\"at\": \"0s\","
        " \"active\": 2}], \"env-source\": [{\"at\": \"1s\", \"active\": 1}]}},"
        " \"expect\": {\"exit\": 4, \"elapsed\": {\"max\": \"1h\"}, \"calls\": {\"promote\": 0,"
        " \"token\": 1}}, \"cases\": [{\"name\": \"x\"}, {\"name\": \"b\", \"expect\": "
        "{\"exit\": 0,"
        " \"calls\": {\"promote\": 1}}, \"server\": {\"sessions\": {\"env-target\":"
        " [{\"at\": \"1m\", \"active\": 0}]}}}]}",
        1, &scenario);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    scn_run(&scenario, &options, &run);

    EXPECT_CONTAINS(run.record, "\"case\":\"b\"");
    EXPECT_CONTAINS(run.record, "\"expected\":{\"elapsed\":{\"max\":\"1h\"},\"calls\":{\"token\":1,"
                                "\"promote\":1},\"exit\":0}");
    EXPECT_CONTAINS(run.record, "\"sessions\":[{\"environment\":\"env-source\",\"at\":1000,"
                                "\"active\":1},{\"environment\":\"env-target\",\"at\":60000,"
                                "\"active\":0}]");
    EXPECT_CONTAINS(run.record, "--case b 'suite/a.jsonc'\"");
}

Test(record, has_no_secret_in_it)
{
    struct forged world;
    forged_init_rejected(&world);
    const struct scn_event events[] = {{.name = "failure", .fields = "reason=dev-secret"}};
    world.facts.events = events;
    world.facts.event_count = 1;
    (void)snprintf(world.report.reason, sizeof world.report.reason, "it is token-0123456789");
    world.facts.audit = "dev-secret";
    world.facts.journals = "token-0123456789";
    world.deliveries[0].body = "dev-secret";
    world.exchanges[0].path = "/x?y=dev-secret";
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_FAIL};
    scn_findings_append(&run.findings, SCN_FAIL, "reason", "got token-0123456789");

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    EXPECT_LACKS(record, "dev-secret");
    EXPECT_LACKS(record, "token-0123456789");
    EXPECT_CONTAINS(record, "\"audit\":\"***\",");
    EXPECT_CONTAINS(record, ",\"journal\":\"***\"}");
    EXPECT_CONTAINS(record, "\"text\":\"got ***\"");
    expect_all_members(record);
}

Test(record, keeps_the_journal_of_what_is_no_pass)
{
    static const struct {
        enum scn_result verdict;
        const char *end;
    } rows[] = {
        {SCN_PASS, ",\"journal\":null}"},
        {SCN_FAIL, ",\"journal\":\"begin\\nstate\"}"},
        {SCN_INCONCLUSIVE, ",\"journal\":\"begin\\nstate\"}"},
    };
    struct forged world;
    forged_init_rejected(&world);
    world.facts.journals = "begin\nstate";
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = rows[i].verdict};

        COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

        EXPECT_CONTAINS(record, rows[i].end);
    }
}

Test(record, keeps_the_journal_of_a_pass_where_it_is_wanted)
{
    struct forged world;
    forged_init_rejected(&world);
    world.facts.journals = "begin\nstate";
    struct scn_run_options choice = options;
    choice.wants_journal = true;
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_PASS};

    COG_CLEANUP(cog_string_finish) char *record = format_chosen(&world.facts, &run, &choice);

    EXPECT_CONTAINS(record, ",\"journal\":\"begin\\nstate\"}");
}

Test(record, keeps_the_last_line_of_a_long_journal)
{
    enum { LINE_COUNT = 2000 };
    struct forged world;
    forged_init_rejected(&world);
    COG_CLEANUP(cog_text_finish) struct cog_text journals = {0};
    for (int i = 0; i < LINE_COUNT; i++) {
        cog_text_append(&journals, "0123456789\n");
    }
    cog_text_append(&journals, "the last\n");
    world.facts.journals = cog_text_string(&journals);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_FAIL};

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    EXPECT_CONTAINS(record, "0123456789\\nthe last\\n\"}");
}

Test(record, leaves_out_what_an_exchange_has_not)
{
    COG_CLEANUP(cog_string_finish)
    char *record = run_text("{\"name\": \"a\", \"expect\": {\"exit\": 0}}");

    EXPECT_CONTAINS(record, "\"method\":\"POST\",\"path\":\"/oauth/token\",\"status\":200,"
                            "\"applied\":true,\"rule\":\"world\",\"id\":\"");
    EXPECT_LACKS(record, "\"retry_after\":");
    EXPECT_LACKS(record, "\"delay\":");
    EXPECT_LACKS(record, "\"why\":");
}

Test(record, says_which_answers_were_lost)
{
    static const char part[] = "\"applied\":true,\"lost\":true,\"fault\":\"reset_after_headers\"";
    COG_CLEANUP(cog_string_finish)
    char *record = run_text("{\"name\": \"a\", \"faults\": [{\"call\": \"health\", \"nth\": 1,"
                            " \"attempts\": [1], \"inject\": \"reset_after_headers\"}],"
                            " \"expect\": {\"exit\": 0}}");

    const char *lost = strstr(record, part);
    cr_assert(lost != NULL, "%s", record);
    cr_expect(strstr(lost + strlen(part), "\"lost\":") == NULL, "%s", record);
}

/* What the client says of one request of which the fake says `health`, attempt 2, 200 at 130 ms. */
static void expect_request_event(const struct scn_event *event, bool is_told)
{
    const struct mock_exchange exchange = {
        .call = "health",
        .attempt = 2,
        .status = 200,
        .at_ms = 100,
        .answered_ms = 130,
        .done_ms = 130,
        .request_id = "id-1",
    };
    struct forged world;
    forged_init_rejected(&world);
    world.facts.exchanges = &exchange;
    world.facts.exchange_count = 1;
    world.facts.events = event;
    world.facts.event_count = 1;
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    cr_expect((strstr(record, event->fields) != NULL) == is_told, "%s", record);
}

Test(record, tells_a_request_again_only_where_the_client_saw_another_thing)
{
    static const char same[] = "call=health attempt=2 status=200 elapsed_ms=30 request_id=id-1";
    static const char lost[] = "call=health attempt=2 error=network elapsed_ms=30 request_id=id-1";
    static const char first[] = "call=health attempt=1 status=200 elapsed_ms=30 request_id=id-1";
    static const struct {
        struct scn_event event;
        bool is_told;
    } rows[] = {
        {{130, 1, COG_LOG_DEBUG, "request", same}, false},
        {{130, 1, COG_LOG_DEBUG, "request", lost}, true},
        {{130, 1, COG_LOG_DEBUG, "request", first}, true},
        {{131, 1, COG_LOG_DEBUG, "request", same}, true},
        {{130, 0, COG_LOG_DEBUG, "request", same}, true},
        {{130, 2, COG_LOG_DEBUG, "request", same}, true},
        {{130, 1, COG_LOG_DEBUG, "another", same}, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect_request_event(&rows[i].event, rows[i].is_told);
    }
}

Test(record, is_json_whatever_bytes_there_are)
{
    struct forged world;
    forged_init_rejected(&world);
    world.facts.audit = "\xff \"quoted\" \\ \x01 \xc3\xa9 </script>";
    world.exchanges[1].path = "/\xc3";
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    EXPECT_CONTAINS(record, "\"audit\":\"\\ufffd \\\"quoted\\\" \\\\ \\u0001 \xc3\xa9 </script>\"");
    EXPECT_CONTAINS(record, "\"path\":\"/\\ufffd\"");
    expect_all_members(record);
}

Test(record, of_a_client_without_a_report_has_null_for_it)
{
    struct forged world;
    forged_init_rejected(&world);
    world.facts.report = NULL;
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    EXPECT_CONTAINS(record, "\"exit\":5,\"outcome\":null,\"target\":null,\"step\":null,"
                            "\"reason\":null,\"follow_up\":null,");
    EXPECT_CONTAINS(record, "\"report\":null,");
}

Test(record, of_another_client_has_its_process_and_null_for_what_only_ours_can_tell)
{
    struct forged world;
    forged_init_rejected(&world);
    const struct scn_ending ending = {
        .process = {.exit_code = 9},
        .meaning = scn_exit_map_bit(COG_OUTCOME_REJECTED),
        .lost_output = 7,
    };
    world.facts.ending = &ending;
    world.outputs[0].text = "it says dev-secret";
    world.outputs[1].text = "and token-0123456789";
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    EXPECT_CONTAINS(record, "\"exit\":9,\"outcome\":\"rejected\",\"target\":null,\"step\":null,"
                            "\"reason\":null,\"follow_up\":null,\"process\":{\"died_of\":0,"
                            "\"overdue\":false,\"lost_output\":7,\"stdout\":\"it says ***\","
                            "\"stderr\":\"and ***\"}");
}

Test(record, of_a_process_that_was_ended_has_neither_code_nor_outcome)
{
    struct forged world;
    forged_init_rejected(&world);
    const struct scn_ending ending = {
        .process = {.exit_code = 137, .signal_number = SIGKILL},
        .meaning = scn_exit_map_bit(COG_OUTCOME_REJECTED),
        .is_overdue = true,
    };
    world.facts.ending = &ending;
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    EXPECT_CONTAINS(record, "\"exit\":null,\"outcome\":null,");
    EXPECT_CONTAINS(record, "\"process\":{\"died_of\":9,\"overdue\":true,");
}

Test(record, tells_idle_rules_from_those_that_hold)
{
    struct forged world;
    forged_init_rejected(&world);
    struct scn_run run = {0};
    run.rulings.items[0] = (struct scn_ruling){"I1", SCN_PASS, false};
    run.rulings.items[1] = (struct scn_ruling){"I2", SCN_PASS, true};
    run.rulings.items[2] = (struct scn_ruling){"I3", SCN_FAIL, false};
    run.rulings.count = 3;
    cr_assert(scn_cells_add(&run.cells, "exit/%d", 5) == COG_OK);

    COG_CLEANUP(cog_string_finish) char *record = format_forged(&world.facts, &run);

    EXPECT_CONTAINS(record, "\"invariants\":{\"I1\":\"pass\",\"I2\":\"idle\",\"I3\":\"fail\"}");
    EXPECT_CONTAINS(record, "\"cells\":[\"exit/5\"]");
    scn_run_finish(&run);
}
