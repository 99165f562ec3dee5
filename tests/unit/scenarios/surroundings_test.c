/* What goes wrong around the client: how it is written, and that it happens. */
#include "run.h"
#include "simulation/stepping_clock.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(surroundings, .timeout = 20.0);

enum { TEXT_SIZE = 1024 };

static enum cog_code take(const char *client, const char *expect, struct scn_scenario *scenario,
                          struct cog_error *error)
{
    char text[TEXT_SIZE];
    (void)snprintf(text, sizeof text, "{\"name\": \"a\", \"client\": %s, \"expect\": %s}", client,
                   expect);
    struct cog_document document = {0};
    cr_assert(cog_document_parse("file", text, strlen(text), &document, error) == COG_OK, "%s",
              error->message);
    return scn_scenario_take(&document, scenario, error);
}

Test(surroundings, parse_says_where_and_what_is_wrong)
{
    const struct {
        const char *client;
        const char *message;
    } rows[] = {
        {"{\"storage\": [{\"operation\": \"append\", \"fail\": \"EIO\"}]}", "'file' is missing"},
        {"{\"storage\": [{\"operation\": \"write\", \"file\": \"journal/*\", \"fail\": \"EIO\"}]}",
         "'operation' must be one of: append, update, read, list, probe"},
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"x\", \"fail\": \"EIO\"}]}",
         "'file' must be one of: audit.jsonl, journal/*, outbox/*, locks/*"},
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"journal/*\", \"fail\": \"EX\"}]}",
         "'fail' must be one of: EIO, ENOSPC, EROFS, EACCES, short_write"},
        {"{\"storage\": [{\"operation\": \"read\", \"file\": \"journal/*\","
         " \"fail\": \"short_write\"}]}",
         "'short_write' is of 'append'"},
        {"{\"storage\": [{\"operation\": \"list\", \"file\": \"audit.jsonl\", \"fail\": \"EIO\"}]}",
         "'list' is of a folder"},
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"journal/*\", \"fail\": \"EIO\","
         " \"nth\": 1, \"from\": 2}]}",
         "'nth' and 'from' exclude each other"},
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"journal/*\", \"fail\": \"EIO\","
         " \"nth\": 0}]}",
         "'nth' must be a whole number from 1"},
        {"{\"clock\": [{\"at\": \"20s\"}]}", "expected either 'step' or 'drift'"},
        {"{\"clock\": [{\"at\": \"20s\", \"step\": \"+1h\", \"drift\": \"+1%\"}]}",
         "expected either 'step' or 'drift'"},
        {"{\"clock\": [{\"step\": \"+1h\"}]}", "'at' is missing"},
        {"{\"clock\": [{\"at\": \"20s\", \"drift\": \"10%\"}]}", "'drift' must be whole per cent"},
        {"{\"clock\": [{\"at\": \"20s\", \"drift\": \"+0%\"}]}", "'drift' must be whole per cent"},
        {"{\"clock\": [{\"at\": \"20s\", \"drift\": \"-91%\"}]}", "up to 90"},
        {"{\"clock\": [{\"at\": \"20s\", \"drift\": \"-9\"}]}", "'drift' must be whole per cent"},
        {"{\"clock\": [{\"at\": \"20s\", \"step\": \"1h\"}]}",
         "'step' must be a duration with its direction"},
        {"{\"clock\": [{\"at\": \"20s\", \"step\": \"+0s\"}]}",
         "'step' must be a duration with its direction"},
        {"{\"lock\": {}}", "expected either 'holder' (from the start on) or 'stolen_at'"},
        {"{\"lock\": {\"holder\": \"living\", \"stolen_at\": \"1s\"}}", "expected either"},
        {"{\"lock\": {\"holder\": \"asleep\"}}",
         "'holder' must be one of: living, dead, elsewhere"},
        {"{\"lock\": {\"holder\": \"dead\", \"until\": \"1s\"}}",
         "'until' is of a 'holder' that lives"},
        {"{\"lock\": {\"stolen_at\": \"0s\"}}", "'stolen_at' must be later than 0s"},
        {"{\"journal\": \"burnt\"}", "'journal' must be one of: torn"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_scenario scenario = {0};
        struct cog_error error = {0};

        enum cog_code code = take(rows[i].client, "{\"exit\": 0}", &scenario, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", rows[i].client, (int)code);
        EXPECT_CONTAINS(error.message, rows[i].message);
        EXPECT_CONTAINS(error.message, "file:1:");
    }
}

