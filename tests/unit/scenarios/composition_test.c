/* A scenario made of a base and faults: what is added, what is merged, and what is replaced. */
#include "explore/composition.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

TestSuite(composition, .timeout = 10.0);

enum { FAULTS_MAX = 2 };

static const char base_text[] =
    "{\"name\":\"base\",\"description\":\"d\",\"tags\":[\"t\"],"
    "\"server\":{\"api\":\"seed\",\"job\":{\"timeline\":[{\"at\":\"0s\"},{\"at\":\"5s\"}]}},"
    "\"faults\":[{\"call\":\"health\"}],"
    "\"client\":{\"options\":{\"timeout\":\"1m\",\"strict\":true},\"kills\":[{\"after_event\":1}]},"
    "\"expect\":{\"exit\":0,\"calls\":{\"promote\":1}}}";

/* Of patches, NULL for none; owned. */
static char *compose(const char *first, const char *second)
{
    COG_CLEANUP(cog_json_finish) cJSON *base = cJSON_Parse(base_text);
    COG_CLEANUP(scn_faults_finish) struct scn_faults faults = {0};
    const struct scn_fault_parts parts = {.site = "s", .kind = "k", .phase = "p"};
    const char *const patches[FAULTS_MAX] = {first, second};
    const struct scn_fault *chosen[FAULTS_MAX];
    for (size_t i = 0; i < FAULTS_MAX && patches[i] != NULL; i++) {
        cr_assert(scn_faults_add(&faults, &parts, cJSON_Parse(patches[i])) == COG_OK);
    }
    for (size_t i = 0; i < faults.count; i++) {
        chosen[i] = &faults.items[i];
    }
    const struct scn_composition composition = {
        .name = "n",
        .base = base,
        .faults = chosen,
        .fault_count = faults.count,
        .exit_code = 7,
    };
    char *text = scn_compose_text(&composition, false);
    cr_assert(text != NULL);
    return text;
}

static void expect_composed(const char *first, const char *second, const char *part)
{
    COG_CLEANUP(cog_string_finish) char *text = compose(first, second);
    EXPECT_CONTAINS(text, part);
}

Test(composition, appends_to_the_lists_of_what_goes_wrong)
{
    expect_composed(
        "{\"faults\":[{\"call\":\"status\"}]}", "{\"faults\":[{\"call\":\"token\"}]}",
        "\"faults\":[{\"call\":\"health\"},{\"call\":\"status\"},{\"call\":\"token\"}]");
    expect_composed("{\"client\":{\"kills\":[{\"after_event\":9}]}}", NULL,
                    "\"kills\":[{\"after_event\":1},{\"after_event\":9}]");
    expect_composed("{\"client\":{\"storage\":[{\"file\":\"a\"}]}}",
                    "{\"client\":{\"storage\":[{\"file\":\"b\"}]}}",
                    "\"storage\":[{\"file\":\"a\"},{\"file\":\"b\"}]");
}

Test(composition, replaces_a_list_below_the_server)
{
    COG_CLEANUP(cog_string_finish)
    char *text = compose("{\"server\":{\"job\":{\"timeline\":[{\"at\":\"1s\"}]}}}", NULL);

    EXPECT_CONTAINS(text, "\"timeline\":[{\"at\":\"1s\"}]");
}

Test(composition, merges_objects_and_the_last_patch_wins)
{
    COG_CLEANUP(cog_string_finish)
    char *text = compose("{\"client\":{\"options\":{\"timeout\":\"2m\",\"force\":true}}}",
                         "{\"client\":{\"options\":{\"timeout\":\"3m\"}}}");

    EXPECT_CONTAINS(text, "\"strict\":true");
    EXPECT_CONTAINS(text, "\"force\":true");
    EXPECT_CONTAINS(text, "\"timeout\":\"3m\"");
    EXPECT_LACKS(text, "\"1m\"");
    EXPECT_LACKS(text, "\"2m\"");
}

Test(composition, replaces_what_the_base_expects_and_says_of_itself)
{
    COG_CLEANUP(cog_string_finish) char *text = compose(NULL, NULL);

    EXPECT_CONTAINS(text, "{\"name\":\"n\"");
    EXPECT_CONTAINS(text, "\"expect\":{\"exit\":7}");
    EXPECT_LACKS(text, "\"calls\"");
    EXPECT_LACKS(text, "\"description\"");
    EXPECT_LACKS(text, "\"tags\"");
}

Test(composition, leaves_the_base_and_the_patches_as_they_were)
{
    const char *patch = "{\"faults\":[{\"call\":\"status\"}]}";
    COG_CLEANUP(cog_string_finish) char *once = compose(patch, NULL);
    COG_CLEANUP(cog_json_finish) cJSON *base = cJSON_Parse(base_text);
    COG_CLEANUP(cog_string_finish) char *before = cJSON_PrintUnformatted(base);
    COG_CLEANUP(scn_faults_finish) struct scn_faults faults = {0};
    const struct scn_fault_parts parts = {.site = "s", .kind = "k", .phase = "p"};
    cr_assert(scn_faults_add(&faults, &parts, cJSON_Parse(patch)) == COG_OK);
    const struct scn_fault *fault = faults.items;
    const struct scn_composition composition = {"n", base, &fault, 1, 7};

    for (int i = 0; i < 2; i++) {
        COG_CLEANUP(cog_string_finish) char *text = scn_compose_text(&composition, false);
        cr_assert(text != NULL);
        EXPECT_STR(text, once);
    }

    COG_CLEANUP(cog_string_finish) char *after = cJSON_PrintUnformatted(base);
    EXPECT_STR(after, before);
}
