/* An exploration as JSON: written, read back, and added up out of shards. */
#include "explore/report/mutants.h"
#include "explore/report/sum.h"
#include "explored.h"
#include "support/expect.h"

#include <stdlib.h>

TestSuite(exploration_file, .timeout = 20.0);

enum { FILES_MAX = 4 };

/* Files as `merge` has them. */
struct files {
    struct scn_stored_exploration items[FILES_MAX];
    size_t count;
};

static void files_finish(struct files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        scn_stored_exploration_finish(&files->items[i]);
    }
}

static void files_read(struct files *files, const char *name, const char *text)
{
    struct cog_error error = {0};
    ASSERT_CODE(scn_stored_exploration_parse(name, text, &files->items[files->count], &error),
                COG_OK, error);
    files->count++;
}

static void files_add(struct files *files, const char *name,
                      const struct scn_exploration *exploration,
                      const struct scn_exploration_origin *origin)
{
    COG_CLEANUP(cog_string_finish) char *text = explored_write(exploration, origin);
    files_read(files, name, text);
}

static void files_add_shard(struct files *files, const char *name, size_t index, size_t count)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    const struct scn_exploration_origin origin = explored_origin(index, count);
    explored_init(&exploration, index, count);
    files_add(files, name, &exploration, &origin);
}

static char *write_whole(void)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    const struct scn_exploration_origin origin = explored_origin(0, 0);
    explored_init(&exploration, 0, 0);
    return explored_write(&exploration, &origin);
}

static char *write_sum(const struct files *files, bool is_partial)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration sum = {0};
    struct scn_exploration_origin origin = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_explorations_add(files->items, files->count, is_partial, &sum, &origin, &error),
                COG_OK, error);
    return explored_write(&sum, &origin);
}

static void expect_no_sum(const struct files *files, const char *message)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration sum = {0};
    struct scn_exploration_origin origin = {0};
    struct cog_error error = {0};

    enum cog_code code =
        scn_explorations_add(files->items, files->count, false, &sum, &origin, &error);

    cr_expect(code == COG_ERROR_SYNTAX, "%s", message);
    EXPECT_STR(error.message, message);
}

/* The text with `part` replaced, once; owned. */
static char *change(const char *text, const char *part, const char *replacement)
{
    struct cog_text changed = {0};
    const char *at = strstr(text, part);
    cr_assert(at != NULL, "no '%s' in %s", part, text);
    cog_text_append_bytes(&changed, text, (size_t)(at - text));
    cog_text_append(&changed, replacement);
    cog_text_append(&changed, at + strlen(part));
    return cog_text_take(&changed);
}

Test(exploration_file, says_what_was_tried_and_found)
{
    COG_CLEANUP(cog_string_finish) char *text = write_whole();

    EXPECT_CONTAINS(text, "{\"format\":\"cogdrill-exploration\",\"version\":1,\"verb\":\"explore\","
                          "\"tool_version\":\"1.2.3\",\"seed\":7,\"transport\":\"memory\","
                          "\"client\":null,\"depth\":2,\"pruned\":true,\"shard\":null,"
                          "\"interrupted\":false,\n\"bases\":[\n");
    EXPECT_CONTAINS(text, "{\"name\":\"a promotion that succeeds\",\"file\":"
                          "\"scenarios/bases/promotion.jsonc\",\"sites\":12,\"depths\":[{\"depth\":"
                          "1,\"possible\":70,\"runs\":49,\"idle\":7,\"pruned\":14,\"failed\":1,"
                          "\"inconclusive\":0,\"virtual_ms\":420000},{\"depth\":2,");
    EXPECT_CONTAINS(text, "{\"id\":\"f1\",\"check\":\"I5\",\"base\":\"a promotion that succeeds\","
                          "\"file\":\"scenarios/bases/promotion.jsonc\",\"place\":2,\"faults\":["
                          "\"status#2/a1 status_503\"],\"exit\":2,\"findings\":[{\"result\":"
                          "\"fail\",\"check\":\"I5\",\"text\":\"after 2 ms and an \\\"é\\\"\"}],"
                          "\"scenario\":{\"name\":\"a < b\",\"expect\":{\"exit\":0}}},\n");
    EXPECT_CONTAINS(text, "\"groups\":[\n{\"result\":\"fail\",\"check\":\"I5\",\"text\":"
                          "\"after N ms and an \\\"é\\\"\",\"count\":4,\"smallest\":\"f1\"},\n");
    EXPECT_CONTAINS(text, "\"cells\":[\"exit/0\",\"exit/1\",");
    EXPECT_CONTAINS(text, "\"matrix\":[{\"call\":null,\"phase\":\"status\",\"runs\":14,\"failed\":"
                          "0},{\"call\":\"status\",\"phase\":\"status\",\"runs\":84,\"failed\":2}],"
                          "\"mutants\":null,\n\"timing\":{\"real_ms\":140,\"runs_per_second\":1400,"
                          "\"slowest\":[{\"run\":\"base 1: place 6, 1\",\"ms\":61},");
}

