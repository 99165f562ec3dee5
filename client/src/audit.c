#include "audit.h"

#include <cogbase/digest.h>
#include <cogbase/json.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)COG_CHECKSUM_SIZE == (int)COG_DIGEST_SIZE, "both are SHA-256 in hex");

static const char GENESIS[COG_DIGEST_SIZE] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/** What `compose` needs and what it found. */
struct composition {
    const char *actor;
    const struct cog_report *report;
    int64_t sequence;
    char checksum[COG_DIGEST_SIZE];
    char *line;
};

const char *cog_audit_status(enum cog_outcome outcome)
{
    return outcome == COG_OUTCOME_PROMOTED ? "success" : "failed";
}

static bool add_string(cJSON *record, const char *name, const char *value)
{
    return cJSON_AddStringToObject(record, name, value) != NULL;
}

/** What there is none of is null, not "". */
static bool add_string_or_null(cJSON *record, const char *name, const char *value)
{
    return value[0] == '\0' ? cJSON_AddNullToObject(record, name) != NULL
                            : add_string(record, name, value);
}

static bool add_parity(cJSON *record, const struct cog_report *report)
{
    if (!report->parity_is_measured) {
        return cJSON_AddNullToObject(record, "parity_score") != NULL;
    }
    return cJSON_AddNumberToObject(record, "parity_score", report->parity_score) != NULL;
}

/**
 * All members, in the order that RFC 8785 wants (by UTF-16 code units). cJSON then
 * prints what JCS prescribes: no spaces, the same escapes, and for our integers and decimals of at
 * most four places the same digits.
 */
static bool add_members(cJSON *record, const struct composition *composition,
                        const char *previous_checksum, const char *checksum)
{
    const struct cog_report *report = composition->report;
    char stamp[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(report->started_unix_ms + report->duration_ms, stamp);
    int64_t duration_s = (report->duration_ms + 500) / 1000;

    return add_string(record, "actor", composition->actor) &&
           (checksum == NULL || add_string(record, "checksum", checksum)) &&
           cJSON_AddNumberToObject(record, "duration_seconds", (double)duration_s) != NULL &&
           add_string_or_null(record, "job_id", report->job_id) &&
           add_string(record, "outcome", cog_outcome_name(report->outcome)) &&
           add_parity(record, report) &&
           add_string(record, "previous_checksum", previous_checksum) &&
           add_string_or_null(record, "reason", report->reason) &&
           add_string_or_null(record, "rollback_id", report->rollback_id) &&
           add_string(record, "run_id", report->run_id) &&
           cJSON_AddNumberToObject(record, "seq", (double)composition->sequence) != NULL &&
           add_string(record, "source_env_id", report->source_environment_id) &&
           add_string(record, "status", cog_audit_status(report->outcome)) &&
           add_string(record, "target_env_id", report->target_environment_id) &&
           add_string(record, "timestamp", stamp) &&
           add_string(record, "tool_version", COG_VERSION);
}

/** @param checksum NULL for the form that is hashed; @return free() it; NULL: out of memory */
static char *line_print(const struct composition *composition, const char *previous_checksum,
                        const char *checksum)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
    if (record == NULL || !add_members(record, composition, previous_checksum, checksum)) {
        return NULL;
    }
    return cJSON_PrintUnformatted(record);
}

/** The record before: of the last line that is whole. An empty or unreadable file has none. */
static void previous_find(const char *existing, size_t length, int64_t *out_sequence,
                          char out_checksum[COG_DIGEST_SIZE])
{
    *out_sequence = 0;
    memcpy(out_checksum, GENESIS, COG_DIGEST_SIZE);
    size_t end = length;
    while (end > 0) {
        size_t begin = end;
        while (begin > 0 && existing[begin - 1] != '\n') {
            begin--;
        }
        COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
        if (cog_json_parse_object(existing + begin, end - begin, &record, NULL) == COG_OK &&
            cog_json_integer(record, "seq", 1, INT64_C(1) << 53, out_sequence, NULL) == COG_OK &&
            cog_json_string_copy(record, "checksum", out_checksum, COG_DIGEST_SIZE, NULL) ==
                COG_OK) {
            return;
        }
        end = begin == 0 ? 0 : begin - 1;
    }
}

static enum cog_code line_compose(struct composition *composition, const char *previous_checksum,
                                  char **out_line, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish)
    char *hashed = line_print(composition, previous_checksum, NULL);
    if (hashed == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = cog_digest_sha256(hashed, strlen(hashed), composition->checksum);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot compute a SHA-256");
    }
    char *line = line_print(composition, previous_checksum, composition->checksum);
    if (line == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_line = line;
    return COG_OK;
}

static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_addition, struct cog_error *error)
{
    struct composition *composition = context;
    char previous_checksum[COG_DIGEST_SIZE];
    int64_t previous_sequence = 0;
    previous_find(existing, existing_length, &previous_sequence, previous_checksum);
    composition->sequence = previous_sequence + 1;

    COG_CLEANUP(cog_string_finish) char *line = NULL;
    enum cog_code code = line_compose(composition, previous_checksum, &line, error);
    if (code != COG_OK) {
        return code;
    }

    /* A line that a crash cut short must not swallow this one. */
    bool is_torn = existing_length > 0 && existing[existing_length - 1] != '\n';
    COG_CLEANUP(cog_text_finish) struct cog_text addition = {0};
    cog_text_append_format(&addition, "%s%s\n", is_torn ? "\n" : "", line);
    char *taken = cog_text_take(&addition);
    if (taken == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_addition = taken;
    composition->line = line;
    line = NULL;
    return COG_OK;
}

enum cog_code cog_audit_append(struct cog_storage storage, const char *actor,
                               struct cog_report *report, char **out_line, struct cog_error *error)
{
    struct composition composition = {.actor = actor, .report = report};
    const struct cog_storage_composer composer = {.compose = compose, .context = &composition};
    enum cog_code code = cog_storage_append(storage, COG_AUDIT_FILE, composer, error);
    if (code != COG_OK) {
        free(composition.line);
        return cog_error_wrap(error, code, "write the audit record");
    }
    report->audit_is_written = true;
    report->audit_sequence = composition.sequence;
    memcpy(report->audit_checksum, composition.checksum, sizeof report->audit_checksum);
    *out_line = composition.line;
    return COG_OK;
}
