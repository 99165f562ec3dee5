#include "drill/guided/screen_layout.h"

#include "drill/guided/screen_page.h"

#include <string.h>

enum {
    LABEL_COLUMN = 12,   /* Where what a label says begins. */
    COMMAND_COLUMN = 10, /* Behind the time. */
    EXIT_COLUMNS = 12,   /* What stands behind a command. */
    DIGEST_SHOWN = 12,
    BAR_COLUMNS = 20,
    ROOMY_ROWS = 16, /* From here on there are empty rows between. */
    NOTICE_ROWS = 3,
    NOTICE_ROWS_SHORT = 2,
    SHORT_ROWS = 11,       /* From here on a notice may have as many. */
    COMMANDS_LABELLED = 4, /* From so many rows on, one of them is for the label. */
    PERCENT = 100,
    TITLE_RESERVE = 14, /* Columns of what stands beside the title. */
};

void scn_screen_clock_append(struct cog_text *text, int64_t time_ms)
{
    enum { MS = 1000, MINUTE = 60, HOUR = 3600 };
    const int64_t seconds = (time_ms > 0 ? time_ms : 0) / MS;
    if (seconds >= HOUR) {
        cog_text_append_format(text, "%lld:%02d:%02d", (long long)(seconds / HOUR),
                               (int)(seconds % HOUR / MINUTE), (int)(seconds % MINUTE));
        return;
    }
    cog_text_append_format(text, "%d:%02d", (int)(seconds / MINUTE), (int)(seconds % MINUTE));
}

static void put_clock(struct scn_screen_page *page, enum scn_tone tone, int64_t time_ms)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_screen_clock_append(&text, time_ms);
    scn_screen_page_put(page, tone, cog_text_string(&text));
}

static void put_label(struct scn_screen_page *page, const char *label)
{
    scn_screen_page_put(page, SCN_TONE_FAINT, " ");
    scn_screen_page_put(page, SCN_TONE_FAINT, label);
    scn_screen_page_pad(page, SCN_TONE_PLAIN, LABEL_COLUMN);
}

static const char *name_phase(enum scn_phase phase)
{
    switch (phase) {
    case SCN_PHASE_RUNNING:
        return "running";
    case SCN_PHASE_DONE:
        return "over";
    case SCN_PHASE_ABORTED:
        return "aborted";
    }
    return "";
}

static void put_title(struct scn_screen_page *page, const struct scn_screen_view *view)
{
    struct scn_screen_page part = *page;
    part.columns = page->columns - TITLE_RESERVE;
    scn_screen_page_put(&part, SCN_TONE_BAR, " Drill: ");
    scn_screen_page_put(&part, SCN_TONE_BAR, view->title);
    page->column = part.column;
    const char *phase = name_phase(view->status->phase);
    scn_screen_page_pad(page, SCN_TONE_BAR, page->columns - (int)strlen(phase) - 1);
    scn_screen_page_put(page, SCN_TONE_BAR, phase);
    scn_screen_page_put(page, SCN_TONE_BAR, " ");
    scn_screen_page_end_row(page);
}

static void put_times(struct scn_screen_page *page, const struct scn_conductor_status *status)
{
    put_label(page, "time");
    put_clock(page, SCN_TONE_STRONG, status->now_ms);
    scn_screen_page_put(page, SCN_TONE_PLAIN, " since the start");
    if (status->t0_ms >= 0) {
        scn_screen_page_put(page, SCN_TONE_PLAIN, "   ");
        put_clock(page, SCN_TONE_WARNING, status->now_ms - status->t0_ms);
        scn_screen_page_put(page, SCN_TONE_PLAIN, " since the fault");
    }
    scn_screen_page_put(page, SCN_TONE_PLAIN, "   ");
    put_clock(page, SCN_TONE_PLAIN, status->left_ms);
    scn_screen_page_put(page, SCN_TONE_PLAIN, " left");
    scn_screen_page_end_row(page);
}

static void put_target(struct scn_screen_page *page, const struct scn_conductor_status *status)
{
    const char *before = status->target_before;
    const char *now = status->target_now;
    put_label(page, "target");
    if (before[0] == '\0' || now[0] == '\0') {
        scn_screen_page_put(page, SCN_TONE_FAINT, "not known");
        scn_screen_page_end_row(page);
        return;
    }
    const bool is_same = strcmp(before, now) == 0;
    const char *sign = is_same ? "=" : page->is_ascii ? "!=" : "≠";
    scn_screen_page_put_format(page, SCN_TONE_PLAIN, "before %.*s  %s  now %.*s  ", DIGEST_SHOWN,
                               before, sign, DIGEST_SHOWN, now);
    scn_screen_page_put(page, is_same ? SCN_TONE_GOOD : SCN_TONE_WARNING,
                        is_same ? "as before" : "changed");
    scn_screen_page_end_row(page);
}