Test(exploration_file, is_the_same_but_for_its_last_line_when_it_took_longer)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    const struct scn_exploration_origin origin = explored_origin(0, 0);
    explored_init(&exploration, 0, 0);
    COG_CLEANUP(cog_string_finish) char *before = explored_write(&exploration, &origin);

    exploration.real_ms += 1234;
    exploration.slowest[0].real_ms += 99;
    COG_CLEANUP(cog_string_finish) char *after = explored_write(&exploration, &origin);

    *strstr(before, "\n\"timing\"") = '\0';
    *strstr(after, "\n\"timing\"") = '\0';
    EXPECT_STR(after, before);
}

Test(exploration_file, is_read_back_as_it_was_written)
{
    static const char mutants[] = "[{\"name\":\"n\",\"what\":\"w\",\"by\":\"explore\",\"ms\":7,"
                                  "\"problem\":null}]";
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    COG_CLEANUP(files_finish) struct files files = {0};
    struct scn_exploration_origin origin = explored_origin(3, 4);
    origin.client = "python3 client.py";
    origin.mutants = mutants;
    origin.is_pruned = false;
    explored_init(&exploration, 3, 4);
    exploration.is_interrupted = true;
    COG_CLEANUP(cog_string_finish) char *text = explored_write(&exploration, &origin);

    files_read(&files, "a.json", text);

    COG_CLEANUP(cog_string_finish)
    char *again = explored_write(&files.items[0].exploration, &files.items[0].origin);
    EXPECT_STR(again, text);
}

