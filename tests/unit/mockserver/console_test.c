#include "console/console.h"
#include "console/page.h"

#include "support/expect.h"

#include <cogpromote/attributes.h>
#include <criterion/criterion.h>
#include <string.h>

TestSuite(console_page, .timeout = 5.0);

static const char *header(const struct mock_plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        if (strcmp(plan->headers[i].name, name) == 0) {
            return plan->headers[i].value;
        }
    }
    return "";
}

static struct mock_plan ask(const char *method, const char *target)
{
    const struct mock_request request = {.method = method, .target = target, .body = ""};
    struct mock_plan plan = {0};
    cr_assert(mock_console_answer(&request, &plan) == COG_OK);
    return plan;
}

Test(console_page, has_one_address_with_and_without_the_last_slash)
{
    static const struct {
        const char *target;
        bool expected;
    } rows[] = {
        {"/__mock/", true},     {"/__mock", true},        {"/__mock/?tenant=a", true},
        {"/__mock?a", true},    {"/__mock/v1/", false},   {"/__mocks", false},
        {"/__moc", false},      {"/__mock//", false},     {"/", false},
        {"/x?/__mock/", false}, {"/__mock/index", false}, {"?", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(mock_console_has_target(rows[i].target) == rows[i].expected, "%s",
                  rows[i].target);
    }
}

Test(console_page, is_html_under_a_policy_that_lets_nothing_else_run)
{
    COG_CLEANUP(mock_plan_finish) struct mock_plan plan = ask("GET", "/__mock/?tenant=a");

    EXPECT_INT(plan.status, 200);
    EXPECT_STR(header(&plan, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_STR(header(&plan, "Content-Security-Policy"), mock_console_policy);
    EXPECT_CONTAINS(mock_console_policy, "default-src 'none'");
    EXPECT_CONTAINS(mock_console_policy, "script-src 'sha256-");
    EXPECT_LACKS(mock_console_policy, "unsafe");
    EXPECT_INT(plan.body_length, mock_console_page_length);
    EXPECT_INT(strlen(plan.body), mock_console_page_length);
    EXPECT_CONTAINS(plan.body, "<!DOCTYPE html>");
}

Test(console_page, without_its_last_slash_sends_there_with_the_query)
{
    COG_CLEANUP(mock_plan_finish) struct mock_plan plan = ask("GET", "/__mock?tenant=a");

    EXPECT_INT(plan.status, 308);
    EXPECT_STR(header(&plan, "Location"), "/__mock/?tenant=a");
}

Test(console_page, can_only_be_read)
{
    COG_CLEANUP(mock_plan_finish) struct mock_plan posted = ask("POST", "/__mock/");
    COG_CLEANUP(mock_plan_finish) struct mock_plan looked = ask("HEAD", "/__mock/");

    EXPECT_INT(posted.status, 405);
    EXPECT_STR(header(&posted, "Allow"), "GET, HEAD");
    EXPECT_INT(looked.status, 200);
}
