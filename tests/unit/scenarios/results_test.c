/* Files of results: written, read back, merged. */
#include "report/merging.h"
#include "report/record.h"
#include "report/results_skips.h"
#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdlib.h>

TestSuite(results, .timeout = 20.0);

enum { SCENARIO_COUNT = 7, SHARDS_MAX = 3 };

/* Records of runs that could not be made: they have all members, and are short. */
struct world {
    char *records[SCENARIO_COUNT];
    struct scn_results_item items[SCENARIO_COUNT];
    struct scn_results_origin origin;
};

static char *make_record(int number, enum scn_result verdict)
{
    char text[128];
    (void)snprintf(text, sizeof text, "{\"name\": \"scenario %d\", \"expect\": {\"exit\": 0}}",
                   number);
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("s/a.jsonc", text, strlen(text), &document, &error), COG_OK,
                error);
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    ASSERT_CODE(scn_scenario_take(&document, &scenario, &error), COG_OK, error);
    const struct scn_run_options options = {.seed = 7, .repeat_count = 2};
    const struct scn_record_draft draft = {0};
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = verdict, .virtual_ms = number};
    if (verdict != SCN_PASS) {
        scn_findings_append(&run.findings, verdict, "exit", "expected 0, got %d", number);
    }
    char *record = scn_record_format(&draft, &scenario, &options, &run);
    cr_assert(record != NULL);
    return record;
}

static void world_init(struct world *world)
{
    *world = (struct world){0};
    for (int i = 0; i < SCENARIO_COUNT; i++) {
        const enum scn_result verdict = i == 2 ? SCN_FAIL : i == 5 ? SCN_INCONCLUSIVE : SCN_PASS;
        world->records[i] = make_record(i + 1, verdict);
        world->items[i] = (struct scn_results_item){
            .number = (size_t)i + 1,
            .verdict = verdict,
            .virtual_ms = i + 1,
            .record = world->records[i],
        };
    }
    world->origin = (struct scn_results_origin){
        .tool_version = "1.2.3",
        .seed = 7,
        .repeat_count = 2,
        .transport = "memory",
        .selected_count = SCENARIO_COUNT,
    };
}

static void world_finish(struct world *world)
{
    for (int i = 0; i < SCENARIO_COUNT; i++) {
        free(world->records[i]);
    }
}

static char *write_results(const struct scn_results *results)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    cr_assert(stream != NULL);
    scn_results_write(stream, results);
    (void)fclose(stream);
    return text;
}

static char *write_all(const struct world *world)
{
    const struct scn_results results = {
        .origin = world->origin,
        .items = world->items,
        .count = SCENARIO_COUNT,
    };
    return write_results(&results);
}

/* Each `count`-th scenario, from the `index`-th on. */
static char *write_shard(const struct world *world, size_t index, size_t count)
{
    struct scn_results_item items[SCENARIO_COUNT];
    struct scn_results results = {.origin = world->origin, .items = items};
    for (size_t i = index - 1; i < SCENARIO_COUNT; i += count) {
        items[results.count++] = world->items[i];
    }
    results.origin.shard_index = index;
    results.origin.shard_count = count;
    return write_results(&results);
}

static enum cog_code read_text(const char *name, char *text, struct scn_results_file *out_file,
                               struct cog_error *error)
{
    return scn_results_file_parse(name, &text, out_file, error);
}

static void expect_refused(char *text, const char *message)
{
    COG_CLEANUP(scn_results_file_finish) struct scn_results_file file = {0};
    struct cog_error error = {0};

    enum cog_code code = read_text("r.json", text, &file, &error);

    cr_expect(code == COG_ERROR_SYNTAX, "%s", message);
    EXPECT_STR(error.message, message);
}

