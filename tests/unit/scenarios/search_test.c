/* Every single fault and every pair: what is tried, what is left out, and what becomes of a search
 * that goes wrong or is interrupted. */
#include "explore/search/search.h"

#include "imagined.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(search, .timeout = 60.0);

enum { SLICE = 40 }; /* Single faults of one task. */

/* 403, 404, 503 and 504; one; and all statuses, which are enough for several tasks. */
static const char four[] = "status_[45]0[34]";
static const char one[] = "status_503";
static const char many[] = "status";

static struct scn_effort effort(const struct imagined *imagined, int depth)
{
    return scn_exploration_sum(&imagined->exploration, depth);
}

static void run(struct imagined *imagined)
{
    const enum cog_code code = imagined_run(imagined);
    ASSERT_CODE(code, COG_OK, imagined->error);
}

/* Of all discoveries, a line each; owned. */
static char *tell(const struct imagined *imagined)
{
    struct cog_text text = {0};
    for (size_t i = 0; i < imagined->exploration.discovery_count; i++) {
        const struct scn_discovery *discovery = &imagined->exploration.discoveries[i];
        cog_text_append_format(&text, "%zu %zu: ", discovery->base_index, discovery->place);
        for (int j = 0; discovery->faults[j] != NULL; j++) {
            cog_text_append_format(&text, "%s, ", discovery->faults[j]);
        }
        cog_text_append_format(&text, "%s\n", discovery->findings.items[0].subject);
    }
    char *told = cog_text_take(&text);
    cr_assert(told != NULL);
    return told;
}

static void expect_told(const struct imagined *imagined, const char *expected)
{
    COG_CLEANUP(cog_string_finish) char *told = tell(imagined);
    EXPECT_STR(told, expected);
}

static void expect_adds_up(const struct imagined *imagined, int depth, size_t possible_count)
{
    const struct scn_effort found = effort(imagined, depth);
    EXPECT_INT(found.possible_count, possible_count);
    EXPECT_INT(found.run_count + found.idle_count + found.pruned_count, found.possible_count);
}

Test(search, tries_every_single_fault_and_every_pair_in_their_order)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    static const char *const codes[] = {"403", "404", "503", "504"};
    imagined_init(&imagined, four);

    run(&imagined);

    /* At the first look with either of the two later ones, at the second one with the third. */
    expect_adds_up(&imagined, 1, 12);
    expect_adds_up(&imagined, 2, 48);
    EXPECT_INT(imagined_count_all(&imagined, 2), 48);
    for (int i = 0; i < 4 * 4; i++) {
        char pair[32];
        char reverse[32];
        (void)snprintf(pair, sizeof pair, "one: 1=%s 3=%s", codes[i / 4], codes[i % 4]);
        (void)snprintf(reverse, sizeof reverse, "one: 3=%s 1=%s", codes[i / 4], codes[i % 4]);
        cr_expect(imagined_count(&imagined, pair) == 1, "%s", pair);
        cr_expect(imagined_count(&imagined, reverse) == 0, "%s", reverse);
    }
    expect_told(&imagined, "");
}

Test(search, makes_no_pairs_of_depth_one)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, one);
    imagined.options.depth = 1;

    run(&imagined);

    EXPECT_INT(imagined_count_all(&imagined, 1), 3);
    EXPECT_INT(imagined_count_all(&imagined, 2), 0);
}

/* 500 and 503 come to the same: as first ones, and as second ones. */
Test(search, leaves_out_what_another_run_tells_and_counts_it)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, "status_50[03]");
    imagined.options.prunes = true;

    run(&imagined);

    expect_adds_up(&imagined, 2, 12);
    EXPECT_INT(effort(&imagined, 2).run_count, 3);
    EXPECT_INT(imagined_count_all(&imagined, 2), 3);
    EXPECT_INT(imagined_count(&imagined, "one: 1=500 2=500"), 1);
    EXPECT_INT(imagined_count(&imagined, "one: 1=503 2=500"), 0);
    EXPECT_INT(imagined_count(&imagined, "one: 1=500 2=503"), 0);
}

