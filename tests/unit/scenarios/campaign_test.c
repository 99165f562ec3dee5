/* Many points, in processes of their own: what is told of them, whatever they do. */
#include "torture/account.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

TestSuite(campaign, .timeout = 60.0);

enum { STALL_MS = 2000 };

/* A campaign, and what it wrote. */
struct bench {
    struct scn_suite suite;
    struct scn_suite_entry entries[2];
    struct scn_campaign_options options;
    struct scn_account account;
    struct cog_error error;
    char *text;
    size_t size;
};

/* Six allocations, and deaths; at some of them the client does as it should not. */
static void try_point(const struct scn_torment *torment, const struct scn_point *point,
                      const char *folder, bool wants_record, struct scn_ordeal *out_ordeal)
{
    (void)torment;
    (void)folder;
    (void)wants_record;
    *out_ordeal = (struct scn_ordeal){
        .is_reached = point->at <= 6 && point->again <= 2,
    };
    if (point->at == 2 || point->at == 5) {
        scn_findings_append(&out_ordeal->findings, SCN_FAIL, "I3", "not at %d", point->at);
    }
}

/* One of many of its stretch. */
static bool is_third(const struct scn_point *point)
{
    return point->at == 3 && point->again == 0 && !point->is_moved;
}

static void crash_at_three(const struct scn_torment *torment, const struct scn_point *point,
                           const char *folder, bool wants_record, struct scn_ordeal *out_ordeal)
{
    if (is_third(point)) {
        abort();
    }
    try_point(torment, point, folder, wants_record, out_ordeal);
}

static void crash_always(const struct scn_torment *torment, const struct scn_point *point,
                         const char *folder, bool wants_record, struct scn_ordeal *out_ordeal)
{
    (void)torment;
    (void)point;
    (void)folder;
    (void)wants_record;
    (void)out_ordeal;
    abort();
}

static void hang_at_three(const struct scn_torment *torment, const struct scn_point *point,
                          const char *folder, bool wants_record, struct scn_ordeal *out_ordeal)
{
    while (is_third(point)) {
        (void)pause();
    }
    try_point(torment, point, folder, wants_record, out_ordeal);
}

static void take(const char *text, struct scn_suite_entry *entry)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("a.jsonc", text, strlen(text), &document, &error), COG_OK,
                error);
    ASSERT_CODE(scn_scenario_take(&document, &entry->scenario, &error), COG_OK, error);
    entry->path = strdup("a.jsonc");
}

static void bench_init(struct bench *bench)
{
    *bench = (struct bench){
        .options =
            {
                .kinds = {[SCN_TORTURE_MEMORY] = true},
                .step = 1,
                .seed = 1,
                .worker_count = 2,
                .stall_ms = STALL_MS,
                .interrupt_descriptor = -1,
                .try_point = try_point,
                .hear = scn_account_hear,
            },
        .account = {.seed = 1},
    };
    take("{\"name\": \"a\", \"expect\": {\"exit\": 0}}", &bench->entries[0]);
    bench->suite = (struct scn_suite){.entries = bench->entries, .count = 1};
}

static enum cog_code bench_run(struct bench *bench)
{
    bench->options.suite = &bench->suite;
    bench->options.hear_context = &bench->account;
    bench->account.tap = open_memstream(&bench->text, &bench->size);
    cr_assert(bench->account.tap != NULL);
    enum cog_code code = scn_campaign_run(&bench->options, &bench->error);
    (void)fclose(bench->account.tap);
    return code;
}

static void bench_finish(struct bench *bench)
{
    for (size_t i = 0; i < bench->suite.count; i++) {
        scn_scenario_finish(&bench->entries[i].scenario);
        free(bench->entries[i].path);
    }
    scn_account_finish(&bench->account);
    free(bench->text);
}

static cJSON *bench_json(const struct bench *bench)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    cJSON *json = NULL;
    scn_account_format_json(&bench->account, bench->options.step, &text);
    cr_assert(!text.failed);
    ASSERT_CODE(cog_json_parse_object(cog_text_string(&text), text.length, &json, &error), COG_OK,
                error);
    return json;
}

static const char *find_text(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, name));
    cr_assert(text != NULL, "there is no text '%s'", name);
    return text;
}

Test(campaign, tells_each_point_that_failed_with_the_command_that_tries_it_again)
{
    struct bench bench;
    bench_init(&bench);

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    COG_CLEANUP(cog_json_finish) cJSON *json = bench_json(&bench);
    const cJSON *failures = cJSON_GetObjectItem(json, "failures");
    cr_assert(cJSON_GetArraySize(failures) == 4);
    EXPECT_STR(find_text(cJSON_GetArrayItem(failures, 0), "point"), "memory 2");
    EXPECT_STR(find_text(cJSON_GetArrayItem(failures, 1), "point"), "memory 5");
    const cJSON *lasting = cJSON_GetArrayItem(failures, 3);
    EXPECT_STR(find_text(lasting, "point"), "memory 5 lasting");
    EXPECT_STR(find_text(lasting, "check"), "I3");
    EXPECT_STR(find_text(lasting, "text"), "not at 5");
    EXPECT_STR(find_text(lasting, "replay"),
               "cogdrill torture --seed 1 --only 'memory 5 lasting' 'a.jsonc'");
    EXPECT_CONTAINS(bench.text, "not ok 1 - a: each allocation fails, once (6 points)\n");
    EXPECT_CONTAINS(bench.text, "    - 'memory 2: I3: not at 2'\n");
    EXPECT_CONTAINS(bench.text, "cogdrill torture --seed 1 --only 'memory 2' 'a.jsonc'\n");
    EXPECT_INT(bench.account.counts[SCN_PASS], 8);
    EXPECT_INT(bench.account.counts[SCN_FAIL], 4);
    EXPECT_INT(scn_account_verdict(&bench.account), SCN_FAIL);
    bench_finish(&bench);
}

