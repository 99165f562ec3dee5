#include "problem.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(problem_format, .timeout = 5.0);

static void expect_reason(int status, const char *body, const char *expected)
{
    char text[1024];
    memcpy(text, body, strlen(body) + 1);
    const struct cog_response response = {
        .status = status, .body = text, .body_length = strlen(text)};
    char reason[COG_REASON_SIZE];

    cog_problem_format(&response, reason);

    EXPECT_STR(reason, expected);
}

Test(problem_format, prefers_the_detail)
{
    expect_reason(404, "{\"title\":\"t\",\"detail\":\"no such job\",\"status\":404}",
                  "404 Not Found: no such job");
}

Test(problem_format, takes_the_next_best_text)
{
    expect_reason(400, "{\"title\":\"t\"}", "400 Bad Request: t");
    expect_reason(400, "{\"detail\":\"\",\"title\":\"t\"}", "400 Bad Request: t");
    expect_reason(400, "{\"error\":\"e\"}", "400 Bad Request: e");
    expect_reason(400, "{\"error\":\"e\",\"error_description\":\"d\"}", "400 Bad Request: e: d");
    expect_reason(400, "{\"message\":\"m\"}", "400 Bad Request: m");
}

Test(problem_format, names_a_missing_scope)
{
    expect_reason(403, "{\"detail\":\"no\",\"missing_scope\":\"bot:deploy\"}",
                  "403 Forbidden: no: missing scope bot:deploy");
}

Test(problem_format, survives_a_body_of_any_other_shape)
{
    static const char *const bodies[] = {
        "", "<html>", "[1]", "null", "{\"detail\":5}", "{\"error\":{\"a\":1}}", "{\"detail\":",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        expect_reason(502, bodies[i], "502 Bad Gateway");
    }
    expect_reason(599, "", "599");
}

Test(problem_format, leaves_control_characters_out)
{
    expect_reason(400, "{\"detail\":\"a\\u0007\\nb\"}", "400 Bad Request: ab");
}

Test(problem_format, cuts_a_long_text)
{
    char body[1000] = "{\"detail\":\"";
    memset(body + strlen(body), 'a', 900);
    memcpy(body + 911, "\"}", 3);
    const struct cog_response response = {.status = 400, .body = body, .body_length = strlen(body)};
    char reason[COG_REASON_SIZE];

    cog_problem_format(&response, reason);

    EXPECT_INT(strlen(reason), COG_REASON_SIZE - 1);
}