static void put_bar(struct scn_screen_page *page, double progress)
{
    char bar[BAR_COLUMNS + 1];
    const double share = progress < 0 ? 0 : progress > PERCENT ? PERCENT : progress;
    const int filled = (int)(share * BAR_COLUMNS / PERCENT);
    memset(bar, '.', BAR_COLUMNS);
    memset(bar, '#', (size_t)filled);
    bar[BAR_COLUMNS] = '\0';
    scn_screen_page_put_format(page, SCN_TONE_PLAIN, "  [%s] %d %%", bar, (int)share);
}

/* What its status means for whoever looks at the screen. */
static enum scn_tone choose_job_tone(const char *status)
{
    if (strcmp(status, "completed") == 0 || strcmp(status, "rolled_back") == 0) {
        return SCN_TONE_GOOD;
    }
    const bool is_bad = strcmp(status, "failed") == 0 || strstr(status, "failed") != NULL;
    return is_bad ? SCN_TONE_BAD : SCN_TONE_STRONG;
}

static void put_job(struct scn_screen_page *page, const struct scn_conductor_status *status)
{
    put_label(page, "job");
    if (status->job_id[0] == '\0') {
        scn_screen_page_put(page, SCN_TONE_FAINT, "none yet");
    } else {
        scn_screen_page_put_format(page, SCN_TONE_PLAIN, "%s  ", status->job_id);
        scn_screen_page_put(page, choose_job_tone(status->job_status), status->job_status);
        put_bar(page, status->job_progress);
    }
    scn_screen_page_end_row(page);
}

static void put_sessions(struct scn_screen_page *page, const struct scn_conductor_status *status)
{
    put_label(page, "sessions");
    if (status->sessions < 0) {
        scn_screen_page_put(page, SCN_TONE_FAINT, "not known");
    } else {
        scn_screen_page_put_format(page, SCN_TONE_PLAIN, "%d active in the target",
                                   status->sessions);
    }
    scn_screen_page_end_row(page);
}

static void put_command(struct scn_screen_page *page, const struct scn_typed *typed)
{
    struct scn_screen_page part = *page;
    scn_screen_page_put(&part, SCN_TONE_PLAIN, "  ");
    put_clock(&part, SCN_TONE_FAINT, typed->at_ms);
    scn_screen_page_pad(&part, SCN_TONE_PLAIN, COMMAND_COLUMN);
    part.columns = page->columns - EXIT_COLUMNS;
    scn_screen_page_put(&part, SCN_TONE_PLAIN, typed->line);
    page->column = part.column;
    scn_screen_page_put(page, SCN_TONE_PLAIN, "  ");
    if (typed->until_ms < 0) {
        scn_screen_page_put(page, SCN_TONE_STRONG, "runs");
    } else {
        scn_screen_page_put_format(page, typed->exit_code == 0 ? SCN_TONE_GOOD : SCN_TONE_WARNING,
                                   "exit %d", typed->exit_code);
    }
    scn_screen_page_end_row(page);
}

/* The newest of them, in the order in which they were typed. */
static void put_commands(struct scn_screen_page *page, const struct scn_conductor_status *status,
                         int row_count)
{
    if (row_count < 1) {
        return;
    }
    if (row_count >= COMMANDS_LABELLED || status->typed_count == 0) {
        put_label(page, "you typed");
        if (status->typed_count == 0) {
            scn_screen_page_put(page, SCN_TONE_FAINT, "nothing yet");
        }
        scn_screen_page_end_row(page);
        row_count--;
    }
    const size_t room = (size_t)row_count;
    const size_t first = status->typed_count > room ? status->typed_count - room : 0;
    for (size_t i = first; i < status->typed_count; i++) {
        put_command(page, &status->typed[i]);
    }
}

/* The newest last: it is the one that is wanted where not all have room. */
static void put_hints(struct scn_screen_page *page, const struct scn_conductor_status *status,
                      int row_count)
{
    const int end = page->row + row_count;
    if (row_count < 1) {
        return;
    }
    put_label(page, "hints");
    scn_screen_page_put_format(page, SCN_TONE_PLAIN, "%zu taken, %zu left", status->hints_taken,
                               status->hints_left);
    scn_screen_page_end_row(page);
    for (size_t i = status->hints_taken; i > 0 && page->row < end; i--) {
        scn_screen_page_wrap(page, SCN_TONE_PLAIN, 2, end - page->row, status->hints[i - 1]);
    }
}

static int choose_notice_rows(int rows)
{
    return rows >= ROOMY_ROWS ? NOTICE_ROWS : rows >= SHORT_ROWS ? NOTICE_ROWS_SHORT : 1;
}

/* A hint is told as a notice too, and has its own place. */
static bool is_hint(const struct scn_conductor_status *status)
{
    const char *hint = status->hints_taken > 0 ? status->hints[status->hints_taken - 1] : NULL;
    return hint != NULL && strstr(status->notice, hint) != NULL;
}

