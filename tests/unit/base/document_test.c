#include <cogbase/document.h>

#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

TestSuite(document_parse, .timeout = 5.0);
TestSuite(document_read, .timeout = 5.0);
TestSuite(document_locate, .timeout = 5.0);
TestSuite(document_fail, .timeout = 5.0);

static struct cog_document parse(const char *text)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("file", text, strlen(text), &document, &error), COG_OK, error);
    return document;
}

struct complaint {
    const char *text;
    const char *message;
};

static void expect_complaints(const struct complaint *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cog_document document = {0};
        struct cog_error error = {0};

        const enum cog_code code =
            cog_document_parse("f", rows[i].text, strlen(rows[i].text), &document, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s gives %d", rows[i].text, (int)code);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(document.root == NULL, true);
    }
}

Test(document_parse, takes_everything_that_json_has)
{
    COG_CLEANUP(cog_document_finish)
    struct cog_document document = parse(
        " {\"a\": [1, -2.5e+3, 0, 0.5E-1], \"b\": {}, \"c\": [], \"d\": [true, false, null],\r\n"
        "\t\"e\": \"\\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9 \\uD83D\\ude00 \xE2\x82\xAC\"} ");

    EXPECT_INT(cJSON_GetArraySize(document.root), 5);
    EXPECT_STR(cJSON_GetObjectItem(document.root, "e")->valuestring,
               "\" \\ / \b\f\n\r\t \xC3\xA9 \xF0\x9F\x98\x80 \xE2\x82\xAC");
    EXPECT_STR(document.name, "file");
}

Test(document_parse, takes_comments_out_but_not_of_strings)
{
    COG_CLEANUP(cog_document_finish)
    struct cog_document document =
        parse("// first\n{/* a * / b **/\"url\": \"https://x/*y*/\", // \"quoted\n"
              "\"q\": \"\\\"//\" /* two\nlines */}// last");

    EXPECT_STR(cJSON_GetObjectItem(document.root, "url")->valuestring, "https://x/*y*/");
    EXPECT_STR(cJSON_GetObjectItem(document.root, "q")->valuestring, "\"//");
    EXPECT_LACKS(document.text, "first");
    EXPECT_LACKS(document.text, "lines");
}

Test(document_parse, says_what_is_wrong_with_the_structure_and_where)
{
    static const struct complaint rows[] = {
        {"", "f:1:1: expected an object, which begins with '{', found the end of the file"},
        {"[]", "f:1:1: expected an object, which begins with '{', found '['"},
        {"\xEF\xBB\xBF{}", "f:1:1: a byte order mark, expected UTF-8 without one"},
        {"{", "f:1:2: expected a key in double quotes, found the end of the file"},
        {"{a: 1}", "f:1:2: expected a key in double quotes, found 'a'"},
        {"{'a': 1}", "f:1:2: expected a key in double quotes, found '''"},
        {"{\n \"a\" 1}", "f:2:6: expected ':' after a key, found '1'"},
        {"{\"a\":}", "f:1:6: expected a value, found '}'"},
        {"{\"a\": 1\n \"b\": 2}", "f:2:2: expected ',' or '}', found '\"'"},
        {"{\"a\": 1,}", "f:1:9: expected a key in double quotes, found '}'"},
        {"{\"a\": [1,]}", "f:1:10: expected a value, found ']'"},
        {"{\"a\": [1 2]}", "f:1:10: expected ',' or ']', found '2'"},
        {"{\"a\": [1}", "f:1:9: expected ',' or ']', found '}'"},
        {"{\"a\": 1", "f:1:8: expected ',' or '}', found the end of the file"},
        {"{}\n{}", "f:2:1: expected the end of the file, found '{'"},
        {"{\"a\": tru}", "f:1:7: expected a value, found 't'"},
        {"{\"a\": nul", "f:1:7: expected a value, found 'n'"},
        {"{\"a\": False}", "f:1:7: expected a value, found 'F'"},
        {"{\"a\": \xC3\xA9}", "f:1:7: expected a value, found '\xC3\xA9'"},
        {"{\"a\": \x01}", "f:1:7: expected a value, found byte 0x01"},
        {"{\"a\": \xFF}", "f:1:7: expected a value, found byte 0xFF"},
        {"{} /* open\n", "f:1:4: unterminated comment"},
        {"{} /*/", "f:1:4: unterminated comment"},
        {"{} /", "f:1:4: expected the end of the file, found '/'"},
    };
    expect_complaints(rows, sizeof rows / sizeof rows[0]);
}

