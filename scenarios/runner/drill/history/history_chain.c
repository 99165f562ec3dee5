#include "drill/history/history_chain.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The reading under way. */
struct reading {
    struct scn_history_chain chain;
    const struct scn_history_anchor *anchor; /* NULL for none. */
    size_t anchor_line_number;               /* Where another line than the anchor's has its seq. */
    const char *line;
    size_t length;
    size_t line_number;
    char cause[COG_ERROR_MESSAGE_SIZE]; /* Why the first of the torn lines is no record. */
};

void scn_history_finish(struct scn_history *history)
{
    for (size_t i = 0; i < history->count; i++) {
        cJSON_Delete(history->entries[i].json);
    }
    free(history->entries);
    *history = (struct scn_history){0};
}

void scn_history_chain_finish(struct scn_history_chain *chain)
{
    scn_history_finish(&chain->history);
    *chain = (struct scn_history_chain){0};
}

enum cog_code scn_history_tear_describe(const struct scn_history_tear *tear,
                                        char out_reason[SCN_HISTORY_REASON_SIZE],
                                        struct cog_error *error)
{
    char digest[COG_DIGEST_SIZE];
    const enum cog_code code = cog_digest_sha256(tear->bytes, tear->length, digest);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot compute a SHA-256");
    }
    (void)snprintf(out_reason, SCN_HISTORY_REASON_SIZE,
                   "line %zu was cut short after %zu bytes of SHA-256 %s", tear->line_number,
                   tear->length, digest);
    return COG_OK;
}

static void settle(struct reading *reading, enum scn_history_state state, size_t line_number,
                   const char *format, ...) COG_PRINTF(4, 5);

static void settle(struct reading *reading, enum scn_history_state state, size_t line_number,
                   const char *format, ...)
{
    struct scn_history_inspection *inspection = &reading->chain.inspection;
    inspection->state = state;
    inspection->line_number = line_number;
    va_list list;
    va_start(list, format);
    (void)vsnprintf(inspection->reason, sizeof inspection->reason, format, list);
    va_end(list);
}

static bool is_broken(const struct reading *reading)
{
    return reading->chain.inspection.state == SCN_HISTORY_BROKEN;
}

static void settle_changed(struct reading *reading, size_t line_number, const char *cause)
{
    settle(reading, SCN_HISTORY_BROKEN, line_number, "line %zu is no line of this history: %s",
           line_number, cause);
}

/* A line that is no record: a crash's, if it looks so and a repair or the file's end follows. */
static void take_cut(struct reading *reading, const struct cog_error *cause)
{
    struct scn_history_tear *tear = &reading->chain.tear;
    if (!scn_history_record_is_cut(reading->line, reading->length)) {
        settle_changed(reading, reading->line_number, cause->message);
        return;
    }
    if (tear->bytes == NULL) {
        tear->bytes = reading->line;
        tear->line_number = reading->line_number;
        (void)snprintf(reading->cause, sizeof reading->cause, "%s", cause->message);
    }
    tear->length = (size_t)(reading->line - tear->bytes) + reading->length;
}

/* Whether a repair speaks of what is in front of it, and only a repair stands behind a tear. */
static enum cog_code check_tear(struct reading *reading, const struct scn_history_record *record,
                                struct cog_error *error)
{
    struct scn_history_tear *tear = &reading->chain.tear;
    const bool is_repair = record->kind == SCN_HISTORY_REPAIR;
    char expected[SCN_HISTORY_REASON_SIZE] = "";
    if (tear->bytes == NULL) {
        if (is_repair) {
            settle(reading, SCN_HISTORY_BROKEN, reading->line_number,
                   "line %zu repairs what is not in front of it", reading->line_number);
        }
        return COG_OK;
    }
    const enum cog_code code = scn_history_tear_describe(tear, expected, error);
    if (code == COG_OK && (!is_repair || strcmp(record->reason, expected) != 0)) {
        settle_changed(reading, tear->line_number, reading->cause);
    }
    reading->chain.inspection.repair_count++;
    *tear = (struct scn_history_tear){0};
    return code;
}

/* Its kind, its number, and what it is chained to. */
static void check_place(struct reading *reading, const struct scn_history_record *record)
{
    const struct scn_history_link *head = &reading->chain.head;
    const size_t line_number = reading->line_number;
    const bool is_first = head->sequence < 0;
    if (is_first && record->kind == SCN_HISTORY_HELD) {
        settle(reading, SCN_HISTORY_BROKEN, line_number,
               "line %zu is a rehearsal, and nothing of a history's beginning is in front of it",
               line_number);
    } else if (!is_first && record->kind == SCN_HISTORY_GENESIS) {
        settle(reading, SCN_HISTORY_BROKEN, line_number, "line %zu begins another history",
               line_number);
    } else if (record->link.sequence != head->sequence + 1) {
        settle(reading, SCN_HISTORY_BROKEN, line_number,
               "line %zu has seq %" PRId64 ", expected %" PRId64
               ": lines in front of it were taken out or put in",
               line_number, record->link.sequence, head->sequence + 1);
    } else if (strcmp(record->previous, head->checksum) != 0) {
        settle(reading, SCN_HISTORY_BROKEN, line_number,
               "line %zu is chained to another line than the one in front of it", line_number);
    }
}

