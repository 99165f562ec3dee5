/* Texts of a run as they may be shown. */
#include "forged.h"
#include "report/accident.h"
#include "report/mask.h"
#include "support/expect.h"

#include <stdlib.h>

TestSuite(mask, .timeout = 5.0);

static char *mask_text(const char *const *secrets, const char *string)
{
    struct scn_mask mask = {0};
    const struct scn_facts facts = {.host = "127.0.0.1:4711", .secrets = secrets};
    cr_assert(scn_mask_init(&mask, &facts) == COG_OK);
    char *masked = scn_mask_apply(&mask, string);
    cr_assert(masked != NULL);
    scn_mask_finish(&mask);
    return masked;
}

Test(mask, hides_each_secret_wherever_it_stands)
{
    static const char *const secrets[] = {"dev-secret", "dev-secret-2", "a\"b", NULL};
    static const struct {
        const char *text;
        const char *masked;
    } rows[] = {
        {"nothing here", "nothing here"},
        {"", ""},
        {"dev-secret", "***"},
        {"x dev-secret y dev-secret z", "x *** y *** z"},
        {"dev-secret-2", "***"},
        {"dev-secret-20", "***0"},
        {"{\"k\":\"a\\\"b\"}", "{\"k\":\"***\"}"},
        {"a\"b", "***"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *masked = mask_text(secrets, rows[i].text);

        EXPECT_STR(masked, rows[i].masked);
        free(masked);
    }
}

Test(mask, hides_the_clients_own_secrets_and_the_header_that_carries_one)
{
    struct forged world;
    forged_init_promoted(&world);
    COG_CLEANUP(scn_mask_finish) struct scn_mask mask = {0};
    cr_assert(scn_mask_init(&mask, &world.facts) == COG_OK);

    char *masked = scn_mask_apply(&mask, "dev-secret, Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0, "
                                         "token-0123456789");

    EXPECT_STR(masked, "***, Basic ***, ***");
    free(masked);
}

Test(mask, takes_the_fakes_address_and_checksums_out)
{
    static const char *const secrets[] = {NULL};
    char *masked = mask_text(
        secrets,
        "http://127.0.0.1:4711/x after 12 ms {\"checksum\":\"0123456789abcdef0123456789abcdef"
        "0123456789abcdef0123456789abcdef\"}");

    EXPECT_STR(masked, "http://HOST/x after a while {\"checksum\":\"…\"}");
    free(masked);
}

/* `head`, then `length` times 'x', then `tail`. */
static char *make_long(const char *head, size_t length, const char *tail)
{
    struct cog_text text = {0};
    cog_text_append(&text, head);
    for (size_t i = 0; i < length; i++) {
        cog_text_append(&text, "x");
    }
    cog_text_append(&text, tail);
    char *string = cog_text_take(&text);
    cr_assert(string != NULL);
    return string;
}

Test(mask, cuts_a_long_text_and_says_so)
{
    static const char *const secrets[] = {NULL};
    char *text = make_long("", SCN_MASK_LENGTH_MAX, "ä and the rest");

    char *masked = mask_text(secrets, text);

    cr_expect(strlen(masked) < SCN_MASK_LENGTH_MAX + 64);
    EXPECT_CONTAINS(masked, "x… (cut: 16399 bytes in all)");
    free(masked);
    free(text);
}

Test(mask, leaves_a_text_of_the_full_length_whole)
{
    static const char *const secrets[] = {NULL};
    char *text = make_long("", SCN_MASK_LENGTH_MAX, "");

    char *masked = mask_text(secrets, text);

    EXPECT_STR(masked, text);
    free(masked);
    free(text);
}

Test(mask, shows_no_half_of_a_secret_where_it_cuts)
{
    static const char *const secrets[] = {"dev-secret", NULL};
    for (size_t before = SCN_MASK_LENGTH_MAX - 12; before < SCN_MASK_LENGTH_MAX + 12; before++) {
        char *text = make_long("dev-secret", before - 10,
                               "dev-secret and what follows it, which is long enough");

        char *masked = mask_text(secrets, text);

        EXPECT_LACKS(masked, "dev-s");
        EXPECT_LACKS(masked, "xd");
        free(masked);
        free(text);
    }
}

Test(mask, cuts_two_texts_alike_that_differ_only_by_accident)
{
    static const char *const secrets[] = {NULL};
    char *first = make_long(" after 1 ms ", SCN_MASK_LENGTH_MAX, " ");
    char *second = make_long(" after 123 ms ", SCN_MASK_LENGTH_MAX, " ");

    char *first_masked = mask_text(secrets, first);
    char *second_masked = mask_text(secrets, second);

    EXPECT_STR(first_masked, second_masked);
    free(first_masked);
    free(second_masked);
    free(first);
    free(second);
}

Test(accident, keeps_what_only_looks_like_one)
{
    static const char *const rows[] = {
        "127.0.0.1:47", "after 3 minutes", " after ms", "checksum", "checksum\":\"abc\"", "1 c",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

        scn_accident_append(&text, rows[i], "127.0.0.1:4711");

        EXPECT_STR(cog_text_string(&text), rows[i]);
    }
}

Test(accident, knows_the_address_as_libcurl_writes_it)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_accident_append(&text, "connect to 127.0.0.1 port 4711 failed", "127.0.0.1:4711");

    EXPECT_STR(cog_text_string(&text), "connect to HOST failed");
}
