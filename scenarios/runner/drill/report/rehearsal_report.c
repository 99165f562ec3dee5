#include "drill/report/rehearsal_report.h"

#include "drill/automatic/statistics.h"
#include "drill/report/report_part.h"
#include "drill/report/shown_record.h"

#include <cogbase/json.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEED_SIZE = 24 };

void scn_report_known(struct scn_json_text *json, const char *name, int64_t number)
{
    if (number < 0) {
        scn_json_text_value(json, name, "null");
    } else {
        scn_json_text_integer(json, name, number);
    }
}

void scn_report_copy(struct scn_json_text *json, const char *name, const cJSON *item)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    if (item != NULL && cog_json_print(item, &text, NULL) != COG_OK) {
        json->text.failed = true;
        return;
    }
    scn_json_text_value(json, name, text != NULL ? text : "null");
}

enum scn_result scn_drill_report_result(const struct scn_rehearsal *rehearsal)
{
    const enum scn_result found = scn_findings_verdict(&rehearsal->findings);
    if (rehearsal->score.verdict == SCN_FAIL || found == SCN_FAIL) {
        return SCN_FAIL;
    }
    return rehearsal->score.verdict != SCN_PASS ? rehearsal->score.verdict : found;
}

/* The first that came to it; as many as there are where none did. */
static size_t find_result(const struct scn_drill_report *report, enum scn_result result)
{
    size_t index = 0;
    while (index < report->rehearsal_count &&
           scn_drill_report_result(&report->rehearsals[index]) != result) {
        index++;
    }
    return index;
}

size_t scn_drill_report_shown(const struct scn_drill_report *report)
{
    const size_t failed = find_result(report, SCN_FAIL);
    const size_t unknown = find_result(report, SCN_INCONCLUSIVE);
    if (failed < report->rehearsal_count) {
        return failed;
    }
    return unknown < report->rehearsal_count ? unknown : 0;
}

static const char *abort_reason(const struct scn_drill_report *report)
{
    if (report->evidence == NULL || !report->evidence->is_aborted) {
        return NULL;
    }
    return report->evidence->abort_reason != NULL ? report->evidence->abort_reason : "";
}

enum scn_result scn_drill_report_verdict(const struct scn_drill_report *report)
{
    if (abort_reason(report) != NULL || report->rehearsal_count == 0) {
        return SCN_INCONCLUSIVE;
    }
    const enum scn_result run =
        scn_drill_report_result(&report->rehearsals[scn_drill_report_shown(report)]);
    if (run == SCN_FAIL || report->conditions == SCN_FAIL) {
        return SCN_FAIL;
    }
    return run != SCN_PASS ? run : report->conditions;
}

static void write_seed(struct scn_json_text *json, const char *name, uint64_t seed)
{
    char digits[SEED_SIZE];
    (void)snprintf(digits, sizeof digits, "%" PRIu64, seed);
    scn_json_text_value(json, name, digits);
}

static void write_head(struct scn_report_writer *writer)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_drill_report *report = writer->report;
    scn_json_text_string(json, "format", "cogdrill-rehearsal");
    scn_json_text_integer(json, "version", 1);
    scn_json_text_string(json, "tool_version", COG_VERSION);
    scn_report_drill(writer);
    scn_json_text_string(json, "mode", report->mode);
    scn_json_text_string(json, "client", report->client);
    scn_json_text_string(json, "transport", report->transport);
    scn_json_text_string(json, "held_at", report->held_at);
    scn_json_text_string(json, "operator", report->operator_name);
    scn_json_text_open(json, "seeds", '{');
    write_seed(json, "first", report->rehearsals[0].seed);
    scn_json_text_integer(json, "count", (int64_t)report->rehearsal_count);
    scn_json_text_close(json, '}');
    write_seed(json, "shown_seed", writer->shown->seed);
}

static void write_score(struct scn_report_writer *writer)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_drill_report *report = writer->report;
    int64_t *points = calloc(report->rehearsal_count, sizeof *points);
    if (points == NULL) {
        json->text.failed = true;
        return;
    }
    for (size_t i = 0; i < report->rehearsal_count; i++) {
        points[i] = report->rehearsals[i].score.points;
    }
    const struct scn_statistics statistics = scn_statistics_of(points, report->rehearsal_count);
    free(points);
    scn_json_text_open(json, "score", '{');
    scn_json_text_integer(json, "points", writer->shown->score.points);
    scn_json_text_integer(json, "median", statistics.median);
    scn_json_text_integer(json, "minimum", statistics.minimum);
    scn_json_text_integer(json, "hint_cost", writer->shown->score.hint_cost);
    scn_json_text_integer(json, "pass_mark", report->drill->pass_mark);
    scn_json_text_close(json, '}');
}

/* The reason is a run's where one failed; else it may be a condition on all of them. */
static void write_failed_check(struct scn_report_writer *writer)
{
    const struct scn_drill_report *report = writer->report;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (report->failed_condition == NULL || scn_drill_report_result(writer->shown) == SCN_FAIL) {
        scn_json_text_string(&writer->json, "failed_check", writer->shown->score.failed_check);
        return;
    }
    cog_text_append_format(&text, "fail-if %s", report->failed_condition);
    scn_json_text_string(&writer->json, "failed_check", cog_text_string(&text));
    writer->json.text.failed = writer->json.text.failed || text.failed;
}

static void write_verdict(struct scn_report_writer *writer)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_string(json, "verdict",
                         scn_result_name(scn_drill_report_verdict(writer->report)));
    write_failed_check(writer);
    scn_json_text_string(json, "aborted", abort_reason(writer->report));
    write_score(writer);
}

static void write_trend(struct scn_json_text *json, const cJSON *trend)
{
    if (trend != NULL) {
        scn_report_copy(json, "trend", trend);
    } else {
        scn_json_text_value(json, "trend", "[]");
    }
}

static enum cog_code write_report(struct scn_report_writer *writer, struct cog_error *error)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, NULL, '{');
    write_head(writer);
    write_verdict(writer);
    scn_report_figures(writer);
    scn_report_timeline(writer);
    scn_report_checklist(writer);
    scn_report_course(writer);
    scn_report_truth(writer);
    enum cog_code code = scn_report_audit(writer, error);
    if (code != COG_OK) {
        return code;
    }
    scn_report_copy(json, "record", writer->record);
    scn_report_debrief(writer);
    write_trend(json, writer->report->trend);
    scn_json_text_string(json, "replay", writer->report->replay);
    scn_json_text_close(json, '}');
    return json->text.failed ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory") : COG_OK;
}

enum cog_code scn_drill_report_json(const struct scn_drill_report *report, cJSON **out_json,
                                    struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    if (report->rehearsal_count == 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "a report of no rehearsal");
    }
    enum cog_code code = scn_shown_record(report, &record, error);
    if (code != COG_OK) {
        return code;
    }
    struct scn_report_writer writer = {
        .report = report,
        .shown = &report->rehearsals[scn_drill_report_shown(report)],
        .record = record,
    };
    cJSON *json = NULL;
    code = write_report(&writer, error);
    if (code == COG_OK) {
        code = cog_json_parse_object(cog_text_string(&writer.json.text), writer.json.text.length,
                                     &json, error);
        code = code == COG_ERROR_PROTOCOL ? COG_ERROR_INTERNAL : code;
    }
    scn_json_text_finish(&writer.json);
    if (code == COG_OK) {
        *out_json = json;
    }
    return code;
}
