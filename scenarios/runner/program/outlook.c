#include "program/outlook.h"

#include <cogpromote/clock.h>

#include <stdio.h>
#include <unistd.h>

/* What is there sooner was not run, but read from where an earlier search had kept it. */
enum { RECALL_MS = 20, TEXT_SIZE = SCN_PACE_SIZE + 32 };

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

struct scn_outlook scn_outlook_make(bool is_quiet)
{
    return (struct scn_outlook){
        .progress = {.stream = !is_quiet && isatty(STDERR_FILENO) != 0 ? stderr : NULL},
        .pace = {.begin_ms = now_ms()},
    };
}

/* How many runs it will be, by the tasks that are left: what a task comes to, only it can tell. */
static size_t estimate(const struct scn_pace *pace, const struct scn_search_progress *search)
{
    const size_t made_count = search->run_count - pace->begin_count;
    return pace->begin_count + (size_t)((double)made_count * (double)search->task_count /
                                        (double)(search->done_count > 0 ? search->done_count : 1));
}

void scn_outlook_show(void *outlook, const struct scn_search_progress *search)
{
    struct scn_outlook *this = outlook;
    char pace[SCN_PACE_SIZE];
    char text[TEXT_SIZE];
    const int64_t now = now_ms();
    if (search->depth != this->depth) {
        this->depth = search->depth;
        this->pace = (struct scn_pace){now, search->run_count};
    } else if (now - this->pace.begin_ms < RECALL_MS) {
        this->pace.begin_count = search->run_count;
    }
    this->progress.done_count = search->run_count;
    this->progress.total_count = estimate(&this->pace, search);
    this->progress.failed_count = search->failed_count;
    (void)snprintf(
        text, sizeof text, "%d fault%s: %s", search->depth, search->depth == 1 ? "" : "s",
        scn_pace_format(&this->pace, search->run_count, this->progress.total_count, now, pace));
    scn_progress_show(&this->progress, text, now);
}

void scn_outlook_finish(struct scn_outlook *outlook)
{
    scn_progress_clear(&outlook->progress);
}