/* @param record its entry is moved out */
static enum cog_code take_record(struct reading *reading, struct scn_history_record *record,
                                 struct cog_error *error)
{
    const struct scn_history_anchor *anchor = reading->anchor;
    if (anchor != NULL && record->link.sequence == anchor->sequence &&
        strcmp(record->link.checksum, anchor->checksum) != 0) {
        reading->anchor_line_number = reading->line_number;
    }
    reading->chain.head = record->link;
    if (record->kind != SCN_HISTORY_HELD) {
        return COG_OK;
    }
    /* The room doubles whenever it is used up, which is when the count is a power of two. */
    struct scn_history *history = &reading->chain.history;
    if ((history->count & (history->count - 1)) == 0) {
        const size_t capacity = history->count > 0 ? history->count * 2 : 1;
        struct scn_history_entry *entries =
            realloc(history->entries, capacity * sizeof *history->entries);
        if (entries == NULL) {
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
        history->entries = entries;
    }
    history->entries[history->count++] = record->entry;
    record->entry = (struct scn_history_entry){0};
    return COG_OK;
}

static enum cog_code read_line(struct reading *reading, struct cog_error *error)
{
    COG_CLEANUP(scn_history_record_finish) struct scn_history_record record = {0};
    struct cog_error cause = {0};
    enum cog_code code = scn_history_record_parse(reading->line, reading->length, &record, &cause);
    if (code == COG_ERROR_SYNTAX) {
        take_cut(reading, &cause);
        return COG_OK;
    }
    if (code != COG_OK) {
        return cog_error_set(error, code, "%s", cause.message);
    }
    code = check_tear(reading, &record, error);
    if (code == COG_OK && !is_broken(reading)) {
        check_place(reading, &record);
    }
    return code == COG_OK && !is_broken(reading) ? take_record(reading, &record, error) : code;
}

static enum cog_code read_lines(struct reading *reading, const char *text, size_t length,
                                struct cog_error *error)
{
    const char *const end = text + length;
    while (text < end && !is_broken(reading)) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        reading->line = text;
        reading->length = (size_t)((feed != NULL ? feed : end) - text);
        reading->line_number++;
        const enum cog_code code = read_line(reading, error);
        if (code != COG_OK) {
            return code;
        }
        text = feed != NULL ? feed + 1 : end;
    }
    const struct scn_history_tear *tear = &reading->chain.tear;
    if (!is_broken(reading) && tear->bytes != NULL) {
        settle(reading, SCN_HISTORY_TORN, tear->line_number,
               "line %zu was cut short; the next rehearsal repairs it", tear->line_number);
    }
    return COG_OK;
}

/* What is damaged by itself says so first; what a crash cut short may still lack more. */
static void check_anchor(struct reading *reading)
{
    const struct scn_history_anchor *anchor = reading->anchor;
    const int64_t head = reading->chain.head.sequence;
    if (anchor == NULL || is_broken(reading)) {
        return;
    }
    if (reading->anchor_line_number > 0) {
        settle(reading, SCN_HISTORY_REWRITTEN, reading->anchor_line_number,
               "the line of seq %" PRId64 " has another checksum, expected %s", anchor->sequence,
               anchor->checksum);
    } else if (anchor->sequence > head && head < 0) {
        settle(reading, SCN_HISTORY_CUT, 0, "the line of seq %" PRId64 " is missing: there is none",
               anchor->sequence);
    } else if (anchor->sequence > head) {
        settle(reading, SCN_HISTORY_CUT, 0,
               "the line of seq %" PRId64 " is missing: the last one is of seq %" PRId64,
               anchor->sequence, head);
    }
}

enum cog_code scn_history_chain_read(const char *text, size_t length,
                                     const struct scn_history_anchor *anchor,
                                     struct scn_history_chain *out_chain, struct cog_error *error)
{
    struct reading reading = {.chain = {.head = scn_history_link_none()}, .anchor = anchor};
    struct scn_history_inspection *inspection = &reading.chain.inspection;
    inspection->state = length > 0 ? SCN_HISTORY_INTACT : SCN_HISTORY_EMPTY;
    const enum cog_code code = read_lines(&reading, text, length, error);
    if (code != COG_OK) {
        scn_history_chain_finish(&reading.chain);
        return code;
    }
    check_anchor(&reading);
    reading.chain.is_open = length > 0 && text[length - 1] != '\n';
    inspection->entry_count = reading.chain.history.count;
    inspection->head_sequence = reading.chain.head.sequence;
    if (inspection->head_sequence >= 0) {
        memcpy(inspection->head_checksum, reading.chain.head.checksum, COG_DIGEST_SIZE);
    }
    *out_chain = reading.chain;
    return COG_OK;
}
