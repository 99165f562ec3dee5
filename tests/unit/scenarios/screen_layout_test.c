/* What a person sees of a guided drill. */
#include "drill/guided/screen_layout.h"
#include "support/expect.h"

#include <stdlib.h>

TestSuite(screen_layout, .timeout = 5.0);

static const struct scn_typed typed[] = {
    {.at_ms = 1000, .until_ms = 4000, .exit_code = 6, .line = "cogpromote promote"},
    {.at_ms = 65000, .until_ms = -1, .exit_code = -1, .line = "cogpromote status"},
};
static const char *const hints[] = {"look at the job first"};

static struct scn_conductor_status make_status(void)
{
    return (struct scn_conductor_status){
        .now_ms = 125000,
        .left_ms = 3600000,
        .t0_ms = -1,
        .target_before = "aaaaaaaaaaaaaaaa",
        .target_now = "aaaaaaaaaaaaaaaa",
        .job_id = "job-1",
        .job_status = "running",
        .job_progress = 50,
        .sessions = 3,
        .typed = typed,
        .typed_count = 2,
        .hints = hints,
        .notice = "",
        .abort_reason = "",
    };
}

static struct scn_screen_view make_view(const struct scn_conductor_status *status)
{
    return (struct scn_screen_view){
        .status = status, .title = "job_fails", .columns = 80, .rows = 24};
}

/* All rows, each ended by a line feed, as a terminal would show them. */
static char *show(const struct scn_screen_view *view)
{
    struct scn_screen_layout layout = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    int row = 0;
    scn_screen_layout_make(view, &layout);
    for (size_t i = 0; i < layout.span_count; i++) {
        const struct scn_screen_span *span = &layout.spans[i];
        for (; row < span->row; row++) {
            cog_text_append(&text, "\n");
        }
        cog_text_append_bytes(&text, layout.text.bytes + span->start, span->length);
    }
    cog_text_append(&text, "\n");
    scn_screen_layout_finish(&layout);
    return cog_text_take(&text);
}

static void expect_shown(const struct scn_screen_view *view, const char *part)
{
    COG_CLEANUP(cog_string_finish) char *shown = show(view);
    EXPECT_CONTAINS(shown, part);
}

static void expect_hidden(const struct scn_screen_view *view, const char *part)
{
    COG_CLEANUP(cog_string_finish) char *shown = show(view);
    EXPECT_LACKS(shown, part);
}

/* The longest row, in characters, and how many rows there are. */
static void measure(const char *shown, int *out_columns, int *out_rows)
{
    int columns = 0;
    *out_columns = 0;
    *out_rows = 0;
    for (; *shown != '\0'; shown++) {
        if (*shown == '\n') {
            *out_rows += 1;
            columns = 0;
        } else if (((unsigned char)*shown & 0xc0U) != 0x80U) {
            columns++;
        }
        *out_columns = columns > *out_columns ? columns : *out_columns;
    }
}

Test(screen_layout, shows_the_time_since_the_start_and_what_is_left)
{
    const struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);

    expect_shown(&view, "2:05 since the start   1:00:00 left");
}

Test(screen_layout, shows_the_fault_only_once_it_is_known)
{
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);

    expect_hidden(&view, "since the fault");
    status.t0_ms = 120000;
    expect_shown(&view, "0:05 since the fault");
}

Test(screen_layout, tells_in_words_whether_the_target_has_changed)
{
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);

    expect_shown(&view, "before aaaaaaaaaaaa  =  now aaaaaaaaaaaa  as before");
    status.target_now = "bbbbbbbbbbbbbbbb";
    expect_shown(&view, "before aaaaaaaaaaaa  ≠  now bbbbbbbbbbbb  changed");
    status.target_now = "";
    expect_shown(&view, "target     not known");
}

Test(screen_layout, keeps_to_ascii_where_the_terminal_does)
{
    struct scn_conductor_status status = make_status();
    struct scn_screen_view view = make_view(&status);
    status.target_now = "bbbbbbbbbbbbbbbb";
    status.notice = "größer";
    view.is_ascii = true;

    expect_shown(&view, "!=");
    expect_shown(&view, "gr??er");
}

Test(screen_layout, draws_the_jobs_progress)
{
    const struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);

    expect_shown(&view, "job-1  running  [##########..........] 50 %");
}

