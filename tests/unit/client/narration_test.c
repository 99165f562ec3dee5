#include "narration.h"

#include "support/expect.h"

#include <stdlib.h>

TestSuite(narration, .timeout = 5.0);

/** A narration into memory, on a clock that stands until it is moved. */
struct stage {
    struct cog_clock_virtual clock;
    struct cog_narration narration;
    char *text; /**< What was written until the last `shown`. */
    size_t length;
    FILE *stream;
};

static struct cog_log stage_open(struct stage *stage, struct cog_terminal terminal)
{
    stage->stream = open_memstream(&stage->text, &stage->length);
    cr_assert(stage->stream != NULL);
    stage->narration = (struct cog_narration){
        .stream = stage->stream,
        .terminal = terminal,
        .clock = cog_clock_virtual(&stage->clock),
        .level_min = COG_LOG_INFO,
        .has_progress = true,
    };
    return cog_narration(&stage->narration);
}

static const char *shown(struct stage *stage)
{
    (void)fflush(stage->stream);
    return stage->text;
}

static void stage_close(struct stage *stage)
{
    (void)fclose(stage->stream);
    free(stage->text);
}

static struct cog_terminal terminal_of(int columns)
{
    return (struct cog_terminal){.is_live = true, .descriptor = -1, .columns = columns};
}

static void tell(struct cog_log log, const char *event, const char *key, const char *value)
{
    const struct cog_log_field field = {.key = key, .value = value};
    cog_log_write(log, COG_LOG_INFO, event, &field, 1);
}

static void tell_progress(struct cog_log log, const char *status, const char *progress)
{
    const struct cog_log_field fields[] = {
        {.key = "job_id", .value = "job-1"},
        {.key = "status", .value = status},
        {.key = "progress", .value = progress},
    };
    cog_log_write(log, COG_LOG_INFO, "job-progress", fields, 3);
}

Test(narration, tells_steps_and_progress_in_lines_without_a_terminal)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, (struct cog_terminal){0});

    tell(log, "step", "name", "follow");
    cog_clock_virtual_advance(&stage.clock, 1500);
    tell_progress(log, "running", "50.0");

    EXPECT_STR(shown(&stage), "    0.0s    following the job\n"
                              "    1.5s    job job-1 [##########..........]  50 % running\n");
    stage_close(&stage);
}

Test(narration, writes_no_control_characters_without_a_terminal_whatever_a_peer_says)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, (struct cog_terminal){0});

    tell(log, "failure", "reason", "red \x1b[31m\x07\r alert \x9b");
    tell(log, "step", "name", "bad\x1b[2J");
    tell(log, "unheard-of", "key",
         "a\x1b"
         "b\nc");
    const struct cog_log_field fields[] = {
        {.key = "job_id", .value = "job\x1b[2J"},
        {.key = "status", .value = "run\x1bning"},
    };
    cog_log_write(log, COG_LOG_INFO, "job-progress", fields, 2);
    tell(log, "waiting", "step", "bad");

    for (const char *byte = shown(&stage); *byte != '\0'; byte++) {
        bool is_shown = *byte == '\n' || ((unsigned char)*byte >= ' ' && *byte != '\x7F');
        cr_expect(is_shown, "byte %d in the output", (unsigned char)*byte);
    }
    EXPECT_CONTAINS(shown(&stage), "unheard-of key=a?b?c\n");
    stage_close(&stage);
}

Test(narration, says_what_goes_wrong_in_words)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, (struct cog_terminal){0});
    const struct cog_log_field refused[] = {
        {.key = "call", .value = "health"},
        {.key = "status", .value = "503"},
        {.key = "error", .value = NULL},
        {.key = "delay_ms", .value = "1000"},
    };
    const struct cog_log_field lost[] = {
        {.key = "call", .value = "health"},
        {.key = "error", .value = "unreachable"},
        {.key = "delay_ms", .value = "39"},
    };
    const struct cog_log_field stopped[] = {
        {.key = "call", .value = "health"},
        {.key = "reason", .value = "attempts"},
    };

    cog_log_write(log, COG_LOG_WARNING, "retry", refused, 4);
    cog_log_write(log, COG_LOG_WARNING, "retry", lost, 3);
    cog_log_write(log, COG_LOG_WARNING, "retry-stopped", stopped, 2);
    tell(log, "webhook-failed", "reason", "nobody listens");

    EXPECT_STR(shown(&stage), "    0.0s  ! call health was answered with 503; again in 1000 ms\n"
                              "    0.0s  ! call health failed: unreachable; again in 39 ms\n"
                              "    0.0s  ! call health is not sent again: attempts\n"
                              "    0.0s    the webhook is not delivered: nobody listens\n");
    stage_close(&stage);
}

