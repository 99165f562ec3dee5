/* What became of a scenario, as bytes. */
#include "session/outcome.h"

#include "support/expect.h"

#include <stdlib.h>
#include <string.h>

TestSuite(outcome, .timeout = 20.0);

/* One with something of everything. */
static void fill(struct scn_outcome *outcome)
{
    struct scn_run *run = &outcome->run;
    run->verdict = SCN_FAIL;
    run->virtual_ms = 345678;
    scn_findings_append(&run->findings, SCN_FAIL, "calls.promote", "expected 3, got 1");
    scn_findings_append(&run->findings, SCN_INCONCLUSIVE, "I5", "%s", "100 % unknown");
    run->rulings.items[0] = (struct scn_ruling){scn_invariants()[0].id, SCN_PASS, true};
    run->rulings.items[1] = (struct scn_ruling){scn_invariants()[1].id, SCN_FAIL, false};
    run->rulings.count = 2;
    run->trace = strdup("GET /health -> 200\n");
    cr_assert(scn_cells_add(&run->cells, "exit/6") == COG_OK);
    cr_assert(scn_cells_add(&run->cells, "fault/delay/health") == COG_OK);
}

Test(outcome, comes_out_as_it_went_in)
{
    COG_CLEANUP(scn_outcome_finish) struct scn_outcome sent = {0};
    COG_CLEANUP(scn_outcome_finish) struct scn_outcome got = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    fill(&sent);
    scn_outcome_format(&sent, &text);

    ASSERT_CODE(scn_outcome_parse(text.bytes, text.length, &got, &error), COG_OK, error);

    const struct scn_run *run = &got.run;
    EXPECT_INT(run->verdict, SCN_FAIL);
    EXPECT_INT(run->virtual_ms, 345678);
    EXPECT_INT(run->findings.count, 2);
    EXPECT_STR(run->findings.items[0].subject, "calls.promote");
    EXPECT_STR(run->findings.items[1].text, "100 % unknown");
    EXPECT_INT(run->findings.items[1].result, SCN_INCONCLUSIVE);
    EXPECT_INT(run->rulings.count, 2);
    cr_expect(run->rulings.items[0].is_idle);
    EXPECT_STR(run->rulings.items[1].id, scn_invariants()[1].id);
    EXPECT_INT(run->rulings.items[1].result, SCN_FAIL);
    EXPECT_STR(run->trace, "GET /health -> 200\n");
    cr_expect(run->record == NULL, "a missing text is not an empty one");
    EXPECT_INT(run->cells.count, 2);
    cr_expect(scn_cells_has(&run->cells, "exit/6"));
}

Test(outcome, that_is_cut_is_refused)
{
    COG_CLEANUP(scn_outcome_finish) struct scn_outcome sent = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    fill(&sent);
    scn_outcome_format(&sent, &text);

    for (size_t cut = 0; cut < text.length; cut++) {
        struct scn_outcome got = {0};
        struct cog_error error = {0};
        enum cog_code code = scn_outcome_parse(text.bytes, cut, &got, &error);
        cr_assert(code == COG_ERROR_SYNTAX, "cut at %zu of %zu", cut, text.length);
        EXPECT_STR(error.message, "what came is no outcome");
    }
}

/* A number of 8 bytes at each place, large and small: nothing is read that is not there. */
Test(outcome, that_is_damaged_is_refused_or_still_whole)
{
    const uint64_t values[] = {0, 1, 255, UINT32_MAX, INT64_MAX, UINT64_MAX, UINT64_MAX - 1};
    COG_CLEANUP(scn_outcome_finish) struct scn_outcome sent = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    size_t refused_count = 0;
    fill(&sent);
    scn_outcome_format(&sent, &text);

    for (size_t at = 0; at + sizeof values[0] <= text.length; at++) {
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            COG_CLEANUP(scn_outcome_finish) struct scn_outcome got = {0};
            struct cog_error error = {0};
            char *bytes = malloc(text.length);
            cr_assert(bytes != NULL);
            memcpy(bytes, text.bytes, text.length);
            memcpy(bytes + at, &values[i], sizeof values[i]);
            enum cog_code code = scn_outcome_parse(bytes, text.length, &got, &error);
            refused_count += code == COG_ERROR_SYNTAX ? 1 : 0;
            cr_assert(code == COG_OK || code == COG_ERROR_SYNTAX);
            free(bytes);
        }
    }
    cr_expect(refused_count > 500, "%zu were refused", refused_count);
}