Test(campaign, tries_every_so_many_points_with_a_step)
{
    struct bench bench;
    bench_init(&bench);
    bench.options.step = 3;

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_STR(bench.text, "ok 1 - a: each allocation fails, once (2 points)\n"
                           "ok 2 - a: each allocation fails, and from there on (2 points)\n");
    EXPECT_INT(scn_account_verdict(&bench.account), SCN_PASS);
    bench_finish(&bench);
}

Test(campaign, of_one_point_tries_that_alone)
{
    struct bench bench;
    struct scn_point only = {0};
    bench_init(&bench);
    ASSERT_CODE(scn_point_parse("memory 5 lasting", &only, &bench.error), COG_OK, bench.error);
    bench.options.only = &only;

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_INT(scn_campaign_count(&bench.options), 1);
    EXPECT_CONTAINS(bench.text,
                    "not ok 1 - a: each allocation fails, and from there on (1 points)");
    bench_finish(&bench);
}

Test(campaign, of_a_point_that_no_run_reaches_is_inconclusive)
{
    struct bench bench;
    struct scn_point only = {0};
    bench_init(&bench);
    ASSERT_CODE(scn_point_parse("memory 7", &only, &bench.error), COG_OK, bench.error);
    bench.options.only = &only;

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_CONTAINS(bench.text, "# inconclusive: run: the run did not come as far as this point");
    EXPECT_INT(scn_account_verdict(&bench.account), SCN_INCONCLUSIVE);
    bench_finish(&bench);
}

Test(campaign, goes_around_a_point_at_which_the_client_dies_or_hangs)
{
    static const struct {
        void (*try_point)(const struct scn_torment *torment, const struct scn_point *point,
                          const char *folder, bool wants_record, struct scn_ordeal *out_ordeal);
        const char *finding;
    } rows[] = {
        {crash_at_three, "'kill after_event 3: run: the runner''s process died of signal 6"},
        {hang_at_three, "'kill after_event 3: run: it did not end in 2000 ms of real time"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench;
        bench_init(&bench);
        bench.options.try_point = rows[i].try_point;
        bench.options.kinds[SCN_TORTURE_MEMORY] = false;
        bench.options.kinds[SCN_TORTURE_KILLS] = true;

        ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

        EXPECT_CONTAINS(bench.text, rows[i].finding);
        EXPECT_CONTAINS(bench.text, "    - 'kill after_event 2 moved: I3: not at 2'\n");
        EXPECT_CONTAINS(bench.text, "    - 'kill after_event 5: I3: not at 5'\n");
        EXPECT_CONTAINS(bench.text, "not ok 4 - a: killed after each event (12 points)\n");
        bench_finish(&bench);
    }
}

Test(campaign, gives_up_on_a_client_that_always_dies)
{
    struct bench bench;
    bench_init(&bench);
    bench.options.try_point = crash_always;

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    COG_CLEANUP(cog_json_finish) cJSON *json = bench_json(&bench);
    const int count = cJSON_GetArraySize(cJSON_GetObjectItem(json, "failures"));
    cr_expect(count >= 64 && count < 200, "%d points were tried", count);
    bench_finish(&bench);
}

Test(campaign, skips_what_cannot_be_tortured_and_says_why)
{
    static const struct {
        const char *client;
        bool of_memory; /* Or of kills alone. */
        const char *reason;
    } rows[] = {
        {"\"client\": {\"kills\": [{\"after_event\": 4}]}", true, "it has 'kills' or 'then'"},
        {"\"client\": {\"then\": [\"resume\"]}", true, "it has 'kills' or 'then'"},
        {"\"transport\": \"wire\", \"transport_reason\": \"x\"", true, "only sockets can show it"},
        {"\"client\": {\"events\": [{\"at\": \"2s\", \"signal\": \"SIGINT\"}]}", false,
         "its signals are for the first process"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[256];
        struct bench bench;
        bench_init(&bench);
        (void)snprintf(text, sizeof text, "{\"name\": \"b\", %s, \"expect\": {\"exit\": 0}}",
                       rows[i].client);
        take(text, &bench.entries[1]);
        bench.suite.count = 2;
        bench.options.step = 3;
        bench.options.kinds[SCN_TORTURE_MEMORY] = rows[i].of_memory;
        bench.options.kinds[SCN_TORTURE_KILLS] = !rows[i].of_memory;

        ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

        EXPECT_CONTAINS(bench.text, "(0 points) # SKIP not run: ");
        EXPECT_CONTAINS(bench.text, rows[i].reason);
        EXPECT_INT(scn_account_verdict(&bench.account), SCN_PASS);
        bench_finish(&bench);
    }
}

Test(campaign, that_tries_nothing_is_inconclusive)
{
    struct bench bench;
    bench_init(&bench);
    bench.suite.count = 0;

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_INT(scn_account_verdict(&bench.account), SCN_INCONCLUSIVE);
    bench.suite.count = 1;
    bench_finish(&bench);
}

Test(campaign, that_is_interrupted_tells_what_it_knows)
{
    int ends[2];
    struct bench bench;
    bench_init(&bench);
    cr_assert(pipe(ends) == 0);
    cr_assert(write(ends[1], "!", 1) == 1);
    bench.options.interrupt_descriptor = ends[0];

    ASSERT_CODE(bench_run(&bench), COG_ERROR_CANCELLED, bench.error);

    EXPECT_CONTAINS(bench.text, "ok 2 - a: each allocation fails, and from there on (");
    EXPECT_CONTAINS(bench.text, "# SKIP not run: interrupted\n");
    bench_finish(&bench);
}
