#include "session/progress.h"

#include "session/clip.h"

enum {
    INTERVAL_MS = 50,
    TEXT_WIDTH = 48, /* Of 80 columns, behind the counts: a line that wraps cannot be taken back. */
};

void scn_progress_show(struct scn_progress *progress, const char *text, int64_t now_ms)
{
    const bool is_due = !progress->is_shown || now_ms - progress->shown_ms >= INTERVAL_MS;
    if (progress->stream == NULL || !is_due) {
        return;
    }
    (void)fprintf(progress->stream, "\r\033[K%zu/%zu, %zu failed  %.*s", progress->done_count,
                  progress->total_count, progress->failed_count, scn_clip_measure(text, TEXT_WIDTH),
                  text);
    (void)fflush(progress->stream);
    progress->shown_ms = now_ms;
    progress->is_shown = true;
}

void scn_progress_clear(struct scn_progress *progress)
{
    if (progress->is_shown) {
        (void)fputs("\r\033[K", progress->stream);
        (void)fflush(progress->stream);
        progress->is_shown = false;
    }
}