/* The text of a world with `part` replaced, once. */
static char *write_changed(const struct world *world, const char *part, const char *change)
{
    COG_CLEANUP(cog_string_finish) char *text = write_all(world);
    COG_CLEANUP(cog_text_finish) struct cog_text changed = {0};
    char *at = strstr(text, part);
    cr_assert(at != NULL, "no '%s'", part);
    cog_text_append_bytes(&changed, text, (size_t)(at - text));
    cog_text_append(&changed, change);
    cog_text_append(&changed, at + strlen(part));
    return cog_text_take(&changed);
}

Test(results, begin_with_what_was_run_and_how_it_ended)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);

    COG_CLEANUP(cog_string_finish) char *text = write_all(&world);

    EXPECT_CONTAINS(text, "{\"format\":\"cogdrill-results\",\"version\":1,\"tool_version\":"
                          "\"1.2.3\",\"seed\":7,\"repeat\":2,\"transport\":\"memory\","
                          "\"client\":null,\"shard\":null,\"selected\":7,\"counts\":{\"pass\":5,"
                          "\"fail\":1,\"inconclusive\":1},\"virtual_ms\":28,\"scenarios\":[\n"
                          "{\"number\":1,\"name\":\"scenario 1\",\"file\":\"s/a.jsonc\",");
    EXPECT_CONTAINS(text, "\"cells\":[],\"journal\":null},\n{\"number\":2,");
    EXPECT_CONTAINS(text, "\"cells\":[],\"journal\":null}\n]}\n");
}

Test(results, are_read_back_as_they_were_written)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(scn_results_file_finish) struct scn_results_file file = {0};
    struct cog_error error = {0};

    ASSERT_CODE(read_text("r.json", write_all(&world), &file, &error), COG_OK, error);

    cr_assert(file.count == SCENARIO_COUNT);
    EXPECT_INT(file.origin.seed, 7);
    EXPECT_INT(file.origin.repeat_count, 2);
    EXPECT_STR(file.origin.tool_version, "1.2.3");
    EXPECT_INT(file.lines[2].item.verdict, SCN_FAIL);
    EXPECT_STR(file.lines[2].findings.items[0].text, "expected 0, got 3");
    EXPECT_STR(file.lines[2].path, "s/a.jsonc");
    EXPECT_STR(file.lines[6].item.record, world.records[6]);
    EXPECT_INT(file.lines[6].item.number, 7);
}

/* The results of one run, which left a scenario out. */
static char *write_skipping(const struct world *world, const struct scn_results_skip *skip)
{
    struct scn_results_item items[SCENARIO_COUNT];
    struct scn_results results = {
        .origin = world->origin, .items = items, .skips = skip, .skip_count = 1};
    for (size_t i = 0; i < SCENARIO_COUNT; i++) {
        if (world->items[i].number != skip->number) {
            items[results.count++] = world->items[i];
        }
    }
    return write_results(&results);
}

static const struct scn_results_skip third = {3, "scenario 3", "s/a.jsonc", "it needs \"ours\""};

Test(results, name_what_was_skipped_and_are_read_back_so)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(cog_string_finish) char *text = write_skipping(&world, &third);
    COG_CLEANUP(scn_results_file_finish) struct scn_results_file file = {0};
    struct cog_error error = {0};

    EXPECT_CONTAINS(text, "\"skipped\":[{\"number\":3,\"name\":\"scenario 3\",\"file\":"
                          "\"s/a.jsonc\",\"reason\":\"it needs \\\"ours\\\"\"}]");
    ASSERT_CODE(read_text("r.json", strdup(text), &file, &error), COG_OK, error);

    EXPECT_INT(file.count, SCENARIO_COUNT - 1);
    cr_assert(file.skips.count == 1);
    EXPECT_INT(file.skips.items[0].number, 3);
    EXPECT_STR(file.skips.items[0].name, "scenario 3");
    EXPECT_STR(file.skips.items[0].file, "s/a.jsonc");
    EXPECT_STR(file.skips.items[0].reason, "it needs \"ours\"");
}

