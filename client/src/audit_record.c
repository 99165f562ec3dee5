#include "audit_record.h"

#include "plain_text.h"

#include <cogbase/json.h>
#include <cogbase/sealed_line.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

_Static_assert((int)COG_CHECKSUM_SIZE == (int)COG_DIGEST_SIZE, "both are SHA-256 in hex");

static const struct cog_audit_link NONE = {
    .sequence = -1,
    .checksum = "0000000000000000000000000000000000000000000000000000000000000000",
};

struct cog_audit_link cog_audit_link_none(void)
{
    return NONE;
}

const char *cog_audit_status(enum cog_outcome outcome)
{
    const bool is_promoted = outcome == COG_OUTCOME_PROMOTED || outcome == COG_OUTCOME_UNDELIVERED;
    return is_promoted ? "success" : "failed";
}

int64_t cog_audit_record_unix_ms(const struct cog_report *report)
{
    return report->started_unix_ms + report->duration_ms;
}

static bool add_null(cJSON *record, const char *name)
{
    return cJSON_AddNullToObject(record, name) != NULL;
}

static bool add_number(cJSON *record, const char *name, double number)
{
    return cJSON_AddNumberToObject(record, name, number) != NULL;
}

/** RFC 8785 asks for UTF-8, which an actor or a path need not be. */
static bool add_string(cJSON *record, const char *name, const char *value)
{
    if (cog_plain_text_is_plain(value)) {
        return cJSON_AddStringToObject(record, name, value) != NULL;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_shown(&text, value);
    return !text.failed && cJSON_AddStringToObject(record, name, cog_text_string(&text)) != NULL;
}

/** What there is none of is null, not "". */
static bool add_string_or_null(cJSON *record, const char *name, const char *value)
{
    return value[0] == '\0' ? add_null(record, name) : add_string(record, name, value);
}

static bool add_parity(cJSON *record, const struct cog_report *report)
{
    return report->parity_is_measured ? add_number(record, "parity_score", report->parity_score)
                                      : add_null(record, "parity_score");
}

static bool add_stamp(cJSON *record, int64_t unix_ms)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    return add_string(record, "timestamp", cog_stamp_format_rfc3339(unix_ms, stamp)) &&
           add_string(record, "tool_version", COG_VERSION);
}

static bool add_previous(cJSON *record, const struct cog_audit_link *previous)
{
    return previous != NULL ? add_string(record, "previous_checksum", previous->checksum)
                            : add_null(record, "previous_checksum");
}

/** @param previous NULL for no place in a chain */
static bool add_sequence(cJSON *record, const struct cog_audit_link *previous)
{
    return previous != NULL ? add_number(record, "seq", (double)(previous->sequence + 1))
                            : add_null(record, "seq");
}

/** In the order that RFC 8785 wants. */
static bool add_run(cJSON *record, const struct cog_audit_entry *entry,
                    const struct cog_audit_link *previous)
{
    const struct cog_report *report = entry->report;
    const int64_t duration_s = (report->duration_ms + 500) / 1000;
    return add_string(record, "actor", entry->actor) &&
           add_number(record, "duration_seconds", (double)duration_s) &&
           add_string_or_null(record, "job_id", report->job_id) &&
           add_string(record, "outcome", cog_outcome_name(report->outcome)) &&
           add_parity(record, report) && add_previous(record, previous) &&
           add_string_or_null(record, "reason", report->reason) &&
           add_string_or_null(record, "rollback_id", report->rollback_id) &&
           add_string(record, "run_id", report->run_id) && add_sequence(record, previous) &&
           add_string(record, "source_env_id", report->source_environment_id) &&
           add_string(record, "status", cog_audit_status(report->outcome)) &&
           add_string(record, "target_env_id", report->target_environment_id) &&
           add_stamp(record, cog_audit_record_unix_ms(report));
}

/** @param is_filled false when there was no memory for a member */
static enum cog_code record_seal(cJSON *record, bool is_filled, struct cog_audit_link *inout_link,
                                 char **out_line, struct cog_error *error)
{
    if (!is_filled) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (inout_link != NULL && inout_link->sequence >= COG_AUDIT_SEQUENCE_MAX) {
        return cog_error_set(error, COG_ERROR_STORAGE, "no number is left behind seq %" PRId64,
                             inout_link->sequence);
    }
    char checksum[COG_DIGEST_SIZE];
    const enum cog_code code = cog_sealed_line_print(record, checksum, out_line, error);
    if (code == COG_OK && inout_link != NULL) {
        inout_link->sequence++;
        memcpy(inout_link->checksum, checksum, sizeof checksum);
    }
    return code;
}

enum cog_code cog_audit_record_print_genesis(int64_t unix_ms, struct cog_audit_link *inout_link,
                                             char **out_line, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
    const bool is_filled = record != NULL && add_string(record, "kind", "genesis") &&
                           add_previous(record, inout_link) && add_sequence(record, inout_link) &&
                           add_stamp(record, unix_ms);
    return record_seal(record, is_filled, inout_link, out_line, error);
}

enum cog_code cog_audit_record_print_repair(int64_t unix_ms, const char *reason,
                                            struct cog_audit_link *inout_link, char **out_line,
                                            struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
    const bool is_filled = record != NULL && add_string(record, "kind", "repair") &&
                           add_previous(record, inout_link) &&
                           add_string(record, "reason", reason) &&
                           add_sequence(record, inout_link) && add_stamp(record, unix_ms);
    return record_seal(record, is_filled, inout_link, out_line, error);
}

enum cog_code cog_audit_record_print_run(const struct cog_audit_entry *entry,
                                         struct cog_audit_link *inout_link, char **out_line,
                                         struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
    const bool is_filled = record != NULL && add_run(record, entry, inout_link);
    return record_seal(record, is_filled, inout_link, out_line, error);
}

const char *cog_audit_record_kind(const cJSON *record)
{
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(record, "kind");
    if (kind == NULL) {
        return "";
    }
    return cJSON_IsString(kind) && kind->valuestring[0] != '\0' ? kind->valuestring : "?";
}

enum cog_code cog_audit_record_parse(const char *line, size_t length, cJSON **out_record,
                                     struct cog_audit_link *out_link, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    struct cog_audit_link link = NONE;
    enum cog_code code = cog_sealed_line_parse(line, length, &record, link.checksum, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_error cause = {0};
    code = cog_json_integer(record, "seq", 0, COG_AUDIT_SEQUENCE_MAX, &link.sequence, &cause);
    if (code != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "%s", cause.message);
    }
    *out_link = link;
    *out_record = record;
    record = NULL;
    return COG_OK;
}
