#include "drill/guided/client_papers.h"

#include "drill/guided/folder_layout.h"

#include <cogbase/json.h>
#include <cogbase/stamp.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 128 };

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

int64_t scn_client_time_convert(const struct scn_client_time *time, int64_t unix_ms)
{
    return (int64_t)((double)(unix_ms - time->start_unix_ms) * time->scale);
}

static enum cog_code read_journals(struct cog_storage storage, char **out_text,
                                   struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, "journal", &names, error);
    for (size_t i = 0; code == COG_OK && i < names.count; i++) {
        COG_CLEANUP(cog_string_finish) char *bytes = NULL;
        char name[NAME_SIZE];
        size_t length = 0;
        (void)snprintf(name, sizeof name, "journal/%s", names.items[i]);
        code = cog_storage_read(storage, name, &bytes, &length, error);
        cog_text_append(&text, bytes != NULL ? bytes : "");
    }
    return code == COG_OK ? cog_text_give(&text, out_text, error) : code;
}

static enum cog_code read_report(struct scn_client_papers *papers, struct cog_error *error)
{
    if (papers->runs.count > 0) {
        return cog_report_format_text(&papers->runs.items[0].report, &papers->report, error);
    }
    papers->report = strdup("");
    return papers->report != NULL ? COG_OK : fail_memory(error);
}

static enum cog_code read_state(struct scn_workplace *workplace, struct scn_client_papers *papers,
                                struct scn_facts *facts, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text folder = {0};
    struct cog_lock lock = {0};
    size_t length = 0;
    cog_text_append_format(&folder, "%s/%s", workplace->folder, SCN_LAYOUT_STATE);
    if (folder.failed) {
        return fail_memory(error);
    }
    struct cog_storage_posix posix = {.directory = cog_text_string(&folder)};
    const struct cog_storage storage = cog_storage_posix(&posix);
    enum cog_code code = cog_run_list_read(storage, &papers->runs, error);
    if (code == COG_OK) {
        code = read_report(papers, error);
    }
    if (code == COG_OK) {
        code = cog_storage_read(storage, COG_AUDIT_FILE, &papers->audit, &length, error);
    }
    if (code == COG_OK) {
        code = cog_audit_inspect(storage, NULL, &facts->audit_chain, error);
    }
    if (code == COG_OK) {
        code = read_journals(storage, &papers->journals, error);
    }
    if (code == COG_OK &&
        cog_lock_read(storage, facts->config->target_environment_id, &lock, NULL) == COG_OK) {
        facts->lock = lock.state;
    }
    return code;
}

/* How many requests had reached the fake by then. */
static size_t count_exchanges(const struct scn_facts *facts, int64_t at_ms)
{
    size_t count = 0;
    while (count < facts->exchange_count && facts->exchanges[count].at_ms <= at_ms) {
        count++;
    }
    return count;
}

static enum cog_log_level level_of(const char *name)
{
    for (int i = COG_LOG_DEBUG; i < COG_LOG_ERROR; i++) {
        if (strcmp(cog_log_level_name((enum cog_log_level)i), name) == 0) {
            return (enum cog_log_level)i;
        }
    }
    return COG_LOG_ERROR;
}

/* "call=promote attempt=2": what is not about every event. */
static char *format_fields(const cJSON *line)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, line)
    {
        const bool is_common = strcmp(member->string, "time") == 0 ||
                               strcmp(member->string, "level") == 0 ||
                               strcmp(member->string, "event") == 0;
        if (!is_common && cJSON_IsString(member)) {
            cog_text_append_format(&text, "%s%s=%s", text.length > 0 ? " " : "", member->string,
                                   member->valuestring);
        }
    }
    return cog_text_take(&text);
}

static bool make_room(struct scn_client_papers *papers)
{
    const size_t count = papers->event_count + 1;
    cJSON **lines = realloc(papers->event_lines, count * sizeof(cJSON *));
    papers->event_lines = lines != NULL ? lines : papers->event_lines;
    char **fields = realloc(papers->event_fields, count * sizeof(char *));
    papers->event_fields = fields != NULL ? fields : papers->event_fields;
    struct scn_event *events = realloc(papers->events, count * sizeof *events);
    papers->events = events != NULL ? events : papers->events;
    return lines != NULL && fields != NULL && events != NULL;
}

