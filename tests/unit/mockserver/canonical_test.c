#include "world/canonical.h"

#include "support/expect.h"

TestSuite(canonical_append, .timeout = 5.0);

static void json_finish(cJSON **json)
{
    cJSON_Delete(*json);
}

Test(canonical_append, gives_the_form_of_rfc_8785)
{
    static const struct {
        const char *text;
        const char *canonical;
    } rows[] = {
        {"{ }", "{}"},
        {"[ ]", "[]"},
        {"{\"b\": 1, \"a\": [2, {\"d\": 3, \"c\": 4}], \"B\": null}",
         "{\"B\":null,\"a\":[2,{\"c\":4,\"d\":3}],\"b\":1}"},
        {"{\"10\": 1, \"9\": 2, \"\": 3}", "{\"\":3,\"10\":1,\"9\":2}"},
        {"[1.0, -0, 1e3, 3000000000, 123456789012345, true, false]",
         "[1,0,1000,3000000000,123456789012345,true,false]"},
        {"\"\\u0008\\t\\n\\f\\r\\\"\\\\\\/\\u001F\\u00e9\"",
         "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u001f\xc3\xa9\""},
        {"{\"a\\\"b\": 1}", "{\"a\\\"b\":1}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(json_finish) cJSON *json = cJSON_Parse(rows[i].text);
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
        mock_canonical_append(json, NULL, &text);
        EXPECT_STR(cog_text_string(&text), rows[i].canonical);
    }
}

Test(canonical_append, leaves_out_one_member_of_the_outermost_object_only)
{
    COG_CLEANUP(json_finish)
    cJSON *json = cJSON_Parse("{\"digest\": 1, \"a\": {\"digest\": 2}}");
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    mock_canonical_append(json, "digest", &text);

    EXPECT_STR(cog_text_string(&text), "{\"a\":{\"digest\":2}}");
}
