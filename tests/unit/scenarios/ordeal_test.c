/* One run of a client that is tortured: where it is struck, and that its end is judged. */
#include "torture/ordeal.h"

#include "support/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

TestSuite(ordeal, .timeout = 30.0);

/* The default promotion, untroubled. */
struct bench {
    struct scn_scenario scenario;
    struct scn_torment torment;
};

static void bench_init_with(struct bench *bench, const char *text)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    *bench = (struct bench){0};
    ASSERT_CODE(cog_document_parse("a.jsonc", text, strlen(text), &document, &error), COG_OK,
                error);
    ASSERT_CODE(scn_scenario_take(&document, &bench->scenario, &error), COG_OK, error);
    ASSERT_CODE(scn_torment_init(&bench->torment, &bench->scenario, 1, &error), COG_OK, error);
}

static void bench_init(struct bench *bench)
{
    bench_init_with(bench, "{\"name\": \"a\", \"expect\": {\"exit\": 0}}");
}

static void bench_finish(struct bench *bench)
{
    scn_torment_finish(&bench->torment);
    scn_scenario_finish(&bench->scenario);
}

static void try(struct bench *bench, const char *name, struct scn_ordeal *ordeal)
{
    char folder[64];
    struct scn_point point = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_point_parse(name, &point, &error), COG_OK, error);
    (void)snprintf(folder, sizeof folder, "/tmp/ordeal-%ld", (long)getpid());
    scn_ordeal_run(&bench->torment, &point, folder, true, ordeal);
}

Test(ordeal, of_each_kind_is_reached_and_got_over)
{
    static const char *const names[] = {
        "memory 1",
        "memory 100 lasting",
        "storage ENOSPC 20",
        "storage short_write 30 lasting",
        "storage EINTR 30",
        "kill after_journal_write 1",
        "kill in_journal_write 3 moved",
        "kill after_request 9",
        "kill after_event 1",
        "kill after_event 12 moved",
        "kill after_request 9 again 2",
    };
    struct bench bench;
    bench_init(&bench);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        COG_CLEANUP(scn_ordeal_finish) struct scn_ordeal ordeal = {0};

        try(&bench, names[i], &ordeal);

        cr_expect(ordeal.is_reached, "'%s' was not reached", names[i]);
        cr_expect(ordeal.findings.count == 0, "'%s': %s", names[i],
                  ordeal.findings.count > 0 ? ordeal.findings.items[0].text : "");
    }
    bench_finish(&bench);
}

Test(ordeal, behind_the_end_is_not_reached)
{
    static const char *const names[] = {
        "memory 900000",
        "storage EIO 900000",
        "kill after_event 900000",
        "kill after_request 9 again 900000",
    };
    struct bench bench;
    bench_init(&bench);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        COG_CLEANUP(scn_ordeal_finish) struct scn_ordeal ordeal = {0};

        try(&bench, names[i], &ordeal);

        cr_expect(!ordeal.is_reached, "'%s' was reached", names[i]);
        EXPECT_INT(ordeal.findings.count, 0);
    }
    bench_finish(&bench);
}

/* As if the untroubled client had done another thing: then this one is wrong. */
Test(ordeal, of_a_client_that_ends_otherwise_fails)
{
    COG_CLEANUP(scn_ordeal_finish) struct scn_ordeal ordeal = {0};
    struct bench bench;
    bench_init(&bench);
    bench.torment.twin.deployment_count = 2;
    bench.torment.notice_count = 3;

    try(&bench, "kill after_event 3", &ordeal);

    cr_assert(ordeal.findings.count == 2);
    EXPECT_STR(ordeal.findings.items[0].subject, "I13");
    EXPECT_CONTAINS(ordeal.findings.items[0].text, "without the kills 2");
    EXPECT_STR(ordeal.findings.items[1].subject, "notices");
    EXPECT_STR(ordeal.findings.items[1].text,
               "1 different ones were delivered; without the kills 3");
    EXPECT_INT(scn_findings_verdict(&ordeal.findings), SCN_FAIL);
    cr_assert(ordeal.record != NULL);
    EXPECT_CONTAINS(ordeal.record, "\"result\":\"fail\"");
    bench_finish(&bench);
}

/* Killed with its end on disk, which was not the last word; and with the lock another one's. */
Test(ordeal, may_tell_more_or_less_for_a_reason)
{
    static const struct {
        const char *text;
        const char *point;
    } rows[] = {
        {"{\"name\": \"a\", \"server\": {\"api\": \"seed\", \"job\": {\"timeline\": [{\"at\": "
         "\"0s\","
         " \"fail\": \"no\"}]}}, \"client\": {\"options\": {\"rollback_timeout\": \"5s\"}},"
         " \"expect\": {\"exit\": 7}}",
         "kill after_journal_write 16"},
        {"{\"name\": \"a\", \"client\": {\"lock\": {\"holder\": \"living\"}}, \"expect\": "
         "{\"exit\": 9}}",
         "kill after_journal_write 1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_ordeal_finish) struct scn_ordeal ordeal = {0};
        struct bench bench;
        bench_init_with(&bench, rows[i].text);

        try(&bench, rows[i].point, &ordeal);

        cr_expect(ordeal.is_reached, "'%s' was not reached", rows[i].point);
        cr_expect(ordeal.findings.count == 0, "'%s': %s", rows[i].point,
                  ordeal.findings.count > 0 ? ordeal.findings.items[0].text : "");
        bench_finish(&bench);
    }
}

Test(ordeal, strikes_the_first_process_alone)
{
    COG_CLEANUP(scn_ordeal_finish) struct scn_ordeal ordeal = {0};
    struct bench bench;
    bench_init(&bench);

    try(&bench, "memory 1 lasting", &ordeal);
    void *memory = malloc(16);

    cr_expect(memory != NULL, "memory is short behind the ordeal");
    EXPECT_INT(ordeal.findings.count, 0);
    free(memory);
    bench_finish(&bench);
}
