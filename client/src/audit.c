#include <cogpromote/audit.h>

#include "audit_record.h"
#include "audit_tail.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEEDLE_SIZE = COG_UUID_SIZE + 16 };

/** What `compose` needs, and the record that it made or found. */
struct composition {
    const struct cog_audit_entry *entry;
    struct cog_audit_link link;
    char *line; /**< Owned. */
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/** As strstr(), in what may hold any byte. @return NULL when it is not there */
static const char *bytes_find(const char *bytes, const char *end, const char *needle)
{
    const size_t length = strlen(needle);
    while ((size_t)(end - bytes) >= length) {
        const char *at = memchr(bytes, needle[0], (size_t)(end - bytes) - length + 1);
        if (at == NULL || memcmp(at, needle, length) == 0) {
            return at;
        }
        bytes = at + 1;
    }
    return NULL;
}

/** Reads the line that `at` is in. @return where the next one begins */
static const char *line_span(const char *begin, const char *at, const char *end,
                             const char **out_line, size_t *out_length)
{
    while (at > begin && at[-1] != '\n') {
        at--;
    }
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    *out_line = at;
    *out_length = (size_t)((feed != NULL ? feed : end) - at);
    return feed != NULL ? feed + 1 : end;
}

/** @param inout_link of the line, when that is a run's record; else it is passed over */
static enum cog_code ending_read(const char *line, size_t length, struct cog_audit_link *inout_link,
                                 bool *out_is_ending, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    struct cog_audit_link link;
    const enum cog_code code = cog_audit_record_parse(line, length, &record, &link, error);
    *out_is_ending = code == COG_OK && cog_audit_record_kind(record)[0] == '\0';
    if (*out_is_ending) {
        *inout_link = link;
    }
    return code == COG_ERROR_SYNTAX ? COG_OK : code;
}

/**
 * Looks for the record that is to be written: whoever was killed between writing it and noting that
 * it is written comes back. Leaves the composition without a line where it is not there.
 */
static enum cog_code ending_find(struct composition *composition, const char *existing,
                                 size_t length, struct cog_error *error)
{
    const struct cog_audit_entry *entry = composition->entry;
    if (entry->report->run_id[0] == '\0') {
        return COG_OK;
    }
    /* Inside of a JSON string the quotes would have backslashes: this can only be the member. */
    char needle[NEEDLE_SIZE];
    (void)snprintf(needle, sizeof needle, "\"run_id\":\"%s\"", entry->report->run_id);
    const char *const end = existing + length;
    const char *found = NULL;
    size_t found_length = 0;
    int count = 0;
    for (const char *at = bytes_find(existing, end, needle); at != NULL;
         at = bytes_find(at, end, needle)) {
        const char *line = NULL;
        size_t line_length = 0;
        bool is_ending = false;
        at = line_span(existing, at, end, &line, &line_length);
        const enum cog_code code =
            ending_read(line, line_length, &composition->link, &is_ending, error);
        if (code != COG_OK) {
            return code;
        }
        if (is_ending) {
            count++;
            found = line;
            found_length = line_length;
        }
    }
    if (count < entry->ending_count) {
        return COG_OK;
    }
    composition->line = cog_string_clone(found, found_length);
    return composition->line != NULL ? COG_OK : fail_memory(error);
}

/** What has to stand in front of the record: a genesis, or the repair of what was cut short. */
static enum cog_code preface_append(const struct composition *composition,
                                    const struct cog_audit_tail *tail, struct cog_audit_link *link,
                                    struct cog_text *text, struct cog_error *error)
{
    const int64_t unix_ms = cog_audit_record_unix_ms(composition->entry->report);
    if (tail->is_open) {
        cog_text_append(text, "\n");
    }
    if (tail->tear.bytes == NULL && link->sequence >= 0) {
        return COG_OK;
    }
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    enum cog_code code = COG_OK;
    if (tail->tear.bytes == NULL) {
        code = cog_audit_record_print_genesis(unix_ms, link, &line, error);
    } else {
        char reason[COG_REASON_SIZE];
        code = cog_audit_tear_describe(&tail->tear, reason, error);
        if (code == COG_OK) {
            code = cog_audit_record_print_repair(unix_ms, reason, link, &line, error);
        }
    }
    if (code == COG_OK) {
        cog_text_append_format(text, "%s\n", line);
    }
    return code;
}

/** @param out_addition also where it fails: for the caller to release */
static enum cog_code addition_compose(struct composition *composition, const char *existing,
                                      size_t existing_length, struct cog_text *out_addition,
                                      struct cog_error *error)
{
    struct cog_audit_tail tail = {0};
    enum cog_code code = cog_audit_tail_find(existing, existing_length, &tail, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_audit_link link = tail.last;
    code = preface_append(composition, &tail, &link, out_addition, error);
    if (code == COG_OK) {
        code = cog_audit_record_print_run(composition->entry, &link, &composition->line, error);
    }
    if (code != COG_OK) {
        return code;
    }
    cog_text_append(out_addition, composition->line);
    cog_text_append(out_addition, "\n");
    composition->link = link;
    return COG_OK;
}

static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error)
{
    struct composition *composition = context;
    enum cog_code code = ending_find(composition, existing, existing_length, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text addition = {0};
    if (composition->line == NULL) {
        code = addition_compose(composition, existing, existing_length, &addition, error);
        if (code != COG_OK) {
            return code;
        }
    }
    char *taken = cog_text_take(&addition);
    if (taken == NULL) {
        return fail_memory(error);
    }
    *out_text = taken;
    return COG_OK;
}

enum cog_code cog_audit_append(struct cog_storage storage, const struct cog_audit_entry *entry,
                               struct cog_audit_result *out_result, struct cog_error *error)
{
    assert(entry->ending_count > 0);
    struct composition composition = {.entry = entry};
    const struct cog_storage_composer composer = {.compose = compose, .context = &composition};
    const enum cog_code code = cog_storage_append(storage, COG_AUDIT_FILE, composer, error);
    if (code != COG_OK) {
        free(composition.line);
        struct cog_audit_result result = {0};
        if (cog_audit_record_print_run(entry, NULL, &result.line, NULL) != COG_OK) {
            result.line = NULL;
        }
        *out_result = result;
        return cog_error_wrap(error, code, "write the audit record");
    }
    *out_result = (struct cog_audit_result){
        .is_written = true,
        .sequence = composition.link.sequence,
        .line = composition.line,
    };
    memcpy(out_result->checksum, composition.link.checksum, sizeof out_result->checksum);
    return COG_OK;
}
