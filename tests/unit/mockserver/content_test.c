#include "world/content.h"

#include "support/expect.h"

TestSuite(content_generate, .timeout = 5.0);
TestSuite(content_blend, .timeout = 5.0);
TestSuite(content_reserve, .timeout = 5.0);
TestSuite(content_compose, .timeout = 5.0);
TestSuite(content_canonical, .timeout = 5.0);
TestSuite(content_digest, .timeout = 5.0);

static const int some_counts[MOCK_KIND_COUNT] = {4, 2, 1, 0, 0, 3};

static struct mock_content generate(const int counts[MOCK_KIND_COUNT], int version)
{
    struct mock_content content = {0};
    cr_assert(mock_content_generate(counts, version, &content) == COG_OK);
    return content;
}

/* With room for all of both. */
static struct mock_content blend(const struct mock_content *from, const struct mock_content *to,
                                 size_t count)
{
    struct mock_content content = {0};
    cr_assert(mock_content_copy(from, &content) == COG_OK);
    cr_assert(mock_content_reserve(&content, to) == COG_OK);
    mock_content_blend(from, to, count, &content);
    return content;
}

Test(content_generate, changes_every_third_item_with_the_version)
{
    COG_CLEANUP(mock_content_finish) struct mock_content old = generate(some_counts, 6);
    COG_CLEANUP(mock_content_finish) struct mock_content new = generate(some_counts, 7);

    size_t count = mock_content_difference(&old, &new);

    EXPECT_INT(count, 2 + 1 + 1 + 1);
    EXPECT_INT(mock_content_count(&new, MOCK_KIND_INTENT), 4);
    EXPECT_INT(mock_content_count(&new, MOCK_KIND_WEBHOOK), 0);
}

Test(content_blend, takes_the_first_differing_items_only)
{
    COG_CLEANUP(mock_content_finish) struct mock_content old = generate(some_counts, 6);
    COG_CLEANUP(mock_content_finish) struct mock_content new = generate(some_counts, 7);

    COG_CLEANUP(mock_content_finish) struct mock_content mix = blend(&old, &new, 2);

    EXPECT_INT(mock_content_difference(&mix, &new), 3);
    EXPECT_INT(mock_content_revision(&mix, MOCK_KIND_INTENT, 0), 7);
    EXPECT_INT(mock_content_revision(&mix, MOCK_KIND_INTENT, 3), 7);
    EXPECT_INT(mock_content_revision(&mix, MOCK_KIND_ENTITY, 0), 6);
}

Test(content_blend, removes_items_that_the_other_side_lacks)
{
    const int fewer[MOCK_KIND_COUNT] = {1, 0, 0, 0, 0, 0};
    COG_CLEANUP(mock_content_finish) struct mock_content from = generate(some_counts, 6);
    COG_CLEANUP(mock_content_finish) struct mock_content to = generate(fewer, 6);

    COG_CLEANUP(mock_content_finish)
    struct mock_content mix = blend(&from, &to, mock_content_difference(&from, &to));

    EXPECT_INT(mock_content_difference(&mix, &to), 0);
}

Test(content_canonical, sorts_members_and_has_no_white_space)
{
    const int counts[MOCK_KIND_COUNT] = {1, 0, 1, 0, 0, 0};
    COG_CLEANUP(mock_content_finish) struct mock_content content = generate(counts, 6);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    mock_content_append_canonical(&content, &text);

    EXPECT_STR(
        cog_text_string(&text),
        "{\"entities\":[],\"flows\":[{\"id\":\"flow-1\",\"name\":\"Flow 1\",\"revision\":6}],"
        "\"integrations\":[],\"intents\":[{\"id\":\"intent-1\",\"name\":\"Intent 1\","
        "\"revision\":6}],\"variables\":[],\"webhooks\":[]}");
}

