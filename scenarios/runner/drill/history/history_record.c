#include "drill/history/history_record.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/sealed_line.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

static const char FORMAT[] = "cogdrill-history";
enum { VERSION = 1, POINTS_MAX = 100 };

/* Their first members, by the order of the names: of a rehearsal, and of any other line, which the
 * seal is first in; and of rehearsals that were written before it was told who broke them off. */
static const char *const BEGINNINGS[] = {"{\"aborted\":", "{\"checksum\":\""};

/* Larger ones are printed rounded, as if to 15 digits. */
static const int64_t SEQUENCE_MAX = INT64_C(999999999999999);

static const struct scn_history_link NONE = {
    .sequence = -1,
    .checksum = "0000000000000000000000000000000000000000000000000000000000000000",
};

struct scn_history_link scn_history_link_none(void)
{
    return NONE;
}

bool scn_history_record_is_cut(const char *line, size_t length)
{
    bool is_begun = false;
    for (size_t i = 0; i < sizeof BEGINNINGS / sizeof BEGINNINGS[0]; i++) {
        const size_t known = strlen(BEGINNINGS[i]);
        is_begun = is_begun || memcmp(line, BEGINNINGS[i], length < known ? length : known) == 0;
    }
    if (!is_begun) {
        return false;
    }
    /* No beginning of an object is a whole one: what is whole was changed. */
    COG_CLEANUP(cog_json_finish) cJSON *whole = NULL;
    return cog_json_parse_object(line, length, &whole, NULL) != COG_OK;
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static bool add_string(cJSON *record, const char *name, const char *string)
{
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, string);
    return !shown.failed && cJSON_AddStringToObject(record, name, cog_text_string(&shown)) != NULL;
}

/* What is neither a text nor a number is null. */
static bool add_value(cJSON *record, const char *name, const cJSON *value)
{
    if (cJSON_IsString(value)) {
        return add_string(record, name, value->valuestring);
    }
    return cJSON_IsNumber(value) ? cJSON_AddNumberToObject(record, name, value->valuedouble) != NULL
                                 : cJSON_AddNullToObject(record, name) != NULL;
}

static bool add_member(cJSON *record, const char *name, const cJSON *object)
{
    return add_value(record, name, cJSON_GetObjectItemCaseSensitive(object, name));
}

static bool add_stamp(cJSON *record, const char *name, int64_t unix_ms)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    return add_string(record, name, cog_stamp_format_rfc3339(unix_ms, stamp));
}

static bool add_sequence(cJSON *record, const struct scn_history_link *previous)
{
    return cJSON_AddNumberToObject(record, "seq", (double)(previous->sequence + 1)) != NULL;
}

/* All that a line has that is no rehearsal. @param reason NULL: there is none */
static bool add_ours(cJSON *record, int64_t unix_ms, const char *reason,
                     const struct scn_history_link *previous)
{
    return add_string(record, "format", FORMAT) &&
           add_string(record, "kind", reason != NULL ? "repair" : "genesis") &&
           add_stamp(record, "made_at", unix_ms) &&
           add_string(record, "previous_checksum", previous->checksum) &&
           (reason == NULL || add_string(record, "reason", reason)) &&
           add_sequence(record, previous) && add_string(record, "tool_version", COG_VERSION) &&
           cJSON_AddNumberToObject(record, "version", VERSION) != NULL;
}

/* Of those of a name behind `last`, the first in the order of names; NULL for none. */
static const cJSON *find_next_figure(const cJSON *figures, const char *last)
{
    const cJSON *next = NULL;
    const char *next_name = NULL;
    const cJSON *figure = NULL;
    cJSON_ArrayForEach(figure, figures)
    {
        const char *name = NULL;
        if (cog_json_string(figure, "name", &name, NULL) == COG_OK && strcmp(name, last) > 0 &&
            (next == NULL || strcmp(name, next_name) < 0)) {
            next = figure;
            next_name = name;
        }
    }
    return next;
}