Test(search, tells_what_it_found_in_the_order_of_bases_and_places_whoever_is_faster)
{
    static const char expected[] =
        "0 1: status#2/a1 status_503, I1\n1 1: status#2/a1 status_503, I1\n"
        "0 0: status#1/a1 status_503, status#2/a1 status_503, I1\n"
        "0 1: status#2/a1 status_503, status#3/a1 status_503, I1\n"
        "1 0: status#1/a1 status_503, status#2/a1 status_503, I1\n"
        "1 1: status#2/a1 status_503, status#3/a1 status_503, I1\n";
    for (size_t i = 1; i <= 3; i++) {
        COG_CLEANUP(imagined_finish) struct imagined imagined;
        imagined_init(&imagined, one);
        imagined_add_base(&imagined);
        imagined_go_wrong((struct imagined_wrongs){.fails = "2=503"});
        imagined.options.worker_count = i;

        run(&imagined);

        expect_told(&imagined, expected);
        EXPECT_INT(effort(&imagined, 1).failed_count, 2);
        EXPECT_INT(effort(&imagined, 2).failed_count, 4);
        EXPECT_INT(imagined.exploration.discoveries[0].exit_code, 3);
        EXPECT_CONTAINS(imagined.exploration.discoveries[0].scenario, "\"exit\":3");
    }
}

Test(search, counts_each_single_fault_once_in_the_matrix)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, one);
    imagined_go_wrong((struct imagined_wrongs){.fails = "2=503"});

    run(&imagined);

    const struct scn_matrix *matrix = &imagined.exploration.matrix;
    cr_assert(matrix->count == 1);
    EXPECT_STR(matrix->cells[0].call, "status");
    EXPECT_STR(matrix->cells[0].phase, "status");
    EXPECT_INT(matrix->cells[0].run_count, 3);
    EXPECT_INT(matrix->cells[0].failed_count, 1);
}

static void expect_dead(const struct scn_discovery *discovery)
{
    EXPECT_STR(discovery->findings.items[0].subject, "run");
    EXPECT_CONTAINS(discovery->findings.items[0].text, "died of signal 9");
}

/* It is one of many in its task, of which the others are made later. */
Test(search, finds_a_fault_of_which_the_process_dies_and_makes_all_other_runs)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, many);
    imagined_go_wrong((struct imagined_wrongs){.dies = "1=503", .fails = "=404"});
    imagined.options.depth = 1;
    imagined.options.worker_count = 2;

    run(&imagined);

    const struct scn_effort found = effort(&imagined, 1);
    EXPECT_INT(found.possible_count, imagined.bases[0].faults.count);
    EXPECT_INT(found.run_count, found.possible_count);
    EXPECT_INT(found.failed_count, 5);
    expect_told(&imagined, "0 3: status#1/a1 status_404, I1\n0 16: status#1/a1 status_503, run\n"
                           "0 20: status#1/a1 status_503_empty, run\n"
                           "0 24: status#2/a1 status_404, I1\n0 45: status#3/a1 status_404, I1\n");
    expect_dead(&imagined.exploration.discoveries[1]);
}

Test(search, makes_no_pairs_of_a_fault_of_which_the_process_died)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, four);
    imagined_go_wrong((struct imagined_wrongs){.dies = "1=404"});

    run(&imagined);

    EXPECT_INT(imagined.exploration.discovery_count, 1);
    EXPECT_STR(imagined.exploration.discoveries[0].faults[0], "status#1/a1 status_404");
    EXPECT_INT(imagined_count(&imagined, "one: 1=404 2=503"), 0);
    EXPECT_INT(imagined_count(&imagined, "one: 1=503 2=404"), 1);
    EXPECT_INT(imagined_count(&imagined, "one: 2=404 3=404"), 1);
}

Test(search, finds_a_pair_of_which_the_process_dies_and_makes_all_others)
{
    static const bool choices[] = {false, true};
    for (size_t i = 0; i < 2; i++) {
        COG_CLEANUP(imagined_finish) struct imagined imagined;
        imagined_init(&imagined, "status_50[03]");
        imagined_go_wrong((struct imagined_wrongs){.dies = "1=500 3=500"});
        imagined.options.prunes = choices[i];

        run(&imagined);

        EXPECT_INT(imagined.exploration.discovery_count, 1);
        cr_assert(imagined.exploration.discovery_count == 1);
        expect_dead(imagined.exploration.discoveries);
        EXPECT_STR(imagined.exploration.discoveries[0].faults[0], "status#1/a1 status_500");
        EXPECT_STR(imagined.exploration.discoveries[0].faults[1], "status#3/a1 status_500");
        expect_adds_up(&imagined, 2, 12);
        EXPECT_INT(effort(&imagined, 2).run_count, choices[i] ? 3 : 12);
    }
}