Test(narration, redraws_one_line_on_a_terminal)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, terminal_of(80));
    tell(log, "step", "name", "follow");
    tell_progress(log, "running", "10.0");
    size_t before = strlen(shown(&stage));
    cog_clock_virtual_advance(&stage.clock, 62000);

    tell_progress(log, "running", "60.0");

    EXPECT_STR(shown(&stage) + before,
               "\r[############........]  60 %  1m2s  following the job  job job-1\033[K");
    stage_close(&stage);
}

Test(narration, prints_everything_else_above_the_line)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, terminal_of(80));
    tell(log, "step", "name", "follow");
    size_t before = strlen(shown(&stage));

    tell(log, "audit-written", "x", NULL);

    EXPECT_STR(shown(&stage) + before, "\r\033[K"
                                       "    0.0s    the audit record is written\n"
                                       "\r0s  following the job\033[K");
    stage_close(&stage);
}

Test(narration, keeps_a_line_of_each_new_status_on_a_terminal)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, terminal_of(80));

    tell_progress(log, "running", "10.0");
    tell_progress(log, "running", "60.0");
    tell_progress(log, "failed", "60.0");

    EXPECT_CONTAINS(shown(&stage), " 10 % running\n");
    EXPECT_LACKS(shown(&stage), " 60 % running\n");
    EXPECT_CONTAINS(shown(&stage), " 60 % failed\n");
    stage_close(&stage);
}

Test(narration, cuts_the_line_to_the_width_between_whole_characters)
{
    static const struct {
        int columns;
        const char *line;
    } rows[] = {
        {9, "\r0s  caf\033[K"}, /* Eight columns; the fourth letter may take two. */
        {80, "\r0s  caf\xC3\xA9 verifying\033[K"},
        {1, "\r\033[K"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct stage stage = {0};
        struct cog_log log = stage_open(&stage, terminal_of(rows[i].columns));

        tell(log, "step", "name", "caf\xC3\xA9 verifying");

        static const char ABOVE[] = "    0.0s    caf\xC3\xA9 verifying\n";
        EXPECT_STR(shown(&stage) + strlen(ABOVE), rows[i].line);
        stage_close(&stage);
    }
}

Test(narration, draws_the_line_only_when_it_is_another)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, terminal_of(80));
    tell(log, "step", "name", "follow");
    size_t before = strlen(shown(&stage));

    cog_log_write(log, COG_LOG_DEBUG, "request", NULL, 0);
    cog_narration_redraw(&stage.narration);

    EXPECT_STR(shown(&stage) + before, "");
    stage_close(&stage);
}

Test(narration, takes_the_line_away_at_the_end_once)
{
    struct stage stage = {0};
    struct cog_log log = stage_open(&stage, terminal_of(80));
    tell(log, "step", "name", "follow");
    size_t before = strlen(shown(&stage));

    cog_narration_finish(&stage.narration);
    cog_narration_finish(&stage.narration);

    EXPECT_STR(shown(&stage) + before, "\r\033[K");
    stage_close(&stage);
}

Test(narration, draws_nothing_more_once_it_is_interrupted)
{
    struct stage stage = {0};
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    struct cog_log log = stage_open(&stage, terminal_of(80));
    stage.narration.cancel = cancel;
    tell(log, "step", "name", "follow");
    size_t before = strlen(shown(&stage));
    cog_cancel_request(cancel);

    cog_narration_redraw(&stage.narration);
    tell(log, "step", "name", "rollback");

    EXPECT_STR(shown(&stage) + before, "\r\033[K"
                                       "    0.0s    rolling back\n");
    stage_close(&stage);
    cog_cancel_destroy(cancel);
}

Test(narration, colours_warnings_and_errors_only_where_there_are_colours)
{
    static const struct {
        bool has_color;
        const char *line;
    } rows[] = {
        {true, "    0.0s  \033[31m! audit-failed\033[0m\n"},
        {false, "    0.0s  ! audit-failed\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct stage stage = {0};
        struct cog_log log =
            stage_open(&stage, (struct cog_terminal){.has_color = rows[i].has_color});

        cog_log_write(log, COG_LOG_ERROR, "audit-failed", NULL, 0);

        EXPECT_STR(shown(&stage), rows[i].line);
        stage_close(&stage);
    }
}