Test(results, with_wrong_skips_say_where_and_what)
{
    static const struct {
        const char *head;
        const char *message;
    } rows[] = {
        {"{\"skipped\": 1}", "'skipped': expected a list"},
        {"{\"skipped\": [{\"name\": \"a\"}]}", "'number': expected a whole number from 1 to 7"},
        {"{\"skipped\": [{\"number\": 8}]}", "'number': expected a whole number from 1 to 7"},
        {"{\"skipped\": [{\"number\": 1, \"name\": \"a\"}]}", "'file' is missing"},
        {"{\"skipped\": [{\"number\": 2, \"name\": \"a\", \"file\": \"f\", \"reason\": \"r\"},"
         "{\"number\": 2, \"name\": \"b\", \"file\": \"f\", \"reason\": \"r\"}]}",
         "'skipped': number 2 stands behind number 2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_json_finish) cJSON *head = NULL;
        COG_CLEANUP(scn_results_skips_finish) struct scn_results_skips skips = {0};
        struct cog_error error = {0};
        ASSERT_CODE(cog_json_parse_object(rows[i].head, strlen(rows[i].head), &head, &error),
                    COG_OK, error);

        cr_expect(scn_results_skips_read(head, SCENARIO_COUNT, &skips, &error) == COG_ERROR_SYNTAX,
                  "%s", rows[i].head);
        EXPECT_STR(error.message, rows[i].message);
    }
}

Test(results, of_nothing_are_read_back_too)
{
    const struct scn_results results = {
        .origin = {.tool_version = "1", .repeat_count = 1, .transport = "wire"},
    };
    COG_CLEANUP(scn_results_file_finish) struct scn_results_file file = {0};
    struct cog_error error = {0};

    ASSERT_CODE(read_text("r.json", write_results(&results), &file, &error), COG_OK, error);

    EXPECT_INT(file.count, 0);
}

Test(results, that_hold_a_coverage_are_read_without_it)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    const struct scn_results results = {
        .origin = world.origin,
        .items = world.items,
        .count = SCENARIO_COUNT,
        .coverage = "{\"cells\":[]}",
    };
    COG_CLEANUP(scn_results_file_finish) struct scn_results_file file = {0};
    struct cog_error error = {0};

    ASSERT_CODE(read_text("r.json", write_results(&results), &file, &error), COG_OK, error);

    EXPECT_INT(file.count, SCENARIO_COUNT);
}

Test(results, that_are_wrong_say_where_and_what)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    static const struct {
        const char *part;
        const char *change;
        const char *message;
    } rows[] = {
        {"cogdrill-results", "something else",
         "r.json:1:1: expected results as 'cogdrill run --json' writes them, with one scenario a "
         "line"},
        {"\"version\":1", "\"version\":2",
         "r.json:1:1: version 2 of the format, this program reads version 1"},
        {"\"seed\":7", "\"seed\":-1",
         "r.json:1:1: 'seed': expected a whole number from 0 to 9007199254740991"},
        {"\"transport\":\"memory\"", "\"transport\":1",
         "r.json:1:1: 'transport' is a number, expected a string"},
        {"\"fail\":1", "\"fail\":2",
         "r.json:1:1: 'counts' does not count what is in the file: 'fail': expected a whole number "
         "from 1 to 1"},
        {"\"selected\":7", "\"selected\":6",
         "r.json:8:1: 'number': expected a whole number from 1 to 6"},
        {"\"exit\":null,", "", "r.json:2:1: 'exit' is missing"},
        {"\"exit\":null", "\"exit\":\"0\"",
         "r.json:2:1: 'exit' is a string, expected a number or null"},
        {"\"result\":\"pass\"", "\"result\":\"perhaps\"",
         "r.json:2:1: 'result' is 'perhaps', which is none of its words"},
        {"\"number\":2", "\"number\":1", "r.json:3:1: number 1 stands behind number 1"},
        {"\"name\":\"scenario 4\"", "\"name\":x", "r.json:5:20: not JSON, or cut off"},
        {"}\n]}\n", "},\n]}\n", "r.json:9:1: expected another record behind the comma"},
        {"}\n]}\n", "}\n", "r.json:8:1: the end is missing: the file was cut off"},
        {"}\n]}\n", "}\n]\n", "r.json:9:1: the end is missing: the file was cut off"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect_refused(write_changed(&world, rows[i].part, rows[i].change), rows[i].message);
    }
}

