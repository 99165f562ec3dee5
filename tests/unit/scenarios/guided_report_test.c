/* The report of a drill with a person, made of the evidence. */
#include "foreign/ending.h"
#include "forged.h"
#include "rehearsed.h"
#include "support/expect.h"

TestSuite(guided_report, .timeout = 10.0);

/* What a person did, in a forged world. */
static void init_guided(struct rehearsed *bench, struct forged *world,
                        struct scn_evidence *evidence)
{
    static const struct scn_typed typed[] = {
        {.at_ms = 500, .until_ms = 900, .exit_code = 6, .line = "cogpromote promote"},
        {.at_ms = 1000, .until_ms = -1, .exit_code = -1, .line = "cogpromote status"},
    };
    rehearsed_init(bench);
    forged_init_rolled_back(world);
    *evidence = (struct scn_evidence){
        .facts = &world->facts,
        .scale = 1,
        .is_guided = true,
        .typed = typed,
        .typed_count = 2,
    };
    bench->runs[0].record = NULL;
    bench->report.rehearsal_count = 1;
    bench->report.mode = "guided";
    bench->report.evidence = evidence;
}

Test(guided_report, lists_what_a_person_typed)
{
    struct rehearsed bench;
    struct forged world;
    struct scn_evidence evidence;
    init_guided(&bench, &world, &evidence);

    rehearsed_expect(&bench, "commands",
                     "[{\"at\":500,\"until\":900,\"exit\":6,\"line\":\"cogpromote promote\"},"
                     "{\"at\":1000,\"until\":null,\"exit\":null,\"line\":\"cogpromote status\"}]");
    rehearsed_finish(&bench);
}

Test(guided_report, makes_the_record_of_what_a_person_did)
{
    struct rehearsed bench;
    struct forged world;
    struct scn_evidence evidence;
    init_guided(&bench, &world, &evidence);

    rehearsed_expect(&bench, "outcome.exit", "6");
    rehearsed_expect(&bench, "truth.jobs.0.status", "\"rolled_back\"");
    rehearsed_expect(&bench, "record.result", "\"pass\"");
    rehearsed_expect(&bench, "record.exchanges.0.call", "\"token\"");
    rehearsed_finish(&bench);
}

Test(guided_report, keeps_the_journal_also_of_a_person_who_passed)
{
    struct rehearsed bench;
    struct forged world;
    struct scn_evidence evidence;
    init_guided(&bench, &world, &evidence);
    world.facts.journals = "{}\n";

    rehearsed_expect(&bench, "record.journal", "\"{}\\n\"");
    rehearsed_finish(&bench);
}

Test(guided_report, needs_nothing_of_what_a_persons_client_printed)
{
    struct rehearsed bench;
    struct forged world;
    struct scn_evidence evidence;
    init_guided(&bench, &world, &evidence);
    const struct scn_ending ending = {.process = {.exit_code = 6}};
    struct scn_facts other = world.facts;
    other.ending = &ending;
    other.outputs = NULL;
    world.facts.ending = &ending;
    world.facts.outputs = NULL;
    world.facts.rivalry.other = &other;

    rehearsed_expect(&bench, "outcome.outcome", "\"rolled_back\"");
    rehearsed_expect(&bench, "record.second.exit", "6");
    rehearsed_finish(&bench);
}

Test(guided_report, has_no_last_word_of_a_client_that_nobody_started)
{
    struct rehearsed bench;
    struct forged world;
    struct scn_evidence evidence;
    init_guided(&bench, &world, &evidence);
    evidence.typed_count = 0;

    rehearsed_expect(&bench, "outcome.exit", "null");
    rehearsed_expect(&bench, "outcome.outcome", "null");
    rehearsed_finish(&bench);
}

Test(guided_report, verifies_the_audit_file_from_the_anchor_before)
{
    struct rehearsed bench;
    struct forged world;
    struct scn_evidence evidence;
    init_guided(&bench, &world, &evidence);
    world.facts.audit = "";
    bench.report.audit_before = (struct scn_drill_anchor){
        .is_there = true,
        .sequence = 3,
        .checksum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    };

    rehearsed_expect(&bench, "audit.before.seq", "3");
    rehearsed_expect(&bench, "audit.after", "null");
    rehearsed_expect(&bench, "audit.verdict", "\"cut\"");
    rehearsed_finish(&bench);
}
