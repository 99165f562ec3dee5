#include <cogbase/document.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(document_check_keys, .timeout = 5.0);
TestSuite(document_require, .timeout = 5.0);
TestSuite(document_member, .timeout = 5.0);
TestSuite(document_duration, .timeout = 5.0);
TestSuite(document_integer, .timeout = 5.0);
TestSuite(document_word, .timeout = 5.0);

static struct cog_document parse(const char *text)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("f", text, strlen(text), &document, &error), COG_OK, error);
    return document;
}

static const char *const keys[] = {"call", "attempts", NULL};

Test(document_check_keys, takes_known_keys)
{
    COG_CLEANUP(cog_document_finish)
    struct cog_document document = parse("{\"attempts\": 1, \"call\": 2}");
    struct cog_error error = {0};

    const enum cog_code code = cog_document_check_keys(&document, document.root, keys, &error);

    ASSERT_CODE(code, COG_OK, error);
}

Test(document_check_keys, asks_for_the_nearest_key)
{
    COG_CLEANUP(cog_document_finish)
    struct cog_document document = parse("{\n  \"call\": 1, \"attemps\": 1}");
    struct cog_error error = {0};

    const enum cog_code code = cog_document_check_keys(&document, document.root, keys, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "f:2:14: unknown key 'attemps', did you mean 'attempts'?");
}

Test(document_check_keys, lists_the_keys_when_none_is_near)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = parse("{\"x\": 1}");
    struct cog_error error = {0};

    const enum cog_code code = cog_document_check_keys(&document, document.root, keys, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "f:1:2: unknown key 'x', expected one of: call, attempts");
}

Test(document_check_keys, refuses_what_is_no_object)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = parse("{\"a\": [1]}");
    struct cog_error error = {0};

    const enum cog_code code =
        cog_document_check_keys(&document, document.root->child, keys, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "f:1:7: expected an object, not an array");
}

Test(document_require, finds_the_member_or_names_it)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = parse(" {\"a\": 1}");
    struct cog_error error = {0};
    const cJSON *found = NULL;
    const cJSON *missing = NULL;

    ASSERT_CODE(cog_document_require(&document, document.root, "a", &found, &error), COG_OK, error);
    EXPECT_INT(cog_document_require(&document, document.root, "A", &missing, &error),
               COG_ERROR_SYNTAX);

    EXPECT_INT(found == document.root->child, true);
    EXPECT_INT(missing == NULL, true);
    EXPECT_STR(error.message, "f:1:2: 'A' is missing");
}

/* One value of each type that a member can have. */
struct members {
    const char *string;
    int64_t duration_ms;
    int64_t integer;
    double number;
    bool boolean;
    const cJSON *object;
    const cJSON *array;
    int word;
};

static const char *const words[] = {"text", "json", NULL};
static const struct cog_document_range range = {1, 10};

enum { MEMBER_COUNT = 8 };

/* Reads them all, the keys being "0" to "7"; one error each. */
static void read_members(const struct cog_document *document, struct members *members,
                         struct cog_error errors[MEMBER_COUNT])
{
    const cJSON *root = document->root;
    errors[0].code = cog_document_string(document, root, "0", &members->string, &errors[0]);
    errors[1].code = cog_document_duration(document, root, "1", &members->duration_ms, &errors[1]);
    errors[2].code =
        cog_document_integer(document, root, "2", range, &members->integer, &errors[2]);
    errors[3].code = cog_document_number(document, root, "3", &members->number, &errors[3]);
    errors[4].code = cog_document_boolean(document, root, "4", &members->boolean, &errors[4]);
    errors[5].code = cog_document_object(document, root, "5", &members->object, &errors[5]);
    errors[6].code = cog_document_array(document, root, "6", &members->array, &errors[6]);
    errors[7].code = cog_document_word(document, root, "7", words, &members->word, &errors[7]);
}

Test(document_member, is_read_by_its_type)
{
    COG_CLEANUP(cog_document_finish)
    struct cog_document document =
        parse("{\"0\": \"x\", \"1\": \"1.5s\", \"2\": 10, \"3\": -0.5, \"4\": true,"
              " \"5\": {}, \"6\": [], \"7\": \"json\"}");
    struct members members = {0};
    struct cog_error errors[MEMBER_COUNT] = {0};

    read_members(&document, &members, errors);

    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        ASSERT_CODE(errors[i].code, COG_OK, errors[i]);
    }
    EXPECT_STR(members.string, "x");
    EXPECT_INT(members.duration_ms, 1500);
    EXPECT_INT(members.integer, 10);
    EXPECT_INT(members.number * 10, -5);
    EXPECT_INT(members.boolean, true);
    EXPECT_INT(cJSON_IsObject(members.object), true);
    EXPECT_INT(cJSON_IsArray(members.array), true);
    EXPECT_INT(members.word, 1);
}

