#include "v1/encoding.h"

#include <cogbase/text.h>

#include "support/expect.h"

TestSuite(percent_decode, .timeout = 5.0);
TestSuite(form_find, .timeout = 5.0);
TestSuite(base64_decode, .timeout = 5.0);

Test(percent_decode, keeps_a_plus_in_paths_and_makes_it_a_space_in_forms)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    COG_CLEANUP(cog_string_finish) char *form = NULL;

    cr_assert(mock_percent_decode(MOCK_ENCODING_PATH, "a+b%2Fc", 7, &path) == COG_OK);
    cr_assert(mock_percent_decode(MOCK_ENCODING_FORM, "a+b%2fc", 7, &form) == COG_OK);

    EXPECT_STR(path, "a+b/c");
    EXPECT_STR(form, "a b/c");
}

Test(percent_decode, refuses_malformed_escapes_and_nul)
{
    static const char *const texts[] = {"%", "a%2", "%zz", "%2x", "a%00b"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *decoded = NULL;
        enum cog_code code =
            mock_percent_decode(MOCK_ENCODING_PATH, texts[i], strlen(texts[i]), &decoded);
        cr_expect(code == COG_ERROR_SYNTAX && decoded == NULL, "%s", texts[i]);
    }
}

Test(form_find, finds_the_first_field_of_that_name_and_decodes_it)
{
    static const struct {
        const char *form;
        const char *expected;
    } rows[] = {
        {"scope=a+b", "a b"},     {"x=1&scope=a%20b", "a b"}, {"sc%6fpe=z", "z"},
        {"scope=1&scope=2", "1"}, {"scope=a=b", "a=b"},       {"scope", ""},
        {"&&scope=", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_string_finish) char *value = NULL;
        cr_assert(mock_form_find(rows[i].form, "scope", &value) == COG_OK);
        cr_expect(value != NULL && strcmp(value, rows[i].expected) == 0, "%s", rows[i].form);
    }
}

Test(form_find, leaves_an_absent_field_null)
{
    char *value = NULL;

    cr_expect(mock_form_find("scopes=a&x", "scope", &value) == COG_OK);
    cr_expect_null(value);
}

Test(base64_decode, decodes_the_known_answer_of_the_contract)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;

    cr_assert(mock_base64_decode("Q0xJRU5UX0lEJTNGJTNGOkNMSUVOVF9TRUNSRVQlM0YlM0Y=", &text) ==
              COG_OK);

    EXPECT_STR(text, "CLIENT_ID%3F%3F:CLIENT_SECRET%3F%3F");
}

Test(base64_decode, refuses_what_is_not_base64)
{
    static const char *const texts[] = {"a", "abc", "ab=c", "ab===", "a*bc", "AAAA", "YQ==YQ=="};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *text = NULL;
        cr_expect(mock_base64_decode(texts[i], &text) == COG_ERROR_SYNTAX, "%s", texts[i]);
    }
}
