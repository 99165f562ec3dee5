/* Whatever a token endpoint, and then introspection, answers. */
#include "bench.h"
#include "problem.h"
#include "token_answer.h"

#include <string.h>

static void parse_alone(struct fuzz_input input)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    fuzz_answer_take(&input, &response);
    char reason[COG_REASON_SIZE];
    cog_problem_format(&response, reason);
    fuzz_expect_plain(reason, "a reason is plain text");

    COG_CLEANUP(cog_token_answer_finish) struct cog_token_answer answer = {0};
    struct cog_error error = {0};
    const enum cog_code code = cog_token_answer_parse(&response, &answer, &error);
    fuzz_expect(code == COG_OK || error.message[0] != '\0', "a bad answer is explained");
    fuzz_expect_plain(error.message, "an error's message is plain text");
    fuzz_expect(code == COG_OK || answer.token == NULL, "a bad answer gives no token");
    if (code == COG_OK) {
        fuzz_expect(answer.token[0] != '\0', "a token is not empty");
        fuzz_expect(strlen(answer.token) <= COG_TOKEN_LENGTH_MAX, "a token passes as a header");
        fuzz_expect(strpbrk(answer.token, "\r\n ") == NULL, "a token is one word");
        fuzz_expect(answer.life_ms > 0, "a token lives");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    parse_alone(input);

    struct fuzz_bench bench = {.server = {.input = &input}};
    fuzz_bench_init(&bench);
    char scopes[COG_SCOPES_SIZE] = "";
    struct cog_error error = {0};
    const enum cog_code code =
        bench.platform.ops->authenticate(bench.platform.context, bench.limits, scopes, &error);
    fuzz_expect_error(&bench, code, &error);
    fuzz_expect_plain(scopes, "scopes are plain text");
    fuzz_bench_finish(&bench);
    return 0;
}
