/* A run as a developer sees it when it fails. */
#include "report/ladder.h"
#include "run.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <stdlib.h>

TestSuite(ladder, .timeout = 20.0);

static char *run_text(const char *text)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("a.jsonc", text, strlen(text), &document, &error), COG_OK,
                error);
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    ASSERT_CODE(scn_scenario_take(&document, &scenario, &error), COG_OK, error);
    const struct scn_run_options options = {.seed = 1, .repeat_count = 1, .wants_record = true};
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    scn_run(&scenario, &options, &run);
    cr_assert(run.record != NULL);
    char *ladder = scn_ladder_format_text(run.record);
    cr_assert(ladder != NULL);
    return ladder;
}

static size_t count_columns(const char *line)
{
    size_t count = 0;
    for (; *line != '\0' && *line != '\n'; line++) {
        count += ((unsigned char)*line & 0xC0U) != 0x80U ? 1 : 0;
    }
    return count;
}

Test(ladder, tells_what_was_done_to_the_server)
{
    COG_CLEANUP(cog_string_finish)
    char *ladder = run_text("{\"name\": \"a\", \"injects\": [{\"name\": \"call\", \"at\": \"20s\","
                            " \"text\": \"a call\"}, {\"name\": \"late\", \"at\": \"1h\"}],"
                            " \"expect\": {\"exit\": 1}}");

    EXPECT_CONTAINS(ladder, "truth  inject 'call' struck at 20s: a call\n");
    EXPECT_CONTAINS(ladder, "truth  inject 'late' struck nothing\n");
}

Test(ladder, of_a_throttled_rollback_is_this_one)
{
    COG_CLEANUP(cog_string_finish)
    char *ladder = run_text(
        "{\"name\": \"a\", \"server\": {\"job\": {\"timeline\": [{\"at\": \"0s\","
        " \"progress\": 0}, {\"at\": \"35s\", \"fail\": \"database lock contention\"}]},"
        " \"rollback\": {\"timeline\": [{\"at\": \"10s\", \"status\": \"rolled_back\"}]}},"
        " \"faults\": [{\"call\": \"rollback\", \"attempts\": [1], \"inject\": {\"status\": 429,"
        " \"retry_after\": \"7s\"}}], \"expect\": {\"exit\": 7, \"outcome\": \"rollback_failed\","
        " \"target\": \"unchanged\"}}");

    EXPECT_STR(ladder, "expected exit 7 rollback_failed, target unchanged\n"
                       "     got exit 6 rolled_back, target as before; follow: the job failed: "
                       "database lock contention\n"
                       "   0.000s         → authenticate\n"
                       "   0.000s  client ── token#1/a1 ──────────▶ fake  200\n"
                       "   0.000s         → lock → ready\n"
                       "   0.000s  client ── sessions#1/a1 ───────▶ fake  200\n"
                       "   0.000s  client ── health#1/a1 ─────────▶ fake  200\n"
                       "   0.000s  client ── simulate#1/a1 ───────▶ fake  200\n"
                       "   0.000s  client ── metrics#1/a1 ────────▶ fake  200\n"
                       "   0.000s  client ── environment#1/a1 ────▶ fake  200\n"
                       "   0.000s  client ── versions#1/a1 ───────▶ fake  200\n"
                       "   0.000s  client ── deployments#1/a1 ────▶ fake  200\n"
                       "   0.000s         → promote\n"
                       "   0.000s  client ── promote#1/a1 ────────▶ fake  202\n"
                       "   0.000s         job accepted: job-1\n"
                       "   0.000s         → follow\n"
                       "   0.000s  client ── status#1/a1 ─────────▶ fake  200\n"
                       "   0.000s         job-1 is running, 0.0 %\n"
                       "   5.000s  client ── status#2/a1 ─────────▶ fake  200\n"
                       "                  … 5 more of status, 25s\n"
                       "  35.000s  client ── status#8/a1 ─────────▶ fake  200\n"
                       "  35.000s         job-1 is failed, 0.0 %\n"
                       "  35.000s         fails: the job failed: database lock contention\n"
                       "  35.000s         → rollback\n"
                       "  35.000s  client ── rollback#1/a1 ───────▶ fake  429 Retry-After 7s  "
                       "injected, not applied\n"
                       "  35.000s         waits 7s, because throttled; then attempt 2 of rollback\n"
                       "  42.000s  client ── rollback#1/a2 ───────▶ fake  202\n"
                       "  42.000s         rollback accepted: job-1\n"
                       "  42.000s  client ── status#9/a1 ─────────▶ fake  200\n"
                       "  42.000s         job-1 is rolling_back, 0.0 %\n"
                       "  47.000s  client ── status#10/a1 ────────▶ fake  200\n"
                       "  52.000s  client ── status#11/a1 ────────▶ fake  200\n"
                       "  52.000s         job-1 is rolled_back, 0.0 %\n"
                       "  52.000s         → verify\n"
                       "  52.000s  client ── health#2/a1 ─────────▶ fake  200\n"
                       "  52.000s  client ── simulate#2/a1 ───────▶ fake  200\n"
                       "  52.000s  client ── metrics#2/a1 ────────▶ fake  200\n"
                       "  52.000s  client ── environment#2/a1 ────▶ fake  200\n"
                       "  52.000s  client ── versions#2/a1 ───────▶ fake  200\n"
                       "  52.000s         audit written\n"
                       "  52.000s  client ── webhook#1/a1 ────────▶ hook  204\n"
                       "  52.000s         webhook delivered\n"
                       "           truth  job-1 is rolled_back: database lock contention, created "
                       "at 0s, ended at 35s,\n"
                       "                  rollbacks: 1, the last ended at 52s\n"
                       "           truth  the target is unchanged\n");
}

