/* Which scenarios are meant. */
#include "session/selection.h"

#include "../base/folder.h"
#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(selection, .timeout = 10.0);
TestSuite(shard, .timeout = 10.0);

static void write_scenario(const char *path, const char *name, const char *tags)
{
    FILE *stream = fopen(path, "w");
    cr_assert(stream != NULL);
    (void)fprintf(stream, "{\"name\": \"%s\", \"tags\": [%s], \"expect\": {\"exit\": 0}}", name,
                  tags);
    (void)fclose(stream);
}

/* Three scenarios, in this order. */
static void load(struct scn_suite *suite)
{
    const char *const paths[] = {"."};
    struct cog_error error = {0};
    write_scenario("auth.jsonc", "a token is renewed", "\"fast\", \"auth\"");
    write_scenario("roll.jsonc", "a rollback is awaited", "\"fast\"");
    write_scenario("web.jsonc", "a webhook is sent", "\"slow\"");
    ASSERT_CODE(scn_suite_load(paths, 1, suite, &error), COG_OK, error);
}

Test(selection, leaves_what_every_condition_holds_for)
{
    const struct {
        struct scn_selection selection;
        const char *files;
    } rows[] = {
        {{.case_name = NULL}, "auth roll web "},
        {{.filters = {{"ROLLBACK"}, 1}}, "roll "},
        {{.filters = {{"web.js", "token"}, 2}}, "auth web "},
        {{.filters = {{"a "}, 1}, .tags = {{"fast"}, 1}}, "auth roll "},
        {{.tags = {{"slow", "auth"}, 2}}, "auth web "},
        {{.tags = {{"!fast"}, 1}}, "web "},
        {{.tags = {{"fast", "!auth"}, 2}}, "roll "},
    };
    char folder[FOLDER_PATH_SIZE];
    folder_enter(folder);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
        struct cog_error error = {0};
        char files[64] = "";
        size_t length = 0;
        load(&suite);

        ASSERT_CODE(scn_selection_apply(&rows[i].selection, &suite, &error), COG_OK, error);

        for (size_t j = 0; j < suite.count; j++) {
            const char *name = suite.entries[j].path + 2;
            length += (size_t)snprintf(files + length, sizeof files - length, "%.*s ",
                                       (int)strcspn(name, "."), name);
        }
        EXPECT_STR(files, rows[i].files);
    }
    folder_leave(folder);
}

Test(selection, names_the_option_that_left_nothing)
{
    const struct {
        struct scn_selection selection;
        const char *message;
    } rows[] = {
        {{.filters = {{"x", "y"}, 2}}, "--filter 'x' or 'y' leaves none of 3 scenarios"},
        {{.filters = {{"token"}, 1}, .tags = {{"slow"}, 1}}, "--tag 'slow' leaves none of 1 "},
        {{.case_name = "html"}, "--case 'html' leaves none of 3 scenarios"},
    };
    char folder[FOLDER_PATH_SIZE];
    folder_enter(folder);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
        struct cog_error error = {0};
        load(&suite);

        enum cog_code code = scn_selection_apply(&rows[i].selection, &suite, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
    folder_leave(folder);
}

Test(selection, gives_each_scenario_to_one_shard)
{
    char folder[FOLDER_PATH_SIZE];
    size_t sum = 0;
    unsigned numbers = 0;
    folder_enter(folder);
    for (int index = 1; index <= 4; index++) {
        COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
        const struct scn_selection selection = {.shard = {index, 4}};
        struct cog_error error = {0};
        load(&suite);

        enum cog_code code = scn_selection_apply(&selection, &suite, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_INT(suite.selected_count, 3);
        for (size_t i = 0; i < suite.count; i++) {
            numbers |= 1U << suite.entries[i].number;
        }
        sum += suite.count;
    }
    EXPECT_INT(sum, 3);
    EXPECT_INT(numbers, 0xe); /* 1, 2 and 3: in one shard each, by its place in all of them. */
    folder_leave(folder);
}

/* The split is the same on every machine and in every version: so results of shards fit together.
 */
Test(shard, depends_on_the_name_alone)
{
    const struct {
        const char *name;
        int count;
        int index;
    } rows[] = {
        {"", 1, 1}, {"a", 4, 1}, {"h", 4, 2}, {"c", 4, 3}, {"e", 4, 4}, {"a", 1000, 141},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_error error = {0};
        int index = 0;
        ASSERT_CODE(scn_shard_choose(rows[i].name, rows[i].count, &index, &error), COG_OK, error);
        EXPECT_INT(index, rows[i].index);
    }
}

Test(shard, is_about_as_large_as_the_others)
{
    size_t counts[5] = {0};
    for (int i = 0; i < 1000; i++) {
        char name[32];
        struct cog_error error = {0};
        int index = 0;
        (void)snprintf(name, sizeof name, "scenario %d", i);
        ASSERT_CODE(scn_shard_choose(name, 4, &index, &error), COG_OK, error);
        counts[index]++;
    }
    for (int i = 1; i <= 4; i++) {
        cr_expect(counts[i] > 200 && counts[i] < 300, "shard %d has %zu", i, counts[i]);
    }
}
