#include "drill/report/shown_record.h"

#include "report/record.h"

#include <cogbase/json.h>

#include <string.h>

/* A person's client says more of itself than a foreign one, but nobody kept what it printed. */
static struct scn_facts take_ours(const struct scn_facts *facts)
{
    struct scn_facts ours = *facts;
    ours.ending = NULL;
    return ours;
}

/* Of what a person did there is no run of the runner's own; its findings are the rehearsal's. */
static char *format_evidence(const struct scn_drill_report *report,
                             const struct scn_rehearsal *shown)
{
    struct scn_facts facts = take_ours(report->evidence->facts);
    struct scn_facts other = {0};
    if (facts.rivalry.other != NULL) {
        other = take_ours(facts.rivalry.other);
        facts.rivalry.other = &other;
    }
    COG_CLEANUP(scn_record_draft_finish) struct scn_record_draft draft = {0};
    const struct scn_run run = {
        .verdict = scn_drill_report_verdict(report),
        .findings = shown->findings,
        .virtual_ms = facts.elapsed_ms,
    };
    const struct scn_run_options options = {
        .seed = shown->seed,
        .repeat_count = 1,
        .transport = SCN_TRANSPORT_WIRE,
        .wants_record = true,
        .wants_journal = true, /* The evidence points into it. */
    };
    if (scn_record_begin(&draft, &report->drill->scenario, &facts, &run) != COG_OK) {
        return NULL;
    }
    return scn_record_format(&draft, &report->drill->scenario, &options, &run);
}

static enum cog_code parse(const char *text, cJSON **out_record, struct cog_error *error)
{
    enum cog_code code = cog_json_parse_object(text, strlen(text), out_record, error);
    return code == COG_OK ? COG_OK
                          : cog_error_wrap(error, COG_ERROR_INTERNAL, "read the run's record");
}

/* A client that nobody started has no last word. */
static enum cog_code forget_end(cJSON *record, struct cog_error *error)
{
    static const char *const names[] = {"exit", "outcome", "target"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cJSON *null = cJSON_CreateNull();
        if (null == NULL || !cJSON_ReplaceItemInObjectCaseSensitive(record, names[i], null)) {
            cJSON_Delete(null);
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
    }
    return COG_OK;
}

static enum cog_code make_record(const struct scn_drill_report *report,
                                 const struct scn_rehearsal *shown, cJSON **out_record,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = format_evidence(report, shown);
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    if (text == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = parse(text, &record, error);
    if (code == COG_OK && report->evidence->typed_count == 0) {
        code = forget_end(record, error);
    }
    if (code == COG_OK) {
        *out_record = record;
        record = NULL;
    }
    return code;
}

enum cog_code scn_shown_record(const struct scn_drill_report *report, cJSON **out_record,
                               struct cog_error *error)
{
    const struct scn_rehearsal *shown = &report->rehearsals[scn_drill_report_shown(report)];
    if (shown->record != NULL) {
        return parse(shown->record, out_record, error);
    }
    if (report->evidence != NULL && report->evidence->facts != NULL) {
        return make_record(report, shown, out_record, error);
    }
    *out_record = NULL;
    return COG_OK;
}
