#include "program/rehearsal_files.h"

#include "drill/report/page.h"

#include <cogbase/json.h>

static enum cog_code open_file(const char *path, struct scn_output_file *out_file,
                               struct cog_error *error)
{
    return path != NULL ? scn_output_file_open(path, out_file, error) : COG_OK;
}

static enum cog_code open_files(const char *json_path, const char *html_path,
                                struct scn_rehearsal_files *files, struct cog_error *error)
{
    enum cog_code code = open_file(json_path, &files->json, error);
    return code == COG_OK ? open_file(html_path, &files->html, error) : code;
}

enum cog_code scn_rehearsal_files_open(const char *json_path, const char *html_path,
                                       struct scn_rehearsal_files *out_files,
                                       struct cog_error *error)
{
    COG_CLEANUP(scn_rehearsal_files_finish) struct scn_rehearsal_files files = {0};
    enum cog_code code = open_files(json_path, html_path, &files, error);
    if (code != COG_OK) {
        return code;
    }
    scn_json_text_open(&files.reports, NULL, '{');
    scn_json_text_string(&files.reports, "format", SCN_REHEARSAL_FILES_FORMAT);
    scn_json_text_integer(&files.reports, "version", SCN_REHEARSAL_FILES_VERSION);
    scn_json_text_string(&files.reports, "tool_version", COG_VERSION);
    scn_json_text_open(&files.reports, "rehearsals", '[');
    scn_json_text_open(&files.conditions, NULL, '[');
    *out_files = files;
    files = (struct scn_rehearsal_files){0};
    return COG_OK;
}

bool scn_rehearsal_files_are_wanted(const struct scn_rehearsal_files *files)
{
    return files->json.stream != NULL || files->html.stream != NULL;
}

enum cog_code scn_rehearsal_files_add(struct scn_rehearsal_files *files, const cJSON *report,
                                      struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    enum cog_code code = cog_json_print(report, &text, error);
    if (code == COG_OK) {
        scn_json_text_value(&files->reports, NULL, text);
    }
    return code;
}

static void add_met(struct scn_json_text *json, const struct scn_gate *gate)
{
    if (gate->state == SCN_GATE_OPEN || gate->state == SCN_GATE_CLOSED) {
        scn_json_text_boolean(json, "met", gate->state == SCN_GATE_CLOSED);
    } else {
        scn_json_text_value(json, "met", "null");
    }
}

void scn_rehearsal_files_add_gate(struct scn_rehearsal_files *files, const char *drill_id,
                                  const struct scn_gate *gate)
{
    struct scn_json_text *json = &files->conditions;
    scn_json_text_open(json, NULL, '{');
    scn_json_text_string(json, "text", gate->condition->text);
    scn_json_text_string(json, "drill", drill_id);
    if (gate->value == -1) {
        scn_json_text_value(json, "value", "null");
    } else {
        scn_json_text_integer(json, "value", gate->value);
    }
    add_met(json, gate);
    scn_json_text_close(json, '}');
}

static enum cog_code write_json(struct scn_rehearsal_files *files, struct cog_error *error)
{
    if (files->json.stream == NULL) {
        return COG_OK;
    }
    (void)fputs(cog_text_string(&files->reports.text), files->json.stream);
    return scn_output_file_commit(&files->json, error);
}

static enum cog_code write_html(struct scn_rehearsal_files *files, struct cog_error *error)
{
    if (files->html.stream == NULL) {
        return COG_OK;
    }
    scn_drill_page_write(files->html.stream, cog_text_string(&files->reports.text),
                         files->reports.text.length);
    return scn_output_file_commit(&files->html, error);
}

enum cog_code scn_rehearsal_files_commit(struct scn_rehearsal_files *files, struct cog_error *error)
{
    scn_json_text_close(&files->reports, ']');
    scn_json_text_close(&files->conditions, ']');
    scn_json_text_value(&files->reports, "conditions", cog_text_string(&files->conditions.text));
    scn_json_text_close(&files->reports, '}');
    cog_text_append(&files->reports.text, "\n");
    if (files->reports.text.failed || files->conditions.text.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = write_json(files, error);
    return code == COG_OK ? write_html(files, error) : code;
}

void scn_rehearsal_files_finish(struct scn_rehearsal_files *files)
{
    scn_output_file_finish(&files->json);
    scn_output_file_finish(&files->html);
    scn_json_text_finish(&files->reports);
    scn_json_text_finish(&files->conditions);
}