Test(exploration_file, that_is_wrong_says_where_and_what)
{
    COG_CLEANUP(cog_string_finish) char *text = write_whole();
    static const struct {
        const char *part;
        const char *replacement;
        const char *message;
    } rows[] = {
        {"cogdrill-exploration", "cogdrill-results",
         "a.json:1:1: expected what 'cogdrill explore --json' writes"},
        {"\"version\":1", "\"version\":2",
         "a.json: version 2 of the format, this program reads version 1"},
        {"\"seed\":7", "\"seed\":-7",
         "a.json: 'seed': expected a whole number from 0 to 9007199254740991"},
        {"\"seed\":7,", "\"seed\":7,,", "a.json:1:96: not JSON, or cut off"},
        {"\"depth\":2,\"pruned\"", "\"depth\":3,\"pruned\"",
         "a.json: 'depth': expected a whole number from 1 to 2"},
        {"\"depth\":2,\"pruned\"", "\"depth\":1,\"pruned\"",
         "a.json: 'depths' of 'a promotion that succeeds' has 2 entries, and 'depth' is 1"},
        {"\"bases\":[", "\"base\":[", "a.json: 'bases' is missing"},
        {"\"sites\":12", "\"sites\":1.5",
         "a.json: 'sites': expected a whole number from 0 to 9007199254740991"},
        {"\"id\":\"f2\"", "\"id\":\"f3\"", "a.json: 'failures', f2: 'id' is 'f3', expected 'f2'"},
        {"\"base\":\"a promotion that succeeds\"", "\"base\":\"another\"",
         "a.json: 'failures', f1: 'base' is 'another' of 'scenarios/bases/promotion.jsonc', which "
         "is none of 'bases'"},
        {"\"result\":\"fail\"", "\"result\":\"bad\"",
         "a.json: 'failures', f1: 'result' is 'bad', which is none of its words"},
        {"\"failed\":1,", "\"failed\":0,",
         "a.json: 'failures' has 6 entries, and the bases count 5"},
        {"\"cells\":[\"exit/0\"", "\"cells\":[7", "a.json: 'cells': expected names of cells"},
        {"\"failed\":0},", "\"failed\":15},",
         "a.json: 'matrix': 'failed': expected a whole number from 0 to 14"},
        {"\"mutants\":null", "\"mutants\":[{\"name\":\"n\"}]",
         "a.json: mutant 1: 'what' is missing"},
        {"\"real_ms\":140", "\"real_ms\":null",
         "a.json: 'timing': 'real_ms': expected a whole number from 0 to 9007199254740991"},
        {"\"ms\":61", "\"ms\":-1",
         "a.json: 'timing': 'ms': expected a whole number from 0 to 9007199254740991"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_string_finish)
        char *wrong = change(text, rows[i].part, rows[i].replacement);
        COG_CLEANUP(scn_stored_exploration_finish) struct scn_stored_exploration stored = {0};
        struct cog_error error = {0};

        enum cog_code code = scn_stored_exploration_parse("a.json", wrong, &stored, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s", rows[i].message);
        EXPECT_STR(error.message, rows[i].message);
    }
}

Test(exploration_file, that_was_cut_anywhere_is_refused)
{
    COG_CLEANUP(cog_string_finish) char *text = write_whole();
    for (size_t length = strlen(text) - 2; length > 0; length -= length > 7 ? 7 : length) {
        COG_CLEANUP(scn_stored_exploration_finish) struct scn_stored_exploration stored = {0};
        struct cog_error error = {0};
        text[length] = '\0';

        cr_expect(scn_stored_exploration_parse("a.json", text, &stored, &error) == COG_ERROR_SYNTAX,
                  "%zu", length);
    }
}

/* Everything but the timing, which is the machine's. */
static void expect_same(char *sum, char *whole)
{
    *strstr(sum, "\n\"timing\"") = '\0';
    *strstr(whole, "\n\"timing\"") = '\0';
    EXPECT_STR(sum, whole);
}

Test(exploration_file, of_all_shards_adds_up_to_the_whole_in_whatever_order)
{
    static const size_t orders[][3] = {{1, 2, 3}, {3, 1, 2}, {2, 3, 1}};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        COG_CLEANUP(files_finish) struct files files = {0};
        COG_CLEANUP(cog_string_finish) char *whole = write_whole();
        for (size_t j = 0; j < 3; j++) {
            files_add_shard(&files, "shard.json", orders[i][j], 3);
        }

        COG_CLEANUP(cog_string_finish) char *sum = write_sum(&files, false);

        EXPECT_CONTAINS(sum, "\"timing\":{\"real_ms\":140,");
        EXPECT_CONTAINS(sum, "\"slowest\":[{\"run\":\"base 1: place 6, 1\",\"ms\":61},");
        expect_same(sum, whole);
    }
}

Test(exploration_file, that_is_no_shard_adds_up_to_itself)
{
    COG_CLEANUP(files_finish) struct files files = {0};
    COG_CLEANUP(cog_string_finish) char *whole = write_whole();
    files_read(&files, "a.json", whole);

    COG_CLEANUP(cog_string_finish) char *sum = write_sum(&files, false);

    EXPECT_STR(sum, whole);
}

Test(exploration_file, without_a_shard_adds_up_only_when_that_is_asked_for)
{
    COG_CLEANUP(files_finish) struct files files = {0};
    files_add_shard(&files, "1.json", 1, 3);
    files_add_shard(&files, "3.json", 3, 3);

    expect_no_sum(&files, "shard 2/3 is missing; --partial merges without it");
    COG_CLEANUP(cog_string_finish) char *sum = write_sum(&files, true);
    EXPECT_CONTAINS(sum, "\"shard\":null,\"interrupted\":true,");
}

Test(exploration_file, that_was_interrupted_adds_up_only_when_that_is_asked_for)
{
    COG_CLEANUP(files_finish) struct files files = {0};
    files_add_shard(&files, "1.json", 1, 2);
    files_add_shard(&files, "2.json", 2, 2);
    files.items[1].exploration.is_interrupted = true;

    expect_no_sum(&files, "2.json:1:1: it was interrupted; --partial merges what there is");
    COG_CLEANUP(cog_string_finish) char *sum = write_sum(&files, true);
    EXPECT_CONTAINS(sum, "\"shard\":null,\"interrupted\":true,");
}

