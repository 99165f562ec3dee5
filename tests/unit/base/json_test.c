#include <cogbase/json.h>

#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

TestSuite(json_parse_object, .timeout = 5.0);
TestSuite(json_field, .timeout = 5.0);
TestSuite(json_integer, .timeout = 5.0);
TestSuite(json_add_text, .timeout = 5.0);
TestSuite(json_print, .timeout = 5.0);

static cJSON *parse(const char *text)
{
    cJSON *json = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_json_parse_object(text, strlen(text), &json, &error), COG_OK, error);
    return json;
}

Test(json_parse_object, takes_an_object_with_space_around)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = parse(" {\"a\": 1} \r\n\t");

    EXPECT_INT(cJSON_GetArraySize(json), 1);
}

Test(json_parse_object, reads_no_further_than_the_length)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    struct cog_error error = {0};

    const enum cog_code code = cog_json_parse_object("{}garbage", 2, &json, &error);

    ASSERT_CODE(code, COG_OK, error);
}

Test(json_parse_object, refuses_everything_else)
{
    static const struct {
        const char *text;
        size_t length;
        const char *message;
    } rows[] = {
        {"", 0, "expected a JSON object, not an empty text"},
        {"[1]", 3, "expected a JSON object, not an array"},
        {"null", 4, "expected a JSON object, not null"},
        {"\"x\"", 3, "expected a JSON object, not a string"},
        {"{\"a\":}", 6, "expected a JSON object, found an error at byte 5"},
        {"{} x", 4, "expected a JSON object, found an error at byte 2"},
        {"{}\0", 3, "expected a JSON object, found an error at byte 2"},
        {"<html>", 6, "expected a JSON object, found an error at byte 0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cJSON *json = NULL;
        struct cog_error error = {0};

        const enum cog_code code =
            cog_json_parse_object(rows[i].text, rows[i].length, &json, &error);

        EXPECT_INT(code, COG_ERROR_PROTOCOL);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(json == NULL, true);
    }
}

Test(json_field, is_read_by_its_type)
{
    COG_CLEANUP(cog_json_finish)
    cJSON *json = parse("{\"s\": \"text\", \"i\": 42, \"n\": 0.5, \"b\": true, \"null\": null}");
    struct cog_error error = {0};
    const char *string = NULL;
    const char *optional = "old";
    char copy[5];
    int64_t integer = 0;
    double number = 0;
    bool boolean = false;

    ASSERT_CODE(cog_json_string(json, "s", &string, &error), COG_OK, error);
    ASSERT_CODE(cog_json_string_optional(json, "s", &optional, &error), COG_OK, error);
    ASSERT_CODE(cog_json_string_copy(json, "s", copy, sizeof copy, &error), COG_OK, error);
    ASSERT_CODE(cog_json_integer(json, "i", 0, 42, &integer, &error), COG_OK, error);
    ASSERT_CODE(cog_json_number(json, "n", &number, &error), COG_OK, error);
    ASSERT_CODE(cog_json_boolean(json, "b", &boolean, &error), COG_OK, error);

    EXPECT_STR(string, "text");
    EXPECT_STR(optional, "text");
    EXPECT_STR(copy, "text");
    EXPECT_INT(integer, 42);
    EXPECT_INT(number * 10, 5);
    EXPECT_INT(boolean, true);
}

Test(json_field, that_is_missing_is_an_error_that_names_it)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = parse("{\"EXPIRES_IN\": 1}");
    const char *string = "old";
    char copy[8] = "old";
    int64_t integer = 7;
    double number = 7;
    bool boolean = true;
    struct cog_error errors[5] = {0};

    EXPECT_INT(cog_json_string(json, "expires_in", &string, &errors[0]), COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_string_copy(json, "expires_in", copy, sizeof copy, &errors[1]),
               COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_integer(json, "expires_in", 0, 9, &integer, &errors[2]),
               COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_number(json, "expires_in", &number, &errors[3]), COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_boolean(json, "expires_in", &boolean, &errors[4]), COG_ERROR_PROTOCOL);

    for (size_t i = 0; i < 5; i++) {
        EXPECT_STR(errors[i].message, "field 'expires_in' is missing");
    }
    EXPECT_STR(string, "old");
    EXPECT_STR(copy, "old");
    EXPECT_INT(integer, 7);
    EXPECT_INT(number, 7);
    EXPECT_INT(boolean, true);
}