/* A line that is no event is left out: the client was killed while it wrote it. */
static bool add_event(const char *text, size_t length, const struct scn_client_time *time,
                      struct scn_client_papers *papers, const struct scn_facts *facts)
{
    COG_CLEANUP(cog_json_finish) cJSON *line = NULL;
    const char *stamp = NULL;
    const char *level = NULL;
    const char *name = NULL;
    int64_t unix_ms = 0;
    if (cog_json_parse_object(text, length, &line, NULL) != COG_OK ||
        cog_json_string(line, "time", &stamp, NULL) != COG_OK ||
        cog_json_string(line, "level", &level, NULL) != COG_OK ||
        cog_json_string(line, "event", &name, NULL) != COG_OK ||
        cog_stamp_parse_rfc3339(stamp, &unix_ms, NULL) != COG_OK) {
        return true;
    }
    char *fields = make_room(papers) ? format_fields(line) : NULL;
    if (fields == NULL) {
        return false;
    }
    const int64_t at_ms = scn_client_time_convert(time, unix_ms);
    papers->event_lines[papers->event_count] = line;
    papers->event_fields[papers->event_count] = fields;
    papers->events[papers->event_count++] = (struct scn_event){
        .at_ms = at_ms,
        .exchange_count = count_exchanges(facts, at_ms),
        .level = level_of(level),
        .name = name,
        .fields = fields,
    };
    line = NULL;
    return true;
}

static enum cog_code read_events(struct scn_workplace *workplace,
                                 const struct scn_client_time *time,
                                 struct scn_client_papers *papers, const struct scn_facts *facts,
                                 struct cog_error *error)
{
    size_t length = 0;
    enum cog_code code = cog_storage_read(scn_workplace_storage(workplace), SCN_LAYOUT_EVENTS,
                                          &papers->event_text, &length, error);
    const char *line = code == COG_OK ? papers->event_text : "";
    while (code == COG_OK && *line != '\0') {
        const size_t line_length = strcspn(line, "\n");
        code = add_event(line, line_length, time, papers, facts) ? COG_OK : fail_memory(error);
        line += line_length + (line[line_length] == '\n' ? 1 : 0);
    }
    return code;
}

static void show(struct scn_client_papers *papers, struct scn_facts *facts)
{
    const struct scn_output outputs[SCN_CLIENT_OUTPUTS] = {
        {.name = "the report as text", .text = papers->report},
        {.name = "the log", .text = papers->event_text, .is_log = true},
        {.name = "the audit file", .text = papers->audit},
        {.name = "the journal", .text = papers->journals},
    };
    memcpy(papers->outputs, outputs, sizeof outputs);
    facts->audit = papers->audit;
    facts->journals = papers->journals;
    facts->events = papers->events;
    facts->event_count = papers->event_count;
    facts->output_count = SCN_CLIENT_OUTPUTS;
}

enum cog_code scn_client_papers_read(struct scn_workplace *workplace,
                                     const struct scn_client_time *time,
                                     struct scn_client_papers *out_papers,
                                     struct scn_facts *inout_facts, struct cog_error *error)
{
    COG_CLEANUP(scn_client_papers_finish) struct scn_client_papers papers = {0};
    struct scn_facts facts = *inout_facts;
    enum cog_code code = read_state(workplace, &papers, &facts, error);
    if (code == COG_OK) {
        code = read_events(workplace, time, &papers, &facts, error);
    }
    if (code != COG_OK) {
        return code;
    }
    show(&papers, &facts);
    *out_papers = papers;
    papers = (struct scn_client_papers){0};
    facts.outputs = out_papers->outputs;
    *inout_facts = facts;
    return COG_OK;
}

void scn_client_papers_finish(struct scn_client_papers *papers)
{
    for (size_t i = 0; i < papers->event_count; i++) {
        cJSON_Delete(papers->event_lines[i]);
        free(papers->event_fields[i]);
    }
    cog_run_list_finish(&papers->runs);
    free(papers->event_lines);
    free(papers->event_fields);
    free(papers->events);
    free(papers->audit);
    free(papers->journals);
    free(papers->report);
    free(papers->event_text);
    *papers = (struct scn_client_papers){0};
}
