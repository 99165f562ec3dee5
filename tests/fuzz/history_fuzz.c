/*
 * A history that was cut, and continued by whoever: it is read, and asked. The first byte is how
 * many rehearsals were written before, the next two how much was cut off. Then lines: what begins
 * with '+' is an object whose members take the place of those of a good rehearsal, which is sealed
 * and chained; all else is appended as it is.
 */
#include "drill/history/history_chain.h"
#include "drill/history/overdue.h"
#include "input.h"

#include <cogbase/json.h>
#include <cogbase/sealed_line.h>
#include <cogbase/text.h>

#include <string.h>

enum { RECORDS_MAX = 3 };

static const int64_t NOON_UNIX_MS = INT64_C(1764590400000);

static const char REPORT[] =
    "{\"drill\":{\"id\":\"job_fails\",\"name\":\"it fails\",\"digest\":\"d1\"},"
    "\"mode\":\"automatic\",\"client\":null,\"operator\":null,\"seeds\":{\"first\":1,\"count\":9},"
    "\"verdict\":\"pass\",\"failed_check\":null,\"score\":{\"points\":95},\"figures\":["
    "{\"name\":\"recover\",\"median\":41000,\"p95\":55000,\"target\":60000}]}";

/* What the input has come to. */
struct draft {
    struct cog_text text;
    struct scn_history_link link;
};

static cJSON *record_make(const struct scn_history_link *link)
{
    COG_CLEANUP(cog_json_finish) cJSON *report = cJSON_Parse(REPORT);
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    const struct scn_history_holding holding = {.report = report, .held_unix_ms = NOON_UNIX_MS};
    struct scn_history_link next = *link;
    fuzz_expect(scn_history_record_print_held(&holding, &next, &line, NULL) == COG_OK,
                "a rehearsal can be written");
    cJSON *record = cJSON_Parse(line);
    fuzz_expect(record != NULL, "it is JSON");
    cJSON_DeleteItemFromObjectCaseSensitive(record, "checksum");
    return record;
}

/* @param changes NULL for none */
static void record_append(struct draft *draft, const cJSON *changes)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = record_make(&draft->link);
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    const cJSON *change = NULL;
    cJSON_ArrayForEach(change, changes)
    {
        cJSON *item = cJSON_Duplicate(change, true);
        if (!cJSON_ReplaceItemInObjectCaseSensitive(record, change->string, item)) {
            cJSON_Delete(item);
        }
    }
    fuzz_expect(cog_sealed_line_print(record, draft->link.checksum, &line, NULL) == COG_OK,
                "any record can be sealed");
    draft->link.sequence++;
    cog_text_append_format(&draft->text, "%s\n", line);
}

static void beginning_append(struct draft *draft, unsigned count, size_t cut)
{
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    draft->link = scn_history_link_none();
    fuzz_expect(scn_history_record_print_genesis(NOON_UNIX_MS, &draft->link, &line, NULL) == COG_OK,
                "a history can begin");
    cog_text_append_format(&draft->text, "%s\n", line);
    for (unsigned i = 0; i < count; i++) {
        record_append(draft, NULL);
    }
    draft->text.length -= cut < draft->text.length ? cut : draft->text.length;
    draft->text.bytes[draft->text.length] = '\0';
}

/* @param is_ended whether a line feed stood behind it */
static void line_append(struct draft *draft, const char *line, size_t length, bool is_ended)
{
    COG_CLEANUP(cog_json_finish) cJSON *changes = NULL;
    if (line[0] == '+' && cog_json_parse_object(line + 1, length - 1, &changes, NULL) == COG_OK) {
        record_append(draft, changes);
        return;
    }
    cog_text_append_bytes(&draft->text, line, length);
    cog_text_append(&draft->text, is_ended ? "\n" : "");
}