Test(document_parse, says_what_is_wrong_with_a_number)
{
    static const struct complaint rows[] = {
        {"{\"a\": 01}", "f:1:7: a number cannot begin with 0"},
        {"{\"a\": -01}", "f:1:7: a number cannot begin with 0"},
        {"{\"a\": -}", "f:1:8: expected a digit, found '}'"},
        {"{\"a\": 1.}", "f:1:9: expected a digit, found '}'"},
        {"{\"a\": 1e}", "f:1:9: expected a digit, found '}'"},
        {"{\"a\": 1e+}", "f:1:10: expected a digit, found '}'"},
        {"{\"a\": +1}", "f:1:7: expected a value, found '+'"},
        {"{\"a\": .5}", "f:1:7: expected a value, found '.'"},
        {"{\"a\": 0x1}", "f:1:8: expected ',' or '}', found 'x'"},
        {"{\"a\": 1234567890123456789012345678901234567890123456789012345678901234}",
         "f:1:7: a number of more than 63 characters"},
    };
    expect_complaints(rows, sizeof rows / sizeof rows[0]);
}

Test(document_parse, says_what_is_wrong_with_a_string)
{
    static const struct complaint rows[] = {
        {"{\"a\": \"x}", "f:1:7: unterminated string"},
        {"{\"a\": \"x\n\"}", "f:1:7: unterminated string"},
        {"{\"a\n\": 1}", "f:1:2: unterminated string"},
        {"{\"a\": \"x\ty\"}", "f:1:9: control character in a string, write it as \\u0009"},
        {"{\"a\": \"\\q\"}", "f:1:9: expected one of \" \\ / b f n r t u after '\\', found 'q'"},
        {"{\"a\": \"\\u12g4\"}", "f:1:12: expected four hexadecimal digits after '\\u', found 'g'"},
        {"{\"a\": \"\\u0000\"}", "f:1:8: a string cannot hold '\\u0000'"},
        {"{\"a\": \"\\ud83d\"}", "f:1:8: half of a surrogate pair"},
        {"{\"a\": \"\\ud83d\\u0041\"}", "f:1:8: half of a surrogate pair"},
        {"{\"a\": \"\\ude00\"}", "f:1:8: half of a surrogate pair"},
        {"{\"a\": \"\xC0\x80\"}", "f:1:8: byte 0xC0 is not UTF-8"},
        {"{\"a\": \"\\", "f:1:9: expected one of \" \\ / b f n r t u after '\\', "
                         "found the end of the file"},
    };
    expect_complaints(rows, sizeof rows / sizeof rows[0]);
}

Test(document_parse, refuses_a_key_that_is_there_twice)
{
    static const struct complaint rows[] = {
        {"{\"a\": 1,\n \"b\": 2,\n \"a\": 3}", "f:3:2: duplicate key 'a'"},
        {"{\"o\": [{\"k\": 1, \"z\": 0, \"\\u006b\": 2}]}", "f:1:25: duplicate key 'k'"},
    };
    expect_complaints(rows, sizeof rows / sizeof rows[0]);
    COG_CLEANUP(cog_document_finish)
    struct cog_document document = parse("{\"a\": {\"a\": 1}, \"A\": 2}");
    EXPECT_INT(cJSON_GetArraySize(document.root), 2);
}

/* An object, with arrays inside. */
static void build_nested(struct cog_text *text, int depth)
{
    cog_text_append(text, "{\"a\":");
    for (int i = 1; i < depth; i++) {
        cog_text_append(text, "[");
    }
    for (int i = 1; i < depth; i++) {
        cog_text_append(text, "]");
    }
    cog_text_append(text, "}");
}

Test(document_parse, refuses_deeper_nesting_than_its_limit)
{
    COG_CLEANUP(cog_text_finish) struct cog_text deepest = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text deeper = {0};
    struct cog_document refused = {0};
    struct cog_error error = {0};
    build_nested(&deepest, 64);
    build_nested(&deeper, 65);

    COG_CLEANUP(cog_document_finish) struct cog_document document = parse(deepest.bytes);
    EXPECT_INT(cJSON_GetArraySize(document.root), 1);
    const enum cog_code code =
        cog_document_parse("f", deeper.bytes, deeper.length, &refused, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "f:1:69: nested deeper than 64");
}

Test(document_parse, counts_neighbours_as_no_deeper)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, "{\"a\": [[]");
    for (int i = 0; i < 100; i++) {
        cog_text_append(&text, ", {}");
    }
    cog_text_append(&text, "]}");

    COG_CLEANUP(cog_document_finish) struct cog_document document = parse(text.bytes);

    EXPECT_INT(cJSON_GetArraySize(document.root->child), 101);
}

