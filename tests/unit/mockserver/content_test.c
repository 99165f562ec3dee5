#include "world/content.h"

#include "support/expect.h"

TestSuite(content_generate, .timeout = 5.0);
TestSuite(content_blend, .timeout = 5.0);
TestSuite(content_canonical, .timeout = 5.0);
TestSuite(content_digest, .timeout = 5.0);

static const int some_counts[MOCK_KIND_COUNT] = {4, 2, 1, 0, 0, 3};

Test(content_generate, changes_every_third_item_with_the_version)
{
    struct mock_content old = mock_content_generate(some_counts, 6);
    struct mock_content new = mock_content_generate(some_counts, 7);

    size_t count = mock_content_difference(&old, &new);

    EXPECT_INT(count, 2 + 1 + 1 + 1);
    EXPECT_INT(mock_content_count(&new, MOCK_KIND_INTENT), 4);
    EXPECT_INT(mock_content_count(&new, MOCK_KIND_WEBHOOK), 0);
}

Test(content_blend, takes_the_first_differing_items_only)
{
    struct mock_content old = mock_content_generate(some_counts, 6);
    struct mock_content new = mock_content_generate(some_counts, 7);

    struct mock_content blend = mock_content_blend(&old, &new, 2);

    EXPECT_INT(mock_content_difference(&blend, &new), 3);
    EXPECT_INT(blend.revisions[MOCK_KIND_INTENT][0], 7);
    EXPECT_INT(blend.revisions[MOCK_KIND_INTENT][3], 7);
    EXPECT_INT(blend.revisions[MOCK_KIND_ENTITY][0], 6);
}

Test(content_blend, removes_items_that_the_other_side_lacks)
{
    const int fewer[MOCK_KIND_COUNT] = {1, 0, 0, 0, 0, 0};
    struct mock_content from = mock_content_generate(some_counts, 6);
    struct mock_content to = mock_content_generate(fewer, 6);

    struct mock_content blend = mock_content_blend(&from, &to, mock_content_difference(&from, &to));

    EXPECT_INT(mock_content_difference(&blend, &to), 0);
}

Test(content_canonical, sorts_members_and_has_no_white_space)
{
    const int counts[MOCK_KIND_COUNT] = {1, 0, 1, 0, 0, 0};
    struct mock_content content = mock_content_generate(counts, 6);
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
    struct mock_content content = mock_content_generate(some_counts, 6);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    mock_content_append_canonical(&content, &text);
    char expected[COG_DIGEST_SIZE];
    cr_assert(cog_digest_sha256(text.bytes, text.length, expected) == COG_OK);

    char digest[COG_DIGEST_SIZE];
    enum cog_code code = mock_content_digest(&content, digest);

    EXPECT_INT(code, COG_OK);
    EXPECT_STR(digest, expected);
}