Test(document_member, that_is_absent_leaves_the_output_as_it_is)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = parse("{}");
    struct members members = {"old", 1, 2, 3, true, document.root, document.root, 7};
    struct cog_error errors[MEMBER_COUNT] = {0};

    read_members(&document, &members, errors);

    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        ASSERT_CODE(errors[i].code, COG_OK, errors[i]);
    }
    EXPECT_STR(members.string, "old");
    EXPECT_INT(members.duration_ms, 1);
    EXPECT_INT(members.integer, 2);
    EXPECT_INT(members.number, 3);
    EXPECT_INT(members.boolean, true);
    EXPECT_INT(members.object == document.root, true);
    EXPECT_INT(members.array == document.root, true);
    EXPECT_INT(members.word, 7);
}

Test(document_member, of_another_type_is_an_error_that_says_where)
{
    static const char *const expected[MEMBER_COUNT] = {
        "f:1:7: '0' must be a string, not null",
        "f:2:7: '1' must be a duration such as \"30s\", \"250ms\" or \"15m\", not a number",
        "f:3:7: '2' must be a whole number, not a string",
        "f:4:7: '3' must be a number, not a boolean",
        "f:5:7: '4' must be true or false, not null",
        "f:6:7: '5' must be an object, not an array",
        "f:7:7: '6' must be an array, not an object",
        "f:8:7: '7' must be a string, not a number",
    };
    COG_CLEANUP(cog_document_finish)
    struct cog_document document =
        parse("{\"0\": null,\n \"1\": 30,\n \"2\": \"1\",\n \"3\": true,\n \"4\": null,\n"
              " \"5\": [],\n \"6\": {},\n \"7\": 1}");
    struct members members = {.string = "old", .integer = 2, .word = 7};
    struct cog_error errors[MEMBER_COUNT] = {0};

    read_members(&document, &members, errors);

    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        EXPECT_INT(errors[i].code, COG_ERROR_SYNTAX);
        EXPECT_STR(errors[i].message, expected[i]);
    }
    EXPECT_STR(members.string, "old");
    EXPECT_INT(members.integer, 2);
    EXPECT_INT(members.word, 7);
}

Test(document_member, that_is_too_large_a_number_is_an_error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = parse("{\"n\": 1e999}");
    double number = 7;
    struct cog_error error = {0};

    const enum cog_code code = cog_document_number(&document, document.root, "n", &number, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "f:1:7: 'n' is too large a number");
    EXPECT_INT(number, 7);
}

Test(document_duration, says_what_was_expected)
{
    COG_CLEANUP(cog_document_finish)
    struct cog_document document = parse("{\"timeout\": \"15 min\"}");
    int64_t timeout_ms = 7;
    struct cog_error error = {0};

    const enum cog_code code =
        cog_document_duration(&document, document.root, "timeout", &timeout_ms, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message,
               "f:1:13: 'timeout': expected a duration such as \"30s\", \"250ms\" or "
               "\"15m\", not '15 min'");
    EXPECT_INT(timeout_ms, 7);
}

Test(document_integer, names_its_limits)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{\"n\": 0}", "f:1:7: 'n' must be a whole number from 1 to 10, not 0"},
        {"{\"n\": 11}", "f:1:7: 'n' must be a whole number from 1 to 10, not 11"},
        {"{\"n\": 1.5}", "f:1:7: 'n' must be a whole number from 1 to 10, not 1.5"},
        {"{\"n\": 1e999}", "f:1:7: 'n' must be a whole number from 1 to 10, not inf"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_document_finish) struct cog_document document = parse(rows[i].text);
        int64_t integer = 7;
        struct cog_error error = {0};

        const enum cog_code code =
            cog_document_integer(&document, document.root, "n", range, &integer, &error);

        EXPECT_INT(code, COG_ERROR_SYNTAX);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(integer, 7);
    }
}

Test(document_word, lists_the_words_and_the_nearest)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{\"output\": \"jsn\"}",
         "f:1:12: 'output' must be one of: text, json; did you mean 'json'?"},
        {"{\"output\": \"yaml\"}", "f:1:12: 'output' must be one of: text, json; not 'yaml'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_document_finish) struct cog_document document = parse(rows[i].text);
        int index = 7;
        struct cog_error error = {0};

        const enum cog_code code =
            cog_document_word(&document, document.root, "output", words, &index, &error);

        EXPECT_INT(code, COG_ERROR_SYNTAX);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(index, 7);
    }
}