static bool add_figures(cJSON *record, const cJSON *figures)
{
    cJSON *object = cJSON_AddObjectToObject(record, "figures");
    const char *name = "";
    const cJSON *figure = NULL;
    bool is_added = object != NULL;
    while (is_added && (figure = find_next_figure(figures, name)) != NULL) {
        name = cJSON_GetObjectItemCaseSensitive(figure, "name")->valuestring;
        cJSON *copy = cJSON_AddObjectToObject(object, name);
        is_added = copy != NULL && add_member(copy, "median", figure) &&
                   add_member(copy, "p95", figure) && add_member(copy, "target", figure);
    }
    return is_added;
}

static bool add_seeds(cJSON *record, const cJSON *seeds)
{
    cJSON *object = cJSON_AddObjectToObject(record, "seeds");
    return object != NULL && add_member(object, "count", seeds) &&
           add_member(object, "first", seeds);
}

/* In the order of the names. */
static bool add_held(cJSON *record, const struct scn_history_holding *holding,
                     const struct scn_history_link *previous)
{
    const cJSON *report = holding->report;
    const cJSON *drill = cJSON_GetObjectItemCaseSensitive(report, "drill");
    const cJSON *score = cJSON_GetObjectItemCaseSensitive(report, "score");
    const cJSON *digest = cJSON_GetObjectItemCaseSensitive(drill, "digest");
    return add_member(record, "aborted", report) && add_member(record, "client", report) &&
           add_value(record, "drill_digest", digest) &&
           add_member(record, "failed_check", report) &&
           add_figures(record, cJSON_GetObjectItemCaseSensitive(report, "figures")) &&
           add_stamp(record, "held_at", holding->held_unix_ms) && add_member(record, "id", drill) &&
           add_member(record, "mode", report) && add_member(record, "name", drill) &&
           add_member(record, "operator", report) && add_member(record, "points", score) &&
           add_string(record, "previous_checksum", previous->checksum) &&
           (holding->report_path != NULL ? add_string(record, "report", holding->report_path)
                                         : cJSON_AddNullToObject(record, "report") != NULL) &&
           add_seeds(record, cJSON_GetObjectItemCaseSensitive(report, "seeds")) &&
           add_sequence(record, previous) && add_string(record, "tool_version", COG_VERSION) &&
           add_member(record, "verdict", report);
}

/* @param is_filled false when there was no memory for a member */
static enum cog_code seal(cJSON *record, bool is_filled, struct scn_history_link *inout_link,
                          char **out_line, struct cog_error *error)
{
    if (!is_filled) {
        return fail_memory(error);
    }
    if (inout_link->sequence >= SEQUENCE_MAX) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no number is left behind seq %" PRId64,
                             inout_link->sequence);
    }
    char checksum[COG_DIGEST_SIZE];
    enum cog_code code = cog_sealed_line_print(record, checksum, out_line, error);
    if (code == COG_OK) {
        inout_link->sequence++;
        memcpy(inout_link->checksum, checksum, sizeof checksum);
    }
    return code;
}

enum cog_code scn_history_record_print_genesis(int64_t unix_ms, struct scn_history_link *inout_link,
                                               char **out_line, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
    const bool is_filled = record != NULL && add_ours(record, unix_ms, NULL, inout_link);
    return seal(record, is_filled, inout_link, out_line, error);
}

enum cog_code scn_history_record_print_repair(int64_t unix_ms, const char *reason,
                                              struct scn_history_link *inout_link, char **out_line,
                                              struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
    const bool is_filled = record != NULL && add_ours(record, unix_ms, reason, inout_link);
    return seal(record, is_filled, inout_link, out_line, error);
}

static enum cog_code read_word(const cJSON *json, const char *name, const char *const *words,
                               const char **out_word, struct cog_error *error)
{
    const char *word = NULL;
    enum cog_code code = cog_json_string(json, name, &word, error);
    if (code != COG_OK) {
        return code;
    }
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(word, words[i]) == 0) {
            *out_word = word;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' is '%s', which nobody writes", name,
                         word);
}

static enum cog_code read_held_at(const cJSON *json, int64_t *out_unix_ms, struct cog_error *error)
{
    const char *stamp = NULL;
    enum cog_code code = cog_json_string(json, "held_at", &stamp, error);
    return code == COG_OK ? cog_stamp_parse_rfc3339(stamp, out_unix_ms, error) : code;
}

