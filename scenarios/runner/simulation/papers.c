#include "simulation/papers.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JOURNAL_NAME_SIZE = 128, OUTPUTS_FIXED = 5 };

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* Whether the run with that id is this operator's: who has the folder alone has all that is in it.
 */
static bool is_own(const struct scn_operator *who, const char *run_id)
{
    return who->common.own_pid == NULL || scn_common_folder_has_run(&who->common, run_id);
}

static enum cog_code read_journals(const struct scn_operator *who, char **out_journals,
                                   struct cog_error *error)
{
    const struct cog_storage storage = who->storage;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, "journal", &names, error);
    for (size_t i = 0; code == COG_OK && i < names.count; i++) {
        COG_CLEANUP(cog_string_finish) char *bytes = NULL;
        size_t length = 0;
        char name[JOURNAL_NAME_SIZE];
        (void)snprintf(name, sizeof name, "journal/%s", names.items[i]);
        code = cog_storage_read(storage, name, &bytes, &length, error);
        cog_text_append(&text, bytes != NULL && is_own(who, names.items[i]) ? bytes : "");
    }
    if (code != COG_OK) {
        return code;
    }
    *out_journals = cog_text_take(&text);
    return *out_journals != NULL ? COG_OK : fail_memory(error);
}

/* Whether a line of the audit file is about another one's run; the file's own lines are not. */
static bool is_anothers(const struct scn_operator *who, const char *line, size_t length)
{
    static const char member[] = "\"run_id\":\"";
    char run_id[COG_UUID_SIZE];
    const char *at = strstr(line, member);
    if (at == NULL || at >= line + length) {
        return false;
    }
    at += sizeof member - 1;
    (void)snprintf(run_id, sizeof run_id, "%.*s", (int)strcspn(at, "\""), at);
    return !is_own(who, run_id);
}

static enum cog_code read_audit(const struct scn_operator *who, char **out_audit,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    enum cog_code code = cog_storage_read(who->storage, COG_AUDIT_FILE, &bytes, &length, error);
    if (code != COG_OK) {
        return code;
    }
    for (const char *line = bytes; *line != '\0'; line += length) {
        length = strcspn(line, "\n");
        length += line[length] == '\n' ? 1 : 0;
        cog_text_append_bytes(&text, line, is_anothers(who, line, length) ? 0 : length);
    }
    *out_audit = cog_text_take(&text);
    return *out_audit != NULL ? COG_OK : fail_memory(error);
}

enum cog_code scn_papers_read(const struct scn_operator *who, struct scn_papers *out_papers,
                              struct cog_error *error)
{
    struct scn_papers *papers = out_papers;
    enum cog_code code = cog_report_format_text(&who->report, &papers->report_text, error);
    if (code == COG_OK) {
        code = cog_report_format_json(&who->report, &papers->report_json, error);
    }
    if (code == COG_OK) {
        code = read_audit(who, &papers->audit, error);
    }
    if (code == COG_OK) {
        code = read_journals(who, &papers->journals, error);
    }
    return code == COG_OK ? scn_recorder_check(&who->recorder, error) : code;
}

enum cog_code scn_papers_show(struct scn_papers *papers, const struct scn_operator *who,
                              struct scn_facts *inout_facts, struct cog_error *error)
{
    struct scn_facts *facts = inout_facts;
    const struct scn_output fixed[OUTPUTS_FIXED] = {
        {.name = "the report as text", .text = papers->report_text},
        {.name = "the report as JSON", .text = papers->report_json},
        {.name = "the log", .text = cog_text_string(&who->recorder.text), .is_log = true},
        {.name = "the audit file", .text = papers->audit},
        {.name = "the journal", .text = papers->journals},
    };
    const size_t count = OUTPUTS_FIXED + facts->delivery_count;
    papers->outputs = calloc(count, sizeof *papers->outputs);
    if (papers->outputs == NULL) {
        return fail_memory(error);
    }
    memcpy(papers->outputs, fixed, sizeof fixed);
    for (size_t i = OUTPUTS_FIXED; i < count; i++) {
        papers->outputs[i].name = "the webhook's body";
        papers->outputs[i].text = facts->deliveries[i - OUTPUTS_FIXED].body;
    }
    facts->audit = papers->audit;
    facts->journals = papers->journals;
    facts->outputs = papers->outputs;
    facts->output_count = count;
    return COG_OK;
}

void scn_papers_finish(struct scn_papers *papers)
{
    free(papers->report_text);
    free(papers->report_json);
    free(papers->audit);
    free(papers->journals);
    free(papers->outputs);
    *papers = (struct scn_papers){0};
}