Test(document_parse, refuses_a_text_over_its_limit)
{
    const size_t length = (size_t)COG_DOCUMENT_LENGTH_MAX + 1;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_document document = {0};
    struct cog_error error = {0};
    cog_text_append_format(&text, "{}%*s", (int)length - 2, "");

    EXPECT_INT(cog_document_parse("f", text.bytes, length, &document, &error), COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "f: longer than 1048576 bytes");
    ASSERT_CODE(cog_document_parse("f", text.bytes, length - 1, &document, &error), COG_OK, error);
    cog_document_finish(&document);
}

Test(document_parse, is_quick_with_the_most_keys_that_fit)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, "{\"first\":0");
    for (int i = 0; i < 90000; i++) {
        cog_text_append_format(&text, ",\"%x\":0", i);
    }
    cog_text_append(&text, "}");

    COG_CLEANUP(cog_document_finish) struct cog_document document = parse(text.bytes);

    EXPECT_INT(cJSON_GetArraySize(document.root), 90001);
}

Test(document_parse, reads_no_further_than_the_length)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct cog_error error = {0};

    const enum cog_code code = cog_document_parse("f", "{}}", 2, &document, &error);

    ASSERT_CODE(code, COG_OK, error);
}

Test(document_parse, refuses_a_nul_byte)
{
    struct cog_document document = {0};
    struct cog_error error = {0};

    EXPECT_INT(cog_document_parse("f", "{}\0{}", 5, &document, &error), COG_ERROR_SYNTAX);

    EXPECT_STR(error.message, "f:1:3: expected the end of the file, found byte 0x00");
}

Test(document_read, reads_a_file_and_names_it)
{
    char path[] = "/tmp/document_test-XXXXXX";
    const int descriptor = mkstemp(path);
    FILE *stream = fdopen(descriptor, "w");
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct cog_error error = {0};
    cr_assert(stream != NULL);
    (void)fputs("{\"a\": 1} // comment\n", stream);
    cr_assert(fclose(stream) == 0);

    const enum cog_code code = cog_document_read(path, &document, &error);

    (void)unlink(path);
    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(document.name, path);
    EXPECT_INT(cJSON_GetArraySize(document.root), 1);
}

Test(document_read, says_why_a_file_cannot_be_read)
{
    static const struct {
        const char *path;
        const char *message;
    } rows[] = {
        {"/tmp/no/such/file", "cannot open '/tmp/no/such/file': No such file or directory"},
        {"/tmp", "cannot read '/tmp': not a regular file"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_document document = {0};
        struct cog_error error = {0};

        const enum cog_code code = cog_document_read(rows[i].path, &document, &error);

        EXPECT_INT(code, COG_ERROR_STORAGE);
        EXPECT_STR(error.message, rows[i].message);
    }
}

static void expect_position(const struct cog_document *document, const cJSON *node, int line,
                            int column)
{
    int actual_line = 0;
    int actual_column = 0;
    cr_assert(node != NULL);
    cog_document_locate(document, node, &actual_line, &actual_column);
    EXPECT_INT(actual_line, line);
    EXPECT_INT(actual_column, column);
}

Test(document_locate, gives_the_place_of_each_value)
{
    COG_CLEANUP(cog_document_finish)
    struct cog_document document = parse("/* x */ {\n"
                                         "  \"a\": [1, \"]\\\"\",\n"
                                         "        {}, {\"deep\" : /* y */ null}], // z\n"
                                         "  \"b\\\"\\\\\":\n"
                                         "    true\n"
                                         "}\n");
    const cJSON *array = cJSON_GetObjectItem(document.root, "a");

    expect_position(&document, document.root, 1, 9);
    expect_position(&document, array, 2, 8);
    expect_position(&document, cJSON_GetArrayItem(array, 0), 2, 9);
    expect_position(&document, cJSON_GetArrayItem(array, 1), 2, 12);
    expect_position(&document, cJSON_GetArrayItem(array, 2), 3, 9);
    expect_position(&document, cJSON_GetArrayItem(array, 3), 3, 13);
    expect_position(&document, cJSON_GetArrayItem(array, 3)->child, 3, 31);
    expect_position(&document, cJSON_GetObjectItem(document.root, "b\"\\"), 5, 5);
}

Test(document_fail, puts_the_place_in_front_of_the_text)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = parse("{\n\"a\": 1}");
    struct cog_error error = {0};

    const enum cog_code code =
        cog_document_fail(&document, document.root->child, &error, "not %d", 2);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "file:2:6: not 2");
    EXPECT_STR(error.cause, "");
}
