#include "report/results_file.h"

#include "report/member.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    REPEAT_MAX = 1000000,
    NUMBER_MAX = 1000000, /* More scenarios than anybody writes. */
    CAPACITY_MIN = 64,
};

static const struct scn_member head_members[] = {
    {"tool_version", cJSON_String, false}, {"transport", cJSON_String, false},
    {"client", cJSON_String, true},        {"shard", cJSON_Object, true},
    {"counts", cJSON_Object, false},       {"virtual_ms", cJSON_Number, false},
    {"scenarios", cJSON_Array, false},     {NULL, 0, false},
};

/* A file while it is read, line by line. */
struct reading {
    struct scn_results_file file;
    char *rest; /* Of the text, behind the line that is read. */
    size_t line;
    size_t capacity;
};

enum cog_code scn_results_file_fail(const struct scn_results_file *file, size_t line,
                                    struct cog_error *error, const char *format, ...)
{
    char text[COG_ERROR_MESSAGE_SIZE];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return cog_error_set(error, COG_ERROR_SYNTAX, "%s:%zu:1: %s", file->name, line, text);
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* The next line, with its end as a NUL; NULL behind the last. */
static char *next_line(struct reading *reading)
{
    char *line = reading->rest;
    if (*line == '\0') {
        return NULL;
    }
    char *end = strchr(line, '\n');
    reading->rest = end != NULL ? end + 1 : line + strlen(line);
    if (end != NULL) {
        *end = '\0';
    }
    reading->line++;
    return line;
}

/* @param start where the line of `text` begins */
static enum cog_code parse_object(const struct reading *reading, const char *start,
                                  const char *text, cJSON **out_json, struct cog_error *error)
{
    const char *end = NULL;
    cJSON *json = cJSON_ParseWithOpts(text, &end, true);
    if (json == NULL) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "%s:%zu:%td: not JSON, or cut off",
                             reading->file.name, reading->line,
                             end != NULL ? end - start + 1 : (ptrdiff_t)1);
    }
    *out_json = json;
    return COG_OK;
}

/* A complaint of a member's, with its place. */
static enum cog_code place(const struct reading *reading, enum cog_code code,
                           const struct cog_error *cause, struct cog_error *error)
{
    return code == COG_OK
               ? COG_OK
               : scn_results_file_fail(&reading->file, reading->line, error, "%s", cause->message);
}

static enum cog_code read_shard(const cJSON *head, struct scn_results_origin *origin,
                                struct cog_error *error)
{
    int64_t index = 0;
    int64_t count = 0;
    const cJSON *shard = cJSON_GetObjectItemCaseSensitive(head, "shard");
    if (cJSON_IsNull(shard)) {
        return COG_OK;
    }
    enum cog_code code = scn_member_integer(shard, "count", 1, NUMBER_MAX, &count, error);
    if (code == COG_OK) {
        code = scn_member_integer(shard, "index", 1, count, &index, error);
    }
    origin->shard_index = (size_t)index;
    origin->shard_count = (size_t)count;
    return code;
}

static enum cog_code read_origin(const cJSON *head, struct scn_results_origin *origin,
                                 struct cog_error *error)
{
    int64_t seed = 0;
    int64_t repeat_count = 0;
    int64_t selected_count = 0;
    enum cog_code code = scn_members_check(head, head_members, error);
    if (code == COG_OK) {
        code = scn_member_integer(head, "seed", 0, COG_NUMBER_INTEGER_MAX, &seed, error);
    }
    if (code == COG_OK) {
        code = scn_member_integer(head, "repeat", 1, REPEAT_MAX, &repeat_count, error);
    }
    if (code == COG_OK) {
        code = scn_member_integer(head, "selected", 0, NUMBER_MAX, &selected_count, error);
    }
    if (code == COG_OK) {
        code = read_shard(head, origin, error);
    }
    origin->tool_version = scn_member_string(head, "tool_version");
    origin->transport = scn_member_string(head, "transport");
    origin->client = scn_member_string(head, "client");
    origin->seed = (uint64_t)seed;
    origin->repeat_count = (int)repeat_count;
    origin->selected_count = (size_t)selected_count;
    return code;
}

static bool is_results(const char *line)
{
    static const char start[] = "{\"format\":\"cogdrill-results\",";
    static const char end[] = ",\"scenarios\":[";
    const size_t length = line != NULL ? strlen(line) : 0;
    return length > sizeof start + sizeof end && strncmp(line, start, sizeof start - 1) == 0 &&
           strcmp(line + length - (sizeof end - 1), end) == 0;
}

static enum cog_code check_version(const struct reading *reading, struct cog_error *error)
{
    struct cog_error cause = {0};
    int64_t version = 0;
    enum cog_code code =
        scn_member_integer(reading->file.head, "version", 1, NUMBER_MAX, &version, &cause);
    if (code == COG_OK && version != SCN_RESULTS_VERSION) {
        code = cog_error_set(&cause, COG_ERROR_SYNTAX,
                             "version %d of the format, this program reads version %d",
                             (int)version, SCN_RESULTS_VERSION);
    }
    return place(reading, code, &cause, error);
}