Test(screen_layout, tells_what_was_typed_and_how_it_ended)
{
    const struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);

    expect_shown(&view, "0:01    cogpromote promote  exit 6");
    expect_shown(&view, "1:05    cogpromote status  runs");
}

Test(screen_layout, shows_the_hints_that_were_taken)
{
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);
    status.hints_left = 1;

    expect_hidden(&view, "look at the job first");
    status.hints_taken = 1;
    expect_shown(&view, "1 taken, 1 left");
    expect_shown(&view, "look at the job first");
}

Test(screen_layout, asks_in_place_of_the_keys)
{
    const struct scn_conductor_status status = make_status();
    struct scn_screen_view view = make_view(&status);

    expect_shown(&view, "h hint");
    view.question = SCN_SCREEN_ASKS_ABORT;
    expect_shown(&view, "Abort the drill?");
    expect_hidden(&view, "h hint");
}

Test(screen_layout, names_each_phase)
{
    static const char *const names[] = {"running", "over", "aborted"};
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);
    status.job_status = "";

    for (int i = SCN_PHASE_RUNNING; i <= SCN_PHASE_ABORTED; i++) {
        status.phase = (enum scn_phase)i;
        expect_shown(&view, names[i]);
    }
}

Test(screen_layout, tells_why_it_was_aborted)
{
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);
    status.phase = SCN_PHASE_ABORTED;
    status.abort_reason = "the time is up";

    expect_shown(&view, "the time is up");
}

Test(screen_layout, names_the_size_that_it_needs)
{
    const struct scn_conductor_status status = make_status();
    struct scn_screen_view view = make_view(&status);
    view.columns = 40;
    view.rows = 5;

    expect_shown(&view, "40x5 is too small: 60x8 is needed");
    expect_shown(&view, "The drill goes on");
}

Test(screen_layout, never_leaves_the_screen)
{
    static const int sizes[][2] = {{1, 1},   {20, 2},   {60, 8},   {60, 9},   {72, 18},
                                   {80, 24}, {132, 50}, {200, 64}, {400, 200}};
    struct scn_conductor_status status = make_status();
    struct scn_screen_view view = make_view(&status);
    status.notice = "a machine that you worked on is gone, and with it everything that was on it, "
                    "so look at the folder that was moved to another one, wherever that may be now";
    status.hints_taken = 1;
    status.hints_left = 3;
    view.environment = "/a/very/long/path/of/a/folder/that/somebody/has/chosen/for/the/drill/env";

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        COG_CLEANUP(cog_string_finish) char *shown = NULL;
        int columns = 0;
        int rows = 0;
        view.columns = sizes[i][0];
        view.rows = sizes[i][1];
        shown = show(&view);
        measure(shown, &columns, &rows);
        cr_expect(columns <= view.columns && rows <= view.rows, "%dx%d has %dx%d", view.columns,
                  view.rows, columns, rows);
    }
}

Test(screen_layout, shows_the_newest_commands_where_not_all_have_room)
{
    struct scn_typed many[40];
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);
    for (int i = 0; i < 40; i++) {
        many[i] = typed[0];
        many[i].line = i == 39 ? "the newest" : i == 0 ? "the oldest" : "between";
    }
    status.typed = many;
    status.typed_count = 40;

    expect_shown(&view, "the newest");
    expect_hidden(&view, "the oldest");
}

Test(screen_layout, lets_no_text_steer_the_terminal)
{
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);
    status.notice = "red \x1b[31m";

    expect_hidden(&view, "\x1b");
}

Test(screen_layout, tells_a_hint_once_and_any_other_notice_beside_the_hints)
{
    struct scn_conductor_status status = make_status();
    const struct scn_screen_view view = make_view(&status);
    status.hints_taken = 1;
    status.notice = "hint 1 of 2: look at the job first";

    expect_hidden(&view, "hint 1 of 2");
    status.notice = "your client was killed";
    expect_shown(&view, "your client was killed");
}

Test(screen_layout, puts_nothing_into_the_row_of_the_keys)
{
    struct scn_conductor_status status = make_status();
    struct scn_screen_view view = make_view(&status);
    status.typed_count = 0;
    status.notice = "the notice";
    view.environment = "/folder/env";
    view.rows = SCN_SCREEN_ROWS_MIN;

    expect_hidden(&view, "nothing yet");
    expect_shown(&view, "\n h hint");
}
