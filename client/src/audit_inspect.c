#include <cogpromote/audit.h>

#include "audit_record.h"
#include "audit_tail.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/** The reading, line by line. */
struct reading {
    const struct cog_audit_anchor *anchor; /**< NULL for none. */
    struct cog_audit_inspection inspection;
    struct cog_audit_link head;
    const char *line;
    size_t length;
    size_t line_number;
    struct cog_audit_tear pending; /**< Lines that are no records, up to now; a repair may come. */
    char pending_cause[COG_ERROR_MESSAGE_SIZE]; /**< Of the first of them. */
    size_t anchor_line_number; /**< Where another record than the anchor's has its `seq`. */
};

static void settle(struct reading *reading, enum cog_audit_verdict verdict, size_t line_number,
                   const char *format, ...) COG_PRINTF(4, 5);

/** The first verdict counts. */
static void settle(struct reading *reading, enum cog_audit_verdict verdict, size_t line_number,
                   const char *format, ...)
{
    reading->inspection.verdict = verdict;
    reading->inspection.line_number = line_number;
    va_list list;
    va_start(list, format);
    (void)vsnprintf(reading->inspection.reason, sizeof reading->inspection.reason, format, list);
    va_end(list);
}

static bool is_settled(const struct reading *reading)
{
    return reading->inspection.verdict != COG_AUDIT_INTACT;
}

static void pending_append(struct reading *reading, const struct cog_error *cause)
{
    if (reading->pending.bytes == NULL) {
        reading->pending.bytes = reading->line;
        reading->pending.line_number = reading->line_number;
        (void)snprintf(reading->pending_cause, sizeof reading->pending_cause, "%s", cause->message);
    }
    reading->pending.length = (size_t)(reading->line - reading->pending.bytes) + reading->length;
}

static void settle_changed(struct reading *reading)
{
    settle(reading, COG_AUDIT_CHANGED, reading->pending.line_number,
           "line %zu is not as it was written: %s", reading->pending.line_number,
           reading->pending_cause);
}

/**
 * Whether a repair speaks of what is in front of it.
 *
 * @param previous the line before, which may lack nothing but had lacked its line feed
 */
static enum cog_code repair_check(struct reading *reading, const cJSON *record,
                                  const struct cog_audit_tear *previous, struct cog_error *error)
{
    const bool is_pending = reading->pending.bytes != NULL;
    const char *stated = "";
    char expected[COG_REASON_SIZE];
    enum cog_code code =
        cog_audit_tear_describe(is_pending ? &reading->pending : previous, expected, error);
    if (code != COG_OK) {
        return code;
    }
    if (cog_json_string(record, "reason", &stated, NULL) != COG_OK ||
        strcmp(stated, expected) != 0) {
        if (is_pending) {
            settle_changed(reading);
        } else {
            settle(reading, COG_AUDIT_BROKEN, reading->line_number,
                   "line %zu repairs what is not in front of it: expected '%s'",
                   reading->line_number, expected);
        }
    }
    reading->pending = (struct cog_audit_tear){0};
    return COG_OK;
}

/** `seq` and `previous_checksum`. */
static void place_check(struct reading *reading, const cJSON *record,
                        const struct cog_audit_link *link)
{
    const size_t line_number = reading->line_number;
    const struct cog_audit_link *head = &reading->head;
    char previous[COG_DIGEST_SIZE];
    if (link->sequence != head->sequence + 1) {
        settle(reading, COG_AUDIT_BROKEN, line_number,
               "line %zu has seq %" PRId64 ", expected %" PRId64, line_number, link->sequence,
               head->sequence + 1);
    } else if (cog_json_string_copy(record, "previous_checksum", previous, sizeof previous, NULL) !=
                   COG_OK ||
               strcmp(previous, head->checksum) != 0) {
        settle(reading, COG_AUDIT_BROKEN, line_number,
               "line %zu is chained to another record, expected previous_checksum %s", line_number,
               head->checksum);
    }
}

/** Which kind may stand where. */
static enum cog_code kind_check(struct reading *reading, const cJSON *record,
                                const struct cog_audit_tear *previous, struct cog_error *error)
{
    const char *kind = cog_audit_record_kind(record);
    const size_t line_number = reading->line_number;
    if (strcmp(kind, "repair") == 0 && line_number > 1) {
        reading->inspection.repair_count++;
        return repair_check(reading, record, previous, error);
    }
    if (reading->pending.bytes != NULL) {
        settle_changed(reading);
        return COG_OK;
    }
    const bool is_first = reading->head.sequence < 0;
    if (is_first != (strcmp(kind, "genesis") == 0)) {
        settle(reading, COG_AUDIT_BROKEN, line_number,
               is_first ? "line %zu is not the genesis record, with which a file begins"
                        : "line %zu is another genesis record",
               line_number);
    } else if (!is_first && kind[0] != '\0') {
        settle(reading, COG_AUDIT_BROKEN, line_number, "line %zu is of a kind that nobody writes",
               line_number);
    }
    return COG_OK;
}