static enum cog_code read_head(struct reading *reading, struct cog_error *error)
{
    const char *line = next_line(reading);
    if (!is_results(line)) {
        return scn_results_file_fail(
            &reading->file, 1, error,
            "expected results as 'cogdrill run --json' writes them, with one scenario a line");
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, line);
    cog_text_append(&text, "]}");
    if (text.failed) {
        return fail_memory(error);
    }
    const char *whole = cog_text_string(&text);
    enum cog_code code = parse_object(reading, whole, whole, &reading->file.head, error);
    if (code == COG_OK) {
        code = check_version(reading, error);
    }
    if (code != COG_OK) {
        return code;
    }
    struct cog_error cause = {0};
    code = read_origin(reading->file.head, &reading->file.origin, &cause);
    if (code == COG_OK) {
        code = scn_results_skips_read(reading->file.head, reading->file.origin.selected_count,
                                      &reading->file.skips, &cause);
    }
    if (code == COG_ERROR_MEMORY) {
        return fail_memory(error);
    }
    return place(reading, code, &cause, error);
}

static bool make_room(struct reading *reading)
{
    if (reading->file.count < reading->capacity) {
        return true;
    }
    const size_t capacity = reading->capacity > 0 ? reading->capacity * 2 : CAPACITY_MIN;
    struct scn_results_line *lines =
        realloc(reading->file.lines, capacity * sizeof *reading->file.lines);
    if (lines == NULL) {
        return false;
    }
    reading->file.lines = lines;
    reading->capacity = capacity;
    return true;
}

/* The record as it was before it got its number: `{"number":17,"name":…` without the number. */
static char *strip_number(char *text)
{
    char *comma = strchr(text, ',');
    if (strncmp(text, "{\"number\":", strlen("{\"number\":")) != 0 || comma == NULL) {
        return NULL;
    }
    *comma = '{';
    return comma;
}

static enum cog_code take_record(struct reading *reading, char *text, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    if (!make_room(reading)) {
        return fail_memory(error);
    }
    enum cog_code code = parse_object(reading, text, text, &record, error);
    if (code != COG_OK) {
        return code;
    }
    struct scn_results_line *line = &reading->file.lines[reading->file.count++];
    *line = (struct scn_results_line){.line = reading->line};
    struct cog_error cause = {0};
    code = scn_results_line_read(record, reading->file.origin.selected_count, line, &cause);
    if (code == COG_ERROR_MEMORY) {
        return fail_memory(error);
    }
    line->item.record = code == COG_OK ? strip_number(text) : NULL;
    if (code == COG_OK && line->item.record == NULL) {
        code = cog_error_set(&cause, COG_ERROR_SYNTAX, "expected 'number' as the first member");
    }
    if (code == COG_OK && reading->file.count > 1 && line->item.number <= line[-1].item.number) {
        code = cog_error_set(&cause, COG_ERROR_SYNTAX, "number %zu stands behind number %zu",
                             line->item.number, line[-1].item.number);
    }
    return place(reading, code, &cause, error);
}

/* The sums of the header are those of its records: else somebody has changed one of them. */
static enum cog_code check_counts(const struct scn_results_file *file, struct cog_error *error)
{
    int64_t counts[SCN_INCONCLUSIVE + 1] = {0};
    const cJSON *told = cJSON_GetObjectItemCaseSensitive(file->head, "counts");
    for (size_t i = 0; i < file->count; i++) {
        counts[file->lines[i].item.verdict]++;
    }
    for (int i = SCN_PASS; i <= SCN_INCONCLUSIVE; i++) {
        const char *name = scn_result_name((enum scn_result)i);
        struct cog_error cause = {0};
        if (scn_member_integer(told, name, counts[i], counts[i], &counts[i], &cause) != COG_OK) {
            return scn_results_file_fail(
                file, 1, error, "'counts' does not count what is in the file: %s", cause.message);
        }
    }
    return COG_OK;
}

/* A comma ends each record's line but the last one's. */
static bool strip_comma(char *line)
{
    const size_t length = strlen(line);
    if (length == 0 || line[length - 1] != ',') {
        return false;
    }
    line[length - 1] = '\0';
    return true;
}

static enum cog_code read_lines(struct reading *reading, struct cog_error *error)
{
    bool is_more = true;
    for (char *line = next_line(reading); line != NULL; line = next_line(reading)) {
        if (line[0] == ']' && line[strlen(line) - 1] == '}') {
            return is_more && reading->file.count > 0
                       ? scn_results_file_fail(&reading->file, reading->line, error,
                                               "expected another record behind the comma")
                       : check_counts(&reading->file, error);
        }
        if (!is_more) {
            break;
        }
        is_more = strip_comma(line);
        enum cog_code code = take_record(reading, line, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return scn_results_file_fail(&reading->file, reading->line, error,
                                 "the end is missing: the file was cut off");
}

static void reading_finish(struct reading *reading)
{
    scn_results_file_finish(&reading->file);
}

enum cog_code scn_results_file_parse(const char *name, char **inout_text,
                                     struct scn_results_file *out_file, struct cog_error *error)
{
    COG_CLEANUP(reading_finish)
    struct reading reading = {.file = {.name = strdup(name), .text = *inout_text}};
    reading.rest = *inout_text;
    *inout_text = NULL;
    if (reading.file.name == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = read_head(&reading, error);
    if (code == COG_OK) {
        code = read_lines(&reading, error);
    }
    if (code == COG_OK) {
        *out_file = reading.file;
        reading.file = (struct scn_results_file){0};
    }
    return code;
}

void scn_results_file_finish(struct scn_results_file *file)
{
    for (size_t i = 0; i < file->count; i++) {
        scn_results_line_finish(&file->lines[i]);
    }
    free(file->lines);
    scn_results_skips_finish(&file->skips);
    cJSON_Delete(file->head);
    free(file->text);
    free(file->name);
    *file = (struct scn_results_file){0};
}