Test(json_field, of_another_type_is_an_error_that_names_both)
{
    COG_CLEANUP(cog_json_finish)
    cJSON *json = parse("{\"s\": \"1\", \"n\": 1, \"o\": {}, \"a\": [], \"z\": null}");
    const char *string = NULL;
    int64_t integer = 7;
    double number = 7;
    bool boolean = true;
    struct cog_error errors[5] = {0};

    EXPECT_INT(cog_json_string(json, "n", &string, &errors[0]), COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_string_optional(json, "o", &string, &errors[1]), COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_integer(json, "s", 0, 9, &integer, &errors[2]), COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_number(json, "a", &number, &errors[3]), COG_ERROR_PROTOCOL);
    EXPECT_INT(cog_json_boolean(json, "z", &boolean, &errors[4]), COG_ERROR_PROTOCOL);

    EXPECT_STR(errors[0].message, "field 'n' is a number, expected a string");
    EXPECT_STR(errors[1].message, "field 'o' is an object, expected a string");
    EXPECT_STR(errors[2].message, "field 's' is a string, expected a number");
    EXPECT_STR(errors[3].message, "field 'a' is an array, expected a number");
    EXPECT_STR(errors[4].message, "field 'z' is null, expected a boolean");
}

Test(json_field, that_is_optional_may_be_absent_or_null)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = parse("{\"error\": null}");
    struct cog_error error = {0};
    const char *null_string = "old";
    const char *absent_string = "old";

    ASSERT_CODE(cog_json_string_optional(json, "error", &null_string, &error), COG_OK, error);
    ASSERT_CODE(cog_json_string_optional(json, "other", &absent_string, &error), COG_OK, error);

    EXPECT_INT(null_string == NULL, true);
    EXPECT_INT(absent_string == NULL, true);
}

Test(json_field, that_does_not_fit_its_buffer_is_an_error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = parse("{\"id\": \"12345\"}");
    char buffer[5] = "old";
    struct cog_error error = {0};

    const enum cog_code code = cog_json_string_copy(json, "id", buffer, sizeof buffer, &error);

    EXPECT_INT(code, COG_ERROR_PROTOCOL);
    EXPECT_STR(error.message, "field 'id' is longer than 4 bytes");
    EXPECT_STR(buffer, "old");
}

Test(json_field, that_is_not_finite_is_an_error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = parse("{\"n\": 1e999}");
    double number = 7;
    struct cog_error error = {0};

    const enum cog_code code = cog_json_number(json, "n", &number, &error);

    EXPECT_INT(code, COG_ERROR_PROTOCOL);
    EXPECT_STR(error.message, "field 'n' is not a finite number");
    EXPECT_INT(number, 7);
}

Test(json_integer, refuses_fractions_and_what_is_out_of_range)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{\"n\": 1.5}", "field 'n' is 1.5, expected a whole number from 0 to 100"},
        {"{\"n\": -1}", "field 'n' is -1, expected a whole number from 0 to 100"},
        {"{\"n\": 101}", "field 'n' is 101, expected a whole number from 0 to 100"},
        {"{\"n\": 1e999}", "field 'n' is inf, expected a whole number from 0 to 100"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_json_finish) cJSON *json = parse(rows[i].text);
        int64_t integer = 7;
        struct cog_error error = {0};

        const enum cog_code code = cog_json_integer(json, "n", 0, 100, &integer, &error);

        EXPECT_INT(code, COG_ERROR_PROTOCOL);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(integer, 7);
    }
}

Test(json_add_text, writes_what_there_is_none_of_as_null)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    cr_assert(cog_json_add_text(object, "a", "x") && cog_json_add_text(object, "b", ""));
    ASSERT_CODE(cog_json_print(object, &text, &error), COG_OK, error);

    EXPECT_STR(text, "{\"a\":\"x\",\"b\":null}");
}

Test(json_print, takes_a_missing_object_for_missing_memory)
{
    char *text = NULL;
    struct cog_error error = {0};

    EXPECT_INT(cog_json_print(NULL, &text, &error), COG_ERROR_MEMORY);
    EXPECT_STR(error.message, "out of memory");
    EXPECT_INT(text == NULL, true);
}
