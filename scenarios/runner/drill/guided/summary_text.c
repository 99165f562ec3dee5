#include "drill/guided/summary_text.h"

#include "drill/tabletop/wrap.h"

#include <cogbase/duration.h>

#include <stdio.h>

enum { LABEL_SIZE = 128, FIGURE_WIDTH = 26, VALUE_WIDTH = 10, INDENT = 4 };

static const char *name_verdict(const struct scn_guided_summary *summary)
{
    if (summary->evidence->is_aborted) {
        return "ABORTED";
    }
    switch (summary->verdict) {
    case SCN_PASS:
        return "PASSED";
    case SCN_FAIL:
        return "FAILED";
    case SCN_INCONCLUSIVE:
        return "INCONCLUSIVE";
    }
    return "";
}

static void append_wrapped(struct cog_text *text, const struct scn_guided_summary *summary,
                           const char *label, const char *string)
{
    const struct scn_paragraph paragraph = {
        .label = label,
        .indent = INDENT,
        .width = summary->width,
    };
    if (string != NULL && string[0] != '\0') {
        scn_wrap_append(text, &paragraph, string);
    }
}

static void append_head(struct cog_text *text, const struct scn_guided_summary *summary)
{
    const struct scn_drill *drill = summary->drill;
    const struct scn_score *score = &summary->rehearsal->score;
    cog_text_append_format(text, "\n%s", name_verdict(summary));
    if (!summary->evidence->is_aborted) {
        cog_text_append_format(text, ", %d of 100 points (%d are needed", score->points,
                               drill->pass_mark);
        if (score->hint_cost > 0) {
            cog_text_append_format(text, ", hints cost %d", score->hint_cost);
        }
        cog_text_append(text, ")");
    }
    cog_text_append(text, "\n");
    append_wrapped(text, summary, summary->was_secret ? "  The drill was: " : "  ",
                   drill->scenario.name);
    if (summary->was_secret) {
        append_wrapped(text, summary, "  Its id: ", drill->id);
        append_wrapped(text, summary, "  Its hypothesis: ", drill->hypothesis);
    }
    if (summary->evidence->is_aborted) {
        append_wrapped(text, summary, "  Why: ", summary->evidence->abort_reason);
    } else if (score->failed_check != NULL) {
        append_wrapped(text, summary, "  Failed whatever the points: ", score->failed_check);
    }
}

static const char *format_value(enum scn_figure_id id, int64_t value,
                                char buffer[COG_DURATION_TEXT_SIZE])
{
    if (value < 0) {
        (void)snprintf(buffer, COG_DURATION_TEXT_SIZE, "-");
    } else if (scn_figure_is_duration(id)) {
        (void)cog_duration_format(value, buffer);
    } else {
        (void)snprintf(buffer, COG_DURATION_TEXT_SIZE, "%lld", (long long)value);
    }
    return buffer;
}

static const char *judge_value(int64_t value, bool is_open, int64_t target)
{
    if (is_open) {
        return target < 0 ? "  and still so at the end" : "  MISSED: still so at the end";
    }
    if (target < 0) {
        return "";
    }
    return value < 0 ? "  not reached" : value <= target ? "  met" : "  MISSED";
}

static void append_figures(struct cog_text *text, const struct scn_guided_summary *summary)
{
    cog_text_append(text, "\n");
    for (int i = 0; i < SCN_FIGURE_COUNT; i++) {
        const enum scn_figure_id id = (enum scn_figure_id)i;
        const struct scn_figure *figure = &summary->rehearsal->figures.items[i];
        const int64_t value = figure->server >= 0 ? figure->server : figure->client;
        const int64_t target = summary->drill->targets[i];
        char shown[COG_DURATION_TEXT_SIZE];
        char wanted[COG_DURATION_TEXT_SIZE];
        if (value < 0 && target < 0) {
            continue;
        }
        cog_text_append_format(text, "  %-*s %*s", FIGURE_WIDTH, scn_figure_text(id), VALUE_WIDTH,
                               format_value(id, value, shown));
        if (target >= 0) {
            cog_text_append_format(text, "  target %s", format_value(id, target, wanted));
        }
        cog_text_append(text, judge_value(value, figure->is_open, target));
        cog_text_append(text, "\n");
    }
}

static void append_check(struct cog_text *text, const struct scn_guided_summary *summary,
                         const struct scn_check *check, const struct scn_check_result *result)
{
    char label[LABEL_SIZE];
    if (result->is_idle || result->result == SCN_PASS) {
        return;
    }
    (void)snprintf(label, sizeof label,
                   "  %s%s: ", result->result == SCN_FAIL ? "not so" : "nobody can tell",
                   check->is_critical ? " (critical)" : "");
    cog_text_append(text, "\n");
    append_wrapped(text, summary, label, check->text);
    append_wrapped(text, summary, "    because: ", result->evidence);
}

static void append_checks(struct cog_text *text, const struct scn_guided_summary *summary)
{
    const struct scn_checklist *checklist = &summary->drill->checklist;
    const struct scn_check_results *results = &summary->rehearsal->checks;
    for (size_t i = 0; i < checklist->count && i < results->count; i++) {
        append_check(text, summary, &checklist->items[i], &results->items[i]);
    }
}

static void append_paths(struct cog_text *text, const struct scn_guided_summary *summary)
{
    if (summary->report_path == NULL) {
        return;
    }
    cog_text_append_format(text, "\n  report  %s\n", summary->report_path);
    if (summary->page_path != NULL) {
        cog_text_append_format(text, "  page    %s\n  to see it: xdg-open '%s'\n",
                               summary->page_path, summary->page_path);
    }
}

void scn_guided_summary_append(struct cog_text *text, const struct scn_guided_summary *summary)
{
    append_head(text, summary);
    if (!summary->evidence->is_aborted) {
        append_figures(text, summary);
        append_checks(text, summary);
    }
    append_paths(text, summary);
}