/* @return the verdict; the findings' first text is in `out_text` */
static enum scn_result run_client(const char *client, const char *expect, char out_text[TEXT_SIZE])
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};
    ASSERT_CODE(take(client, expect, &scenario, &error), COG_OK, error);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    const struct scn_run_options options = {.seed = 1, .repeat_count = 1};
    scn_run(&scenario, &options, &run);
    (void)snprintf(out_text, TEXT_SIZE, "%s",
                   run.findings.count > 0 ? run.findings.items[0].text : "");
    return run.verdict;
}

Test(surroundings, what_never_takes_effect_fails_the_scenario)
{
    const struct {
        const char *client;
        const char *text;
    } rows[] = {
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"audit.jsonl\", \"nth\": 9,"
         " \"fail\": \"EIO\"}]}",
         "'storage: append 'audit.jsonl' nth 9: EIO' never took effect"},
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"outbox/*\", \"fail\": \"EIO\"}]}",
         "'storage: append 'outbox/*': EIO' never took effect"},
        {"{\"clock\": [{\"at\": \"2m\", \"step\": \"+1h\"}]}",
         "'clock: the step at 2m' never took effect"},
        {"{\"clock\": [{\"at\": \"2m\", \"drift\": \"+5%\"}]}",
         "'clock: the drift at 2m' never took effect"},
        {"{\"lock\": {\"stolen_at\": \"2m\"}}", "'lock: the theft' never took effect"},
        {"{\"journal\": \"torn\"}", "'journal: 'torn', which 'then' has to follow' never"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[TEXT_SIZE];

        EXPECT_INT(run_client(rows[i].client, "{\"exit\": 0}", text), SCN_FAIL);

        EXPECT_CONTAINS(text, rows[i].text);
    }
}

Test(surroundings, a_wall_clock_drifts_from_its_time_on)
{
    struct cog_clock_virtual virtual_clock;
    cog_clock_virtual_init(&virtual_clock, 1000);
    const struct scn_clock_step steps[] = {
        {.at_ms = 10000, .drift_percent = 10},
        {.at_ms = 20000, .drift_percent = -30},
    };
    struct scn_stepping_clock clock = {
        .inner = cog_clock_virtual(&virtual_clock), .steps = steps, .count = 2};
    const struct cog_clock seen = scn_stepping_clock(&clock);

    cog_clock_virtual_advance(&virtual_clock, 10000);
    EXPECT_INT(cog_clock_unix_ms(seen), 11000);
    cr_expect(!clock.is_seen[1]);
    cog_clock_virtual_advance(&virtual_clock, 20000);
    EXPECT_INT(cog_clock_unix_ms(seen), 22000);
    cog_clock_virtual_advance(&virtual_clock, 30000);
    EXPECT_INT(cog_clock_unix_ms(seen), 31000 + 2000 - 3000);
    EXPECT_INT(cog_clock_monotonic_ms(seen), 30000);
}

Test(surroundings, a_lock_that_is_never_given_back_fails_what_waits_for_that)
{
    char text[TEXT_SIZE];

    EXPECT_INT(run_client("{\"lock\": {\"holder\": \"living\", \"until\": \"1m\"}}",
                          "{\"exit\": 9}", text),
               SCN_FAIL);

    EXPECT_CONTAINS(text, "'lock: its being given back' never took effect");
}

