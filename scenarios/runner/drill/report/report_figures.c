/* What the runs are measured by, each figure over all of them. */
#include "drill/automatic/statistics.h"
#include "drill/report/report_part.h"

#include <stdlib.h>

/* By the server's truth where that is known. */
static int64_t known_value(const struct scn_figure *figure)
{
    return figure->server >= 0 ? figure->server : figure->client;
}

/** @param values as many as there are runs */
static size_t collect(const struct scn_drill_report *report, size_t id, int64_t *values)
{
    size_t count = 0;
    for (size_t i = 0; i < report->rehearsal_count; i++) {
        const int64_t value = known_value(&report->rehearsals[i].figures.items[id]);
        if (value >= 0) {
            values[count++] = value;
        }
    }
    return count;
}

/* Nothing was measured: nothing is known. */
static void write_statistics(struct scn_json_text *json, const struct scn_statistics *statistics)
{
    const bool has_any = statistics->count > 0;
    scn_json_text_integer(json, "count", (int64_t)statistics->count);
    scn_report_known(json, "median", has_any ? statistics->median : -1);
    scn_report_known(json, "p95", has_any ? statistics->p95 : -1);
    scn_report_known(json, "minimum", has_any ? statistics->minimum : -1);
    scn_report_known(json, "maximum", has_any ? statistics->maximum : -1);
}

/* Whether the run has no such figure although it was made: it never came so far, or was not over.
 */
static bool never_came(const struct scn_drill_report *report, size_t index, size_t id)
{
    const struct scn_rehearsal *rehearsal = &report->rehearsals[index];
    const bool is_aborted = report->evidence != NULL && report->evidence->is_aborted;
    const struct scn_figure *figure = &rehearsal->figures.items[id];
    return scn_figure_is_duration((enum scn_figure_id)id) && !is_aborted &&
           (known_value(figure) < 0 || figure->is_open) &&
           scn_drill_report_result(rehearsal) != SCN_INCONCLUSIVE;
}

static bool is_missed(const struct scn_drill_report *report, size_t id,
                      const struct scn_statistics *statistics)
{
    bool is_one_missing = false;
    for (size_t i = 0; i < report->rehearsal_count; i++) {
        is_one_missing = is_one_missing || never_came(report, i, id);
    }
    return is_one_missing || statistics->maximum > report->drill->targets[id];
}

static void write_target(struct scn_report_writer *writer, size_t id,
                         const struct scn_statistics *statistics)
{
    const struct scn_drill_report *report = writer->report;
    const int64_t target = report->drill->targets[id];
    scn_report_known(&writer->json, "target", target);
    if (target >= 0 && is_missed(report, id, statistics)) {
        scn_json_text_boolean(&writer->json, "met", false);
    } else if (target >= 0 && statistics->count == report->rehearsal_count) {
        scn_json_text_boolean(&writer->json, "met", true);
    } else {
        scn_json_text_value(&writer->json, "met", "null");
    }
}

static void write_shown(struct scn_json_text *json, const struct scn_figure *figure)
{
    const bool are_both = figure->server >= 0 && figure->client >= 0;
    scn_report_known(json, "server", figure->server);
    scn_report_known(json, "client", figure->client);
    if (are_both) {
        scn_json_text_integer(json, "difference", figure->client - figure->server);
    } else {
        scn_json_text_value(json, "difference", "null");
    }
}

static void write_figure(struct scn_report_writer *writer, size_t id, int64_t *values)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_drill_report *report = writer->report;
    const struct scn_statistics statistics = scn_statistics_of(values, collect(report, id, values));
    scn_json_text_open(json, NULL, '{');
    scn_json_text_string(json, "name", scn_figure_names()[id]);
    scn_json_text_string(json, "text", scn_figure_text((enum scn_figure_id)id));
    scn_json_text_string(json, "unit",
                         scn_figure_is_duration((enum scn_figure_id)id) ? "ms" : "count");
    write_target(writer, id, &statistics);
    write_statistics(json, &statistics);
    write_shown(json, &writer->shown->figures.items[id]);
    scn_json_text_close(json, '}');
}

void scn_report_figures(struct scn_report_writer *writer)
{
    int64_t *values = calloc(writer->report->rehearsal_count, sizeof *values);
    if (values == NULL) {
        writer->json.text.failed = true;
        return;
    }
    scn_json_text_open(&writer->json, "figures", '[');
    for (size_t id = 0; id < SCN_FIGURE_COUNT; id++) {
        write_figure(writer, id, values);
    }
    scn_json_text_close(&writer->json, ']');
    free(values);
}