Test(content_digest, is_the_sha256_of_the_canonical_form)
{
    COG_CLEANUP(mock_content_finish) struct mock_content content = generate(some_counts, 6);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    mock_content_append_canonical(&content, &text);
    char expected[COG_DIGEST_SIZE];
    cr_assert(cog_digest_sha256(text.bytes, text.length, expected) == COG_OK);

    char digest[COG_DIGEST_SIZE];
    enum cog_code code = mock_content_digest(&content, digest);

    EXPECT_INT(code, COG_OK);
    EXPECT_STR(digest, expected);
}

Test(content_blend, may_write_over_what_it_blends)
{
    COG_CLEANUP(mock_content_finish) struct mock_content now = generate(some_counts, 6);
    COG_CLEANUP(mock_content_finish) struct mock_content wanted = generate(some_counts, 7);

    mock_content_blend(&now, &wanted, 2, &now);

    EXPECT_INT(mock_content_difference(&now, &wanted), 3);
}

Test(content_reserve, keeps_the_items_and_adds_none)
{
    const int more[MOCK_KIND_COUNT] = {9, 9, 9, 9, 9, 9};
    COG_CLEANUP(mock_content_finish) struct mock_content content = generate(some_counts, 6);
    COG_CLEANUP(mock_content_finish) struct mock_content same = generate(some_counts, 6);
    COG_CLEANUP(mock_content_finish) struct mock_content other = generate(more, 7);
    char before[COG_DIGEST_SIZE];
    char after[COG_DIGEST_SIZE];
    cr_assert(mock_content_digest(&same, before) == COG_OK);

    cr_assert(mock_content_reserve(&content, &other) == COG_OK);

    cr_assert(mock_content_digest(&content, after) == COG_OK);
    EXPECT_STR(after, before);
    EXPECT_INT(mock_content_count(&content, MOCK_KIND_INTENT), 4);
    mock_content_set(&content, MOCK_KIND_WEBHOOK, 8, 3);
    EXPECT_INT(mock_content_revision(&content, MOCK_KIND_WEBHOOK, 8), 3);
    EXPECT_INT(mock_content_revision(&content, MOCK_KIND_WEBHOOK, 9), 0);
}

Test(content_digest, is_another_one_after_a_change)
{
    COG_CLEANUP(mock_content_finish) struct mock_content content = generate(some_counts, 6);
    char before[COG_DIGEST_SIZE];
    char between[COG_DIGEST_SIZE];
    char after[COG_DIGEST_SIZE];
    cr_assert(mock_content_digest(&content, before) == COG_OK);
    const int revision = mock_content_revision(&content, MOCK_KIND_INTENT, 0);

    mock_content_set(&content, MOCK_KIND_INTENT, 0, revision + 1);
    cr_assert(mock_content_digest(&content, between) == COG_OK);
    mock_content_set(&content, MOCK_KIND_INTENT, 0, revision);
    cr_assert(mock_content_digest(&content, after) == COG_OK);

    cr_expect(strcmp(before, between) != 0, "it is the one from before the change");
    EXPECT_STR(after, before);
}

Test(content_compose, takes_each_kind_from_its_own_part)
{
    COG_CLEANUP(mock_content_finish) struct mock_content old = generate(some_counts, 6);
    COG_CLEANUP(mock_content_finish) struct mock_content new = generate(some_counts, 7);
    const struct mock_content *const parts[MOCK_KIND_COUNT] = {&new, &old, &old, &old, &old, &new};

    COG_CLEANUP(mock_content_finish) struct mock_content mix = {0};
    cr_assert(mock_content_compose(parts, &mix) == COG_OK);

    EXPECT_INT(mock_content_revision(&mix, MOCK_KIND_INTENT, 0), 7);
    EXPECT_INT(mock_content_revision(&mix, MOCK_KIND_FLOW, 0), 6);
    EXPECT_INT(mock_content_revision(&mix, MOCK_KIND_VARIABLE, 0), 7);
}
