#include "basic.h"

#include "secret.h"
#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(basic_format, .timeout = 5.0);

static void expect_value(const char *id, const char *secret, enum cog_basic_encoding encoding,
                         const char *expected)
{
    COG_CLEANUP(cog_secret_finish) char *value = NULL;
    struct cog_error error = {0};

    const enum cog_code code = cog_basic_format(id, secret, encoding, &value, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(value, expected);
}

Test(basic_format, encodes_as_a_form_before_base64)
{
    expect_value("CLIENT_ID??", "CLIENT_SECRET??", COG_BASIC_FORM,
                 "Basic Q0xJRU5UX0lEJTNGJTNGOkNMSUVOVF9TRUNSRVQlM0YlM0Y=");
}

Test(basic_format, leaves_everything_as_it_is_when_raw)
{
    expect_value("Aladdin", "open sesame", COG_BASIC_RAW, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

Test(basic_format, writes_a_space_as_a_plus_and_a_colon_as_a_code)
{
    /* "a%3Ab:c+%2B~-._" */
    expect_value("a:b", "c +~-._", COG_BASIC_FORM, "Basic YSUzQWI6YyslMkJ+LS5f");
}

Test(basic_format, takes_an_empty_secret)
{
    expect_value("id", "", COG_BASIC_FORM, "Basic aWQ6");
}
