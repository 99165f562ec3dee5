#include <cogbase/sealed_line.h>

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>

TestSuite(sealed_line, .timeout = 5.0);

/* Computed with Python: json.dumps(sort_keys, no spaces, ensure_ascii=False), and hashlib. */
static const char KNOWN_CHECKSUM[] =
    "73d36fc2ffa19951a2519b96e33642147cb88633afe09482accdd4384446f911";
static const char KNOWN_LINE[] =
    "{\"actor\":\"Zo\xC3\xAB \\\"x\\\"\\n\","
    "\"checksum\":\"73d36fc2ffa19951a2519b96e33642147cb88633afe09482accdd4384446f911\","
    "\"parity_score\":0.9375,\"seq\":7,\"zero\":null}";

static enum cog_code parse(const char *line, char out_checksum[COG_DIGEST_SIZE],
                           struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    return cog_sealed_line_parse(line, strlen(line), &record, out_checksum, error);
}

/** Prints a record of the given members. */
static void expect_printed(const char *members, const char *expected_format)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_Parse(members);
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    char checksum[COG_DIGEST_SIZE];
    struct cog_error error = {0};
    ASSERT_CODE(cog_sealed_line_print(record, checksum, &line, &error), COG_OK, error);
    char expected[512];
    const char *at = strchr(expected_format, '@');
    (void)snprintf(expected, sizeof expected, "%.*s%s%s", (int)(at - expected_format),
                   expected_format, checksum, at + 1);
    EXPECT_STR(line, expected);
    ASSERT_CODE(parse(line, checksum, &error), COG_OK, error);
}

Test(sealed_line, print_gives_the_known_answer)
{
    COG_CLEANUP(cog_json_finish)
    cJSON *record = cJSON_Parse("{\"actor\":\"Zo\xC3\xAB \\\"x\\\"\\n\",\"parity_score\":0.9375,"
                                "\"seq\":7,\"zero\":null}");
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    char checksum[COG_DIGEST_SIZE];
    struct cog_error error = {0};

    enum cog_code code = cog_sealed_line_print(record, checksum, &line, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(checksum, KNOWN_CHECKSUM);
    EXPECT_STR(line, KNOWN_LINE);
}

Test(sealed_line, close_gives_the_known_answer)
{
    static const char before[] = "{\"actor\":\"Zo\xC3\xAB \\\"x\\\"\\n\"";
    static const char behind[] = ",\"parity_score\":0.9375,\"seq\":7,\"zero\":null}";
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    cog_text_append(&text, before);
    cog_text_append(&text, behind);

    enum cog_code code = cog_sealed_line_close(&text, sizeof before - 1, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(cog_text_string(&text), KNOWN_LINE);
}

Test(sealed_line, close_says_that_the_text_before_it_found_no_memory)
{
    struct cog_text text = {.failed = true};
    struct cog_error error = {0};

    EXPECT_INT(cog_sealed_line_close(&text, 0, &error), COG_ERROR_MEMORY);
}

Test(sealed_line, print_puts_the_checksum_where_the_order_of_names_wants_it)
{
    static const char *const rows[][2] = {
        {"{}", "{\"checksum\":\"@\"}"},
        {"{\"kind\":\"x\",\"seq\":1}", "{\"checksum\":\"@\",\"kind\":\"x\",\"seq\":1}"},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"checksum\":\"@\"}"},
        {"{\"a\":1,\"d\":2,\"e\":3}", "{\"a\":1,\"checksum\":\"@\",\"d\":2,\"e\":3}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect_printed(rows[i][0], rows[i][1]);
    }
}

Test(sealed_line, parse_reads_what_print_wrote)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    char checksum[COG_DIGEST_SIZE] = "";
    struct cog_error error = {0};

    enum cog_code code =
        cog_sealed_line_parse(KNOWN_LINE, strlen(KNOWN_LINE), &record, checksum, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(checksum, KNOWN_CHECKSUM);
    COG_CLEANUP(cog_string_finish) char *again = cJSON_PrintUnformatted(record);
    EXPECT_STR(again, KNOWN_LINE);
}

Test(sealed_line, parse_refuses_every_changed_byte)
{
    for (size_t i = 0; i < sizeof KNOWN_LINE - 1; i++) {
        char line[sizeof KNOWN_LINE];
        memcpy(line, KNOWN_LINE, sizeof line);
        line[i] = (char)(line[i] ^ 1);
        char checksum[COG_DIGEST_SIZE];
        struct cog_error error = {0};

        enum cog_code code = parse(line, checksum, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "byte %zu: %s", i, line);
    }
}

Test(sealed_line, parse_says_what_is_wrong)
{
    static const char *const rows[][2] = {
        {"nonsense", "it is not a JSON object"},
        {"[]", "it is not a JSON object"},
        {"{\"a\":1}", "it has no checksum"},
        {"{\"a\":1,\"checksum\":7}", "it has no checksum"},
        {"{\"a\":1,\"checksum\":\"00\"}", "its checksum is of another content"},
        {"{\"a\": 1}", "it is not in its canonical form"},
        {"{\"a\":1} ", "it is not in its canonical form"},
        {"{\"a\":1.0}", "it is not in its canonical form"},
        {"{\"b\":1,\"a\":2}", "it is not in its canonical form"},
        {"{\"a\":1,\"a\":2}", "it is not in its canonical form"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char checksum[COG_DIGEST_SIZE];
        struct cog_error error = {0};

        enum cog_code code = parse(rows[i][0], checksum, &error);

        ASSERT_CODE(code, COG_ERROR_SYNTAX, error);
        EXPECT_STR(error.message, rows[i][1]);
    }
}

Test(sealed_line, parse_knows_one_place_only_for_the_checksum)
{
    char line[256];
    (void)snprintf(line, sizeof line,
                   "{\"checksum\":\"%s\",\"actor\":\"Zo\xC3\xAB \\\"x\\\"\\n\","
                   "\"parity_score\":0.9375,\"seq\":7,\"zero\":null}",
                   KNOWN_CHECKSUM);
    char checksum[COG_DIGEST_SIZE];
    struct cog_error error = {0};

    enum cog_code code = parse(line, checksum, &error);

    ASSERT_CODE(code, COG_ERROR_SYNTAX, error);
}