Test(results, that_were_cut_anywhere_are_refused)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(cog_string_finish) char *whole = write_all(&world);
    for (size_t length = 0; length + 3 < strlen(whole); length += 37) {
        COG_CLEANUP(scn_results_file_finish) struct scn_results_file file = {0};
        struct cog_error error = {0};

        cr_expect(read_text("r.json", cog_string_clone(whole, length), &file, &error) ==
                      COG_ERROR_SYNTAX,
                  "cut at %zu", length);
    }
}

/* Shards of a world, read back in any order. */
struct shards {
    struct scn_results_file files[SHARDS_MAX];
    size_t count;
};

static void shards_add(struct shards *shards, const char *name, char *text)
{
    struct cog_error error = {0};
    ASSERT_CODE(read_text(name, text, &shards->files[shards->count++], &error), COG_OK, error);
}

static void shards_finish(struct shards *shards)
{
    for (size_t i = 0; i < shards->count; i++) {
        scn_results_file_finish(&shards->files[i]);
    }
}

static void expect_unmerged(const struct shards *shards, const char *message)
{
    COG_CLEANUP(scn_merging_finish) struct scn_merging merging = {0};
    struct cog_error error = {0};

    enum cog_code code = scn_merging_make(shards->files, shards->count, false, &merging, &error);

    cr_expect(code == COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, message);
}

Test(results, of_all_shards_merge_into_those_of_one_run)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(shards_finish) struct shards shards = {0};
    shards_add(&shards, "3.json", write_shard(&world, 3, 3));
    shards_add(&shards, "1.json", write_shard(&world, 1, 3));
    shards_add(&shards, "2.json", write_shard(&world, 2, 3));
    COG_CLEANUP(scn_merging_finish) struct scn_merging merging = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_merging_make(shards.files, 3, false, &merging, &error), COG_OK, error);

    COG_CLEANUP(cog_string_finish) char *merged = write_results(&merging.results);
    COG_CLEANUP(cog_string_finish) char *whole = write_all(&world);
    EXPECT_STR(merged, whole);
    EXPECT_STR(merging.lines[4].name, "scenario 5");
}

/* Where the scenario that is skipped would be in the shard, it is named instead. */
static char *write_shard_skipping(struct world *world, size_t index, size_t count,
                                  const struct scn_results_skip *skip)
{
    struct scn_results_item items[SCENARIO_COUNT];
    struct scn_results results = {.origin = world->origin, .items = items};
    for (size_t i = index - 1; i < SCENARIO_COUNT; i += count) {
        if (world->items[i].number == skip->number) {
            results.skips = skip;
            results.skip_count = 1;
        } else {
            items[results.count++] = world->items[i];
        }
    }
    results.origin.shard_index = index;
    results.origin.shard_count = count;
    return write_results(&results);
}

Test(results, of_shards_that_skip_merge_into_those_of_one_run)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(shards_finish) struct shards shards = {0};
    static const struct scn_results_skip second = {2, "scenario 2", "s/a.jsonc", "so"};
    shards_add(&shards, "1.json", write_shard_skipping(&world, 1, 2, &third));
    shards_add(&shards, "2.json", write_shard_skipping(&world, 2, 2, &second));
    COG_CLEANUP(scn_merging_finish) struct scn_merging merging = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_merging_make(shards.files, 2, false, &merging, &error), COG_OK, error);

    EXPECT_INT(merging.results.count, SCENARIO_COUNT - 2);
    cr_assert(merging.results.skip_count == 2);
    EXPECT_INT(merging.results.skips[0].number, 2);
    EXPECT_INT(merging.results.skips[1].number, 3);
}