Test(surroundings, each_of_them_takes_effect)
{
    const struct {
        const char *client;
        const char *expect;
    } rows[] = {
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"journal/*\", \"fail\": "
         "\"EROFS\"}]}",
         "{\"exit\": 1, \"reason\": \"read-only file system\", \"calls\": {\"promote\": 0}}"},
        {"{\"storage\": [{\"operation\": \"update\", \"file\": \"locks/*\", \"nth\": 1,"
         " \"fail\": \"EACCES\"}]}",
         "{\"exit\": 1, \"reason\": \"permission denied\", \"calls\": {\"promote\": 0}}"},
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"audit.jsonl\", \"from\": 1,"
         " \"fail\": \"short_write\"}], \"options\": {\"strict\": true}}",
         "{\"exit\": 11, \"log\": [\"audit-failed\"]}"},
        {"{\"clock\": [{\"at\": \"30s\", \"step\": \"-1d\"}]}",
         "{\"exit\": 0, \"elapsed\": {\"max\": \"60s\"}}"},
        {"{\"lock\": {\"holder\": \"elsewhere\"}}", "{\"exit\": 9, \"outcome\": \"locked\"}"},
        {"{\"lock\": {\"holder\": \"dead\"}}", "{\"exit\": 0, \"log\": [\"lock-taken-over\"]}"},
        {"{\"lock\": {\"stolen_at\": \"10s\"}}", "{\"exit\": 0}"},
        {"{\"options\": {\"timeout\": \"soon\"}}",
         "{\"exit\": 2, \"outcome\": \"usage\", \"calls\": {\"others\": 0}}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[TEXT_SIZE];

        const enum scn_result verdict = run_client(rows[i].client, rows[i].expect, text);

        cr_expect(verdict == SCN_PASS, "%s: %s", rows[i].client, text);
    }
}

Test(surroundings, that_took_effect_are_cells_of_coverage)
{
    const struct {
        const char *client;
        const char *cell;
    } rows[] = {
        {"{\"storage\": [{\"operation\": \"append\", \"file\": \"audit.jsonl\", \"fail\": "
         "\"EIO\"}]}",
         "client/storage_EIO"},
        {"{\"clock\": [{\"at\": \"20s\", \"step\": \"+1h\"}]}", "client/clock_forward"},
        {"{\"clock\": [{\"at\": \"20s\", \"step\": \"-1h\"}]}", "client/clock_back"},
        {"{\"lock\": {\"holder\": \"living\"}}", "client/lock_living"},
        {"{\"lock\": {\"holder\": \"dead\"}}", "client/lock_dead"},
        {"{\"lock\": {\"holder\": \"elsewhere\"}}", "client/lock_elsewhere"},
        {"{\"lock\": {\"stolen_at\": \"10s\"}}", "client/lock_stolen"},
        {"{\"journal\": \"torn\", \"then\": [\"resume\"]}", "client/journal_torn"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
        struct cog_error error = {0};
        ASSERT_CODE(take(rows[i].client, "{\"exit\": 0}", &scenario, &error), COG_OK, error);
        COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
        const struct scn_run_options options = {.seed = 1, .repeat_count = 1, .wants_cells = true};

        scn_run(&scenario, &options, &run);

        for (size_t j = 0; j < sizeof rows / sizeof rows[0]; j++) {
            cr_expect(scn_cells_has(&run.cells, rows[j].cell) == (i == j), "%s: %s", rows[i].client,
                      rows[j].cell);
        }
    }
}

Test(surroundings, options_that_are_right_are_not_refused)
{
    char text[TEXT_SIZE];

    EXPECT_INT(run_client("{}", "{\"exit\": 2}", text), SCN_FAIL);

    EXPECT_CONTAINS(text, "expected 2, got 0");
}

Test(surroundings, a_kill_is_compared_with_a_run_without_it)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};
    ASSERT_CODE(take("{\"kills\": [{\"after_journal\": \"state follow\"}]}", "{\"exit\": 0}",
                     &scenario, &error),
                COG_OK, error);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    const struct scn_run_options options = {.seed = 1, .repeat_count = 1};

    scn_run(&scenario, &options, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    EXPECT_STR(run.rulings.items[12].id, "I13");
    cr_expect(!run.rulings.items[12].is_idle);
}
