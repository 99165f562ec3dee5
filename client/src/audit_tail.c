#include "audit_tail.h"

#include <cogbase/json.h>
#include <cogbase/sealed_line.h>

#include <stdio.h>

/** Begins like a record and does not end like one. */
static bool is_unfinished(const char *line, size_t length)
{
    return length > 0 && line[0] == '{' && line[length - 1] != '}';
}

/** @param end of the text's last line, without its line feed */
static void tear_set(const char *text, size_t begin, size_t end, struct cog_audit_tear *out_tear)
{
    *out_tear = (struct cog_audit_tear){
        .bytes = text + begin,
        .length = end - begin,
        .line_number = cog_line_number(text, begin),
    };
}

/** From the last line back to the last good record. */
enum cog_code cog_audit_tail_find(const char *text, size_t length, struct cog_audit_tail *out_tail,
                                  struct cog_error *error)
{
    struct cog_audit_tail tail = {
        .last = cog_audit_link_none(),
        .is_open = length > 0 && text[length - 1] != '\n',
    };
    const size_t last_end = length > 0 && !tail.is_open ? length - 1 : length;
    size_t torn_begin = length;
    bool may_be_torn = true;
    size_t begin = length;
    for (size_t end = last_end; begin > 0; end = begin - 1) {
        begin = cog_line_begin(text, end);
        const bool is_open = tail.is_open && end == last_end;
        COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
        const enum cog_code code =
            cog_audit_record_parse(text + begin, end - begin, &record, &tail.last, error);
        if (code != COG_OK && code != COG_ERROR_SYNTAX) {
            return code;
        }
        may_be_torn = may_be_torn &&
                      (is_open || (code != COG_OK && is_unfinished(text + begin, end - begin)));
        torn_begin = may_be_torn ? begin : torn_begin;
        if (code == COG_OK) {
            break;
        }
    }
    if (torn_begin < length) {
        tear_set(text, torn_begin, last_end, &tail.tear);
    }
    *out_tail = tail;
    return COG_OK;
}

enum cog_code cog_audit_tear_describe(const struct cog_audit_tear *tear,
                                      char out_reason[COG_REASON_SIZE], struct cog_error *error)
{
    char digest[COG_DIGEST_SIZE];
    const enum cog_code code = cog_digest_sha256(tear->bytes, tear->length, digest);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot compute a SHA-256");
    }
    (void)snprintf(out_reason, COG_REASON_SIZE,
                   "line %zu was cut short after %zu bytes of SHA-256 %s", tear->line_number,
                   tear->length, digest);
    return COG_OK;
}