Test(search, counts_what_never_struck_or_contradicts_itself_as_idle)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, one);
    imagined_go_wrong((struct imagined_wrongs){.is_idle = "2=503", .contradicts = "1=503 3=503"});

    run(&imagined);

    /* The second one is no first one either; with it as the second one nothing is told. */
    expect_adds_up(&imagined, 1, 3);
    EXPECT_INT(effort(&imagined, 1).idle_count, 1);
    expect_adds_up(&imagined, 2, 2);
    EXPECT_INT(effort(&imagined, 2).idle_count, 2);
    EXPECT_INT(imagined_count(&imagined, "one: 2=503 3=503"), 0);
    expect_told(&imagined, "");
}

/* The next run of the same task would never end. */
Test(search, ends_with_the_first_failure_if_that_is_wanted)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, many);
    imagined_go_wrong((struct imagined_wrongs){.fails = "1=401", .hangs = "1=403"});
    imagined.options.ends_with_first = true;

    run(&imagined);

    expect_told(&imagined, "0 1: status#1/a1 status_401, I1\n");
    EXPECT_INT(effort(&imagined, 1).run_count, 2);
    EXPECT_INT(imagined_count_all(&imagined, 2), 0);
}

/* The last site's faults are not the last to be tried. */
Test(search, looks_here_and_there_and_yet_at_everything_once)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, many);
    imagined.options.ends_with_first = true;
    imagined.options.depth = 1;

    run(&imagined);

    const size_t count = imagined.bases[0].faults.count;
    const char *last = strstr(imagined.notes, "one: 3=");
    EXPECT_INT(imagined_count_all(&imagined, 1), count);
    EXPECT_INT(effort(&imagined, 1).run_count, count);
    cr_expect(last != NULL && last < strstr(imagined.notes, "one: 1=503"));
}

static void spoil_base(struct scn_base *base)
{
    scn_findings_append(&base->clean.findings, SCN_FAIL, "exit", "expected 0, got 8");
    base->clean.verdict = SCN_FAIL;
    scn_faults_cut(&base->faults, 0);
}

Test(search, finds_a_base_that_fails_without_any_fault_and_explores_the_others)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, one);
    imagined_add_base(&imagined);
    spoil_base(&imagined.bases[0]);
    imagined.options.depth = 1;

    run(&imagined);

    expect_told(&imagined, "0 0: exit\n");
    expect_adds_up(&imagined, 1, 1 + 3);
    EXPECT_INT(effort(&imagined, 1).failed_count, 1);
    EXPECT_INT(imagined_count_all(&imagined, 1), 3);
}

/* And not in each of them. */
Test(search, finds_a_base_that_fails_in_one_of_the_shards)
{
    size_t found = 0;
    for (int i = 1; i <= 3; i++) {
        COG_CLEANUP(imagined_finish) struct imagined imagined;
        imagined_init(&imagined, one);
        spoil_base(&imagined.bases[0]);
        imagined.options.shard = (struct scn_shard){.index = i, .count = 3};

        run(&imagined);

        found += imagined.exploration.discovery_count;
    }
    EXPECT_INT(found, 1);
}

Test(search, divides_single_faults_and_pairs_among_shards)
{
    struct scn_effort sums[SCN_DEPTH_MAX] = {0};
    size_t found = 0;
    for (int i = 1; i <= 3; i++) {
        COG_CLEANUP(imagined_finish) struct imagined imagined;
        imagined_init(&imagined, four);
        imagined_go_wrong((struct imagined_wrongs){.dies = "1=404", .fails = "2=503"});
        imagined.options.shard = (struct scn_shard){.index = i, .count = 3};
        imagined.options.prunes = true;

        run(&imagined);

        for (int depth = 1; depth <= SCN_DEPTH_MAX; depth++) {
            const struct scn_effort part = effort(&imagined, depth);
            scn_effort_add(&sums[depth - 1], &part);
        }
        found += imagined.exploration.discovery_count;
    }
    COG_CLEANUP(imagined_finish) struct imagined whole;
    imagined_init(&whole, four);
    imagined_go_wrong((struct imagined_wrongs){.dies = "1=404", .fails = "2=503"});
    whole.options.prunes = true;
    run(&whole);

    for (int depth = 1; depth <= SCN_DEPTH_MAX; depth++) {
        const struct scn_effort all = effort(&whole, depth);
        cr_expect(memcmp(&sums[depth - 1], &all, sizeof all) == 0, "depth %d", depth);
    }
    EXPECT_INT(found, whole.exploration.discovery_count);
}

/* Whoever looks at the search ends it, at its first task; the second one would never end. */
static void interrupt(void *context, const struct scn_search_progress *progress)
{
    const int *descriptors = context;
    if (progress->done_count == 1) {
        cr_assert(write(descriptors[1], "x", 1) == 1);
    }
}

