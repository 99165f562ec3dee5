/* Expectations that no run can meet at the same time. */
#include "language/scenario.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(contradiction, .timeout = 5.0);

enum { TEXT_SIZE = 1024 };

static enum cog_code take(const char *text, struct scn_scenario *scenario, struct cog_error *error)
{
    struct cog_document document = {0};
    cr_assert(cog_document_parse("file", text, strlen(text), &document, error) == COG_OK, "%s",
              error->message);
    return scn_scenario_take(&document, scenario, error);
}

Test(contradiction, is_an_error_at_the_later_one_that_names_both)
{
    const struct {
        const char *expect;
        const char *message;
    } rows[] = {
        {"\"exit\": 0,\n\"outcome\": \"rolled_back\"",
         "file:3:12: 'expect.exit' and 'expect.outcome'"},
        {"\"outcome\": \"rolled_back\",\n\"exit\": 0",
         "file:3:9: 'expect.exit' and 'expect.outcome'"},
        {"\"exit\": 6, \"outcome\": \"interrupted\"", "'expect.exit' and 'expect.outcome'"},
        {"\"exit\": 5, \"target\": \"promoted\"", "'expect.exit' and 'expect.target'"},
        {"\"exit\": 6, \"target\": \"changed\"", "'expect.exit' and 'expect.target'"},
        {"\"exit\": 0, \"reason\": \"why\"", "'expect.exit' and 'expect.reason'"},
        {"\"exit\": 0, \"step\": \"follow\"", "'expect.exit' and 'expect.step'"},
        {"\"exit\": 0, \"calls\": {\"promote\": 0}", "'expect.calls.promote' and 'expect.exit'"},
        {"\"exit\": 1, \"calls\": {\"promote\": {\"max\": 0}}, \"target\": \"promoted\"",
         "'expect.calls.promote' and 'expect.target'"},
        {"\"exit\": 1, \"audit\": {\"records\": 0, \"status\": \"failed\"}",
         "'expect.audit.records' and 'expect.audit.status'"},
        {"\"exit\": 1, \"audit\": {\"records\": 0, \"outcome\": \"internal\"}",
         "'expect.audit.records' and 'expect.audit.outcome'"},
        {"\"exit\": 0, \"webhook\": {\"delivered\": 0, \"event\": \"deployment.success\"}",
         "'expect.webhook.delivered' and 'expect.webhook.event'"},
        {"\"exit\": 0, \"calls\": {\"webhook\": 0}, \"webhook\": {\"delivered\": 1}",
         "'expect.calls.webhook' and 'expect.webhook.delivered'"},
        {"\"exit\": 0, \"calls\": {\"status\": 2}, \"applied\": {\"status\": {\"min\": 3}}",
         "'expect.calls.status' and 'expect.applied.status'"},
        {"\"exit\": 0, \"calls\": {\"status\": {\"min\": 3, \"max\": 2}}",
         "'min' is more than 'max'"},
        {"\"exit\": 0, \"elapsed\": {\"min\": \"3s\", \"max\": \"2s\"}",
         "'min' is more than 'max'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[TEXT_SIZE];
        struct scn_scenario scenario = {0};
        struct cog_error error = {0};
        (void)snprintf(text, sizeof text, "{\"name\": \"a\", \"expect\": {\n%s}}", rows[i].expect);

        enum cog_code code = take(text, &scenario, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", rows[i].expect, (int)code);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

Test(contradiction, of_a_client_without_a_receiver_is_one_too)
{
    struct scn_scenario scenario = {0};
    struct cog_error error = {0};

    enum cog_code code = take("{\"name\": \"a\", \"client\": {\"webhook\": false},"
                              " \"expect\": {\"exit\": 0, \"webhook\": {\"delivered\": 1}}}",
                              &scenario, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_CONTAINS(error.message, "'client.webhook' and 'expect.webhook.delivered'");
}

Test(contradiction, is_none_where_an_earlier_process_may_have_done_it)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};

    enum cog_code code = take("{\"name\": \"a\", \"client\": {\"then\": [\"promote\"]},"
                              " \"expect\": {\"exit\": 4, \"target\": \"promoted\"}}",
                              &scenario, &error);

    ASSERT_CODE(code, COG_OK, error);
}

Test(contradiction, of_a_fault_and_its_call_is_an_error_that_says_what_can_be_used)
{
    const struct {
        const char *fault;
        const char *message;
    } rows[] = {
        {"\"call\": \"health\", \"inject\": \"reset_mid_body\"",
         "file:2:9: 'reset_mid_body' cannot apply to 'health', whose requests have no body: use one"
         " of token, introspect, simulate, promote, rollback, cancel, webhook"},
        {"\"call\": \"status\", \"inject\": \"stall_upload\"",
         "'stall_upload' cannot apply to 'status'"},
        {"\"call\": \"metrics\", \"inject\": \"unknown_status\"",
         "'unknown_status' cannot apply to 'metrics', which tells no status: use one of health,"},
        {"\"call\": \"health\", \"inject\": \"other_id\"",
         "'other_id' cannot apply to 'health', which tells no identifier"},
        {"\"call\": \"health\", \"inject\": {\"kind\": \"missing_field\", \"field\": \"job_id\"}",
         "the answers to 'health' have no member 'job_id': use one of status"},
        {"\"call\": \"webhook\", \"inject\": {\"kind\": \"missing_field\", \"field\": \"job_id\"}",
         "the answers to 'webhook' have no members"},
        {"\"call\": \"promot\", \"inject\": \"drip\"", "did you mean 'promote'?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[TEXT_SIZE];
        struct scn_scenario scenario = {0};
        struct cog_error error = {0};
        (void)snprintf(text, sizeof text,
                       "{\"name\": \"a\", \"expect\": {\"exit\": 0}, \"faults\": [{\n%s}]}",
                       rows[i].fault);

        enum cog_code code = take(text, &scenario, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", rows[i].fault, (int)code);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}
