#include <cogpromote/log.h>

#include "support/expect.h"

#include <criterion/criterion.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

TestSuite(log_write, .timeout = 5.0);
TestSuite(log_text, .timeout = 5.0);
TestSuite(log_json, .timeout = 5.0);

/* Remembers the last event, as far as these tests look at it. */
struct recorder {
    int count;
    size_t field_count;
    char last_key[16];
};

static void record(void *context, const struct cog_log_event *event)
{
    struct recorder *recorder = context;
    recorder->count++;
    recorder->field_count = event->field_count;
    if (event->field_count > 0) {
        (void)snprintf(recorder->last_key, sizeof recorder->last_key, "%s",
                       event->fields[event->field_count - 1].key);
    }
}

static const struct cog_log_ops recorder_ops = {.write = record};

/* What one of the two sinks of this library wrote. */
struct output {
    char *bytes;
    size_t length;
    FILE *stream;
    struct cog_clock_virtual clock;
};

static void output_init(struct output *output)
{
    output->stream = open_memstream(&output->bytes, &output->length);
    cr_assert(output->stream != NULL);
    cog_clock_virtual_init(&output->clock, INT64_C(784111777000));
    cog_clock_virtual_advance(&output->clock, 13345);
}

static void output_finish(struct output *output)
{
    (void)fclose(output->stream);
    free(output->bytes);
}

/* The line for one field of that value. */
static void write_text(struct output *output, const char *value)
{
    struct cog_log_text sink = {
        .stream = output->stream,
        .clock = cog_clock_virtual(&output->clock),
        .start_ms = 1000,
    };
    const struct cog_log_field field = {"call", value};
    cog_log_write(cog_log_text(&sink), COG_LOG_WARNING, "retry", &field, 1);
}

static void write_json(struct output *output, const char *value)
{
    struct cog_log_json sink = {
        .stream = output->stream,
        .clock = cog_clock_virtual(&output->clock),
    };
    const struct cog_log_field field = {"call", value};
    cog_log_write(cog_log_json(&sink), COG_LOG_WARNING, "retry", &field, 1);
}

Test(log_write, leaves_out_fields_without_a_value)
{
    struct recorder recorder = {0};
    const struct cog_log_field fields[] = {{"a", "1"}, {"b", NULL}, {"c", "3"}, {"d", NULL}};

    cog_log_write((struct cog_log){&recorder_ops, &recorder}, COG_LOG_INFO, "step", fields, 4);

    EXPECT_INT(recorder.count, 1);
    EXPECT_INT(recorder.field_count, 2);
    EXPECT_STR(recorder.last_key, "c");
}

Test(log_write, takes_an_event_without_fields)
{
    struct recorder recorder = {0};

    cog_log_write((struct cog_log){&recorder_ops, &recorder}, COG_LOG_INFO, "step", NULL, 0);

    EXPECT_INT(recorder.count, 1);
    EXPECT_INT(recorder.field_count, 0);
}

Test(log_write, without_a_sink_is_silent)
{
    cog_log_write((struct cog_log){0}, COG_LOG_ERROR, "step", NULL, 0);
}

Test(log_write, names_each_level)
{
    EXPECT_STR(cog_log_level_name(COG_LOG_DEBUG), "debug");
    EXPECT_STR(cog_log_level_name(COG_LOG_INFO), "info");
    EXPECT_STR(cog_log_level_name(COG_LOG_WARNING), "warning");
    EXPECT_STR(cog_log_level_name(COG_LOG_ERROR), "error");
}

Test(log_text, writes_a_line_with_the_elapsed_time)
{
    struct output output;
    output_init(&output);

    write_text(&output, "promote");

    EXPECT_STR(output.bytes, "  12.345s warning retry call=promote\n");
    output_finish(&output);
}

Test(log_text, quotes_values_that_could_be_misread)
{
    static const struct {
        const char *value;
        const char *written;
    } rows[] = {
        {"", "\"\""},
        {"two words", "\"two words\""},
        {"a=b", "\"a=b\""},
        {"say \"x\"", "\"say \\\"x\\\"\""},
        {"back\\slash", "\"back\\\\slash\""},
        {"line\nnext\r\t", "\"line\\nnext\\r\\t\""},
        {"\x1b[31mred", "\"\\u001b[31mred\""},
        {"del\x7f", "\"del\\u007f\""},
        {"csi\xC2\x9B", "\"csi\\u009b\""},
        {"raw\x9B", "\"raw\\ufffd\""},
        {"gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F"},
        {"nbsp\xC2\xA0", "nbsp\xC2\xA0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct output output;
        output_init(&output);

        write_text(&output, rows[i].value);

        char expected[128];
        (void)snprintf(expected, sizeof expected, "  12.345s warning retry call=%s\n",
                       rows[i].written);
        EXPECT_STR(output.bytes, expected);
        output_finish(&output);
    }
}

/* RFC 3629: overlong forms, surrogates, too large, torn and stray bytes. */
Test(log_text, replaces_what_is_not_utf8)
{
    static const char *const rows[] = {
        "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xE2\x82", "\x80",         "\xFF",         "\xF5\x80\x80\x80", "\xC3(",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct output output;
        output_init(&output);

        write_text(&output, rows[i]);

        EXPECT_CONTAINS(output.bytes, "call=\"\\ufffd");
        output_finish(&output);
    }
}

Test(log_text, leaves_out_what_is_below_its_level)
{
    struct output output;
    output_init(&output);
    struct cog_log_text sink = {
        .stream = output.stream,
        .level_min = COG_LOG_WARNING,
        .clock = cog_clock_virtual(&output.clock),
    };

    cog_log_write(cog_log_text(&sink), COG_LOG_INFO, "quiet", NULL, 0);
    cog_log_write(cog_log_text(&sink), COG_LOG_WARNING, "loud", NULL, 0);

    EXPECT_STR(output.bytes, "  13.345s warning loud\n");
    output_finish(&output);
}

Test(log_json, writes_one_object_a_line)
{
    struct output output;
    output_init(&output);

    write_json(&output, "two\nlines \x1b \"\xC3\xBC\"");

    EXPECT_STR(output.bytes,
               "{\"time\":\"1994-11-06T08:49:50.345Z\",\"level\":\"warning\",\"event\":\"retry\","
               "\"call\":\"two\\nlines \\u001b \\\"\xC3\xBC\\\"\"}\n");
    output_finish(&output);
}

Test(log_json, is_read_back_by_a_json_parser)
{
    static const char *const rows[] = {"", "\\", "\x01\x1f\x7f", "\xC2\x80", "\xFF", "a/b"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct output output;
        output_init(&output);

        write_json(&output, rows[i]);

        cJSON *json = cJSON_Parse(output.bytes);
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, "call");
        cr_expect(cJSON_IsString(value), "row %zu: %s", i, output.bytes);
        EXPECT_STR(cJSON_GetStringValue(value), rows[i][0] == '\xFF' ? "\xEF\xBF\xBD" : rows[i]);
        cJSON_Delete(json);
        output_finish(&output);
    }
}

Test(log_json, leaves_out_what_is_below_its_level)
{
    struct output output;
    output_init(&output);
    struct cog_log_json sink = {
        .stream = output.stream,
        .level_min = COG_LOG_ERROR,
        .clock = cog_clock_virtual(&output.clock),
    };

    cog_log_write(cog_log_json(&sink), COG_LOG_WARNING, "quiet", NULL, 0);
    (void)fflush(output.stream);

    EXPECT_INT(output.length, 0);
    output_finish(&output);
}
