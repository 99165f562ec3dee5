#include "drill/automatic/summary.h"

#include "session/figure.h"
#include "session/paragraph.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { WIDTH = 100, VALUE_SIZE = COG_DURATION_TEXT_SIZE, FRONT_SIZE = 128 };

_Static_assert((int)VALUE_SIZE >= (int)SCN_FIGURE_SIZE, "room for a number");

/* Those whose fault is known come before those that nobody could judge. */
enum scn_result scn_drill_summary_verdict(const struct scn_drill_summary *summary)
{
    const enum scn_result gated = scn_gates_result(summary->gates, summary->gate_count);
    if (gated == SCN_FAIL || scn_drill_series_count(summary->series, SCN_FAIL) > 0) {
        return SCN_FAIL;
    }
    return scn_drill_series_count(summary->series, SCN_INCONCLUSIVE) > 0 ? SCN_INCONCLUSIVE : gated;
}

static void append_wrapped(struct cog_text *text, const char *first, const char *rest,
                           const char *words)
{
    const struct scn_paragraph paragraph = {.first = first, .rest = rest, .width = WIDTH};
    scn_paragraph_append(&paragraph, words, text);
}

static const char *format_value(bool is_duration, int64_t value, char buffer[VALUE_SIZE])
{
    return is_duration ? cog_duration_format(value, buffer) : scn_figure_format(value, buffer);
}

static void append_head(const struct scn_drill_summary *summary,
                        const struct scn_statistics *points, struct cog_text *text)
{
    const struct scn_drill_series *series = summary->series;
    const uint64_t first = series->items[0].seed;
    COG_CLEANUP(cog_text_finish) struct cog_text head = {0};
    cog_text_append_format(&head, "%s: %s", summary->drill->id, summary->drill->scenario.name);
    append_wrapped(text, "", "    ", cog_text_string(&head));
    cog_text_append_format(text, "  %s: ", scn_result_name(scn_drill_summary_verdict(summary)));
    if (series->count == 1) {
        cog_text_append_format(text, "seed %" PRIu64 ", %" PRId64 " points", first, points->median);
    } else {
        cog_text_append_format(text,
                               "%zu of %zu seeds passed (%" PRIu64 " to %" PRIu64
                               "), points: median %" PRId64 ", least %" PRId64,
                               scn_drill_series_count(series, SCN_PASS), series->count, first,
                               first + series->count - 1, points->median, points->minimum);
    }
    cog_text_append_format(text, "; pass mark %d\n", summary->drill->pass_mark);
    text->failed = text->failed || head.failed;
}

/* A run that came to its end without a figure never came so far: it has missed the target. */
static const char *judge_target(const struct scn_drill_series *series,
                                const struct scn_statistics *statistics, int64_t target)
{
    const size_t lacking_count = series->count - statistics->count;
    const bool is_one_missing = lacking_count > scn_drill_series_count(series, SCN_INCONCLUSIVE);
    if (is_one_missing || statistics->maximum > target) {
        return statistics->count == 0 || statistics->median > target ? "missed" : "missed by some";
    }
    return lacking_count == 0 ? "met" : "not known of all";
}

static void append_figure(const struct scn_drill_summary *summary, enum scn_figure_id figure,
                          const struct scn_statistics *statistics, struct cog_text *text)
{
    const int64_t target = summary->drill->targets[figure];
    const bool is_duration = scn_figure_is_duration(figure);
    const int64_t values[] = {statistics->median, statistics->p95, statistics->maximum};
    cog_text_append_format(text, "  %-28s %5zu", scn_figure_text(figure), statistics->count);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char value[VALUE_SIZE];
        cog_text_append_format(
            text, " %10s",
            statistics->count == 0 ? "-" : format_value(is_duration, values[i], value));
    }
    if (target >= 0) {
        char value[VALUE_SIZE];
        cog_text_append_format(text, " %10s  %s", format_value(is_duration, target, value),
                               judge_target(summary->series, statistics, target));
    }
    cog_text_append(text, "\n");
}

static enum cog_code append_figures(const struct scn_drill_summary *summary, struct cog_text *text,
                                    struct cog_error *error)
{
    enum cog_code code = COG_OK;
    cog_text_append_format(text, "  %-28s %5s %10s %10s %10s %10s\n", "", "runs", "median", "p95",
                           "max", "target");
    for (int i = 0; code == COG_OK && i < SCN_FIGURE_COUNT; i++) {
        const enum scn_figure_id figure = (enum scn_figure_id)i;
        const int64_t target = summary->drill->targets[i];
        struct scn_statistics statistics = {0};
        code = scn_drill_series_figure(summary->series, figure, &statistics, error);
        /* Nobody types anything here: what a person has a target for is no matter. */
        const bool is_of_people = figure == SCN_FIGURE_STEPS;
        if (code == COG_OK && (statistics.count > 0 || (target >= 0 && !is_of_people))) {
            append_figure(summary, figure, &statistics, text);
        }
    }
    return code;
}