Test(exploration_file, with_a_shard_twice_or_beside_none_does_not_add_up)
{
    COG_CLEANUP(files_finish) struct files twice = {0};
    COG_CLEANUP(files_finish) struct files whole = {0};
    files_add_shard(&twice, "a.json", 1, 2);
    files_add_shard(&twice, "b.json", 1, 2);
    files_add_shard(&whole, "a.json", 0, 0);
    files_add_shard(&whole, "b.json", 0, 0);

    expect_no_sum(&twice, "b.json:1:1: shard 1/2 is in 'a.json' already");
    expect_no_sum(&whole,
                  "a.json:1:1: these are no shard's results: nothing can be merged with them");
}

Test(exploration_file, of_something_else_does_not_add_up)
{
    static const struct {
        struct scn_exploration_origin origin;
        const char *message;
    } rows[] = {
        {{"explore", "1.2.4", 7, "memory", NULL, 2, true, 2, 2, NULL, NULL},
         "b.json:1:1: the version of cogdrill is '1.2.4', in 'a.json' it is '1.2.3'"},
        {{"swarm", "1.2.3", 7, "memory", NULL, 2, true, 2, 2, NULL, NULL},
         "b.json:1:1: the verb is 'swarm', in 'a.json' it is 'explore'"},
        {{"explore", "1.2.3", 8, "memory", NULL, 2, true, 2, 2, NULL, NULL},
         "b.json:1:1: the seed is 8, in 'a.json' it is 7"},
        {{"explore", "1.2.3", 7, "wire", NULL, 2, true, 2, 2, NULL, NULL},
         "b.json:1:1: the transport is 'wire', in 'a.json' it is 'memory'"},
        {{"explore", "1.2.3", 7, "memory", "sh x", 2, true, 2, 2, NULL, NULL},
         "b.json:1:1: the client is 'sh x', in 'a.json' it is 'none'"},
        {{"explore", "1.2.3", 7, "memory", NULL, 1, true, 2, 2, NULL, NULL},
         "b.json:1:1: the depth is 1, in 'a.json' it is 2"},
        {{"explore", "1.2.3", 7, "memory", NULL, 2, false, 2, 2, NULL, NULL},
         "b.json:1:1: pruning is 'off', in 'a.json' it is 'on'"},
        {{"explore", "1.2.3", 7, "memory", NULL, 2, true, 2, 3, NULL, NULL},
         "b.json:1:1: the number of shards is 3, in 'a.json' it is 2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
        COG_CLEANUP(files_finish) struct files files = {0};
        explored_init(&exploration, 2, 2);
        files_add_shard(&files, "a.json", 1, 2);
        files_add(&files, "b.json", &exploration, &rows[i].origin);

        expect_no_sum(&files, rows[i].message);
    }
}

Test(exploration_file, of_other_bases_does_not_add_up)
{
    static const struct {
        const char *part;
        const char *replacement;
        const char *message;
    } rows[] = {
        {"\"sites\":15", "\"sites\":16",
         "b.json:1:1: the number of a base's sites is 16, in 'a.json' it is 15"},
        {"bases/resumed", "bases/other",
         "b.json:1:1: the file of a base is 'scenarios/bases/other.jsonc', in 'a.json' it is "
         "'scenarios/bases/resumed.jsonc'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
        COG_CLEANUP(files_finish) struct files files = {0};
        const struct scn_exploration_origin origin = explored_origin(2, 2);
        explored_init(&exploration, 2, 2);
        COG_CLEANUP(cog_string_finish) char *text = explored_write(&exploration, &origin);
        COG_CLEANUP(cog_string_finish)
        char *other = change(text, rows[i].part, rows[i].replacement);
        files_add_shard(&files, "a.json", 1, 2);
        files_read(&files, "b.json", other);

        expect_no_sum(&files, rows[i].message);
    }
}

Test(exploration_file, takes_mutants_of_the_right_form_alone)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{}", "m.json: expected a list, as 'scripts/mutants --json' writes it"},
        {"[", "m.json: expected a list, as 'scripts/mutants --json' writes it"},
        {"[{\"name\":\"n\",\"what\":\"w\",\"by\":\"b\",\"ms\":1}]",
         "m.json: mutant 1: 'problem' is missing"},
        {"[7]", "m.json: mutant 1: 'name' is missing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_string_finish) char *json = NULL;
        struct cog_error error = {0};

        cr_expect(scn_mutants_parse("m.json", rows[i].text, &json, &error) == COG_ERROR_SYNTAX);

        EXPECT_STR(error.message, rows[i].message);
    }
}