Test(results, without_a_shard_merge_only_when_that_is_asked_for)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(shards_finish) struct shards shards = {0};
    shards_add(&shards, "3.json", write_shard(&world, 3, 3));
    shards_add(&shards, "1.json", write_shard(&world, 1, 3));
    COG_CLEANUP(scn_merging_finish) struct scn_merging merging = {0};
    struct cog_error error = {0};

    expect_unmerged(&shards, "shard 2/3 is missing; --partial merges without it");
    ASSERT_CODE(scn_merging_make(shards.files, 2, true, &merging, &error), COG_OK, error);
    EXPECT_INT(merging.results.count, 5);
    EXPECT_INT(merging.results.origin.selected_count, 7);
}

Test(results, with_a_shard_twice_do_not_merge)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(shards_finish) struct shards shards = {0};
    shards_add(&shards, "a.json", write_shard(&world, 1, 2));
    shards_add(&shards, "b.json", write_shard(&world, 1, 2));

    expect_unmerged(&shards, "b.json:1:1: shard 1/2 is in 'a.json' already");
}

Test(results, that_are_no_shards_do_not_merge)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(shards_finish) struct shards shards = {0};
    shards_add(&shards, "a.json", write_all(&world));
    shards_add(&shards, "b.json", write_all(&world));

    expect_unmerged(&shards,
                    "a.json:1:1: these are no shard's results: nothing can be merged with them");
}

Test(results, without_a_scenario_or_with_one_twice_name_it)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(shards_finish) struct shards missing = {0};
    COG_CLEANUP(shards_finish) struct shards twice = {0};
    world.items[3].number = 5;
    shards_add(&missing, "1.json", write_shard(&world, 1, 2));
    shards_add(&twice, "1.json", write_shard(&world, 1, 2));
    shards_add(&twice, "2.json", write_shard(&world, 2, 2));
    missing.files[0].origin.shard_count = 1;

    expect_unmerged(&missing,
                    "scenario 2 of 7 is in no file, behind 'scenario 1'; --partial merges without "
                    "it");
    expect_unmerged(&twice, "2.json:3:1: number 5, 'scenario 4', is in '1.json' already, as number "
                            "5, 'scenario 5'");
}

Test(results, of_different_runs_do_not_merge)
{
    COG_CLEANUP(world_finish) struct world world;
    world_init(&world);
    COG_CLEANUP(shards_finish) struct shards shards = {0};
    shards_add(&shards, "a.json", write_shard(&world, 1, 2));
    static const struct {
        struct scn_results_origin origin;
        const char *message;
    } rows[] = {
        {{"1.2.4", 7, 2, "memory", NULL, 2, 2, 7},
         "b.json:1:1: the version of cogdrill is '1.2.4', in 'a.json' it is '1.2.3'"},
        {{"1.2.3", 8, 2, "memory", NULL, 2, 2, 7},
         "b.json:1:1: the seed is 8, in 'a.json' it is 7"},
        {{"1.2.3", 7, 3, "memory", NULL, 2, 2, 7},
         "b.json:1:1: the number of repetitions is 3, in 'a.json' it is 2"},
        {{"1.2.3", 7, 2, "wire", NULL, 2, 2, 7},
         "b.json:1:1: the transport is 'wire', in 'a.json' it is 'memory'"},
        {{"1.2.3", 7, 2, "memory", "sh x", 2, 2, 7},
         "b.json:1:1: the client is 'sh x', in 'a.json' it is 'none'"},
        {{"1.2.3", 7, 2, "memory", NULL, 2, 3, 7},
         "b.json:1:1: the number of shards is 3, in 'a.json' it is 2"},
        {{"1.2.3", 7, 2, "memory", NULL, 2, 2, 9},
         "b.json:1:1: the number of selected scenarios is 9, in 'a.json' it is 7"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct scn_results results = {.origin = rows[i].origin};
        shards.count = 1;
        shards_add(&shards, "b.json", write_results(&results));

        expect_unmerged(&shards, rows[i].message);
        scn_results_file_finish(&shards.files[1]);
    }
    shards.count = 1;
}
