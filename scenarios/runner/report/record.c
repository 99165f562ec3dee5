#include "report/record.h"

#include "report/record_part.h"
#include "report/replay.h"

#include <stdlib.h>
#include <string.h>

void scn_record_text(struct scn_record_writer *writer, const char *name, const char *string)
{
    if (string == NULL) {
        scn_json_text_string(&writer->json, name, NULL);
        return;
    }
    COG_CLEANUP(cog_string_finish) char *masked = scn_mask_apply(writer->mask, string);
    if (masked == NULL) {
        writer->json.text.failed = true;
        return;
    }
    scn_json_text_string(&writer->json, name, masked);
}

/* In the report's own words. */
static void write_outcome(struct scn_record_writer *writer, const struct cog_report *report)
{
    const bool is_known = report != NULL;
    scn_json_text_string(&writer->json, "outcome",
                         is_known ? cog_outcome_name(report->outcome) : NULL);
    scn_json_text_string(&writer->json, "target",
                         is_known ? cog_target_state_name(report->target) : NULL);
    scn_record_text(writer, "step", is_known ? report->step : NULL);
    scn_record_text(writer, "reason", is_known ? report->reason : NULL);
    scn_record_text(writer, "follow_up", is_known ? report->follow_up : NULL);
}

static void write_end(struct scn_record_writer *writer, const struct scn_facts *facts)
{
    struct scn_json_text *json = &writer->json;
    if (facts->ending != NULL) {
        scn_record_foreign(writer, facts);
    } else {
        scn_json_text_integer(json, "exit", facts->exit_code);
        write_outcome(writer, facts->report);
    }
    scn_json_text_string(json, "signal",
                         facts->signal_number != 0 ? scn_signal_name(facts->signal_number) : NULL);
    scn_json_text_integer(json, "processes", (int64_t)facts->process_count);
}

static void write_rulings(struct scn_json_text *json, const struct scn_rulings *rulings)
{
    scn_json_text_open(json, "invariants", '{');
    for (size_t i = 0; i < rulings->count; i++) {
        scn_json_text_string(json, rulings->items[i].id,
                             rulings->items[i].is_idle ? "idle"
                                                       : scn_result_name(rulings->items[i].result));
    }
    scn_json_text_close(json, '}');
}

/* An object that is JSON already: what is masked in it lies within its strings. */
static void write_report(struct scn_record_writer *writer, const struct cog_report *report)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    if (report == NULL) {
        scn_json_text_value(&writer->json, "report", "null");
        return;
    }
    if (cog_report_format_json(report, &text, NULL) != COG_OK) {
        writer->json.text.failed = true;
        return;
    }
    COG_CLEANUP(cog_string_finish) char *masked = scn_mask_apply(writer->mask, text);
    scn_json_text_value(&writer->json, "report", masked != NULL ? masked : "null");
    writer->json.text.failed = writer->json.text.failed || masked == NULL;
}

static void write_deliveries(struct scn_record_writer *writer, const struct scn_facts *facts)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, "deliveries", '[');
    for (size_t i = 0; i < facts->delivery_count; i++) {
        scn_json_text_open(json, NULL, '{');
        scn_json_text_integer(json, "at", facts->deliveries[i].at_ms);
        scn_record_text(writer, "id", facts->deliveries[i].webhook_id);
        scn_json_text_boolean(json, "signed", facts->deliveries[i].signature != NULL);
        scn_record_text(writer, "body", facts->deliveries[i].body);
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}

static void write_cells(struct scn_json_text *json, const struct scn_cells *cells)
{
    scn_json_text_open(json, "cells", '[');
    for (size_t i = 0; i < cells->count; i++) {
        scn_json_text_string(json, NULL, cells->items[i]);
    }
    scn_json_text_close(json, ']');
}

/* The other one of two, with the same members as the first. */
static void write_second(struct scn_record_writer *writer, const struct scn_scenario *scenario,
                         const struct scn_facts *facts)
{
    const struct scn_facts *second = facts->rivalry.other;
    if (second == NULL) {
        return;
    }
    scn_json_text_integer(&writer->json, "choices", facts->rivalry.choice_count);
    scn_json_text_open(&writer->json, "second", '{');
    write_end(writer, second);
    scn_record_course(writer, scenario, second);
    scn_record_world(writer, scenario, second);
    scn_json_text_close(&writer->json, '}');
}

/* Line by line, so that long ones are cut and not the last: what is said of a run points there. */
static char *mask_journal(const struct scn_mask *mask, const char *journals)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (const char *line = journals; *line != '\0' && !text.failed;) {
        const char *end = strchr(line, '\n');
        const size_t length = end != NULL ? (size_t)(end - line) + 1 : strlen(line);
        COG_CLEANUP(cog_string_finish) char *copy = cog_string_clone(line, length);
        COG_CLEANUP(cog_string_finish)
        char *masked = copy != NULL ? scn_mask_apply(mask, copy) : NULL;
        if (masked == NULL) {
            return NULL;
        }
        cog_text_append(&text, masked);
        line += length;
    }
    return cog_text_take(&text);
}

