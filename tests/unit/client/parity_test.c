#include <cogpromote/parity.h>

#include "support/expect.h"

TestSuite(parity, .timeout = 5.0);

static const struct cog_promotion_request EVERYTHING = {
    .resolve_dependencies = true,
    .sync_configuration = true,
    .include_webhooks = true,
    .include_integrations = true,
};

static const struct cog_metrics METRICS = {
    .is_measured = true,
    .intents = 12,
    .entities = 5,
    .flows = 4,
    .webhooks = 2,
    .integrations = 1,
    .variables = 6,
    .content_digest = "abc",
    .version = "7",
};

/** The score in ten-thousandths, so that it compares exactly. */
static int64_t score(const struct cog_parity *parity)
{
    return (int64_t)(parity->score * 10000.0 + 0.5);
}

Test(parity_compute, is_one_when_everything_agrees)
{
    struct cog_parity parity = {0};

    cog_parity_compute(&METRICS, &METRICS, &EVERYTHING, &parity);

    EXPECT_INT(parity.is_measured, true);
    EXPECT_INT(score(&parity), 10000);
    EXPECT_STR(parity.differences, "");
}

Test(parity_compute, is_not_measured_when_one_side_is_not)
{
    struct cog_metrics missing = {0};
    struct cog_parity parity = {.is_measured = true};

    cog_parity_compute(&METRICS, &missing, &EVERYTHING, &parity);

    EXPECT_INT(parity.is_measured, false);
}

Test(parity_compute, is_the_share_of_items_that_agree_and_names_the_others)
{
    struct cog_metrics target = METRICS;
    target.intents = 10;
    struct cog_parity parity = {0};

    cog_parity_compute(&METRICS, &target, &EVERYTHING, &parity);

    EXPECT_INT(score(&parity), 8750); /* Seven of eight: six counts, version, digest. */
    EXPECT_STR(parity.differences, "intents 12 and 10");
}

Test(parity_compute, sees_other_content_behind_equal_counts)
{
    struct cog_metrics target = METRICS;
    target.content_digest[0] = 'x';
    struct cog_parity parity = {0};

    cog_parity_compute(&METRICS, &target, &EVERYTHING, &parity);

    EXPECT_INT(score(&parity), 8750);
    EXPECT_CONTAINS(parity.differences, "content digest");
}

Test(parity_compute, does_not_count_what_was_not_to_be_copied)
{
    static const struct {
        struct cog_promotion_request request;
        struct cog_metrics target;
    } rows[] = {
        {{.sync_configuration = true, .include_webhooks = true, .include_integrations = true},
         {.intents = 1, .entities = 1, .webhooks = 2, .integrations = 1, .variables = 6}},
        {{.resolve_dependencies = true},
         {.intents = 12, .entities = 5, .webhooks = 9, .integrations = 9, .variables = 9}},
        {{.resolve_dependencies = true, .sync_configuration = true},
         {.intents = 12, .entities = 5, .webhooks = 9, .integrations = 9, .variables = 6}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_metrics target = rows[i].target;
        target.is_measured = true;
        target.flows = METRICS.flows;
        struct cog_parity parity = {0};

        cog_parity_compute(&METRICS, &target, &rows[i].request, &parity);

        EXPECT_INT(score(&parity), 10000);
    }
}

Test(parity_compute, does_not_compare_what_only_one_side_tells)
{
    struct cog_metrics target = METRICS;
    target.version[0] = '\0';
    target.content_digest[0] = '\0';
    struct cog_parity parity = {0};

    cog_parity_compute(&METRICS, &target, &EVERYTHING, &parity);

    EXPECT_INT(score(&parity), 10000);
}

Test(parity_kinds, lists_every_count_of_both_environments)
{
    const struct cog_parity_sides sides = {.source = METRICS, .target = {.flows = 9}};
    struct cog_parity_kind kinds[COG_PARITY_KIND_COUNT];

    cog_parity_kinds(&sides, kinds);

    static const struct cog_parity_kind expected[] = {
        {"intents", 12, 0}, {"entities", 5, 0},     {"flows", 4, 9},
        {"webhooks", 2, 0}, {"integrations", 1, 0}, {"variables", 6, 0},
    };
    for (size_t i = 0; i < COG_PARITY_KIND_COUNT; i++) {
        EXPECT_STR(kinds[i].name, expected[i].name);
        EXPECT_INT(kinds[i].source, expected[i].source);
        EXPECT_INT(kinds[i].target, expected[i].target);
    }
}