static enum cog_code read_entry(cJSON *json, struct scn_history_entry *out_entry,
                                struct cog_error *error)
{
    static const char *const modes[] = {"automatic", "guided", NULL};
    static const char *const verdicts[] = {"pass", "fail", "inconclusive", NULL};
    struct scn_history_entry entry = {.json = json};
    int64_t points = 0;
    enum cog_code code = cog_json_string(json, "id", &entry.id, error);
    code = code == COG_OK ? cog_json_string(json, "name", &entry.name, error) : code;
    code = code == COG_OK ? read_word(json, "mode", modes, &entry.mode, error) : code;
    code = code == COG_OK ? read_word(json, "verdict", verdicts, &entry.verdict, error) : code;
    code = code == COG_OK ? cog_json_integer(json, "points", 0, POINTS_MAX, &points, error) : code;
    code = code == COG_OK ? read_held_at(json, &entry.held_unix_ms, error) : code;
    if (code != COG_OK) {
        return code;
    }
    entry.points = (int)points;
    *out_entry = entry;
    return COG_OK;
}

enum cog_code scn_history_record_print_held(const struct scn_history_holding *holding,
                                            struct scn_history_link *inout_link, char **out_line,
                                            struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
    if (record == NULL || !add_held(record, holding, inout_link)) {
        return fail_memory(error);
    }
    /* What could not be read back must not be written. */
    struct scn_history_entry unused = {0};
    struct cog_error cause = {0};
    if (read_entry(record, &unused, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "it is no report of a drill: %s",
                             cause.message);
    }
    return seal(record, true, inout_link, out_line, error);
}

void scn_history_record_finish(struct scn_history_record *record)
{
    cJSON_Delete(record->entry.json);
    *record = (struct scn_history_record){0};
}

/* A line that is no rehearsal. */
static enum cog_code read_ours(const cJSON *json, struct scn_history_record *record,
                               struct cog_error *error)
{
    static const char *const kinds[] = {"genesis", "repair", NULL};
    const char *format = "";
    const char *kind = "";
    int64_t version = 0;
    enum cog_code code = cog_json_string(json, "format", &format, error);
    code = code == COG_OK
               ? cog_json_integer(json, "version", 0, COG_NUMBER_INTEGER_MAX, &version, error)
               : code;
    if (code != COG_OK) {
        return code;
    }
    if (strcmp(format, FORMAT) != 0 || version != VERSION) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "it is of format '%s', version %" PRId64 ": this program knows '%s', "
                             "version %d",
                             format, version, FORMAT, VERSION);
    }
    code = read_word(json, "kind", kinds, &kind, error);
    if (code == COG_OK && strcmp(kind, "repair") == 0) {
        record->kind = SCN_HISTORY_REPAIR;
        return cog_json_string(json, "reason", &record->reason, error);
    }
    return code;
}

static enum cog_code read_members(struct scn_history_record *record, cJSON *json,
                                  struct cog_error *error)
{
    enum cog_code code =
        cog_json_integer(json, "seq", 0, SEQUENCE_MAX, &record->link.sequence, error);
    code = code == COG_OK ? cog_json_string_copy(json, "previous_checksum", record->previous,
                                                 sizeof record->previous, error)
                          : code;
    if (code != COG_OK) {
        return code;
    }
    if (cJSON_GetObjectItemCaseSensitive(json, "kind") != NULL) {
        return read_ours(json, record, error);
    }
    record->kind = SCN_HISTORY_HELD;
    code = read_entry(json, &record->entry, error);
    record->entry.sequence = record->link.sequence;
    return code;
}

enum cog_code scn_history_record_parse(const char *line, size_t length,
                                       struct scn_history_record *out_record,
                                       struct cog_error *error)
{
    struct scn_history_record record = {.kind = SCN_HISTORY_GENESIS};
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    enum cog_code code = cog_sealed_line_parse(line, length, &json, record.link.checksum, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_error cause = {0};
    if (read_members(&record, json, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "%s", cause.message);
    }
    record.entry.json = json;
    json = NULL;
    *out_record = record;
    return COG_OK;
}
