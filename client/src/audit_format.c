#include <cogpromote/audit.h>

#include "audit_record.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

enum { COLUMN_COUNT = 8, SEQ = 0, OUTCOME = 2, REASON = COLUMN_COUNT - 1 };

static const struct column {
    const char *title;
    const char *member;
} COLUMNS[COLUMN_COUNT] = {
    {"seq", "seq"},          {"time", "timestamp"},
    {"outcome", "outcome"},  {"from", "source_env_id"},
    {"to", "target_env_id"}, {"job", "job_id"},
    {"actor", "actor"},      {"reason", "reason"},
};

/** The lines of the file that are shown. Borrowed. */
struct lines {
    const char *at;
    const char *end;
};

/** What is done with each line; `record` is NULL for one that is no JSON object. */
struct visitor {
    void (*visit)(void *context, const cJSON *record, const char *line, size_t length);
    void *context;
};

struct table {
    size_t widths[COLUMN_COUNT];
    struct cog_text text;
};

/** @param count_max how many of the last ones; 0: all */
static struct lines lines_select(const char *text, size_t length, size_t count_max)
{
    const char *at = text + length;
    size_t count = 0;
    while (at > text && (count_max == 0 || count < count_max)) {
        at--;
        while (at > text && at[-1] != '\n') {
            at--;
        }
        count++;
    }
    return (struct lines){.at = at, .end = text + length};
}

static void lines_visit(struct lines lines, struct visitor visitor)
{
    while (lines.at < lines.end) {
        const char *feed = memchr(lines.at, '\n', (size_t)(lines.end - lines.at));
        const char *line = lines.at;
        const size_t length = (size_t)((feed != NULL ? feed : lines.end) - line);
        COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
        if (cog_json_parse_object(line, length, &record, NULL) != COG_OK) {
            record = NULL;
        }
        visitor.visit(visitor.context, record, line, length);
        lines.at = feed != NULL ? feed + 1 : lines.end;
    }
}

static const char *string_find(const cJSON *record, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(record, name);
    return cJSON_IsString(member) ? member->valuestring : NULL;
}

static void cell_append(struct cog_text *text, const cJSON *record, int column)
{
    if (record == NULL) {
        cog_text_append(text,
                        column == REASON ? "no record; 'cogpromote audit verify' tells more" : "?");
        return;
    }
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(record, COLUMNS[column].member);
    if (cJSON_IsNumber(member)) {
        cog_text_append_format(text, "%.0f", member->valuedouble);
        return;
    }
    const char *value = string_find(record, COLUMNS[column].member);
    if (value == NULL && column == OUTCOME) {
        value = string_find(record, "kind");
    }
    cog_text_append_shown(text, value != NULL ? value : "-");
}

/** Columns on a screen, as far as one character takes one. */
static size_t text_width(const char *text)
{
    size_t width = 0;
    for (; *text != '\0'; text++) {
        width += ((unsigned char)*text & 0xC0) != 0x80 ? 1 : 0;
    }
    return width;
}

static void row_measure(void *context, const cJSON *record, const char *line, size_t length)
{
    struct table *table = context;
    (void)line;
    (void)length;
    for (int i = 0; i < REASON; i++) {
        COG_CLEANUP(cog_text_finish) struct cog_text cell = {0};
        cell_append(&cell, record, i);
        const size_t width = text_width(cog_text_string(&cell));
        table->widths[i] = width > table->widths[i] ? width : table->widths[i];
        table->text.failed = table->text.failed || cell.failed;
    }
}

static void padded_append(struct table *table, int column, const char *cell)
{
    cog_text_append(&table->text, cell);
    if (column == REASON) {
        cog_text_append(&table->text, "\n");
        return;
    }
    const size_t width = text_width(cell);
    const size_t padding = table->widths[column] > width ? table->widths[column] - width : 0;
    cog_text_append_format(&table->text, "%*s", (int)padding + 2, "");
}

static void row_append(void *context, const cJSON *record, const char *line, size_t length)
{
    struct table *table = context;
    (void)line;
    (void)length;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        COG_CLEANUP(cog_text_finish) struct cog_text cell = {0};
        cell_append(&cell, record, i);
        table->text.failed = table->text.failed || cell.failed;
        padded_append(table, i, cog_text_string(&cell));
    }
}

static void titles_append(struct table *table)
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const size_t width = strlen(COLUMNS[i].title);
        table->widths[i] = width > table->widths[i] ? width : table->widths[i];
        padded_append(table, i, COLUMNS[i].title);
    }
}

/** As it was written, so that everybody can compute its checksum. */
static void record_append(void *context, const cJSON *record, const char *line, size_t length)
{
    struct cog_text *text = context;
    if (record == NULL) {
        return;
    }
    cog_text_append(text, text->length > 1 ? "," : "");
    cog_text_append_bytes(text, line, length);
}

static enum cog_code file_read(struct cog_storage storage, char **out_bytes, size_t *out_length,
                               struct cog_error *error)
{
    const enum cog_code code =
        cog_storage_read(storage, COG_AUDIT_FILE, out_bytes, out_length, error);
    return code == COG_OK ? code : cog_error_wrap(error, code, "read the audit file");
}

enum cog_code cog_audit_format_text(struct cog_storage storage, size_t count_max, char **out_text,
                                    struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    const enum cog_code code = file_read(storage, &bytes, &length, error);
    if (code != COG_OK) {
        return code;
    }
    struct table table = {0};
    if (length == 0) {
        cog_text_append(&table.text, "no audit record has been written yet\n");
        return cog_text_give(&table.text, out_text, error);
    }
    const struct lines lines = lines_select(bytes, length, count_max);
    lines_visit(lines, (struct visitor){.visit = row_measure, .context = &table});
    titles_append(&table);
    lines_visit(lines, (struct visitor){.visit = row_append, .context = &table});
    return cog_text_give(&table.text, out_text, error);
}

enum cog_code cog_audit_format_json(struct cog_storage storage, size_t count_max, char **out_text,
                                    struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    const enum cog_code code = file_read(storage, &bytes, &length, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_text text = {0};
    cog_text_append(&text, "[");
    lines_visit(lines_select(bytes, length, count_max),
                (struct visitor){.visit = record_append, .context = &text});
    cog_text_append(&text, "]");
    return cog_text_give(&text, out_text, error);
}