enum cog_code scn_record_begin(struct scn_record_draft *draft, const struct scn_scenario *scenario,
                               const struct scn_facts *facts, const struct scn_run *run)
{
    *draft = (struct scn_record_draft){0};
    enum cog_code code = scn_mask_init(&draft->mask, facts);
    if (code != COG_OK) {
        return code;
    }
    struct scn_record_writer writer = {.mask = &draft->mask};
    write_end(&writer, facts);
    write_rulings(&writer.json, &run->rulings);
    scn_record_course(&writer, scenario, facts);
    scn_record_world(&writer, scenario, facts);
    write_report(&writer, facts->ending == NULL ? facts->report : NULL);
    scn_record_text(&writer, "audit", facts->audit != NULL ? facts->audit : "");
    write_deliveries(&writer, facts);
    write_cells(&writer.json, &run->cells);
    write_second(&writer, scenario, facts);
    draft->journal = mask_journal(&draft->mask, facts->journals != NULL ? facts->journals : "");
    return draft->journal != NULL ? cog_text_give(&writer.json.text, &draft->members, NULL)
                                  : COG_ERROR_MEMORY;
}

static void write_tags(struct scn_json_text *json, const cJSON *tags)
{
    const cJSON *tag = NULL;
    scn_json_text_open(json, "tags", '[');
    cJSON_ArrayForEach(tag, tags)
    {
        scn_json_text_string(json, NULL, tag->valuestring);
    }
    scn_json_text_close(json, ']');
}

static void write_name(struct scn_json_text *json, const struct scn_scenario *scenario)
{
    scn_json_text_string(json, "name", scenario->name);
    scn_json_text_string(json, "file", scenario->file->document.name);
    scn_json_text_string(json, "case", scn_replay_case(scenario));
    scn_json_text_string(json, "description", scenario->description);
    write_tags(json, scenario->tags);
}

static void write_findings(struct scn_record_writer *writer, const struct scn_findings *findings)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, "findings", '[');
    for (size_t i = 0; i < findings->count; i++) {
        scn_json_text_open(json, NULL, '{');
        scn_json_text_string(json, "result", scn_result_name(findings->items[i].result));
        scn_json_text_string(json, "check", findings->items[i].subject);
        scn_record_text(writer, "text", findings->items[i].text);
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}

static void write_verdict(struct scn_record_writer *writer, const struct scn_scenario *scenario,
                          const struct scn_run_options *options, const struct scn_run *run)
{
    struct scn_json_text *json = &writer->json;
    COG_CLEANUP(cog_string_finish) char *replay = scn_replay_format(scenario, options);
    json->text.failed = json->text.failed || replay == NULL;
    scn_json_text_string(json, "transport", scn_replay_transport(scenario, options));
    scn_json_text_string(json, "result", scn_result_name(run->verdict));
    scn_json_text_integer(json, "virtual_ms", run->virtual_ms);
    scn_json_text_string(json, "replay", replay);
    write_findings(writer, &run->findings);
    scn_record_expected(writer, scenario);
}

/* As many members as of any other run, so that readers need not ask which are there. */
static const char nothing[] =
    "\"exit\":null,\"outcome\":null,\"target\":null,\"step\":null,\"reason\":null,"
    "\"follow_up\":null,\"signal\":null,\"processes\":0,\"invariants\":{},\"exchanges\":[],"
    "\"events\":[],\"jobs\":[],\"sessions\":[],\"injects\":[],\"truth\":{\"source\":{\"start\":"
    "null,"
    "\"now\":null},\"target\":{\"start\":null,\"now\":null}},\"report\":null,\"audit\":\"\","
    "\"deliveries\":[],\"cells\":[]";

char *scn_record_format(const struct scn_record_draft *draft, const struct scn_scenario *scenario,
                        const struct scn_run_options *options, const struct scn_run *run)
{
    struct scn_record_writer writer = {.mask = &draft->mask};
    scn_json_text_open(&writer.json, NULL, '{');
    write_name(&writer.json, scenario);
    write_verdict(&writer, scenario, options, run);
    scn_json_text_members(&writer.json, draft->members != NULL ? draft->members : nothing);
    /* A journal is as long as all the rest, and of a pass hardly anybody reads it. */
    const bool has_journal = run->verdict != SCN_PASS || options->wants_journal;
    scn_json_text_string(&writer.json, "journal", has_journal ? draft->journal : NULL);
    scn_json_text_close(&writer.json, '}');
    return cog_text_take(&writer.json.text);
}

void scn_record_draft_finish(struct scn_record_draft *draft)
{
    scn_mask_finish(&draft->mask);
    free(draft->members);
    free(draft->journal);
    *draft = (struct scn_record_draft){0};
}