static void put_notice(struct scn_screen_page *page, const struct scn_screen_view *view)
{
    const struct scn_conductor_status *status = view->status;
    const bool is_aborted = status->abort_reason[0] != '\0';
    const char *text = is_aborted ? status->abort_reason : is_hint(status) ? "" : status->notice;
    scn_screen_page_wrap(page, is_aborted ? SCN_TONE_BAD : SCN_TONE_WARNING, 1,
                         choose_notice_rows(view->rows), text);
    if (view->environment != NULL) {
        scn_screen_page_put(page, SCN_TONE_PLAIN, " in another terminal:  . ");
        scn_screen_page_put(page, SCN_TONE_STRONG, view->environment);
        scn_screen_page_end_row(page);
    }
}

static const char *choose_keys(const struct scn_screen_view *view)
{
    switch (view->question) {
    case SCN_SCREEN_NO_QUESTION:
        return " h hint   d done   a abort   ? help";
    case SCN_SCREEN_ASKS_DONE:
        return " Is the drill over, and the target as it should be?  y yes   n no";
    case SCN_SCREEN_ASKS_ABORT:
        return " Abort the drill? It is not judged then.  y yes   n no";
    }
    return "";
}

static void put_keys(struct scn_screen_page *page, const struct scn_screen_view *view)
{
    page->row = page->rows - 1;
    page->column = 0;
    scn_screen_page_put(page, SCN_TONE_BAR, choose_keys(view));
    scn_screen_page_pad(page, SCN_TONE_BAR, page->columns);
}

static void put_help(struct scn_screen_page *page, int end)
{
    static const char *const lines[] = {
        "type in the shell: cogpromote promote, status, rollback, resume, cancel, audit, ...",
        "or what these keys do: drill hint, drill status, drill done, drill abort",
        "h  the next hint; each costs points",
        "d  you are done: the drill is judged as it is now",
        "a  abort: everything is stopped, and nothing is judged (q and Ctrl-C too)",
        "?  this help; any key ends it",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0] && page->row < end; i++) {
        scn_screen_page_put(page, SCN_TONE_PLAIN, "  ");
        scn_screen_page_put(page, SCN_TONE_PLAIN, lines[i]);
        scn_screen_page_end_row(page);
    }
}

static void skip_row(struct scn_screen_page *page, const struct scn_screen_view *view)
{
    if (view->rows >= ROOMY_ROWS) {
        scn_screen_page_end_row(page);
    }
}

/* Between what is always there and the keys: what the person did, and the hints. */
static void put_middle(struct scn_screen_page *page, const struct scn_screen_view *view)
{
    const struct scn_conductor_status *status = view->status;
    const int room = page->rows - 1 - page->row;
    if (view->shows_help) {
        put_help(page, page->rows - 1);
        return;
    }
    const bool has_hints = status->hints_taken + status->hints_left > 0;
    int hint_rows = !has_hints || room < 3 ? 0 : status->hints_taken == 0 ? 1 : room / 2;
    put_commands(page, status, room - hint_rows);
    page->column = 0;
    put_hints(page, status, hint_rows);
}

static void put_everything(struct scn_screen_page *page, const struct scn_screen_view *view)
{
    put_title(page, view);
    put_times(page, view->status);
    put_target(page, view->status);
    put_job(page, view->status);
    put_sessions(page, view->status);
    skip_row(page, view);
    put_notice(page, view);
    if (page->row > SCN_SCREEN_ROWS_MIN - 2) {
        skip_row(page, view);
    }
    put_middle(page, view);
    put_keys(page, view);
}

static void put_size(struct scn_screen_page *page)
{
    scn_screen_page_put_format(page, SCN_TONE_WARNING, "%dx%d is too small: %dx%d is needed.",
                               page->columns, page->rows, SCN_SCREEN_COLUMNS_MIN,
                               SCN_SCREEN_ROWS_MIN);
    scn_screen_page_end_row(page);
    scn_screen_page_put(page, SCN_TONE_PLAIN, "The drill goes on.");
}

static int limit(int value, int maximum)
{
    return value > maximum ? maximum : value;
}

void scn_screen_layout_make(const struct scn_screen_view *view,
                            struct scn_screen_layout *out_layout)
{
    *out_layout = (struct scn_screen_layout){0};
    struct scn_screen_page page = {
        .layout = out_layout,
        .columns = limit(view->columns, SCN_SCREEN_COLUMNS_MAX),
        .rows = limit(view->rows, SCN_SCREEN_ROWS_MAX),
        .is_ascii = view->is_ascii,
    };
    if (page.columns < SCN_SCREEN_COLUMNS_MIN || page.rows < SCN_SCREEN_ROWS_MIN) {
        put_size(&page);
        return;
    }
    put_everything(&page, view);
}

void scn_screen_layout_finish(struct scn_screen_layout *layout)
{
    cog_text_finish(&layout->text);
    *layout = (struct scn_screen_layout){0};
}