static void append_gate(const struct scn_gate *gate, size_t run_count, struct cog_text *text)
{
    static const char *const states[] = {
        [SCN_GATE_OPEN] = "no, it is",
        [SCN_GATE_CLOSED] = "yes, which fails the drill: it is",
        [SCN_GATE_IDLE] = "no run has that figure, and the drill sets no target for it",
        [SCN_GATE_BROKEN] = "nobody can tell: no run has that figure",
    };
    char value[VALUE_SIZE];
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append_format(&line, "%s: %s", gate->condition->text, states[gate->state]);
    if (gate->value != -1) {
        cog_text_append_format(
            &line, " %s",
            format_value(scn_condition_is_duration(gate->condition), gate->value, value));
    }
    if (gate->run_count > 0 && gate->run_count < run_count) {
        cog_text_append_format(&line, ", in the %zu of %zu runs that have it", gate->run_count,
                               run_count);
    }
    append_wrapped(text, "  ", "      ", cog_text_string(&line));
    text->failed = text->failed || line.failed;
}

/* How often a check came out so; the first run of those. */
static size_t count_check(const struct scn_drill_series *series, size_t check,
                          enum scn_result result, size_t *out_first)
{
    size_t count = 0;
    for (size_t i = series->count; i-- > 0;) {
        const struct scn_check_result *item = &series->items[i].checks.items[check];
        if (check < series->items[i].checks.count && item->result == result && !item->is_idle) {
            count++;
            *out_first = i;
        }
    }
    return count;
}

static void append_check(const struct scn_drill_summary *summary, size_t check,
                         enum scn_result result, struct cog_text *text)
{
    const struct scn_check *item = &summary->drill->checklist.items[check];
    const struct scn_drill_series *series = summary->series;
    size_t first = 0;
    const size_t count = count_check(series, check, result, &first);
    if (count == 0) {
        return;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append_format(&line, "%s%s %s", item->id, item->is_critical ? " (critical)" : "",
                           result == SCN_FAIL ? "failed" : "could not be judged");
    if (series->count > 1) {
        cog_text_append_format(&line, " in %zu of %zu runs", count, series->count);
    }
    cog_text_append_format(&line, ": %s", item->text);
    append_wrapped(text, "  ", "      ", cog_text_string(&line));
    char front[FRONT_SIZE];
    (void)snprintf(front, sizeof front, "      seed %" PRIu64 ": ", series->items[first].seed);
    append_wrapped(text, front, "          ", series->items[first].checks.items[check].evidence);
    text->failed = text->failed || line.failed;
}

/* What is against the run that is shown, beside the checklist. */
static void append_findings(const struct scn_drill_summary *summary, struct cog_text *text)
{
    const struct scn_rehearsal *shown = &summary->series->items[summary->shown];
    for (size_t i = 0; i < shown->findings.count; i++) {
        const struct scn_finding *finding = &shown->findings.items[i];
        char front[FRONT_SIZE];
        (void)snprintf(front, sizeof front, "  seed %" PRIu64 ", %s: ", shown->seed,
                       finding->subject);
        append_wrapped(text, front, "      ", finding->text);
    }
}

enum cog_code scn_drill_summary_append(const struct scn_drill_summary *summary,
                                       struct cog_text *text, struct cog_error *error)
{
    struct scn_statistics points = {0};
    enum cog_code code = scn_drill_series_points(summary->series, &points, error);
    if (code != COG_OK) {
        return code;
    }
    append_head(summary, &points, text);
    code = append_figures(summary, text, error);
    if (code != COG_OK) {
        return code;
    }
    for (size_t i = 0; i < summary->gate_count; i++) {
        append_gate(&summary->gates[i], summary->series->count, text);
    }
    for (size_t i = 0; i < summary->drill->checklist.count; i++) {
        append_check(summary, i, SCN_FAIL, text);
        append_check(summary, i, SCN_INCONCLUSIVE, text);
    }
    append_findings(summary, text);
    if (summary->replay != NULL && scn_drill_summary_verdict(summary) != SCN_PASS) {
        cog_text_append_format(text, "  again: %s\n", summary->replay);
    }
    return COG_OK;
}