static void file_make(struct draft *draft, struct fuzz_input *input)
{
    const unsigned count = fuzz_byte_take(input) % (RECORDS_MAX + 1);
    const size_t cut = (size_t)fuzz_byte_take(input) << 8 | fuzz_byte_take(input);
    beginning_append(draft, count, cut);
    while (input->length > 0) {
        const size_t before = input->length;
        size_t length = 0;
        COG_CLEANUP(cog_string_finish) char *line = fuzz_text_take(input, '\n', &length);
        line_append(draft, line, length, before - input->length > length);
    }
}

static enum scn_history_state inspect(const struct cog_text *text,
                                      const struct scn_history_anchor *anchor)
{
    COG_CLEANUP(scn_history_chain_finish) struct scn_history_chain chain = {0};
    const char *bytes = cog_text_string(text);
    fuzz_expect(scn_history_chain_read(bytes, text->length, anchor, &chain, NULL) == COG_OK,
                "any file can be inspected");
    const struct scn_history_inspection *inspection = &chain.inspection;
    fuzz_expect_plain(inspection->reason, "a reason is plain text");
    fuzz_expect((inspection->reason[0] == '\0') == (inspection->state == SCN_HISTORY_INTACT ||
                                                    inspection->state == SCN_HISTORY_EMPTY),
                "what is bad has a reason");
    return inspection->state;
}

static void expect_anchors(const struct cog_text *text,
                           const struct scn_history_inspection *inspection)
{
    struct scn_history_anchor anchor = {.sequence = inspection->head_sequence};
    const bool is_broken = inspection->state == SCN_HISTORY_BROKEN;
    if (inspection->head_sequence < 0) {
        return;
    }
    memcpy(anchor.checksum, inspection->head_checksum, sizeof anchor.checksum);
    fuzz_expect(inspect(text, &anchor) == inspection->state, "the head is an anchor that holds");
    anchor.checksum[0] = anchor.checksum[0] == '0' ? '1' : '0';
    fuzz_expect(is_broken || inspect(text, &anchor) == SCN_HISTORY_REWRITTEN,
                "another checksum is another line");
    anchor.sequence++;
    fuzz_expect(is_broken || inspect(text, &anchor) == SCN_HISTORY_CUT,
                "a line that is not there is missing");
}

static void expect_entry(const struct scn_history *history, const struct scn_history_entry *entry)
{
    const struct scn_due_rule rule = {.age_ms_max = 1, .now_unix_ms = NOON_UNIX_MS};
    COG_CLEANUP(cog_json_finish) cJSON *trend = NULL;
    fuzz_expect(entry->points >= 0 && entry->points <= 100, "points are per cent");
    fuzz_expect(scn_history_find_last(history, entry->id, entry->mode) != NULL, "it is found");
    fuzz_expect(scn_overdue_ask(history, entry->id, &rule).due != SCN_DUE_NEVER,
                "what was rehearsed was rehearsed");
    fuzz_expect(scn_history_trend_of(history, entry->id, &trend, NULL) == COG_OK &&
                    cJSON_GetArraySize(trend) > 0,
                "it is in the trend");
    (void)scn_history_figure(entry, "recover", "median");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    struct draft draft = {0};
    file_make(&draft, &input);
    COG_CLEANUP(cog_text_finish) struct cog_text text = draft.text;
    COG_CLEANUP(scn_history_chain_finish) struct scn_history_chain chain = {0};
    fuzz_expect(scn_history_chain_read(cog_text_string(&text), text.length, NULL, &chain, NULL) ==
                    COG_OK,
                "any file can be read");
    fuzz_expect(inspect(&text, NULL) == chain.inspection.state, "twice the same");
    fuzz_expect(chain.inspection.entry_count == chain.history.count, "rehearsals are counted");
    expect_anchors(&text, &chain.inspection);
    for (size_t i = 0; i < chain.history.count; i++) {
        expect_entry(&chain.history, &chain.history.entries[i]);
    }
    return 0;
}