Test(ladder, shows_a_lost_answer_as_a_broken_arrow_and_why_it_is_not_repeated)
{
    COG_CLEANUP(cog_string_finish)
    char *ladder = run_text("{\"name\": \"a\", \"faults\": [{\"call\": \"promote\", \"attempts\":"
                            " [1], \"inject\": \"timeout_after_apply\"}], \"expect\": {\"exit\":"
                            " 0}}");

    EXPECT_CONTAINS(ladder,
                    "client ── promote#1/a1 ────────✕       lost after 30s  "
                    "timeout_after_apply, applied\n"
                    "  30.000s         does not repeat promote: it may have been applied\n");
}

Test(ladder, shows_kills_and_signals_as_lines)
{
    COG_CLEANUP(cog_string_finish)
    char *killed = run_text("{\"name\": \"a\", \"client\": {\"kills\": [{\"after_journal\":"
                            " \"intent promote\"}]}, \"expect\": {\"exit\": 0}}");
    COG_CLEANUP(cog_string_finish)
    char *signalled = run_text("{\"name\": \"a\", \"client\": {\"events\": [{\"at\": \"23s\","
                               " \"signal\": \"SIGTERM\"}]}, \"expect\": {\"exit\": 143}}");

    EXPECT_CONTAINS(killed, "══ killed; a new process runs 'resume' ══\n");
    EXPECT_CONTAINS(signalled, "  23.000s         ══ SIGTERM ══\n"
                               "  23.000s         fails: interrupted");
}

Test(ladder, folds_polls_and_what_the_client_says_to_each)
{
    COG_CLEANUP(cog_string_finish)
    char *ladder =
        run_text("{\"name\": \"a\", \"server\": {\"sessions\": {\"env-target\": [{\"at\": \"0s\","
                 " \"active\": 3}, {\"at\": \"40s\", \"active\": 0}]}}, \"client\": {\"options\":"
                 " {\"wait_for_drain\": \"2m\"}}, \"expect\": {\"exit\": 0}}");

    EXPECT_CONTAINS(ladder, "   0.000s  client ── sessions#1/a1 ───────▶ fake  200\n"
                            "   0.000s         sessions are active: 3\n"
                            "                  … 6 more of sessions, 30s\n"
                            "  35.000s  client ── sessions#8/a1 ───────▶ fake  200\n"
                            "  35.000s         sessions are active: 3\n");
}

Test(ladder, is_never_wider_than_it_may_be)
{
    COG_CLEANUP(cog_string_finish)
    char *ladder =
        run_text("{\"name\": \"a\", \"faults\": [{\"call\": \"promote\", \"inject\": {\"status\":"
                 " 503, \"retry_after\": \"100s\"}}], \"expect\": {\"exit\": 5, \"reason\":"
                 " \"a very long reason that nobody would ever want to read in a single line of a"
                 " terminal, nor in two\"}}");

    for (const char *line = ladder; *line != '\0'; line += strcspn(line, "\n") + 1) {
        cr_expect(count_columns(line) <= SCN_LADDER_WIDTH, "%.*s", (int)strcspn(line, "\n"), line);
    }
}

Test(ladder, of_next_to_nothing_is_short)
{
    COG_CLEANUP(cog_string_finish) char *ladder = scn_ladder_format_text("{}");

    EXPECT_STR(ladder, "     got no exit code\n");
}

Test(ladder, leaves_the_middle_of_a_very_long_run_out)
{
    COG_CLEANUP(cog_text_finish) struct cog_text record = {0};
    cog_text_append(&record, "{\"exchanges\":[");
    for (int i = 0; i < 1000; i++) {
        cog_text_append_format(&record,
                               "%s{\"at\":%d,\"call\":\"status\",\"nth\":%d,\"status\":%d}",
                               i > 0 ? "," : "", i, i, 200 + i % 3);
    }
    cog_text_append(&record, "]}");

    COG_CLEANUP(cog_string_finish) char *ladder = scn_ladder_format_text(cog_text_string(&record));

    EXPECT_CONTAINS(ladder, "status#99/");
    EXPECT_LACKS(ladder, "status#100/");
    EXPECT_CONTAINS(ladder, "… 840 lines left out");
    EXPECT_LACKS(ladder, "status#939/");
    EXPECT_CONTAINS(ladder, "status#940/");
}

Test(ladder, of_no_json_is_none)
{
    cr_expect(scn_ladder_format_text("{") == NULL);
}
