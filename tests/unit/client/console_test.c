#include "console.h"

#include "support/expect.h"

#include <stdlib.h>

TestSuite(console, .timeout = 5.0);

/** A console into memory. */
struct stage {
    struct cog_clock_virtual clock;
    struct cog_preferences preferences;
    struct cog_console console;
    char *text;
    size_t length;
    FILE *stream;
};

static void stage_open(struct stage *stage, bool is_live)
{
    stage->stream = open_memstream(&stage->text, &stage->length);
    cr_assert(stage->stream != NULL);
    const struct cog_console_options options = {
        .stream = stage->stream,
        .terminal = {.is_live = is_live, .descriptor = -1, .columns = 80},
        .clock = cog_clock_virtual(&stage->clock),
        .preferences = &stage->preferences,
    };
    cog_console_init(&stage->console, &options);
}

static const char *shown(struct stage *stage)
{
    (void)fflush(stage->stream);
    return stage->text;
}

static void stage_close(struct stage *stage)
{
    cog_console_finish(&stage->console);
    (void)fclose(stage->stream);
    free(stage->text);
}

static void enter(struct stage *stage, const char *step)
{
    const struct cog_log_field field = {.key = "name", .value = step};
    cog_log_write(cog_console_log(&stage->console), COG_LOG_INFO, "step", &field, 1);
}

static void wait_until(struct stage *stage, int64_t due_ms)
{
    enum cog_code code = cog_clock_sleep_until(cog_console_clock(&stage->console), due_ms, NULL);
    cr_assert(code == COG_OK);
}

Test(console, says_every_30_seconds_that_it_still_waits)
{
    struct stage stage = {0};
    stage_open(&stage, false);
    enter(&stage, "ready");

    wait_until(&stage, 29000);
    EXPECT_STR(shown(&stage), "    0.0s    checking that the target is quiet and answers\n");
    for (int64_t due_ms = 35000; due_ms <= 95000; due_ms += 5000) {
        wait_until(&stage, due_ms);
    }

    EXPECT_STR(shown(&stage), "    0.0s    checking that the target is quiet and answers\n"
                              "   30.0s    still checking that the target is quiet and answers\n"
                              "   60.0s    still checking that the target is quiet and answers\n"
                              "   90.0s    still checking that the target is quiet and answers\n");
    stage_close(&stage);
}

Test(console, has_no_heartbeat_soon_after_something_was_said)
{
    struct stage stage = {0};
    stage_open(&stage, false);
    wait_until(&stage, 25000);
    enter(&stage, "follow");

    wait_until(&stage, 54000);

    EXPECT_STR(shown(&stage), "   25.0s    following the job\n");
    stage_close(&stage);
}

Test(console, moves_the_time_of_a_live_line_each_second_instead_of_heartbeats)
{
    struct stage stage = {0};
    stage_open(&stage, true);
    enter(&stage, "follow");

    wait_until(&stage, 40000);

    EXPECT_CONTAINS(shown(&stage), "\r1s  following the job\033[K\r2s  following");
    EXPECT_CONTAINS(shown(&stage), "\r40s  following the job\033[K");
    EXPECT_LACKS(shown(&stage), "still");
    stage_close(&stage);
}

Test(console, says_nothing_but_errors_when_it_is_quiet)
{
    for (int is_live = 0; is_live < 2; is_live++) {
        struct stage stage = {.preferences = {.is_quiet = true}};
        stage_open(&stage, is_live == 1);
        struct cog_log log = cog_console_log(&stage.console);

        enter(&stage, "follow");
        cog_log_write(log, COG_LOG_WARNING, "failure", NULL, 0);
        wait_until(&stage, 60000);
        EXPECT_STR(shown(&stage), "");
        cog_log_write(log, COG_LOG_ERROR, "audit-failed", NULL, 0);

        EXPECT_STR(shown(&stage), "   60.0s  ! audit-failed\n");
        stage_close(&stage);
    }
}

Test(console, tells_what_is_for_debugging_only_when_it_is_verbose)
{
    for (int is_verbose = 0; is_verbose < 2; is_verbose++) {
        struct stage stage = {.preferences = {.is_verbose = is_verbose == 1}};
        stage_open(&stage, false);

        cog_log_write(cog_console_log(&stage.console), COG_LOG_DEBUG, "request", NULL, 0);

        EXPECT_STR(shown(&stage), is_verbose == 1 ? "    0.0s    request\n" : "");
        stage_close(&stage);
    }
}

Test(console, writes_json_lines_and_heartbeats_without_control_characters_when_asked_to)
{
    struct stage stage = {.preferences = {.log_format = COG_LOG_FORMAT_JSON}};
    stage_open(&stage, true);
    enter(&stage, "follow");

    wait_until(&stage, 30000);

    EXPECT_STR(shown(&stage), "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"info\",\"event\":"
                              "\"step\",\"name\":\"follow\"}\n"
                              "{\"time\":\"1970-01-01T00:00:30Z\",\"level\":\"info\",\"event\":"
                              "\"waiting\",\"step\":\"follow\"}\n");
    stage_close(&stage);
}

Test(console, draws_lines_only_where_progress_is_plain)
{
    struct stage stage = {.preferences = {.progress = COG_PROGRESS_PLAIN}};
    stage_open(&stage, true);
    enter(&stage, "follow");

    wait_until(&stage, 30000);

    EXPECT_STR(shown(&stage), "    0.0s    following the job\n"
                              "   30.0s    still following the job\n");
    stage_close(&stage);
}

Test(console, tells_no_progress_and_no_heartbeats_where_progress_is_none)
{
    struct stage stage = {.preferences = {.progress = COG_PROGRESS_NONE}};
    stage_open(&stage, true);
    enter(&stage, "follow");
    cog_log_write(cog_console_log(&stage.console), COG_LOG_INFO, "job-progress", NULL, 0);

    wait_until(&stage, 60000);

    EXPECT_STR(shown(&stage), "    0.0s    following the job\n");
    stage_close(&stage);
}