/** Takes a good record as the head. */
static void head_move(struct reading *reading, const cJSON *record,
                      const struct cog_audit_link *link)
{
    reading->head = *link;
    reading->inspection.record_count += cog_audit_record_kind(record)[0] == '\0' ? 1 : 0;
    const struct cog_audit_anchor *anchor = reading->anchor;
    if (anchor != NULL && link->sequence == anchor->sequence &&
        strcmp(link->checksum, anchor->checksum) != 0) {
        reading->anchor_line_number = reading->line_number;
    }
}

/** @param previous the line before; `{0}` for the first */
static enum cog_code line_read(struct reading *reading, const struct cog_audit_tear *previous,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    struct cog_audit_link link;
    struct cog_error cause = {0};
    enum cog_code code =
        cog_audit_record_parse(reading->line, reading->length, &record, &link, &cause);
    if (code == COG_ERROR_SYNTAX) {
        pending_append(reading, &cause);
        return COG_OK;
    }
    if (code != COG_OK) {
        return cog_error_set(error, code, "%s", cause.message);
    }
    code = kind_check(reading, record, previous, error);
    if (code == COG_OK && !is_settled(reading)) {
        place_check(reading, record, &link);
    }
    if (code == COG_OK && !is_settled(reading)) {
        head_move(reading, record, &link);
    }
    return code;
}

static enum cog_code lines_read(struct reading *reading, const char *text, size_t length,
                                struct cog_error *error)
{
    const char *const end = text + length;
    struct cog_audit_tear previous = {0};
    while (text < end && !is_settled(reading)) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        reading->line = text;
        reading->length = (size_t)((feed != NULL ? feed : end) - text);
        reading->line_number++;
        const enum cog_code code = line_read(reading, &previous, error);
        if (code != COG_OK) {
            return code;
        }
        previous = (struct cog_audit_tear){reading->line, reading->length, reading->line_number};
        text = feed != NULL ? feed + 1 : end;
    }
    return COG_OK;
}

/** @param tear how the file ends; one that no append would repair has been changed */
static void end_check(struct reading *reading, const struct cog_audit_tear *tear)
{
    const struct cog_audit_anchor *anchor = reading->anchor;
    const int64_t head = reading->head.sequence;
    if (reading->pending.bytes != NULL && reading->pending.bytes != tear->bytes) {
        settle_changed(reading);
    } else if (reading->anchor_line_number > 0) {
        settle(reading, COG_AUDIT_REWRITTEN, reading->anchor_line_number,
               "the record of seq %" PRId64 " has another checksum, expected %s", anchor->sequence,
               anchor->checksum);
    } else if (anchor != NULL && anchor->sequence > head) {
        settle(reading, COG_AUDIT_CUT, 0,
               "the record of seq %" PRId64 " is missing: the last one is of seq %" PRId64,
               anchor->sequence, head);
    } else if (tear->bytes != NULL) {
        settle(reading, COG_AUDIT_TORN, tear->line_number,
               "line %zu was cut short; the next run repairs it", tear->line_number);
    }
}

static enum cog_code chain_read(struct reading *reading, const char *text, size_t length,
                                struct cog_error *error)
{
    enum cog_code code = lines_read(reading, text, length, error);
    if (code != COG_OK || is_settled(reading)) {
        return code;
    }
    struct cog_audit_tail tail = {0};
    code = cog_audit_tail_find(text, length, &tail, error);
    if (code != COG_OK) {
        return code;
    }
    end_check(reading, &tail.tear);
    if (length == 0 && !is_settled(reading)) {
        reading->inspection.verdict = COG_AUDIT_EMPTY;
    }
    return COG_OK;
}

enum cog_code cog_audit_inspect(struct cog_storage storage, const struct cog_audit_anchor *anchor,
                                struct cog_audit_inspection *out_inspection,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    enum cog_code code = cog_storage_read(storage, COG_AUDIT_FILE, &text, &length, error);
    struct reading reading = {.anchor = anchor, .head = cog_audit_link_none()};
    if (code == COG_OK) {
        code = chain_read(&reading, text, length, error);
    }
    if (code != COG_OK) {
        return cog_error_wrap(error, code, "read the audit file");
    }
    reading.inspection.head_sequence = reading.head.sequence;
    if (reading.head.sequence >= 0) {
        memcpy(reading.inspection.head_checksum, reading.head.checksum, COG_CHECKSUM_SIZE);
    }
    *out_inspection = reading.inspection;
    return COG_OK;
}

const char *cog_audit_verdict_name(enum cog_audit_verdict verdict)
{
    switch (verdict) {
    case COG_AUDIT_INTACT:
        return "intact";
    case COG_AUDIT_EMPTY:
        return "empty";
    case COG_AUDIT_CHANGED:
        return "changed";
    case COG_AUDIT_BROKEN:
        return "broken";
    case COG_AUDIT_TORN:
        return "torn";
    case COG_AUDIT_CUT:
        return "cut";
    case COG_AUDIT_REWRITTEN:
        return "rewritten";
    }
    return "changed";
}