static void run_interrupted(struct imagined *imagined)
{
    int descriptors[2];
    imagined_go_wrong((struct imagined_wrongs){.fails = "1=503", .hangs = "3=503"});
    cr_assert(pipe(descriptors) == 0);
    imagined->options.interrupt_descriptor = descriptors[0];
    imagined->options.progress = interrupt;
    imagined->options.progress_context = descriptors;
    const enum cog_code code = imagined_run(imagined);
    ASSERT_CODE(code, COG_ERROR_CANCELLED, imagined->error);
    imagined->options.interrupt_descriptor = -1;
    imagined->options.progress = NULL;
    (void)close(descriptors[0]);
    (void)close(descriptors[1]);
}

Test(search, keeps_what_it_knows_when_it_is_interrupted)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, many);

    run_interrupted(&imagined);

    cr_expect(imagined.exploration.is_interrupted);
    EXPECT_INT(effort(&imagined, 1).run_count, SLICE);
    cr_expect(imagined.exploration.discovery_count > 0);
    EXPECT_INT(imagined.exploration.base_count, 1);
}

Test(search, goes_on_where_it_was_interrupted)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, many);
    imagined_go_wrong((struct imagined_wrongs){.fails = "1=503"});
    run(&imagined);
    const struct scn_effort whole = effort(&imagined, 1);
    const struct scn_effort pairs = effort(&imagined, 2);
    COG_CLEANUP(cog_string_finish) char *found = tell(&imagined);
    imagined.options.state_path = imagined.state_path;
    run_interrupted(&imagined);

    imagined_go_wrong((struct imagined_wrongs){.fails = "1=503"});
    imagined.options.resumes = true;
    run(&imagined);

    const struct scn_effort resumed = effort(&imagined, 1);
    const struct scn_effort resumed_pairs = effort(&imagined, 2);
    cr_expect(memcmp(&resumed, &whole, sizeof whole) == 0);
    cr_expect(memcmp(&resumed_pairs, &pairs, sizeof pairs) == 0);
    cr_expect(!imagined.exploration.is_interrupted);
    expect_told(&imagined, found);
    /* Those that were not known, and each once more to see what may follow it. */
    EXPECT_INT(imagined_count_all(&imagined, 1), 2 * whole.run_count - SLICE);
    run(&imagined);
    EXPECT_INT(imagined_count_all(&imagined, 1) + imagined_count_all(&imagined, 2), 0);
    expect_told(&imagined, found);
}

static void expect_refused(struct imagined *imagined)
{
    const enum cog_code code = imagined_run(imagined);
    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_CONTAINS(imagined->error.message, "is the state of another exploration");
}

Test(search, goes_on_with_nothing_but_itself)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, one);
    imagined.options.state_path = imagined.state_path;
    run(&imagined);
    imagined.options.resumes = true;
    const struct scn_search_options options = imagined.options;
    run(&imagined);

    imagined.options.depth = 1;
    expect_refused(&imagined);
    imagined.options = options;
    imagined.options.prunes = true;
    expect_refused(&imagined);
    imagined.options = options;
    imagined.options.experiment.seed = (UINT64_C(1) << 32) + 1;
    expect_refused(&imagined);
    imagined.options = options;
    imagined.options.shard = (struct scn_shard){.index = 1, .count = 2};
    expect_refused(&imagined);
    imagined.options = options;
    cr_assert(cJSON_AddBoolToObject(imagined.bases[0].scenario, "other", true) != NULL);
    expect_refused(&imagined);
}

/* Puts another text in the place of all that is kept. */
static void damage_state(const struct imagined *imagined)
{
    char header[256];
    FILE *stream = fopen(imagined->state_path, "r+");
    cr_assert(stream != NULL && fgets(header, sizeof header, stream) != NULL);
    cr_assert(fseek(stream, (long)strlen(header), SEEK_SET) == 0);
    cr_assert(fputs("singles 0 0 0-3\t{\"runs\":1}\n", stream) >= 0 && fflush(stream) == 0);
    cr_assert(ftruncate(fileno(stream), ftell(stream)) == 0);
    (void)fclose(stream);
}

Test(search, names_the_state_that_it_cannot_read)
{
    COG_CLEANUP(imagined_finish) struct imagined imagined;
    imagined_init(&imagined, one);
    imagined.options.state_path = imagined.state_path;
    run(&imagined);
    damage_state(&imagined);
    imagined.options.resumes = true;

    const enum cog_code code = imagined_run(&imagined);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_CONTAINS(imagined.error.message, imagined.state_path);
    EXPECT_CONTAINS(imagined.error.cause, "what came of some runs cannot be read");
}
