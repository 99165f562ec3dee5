#include "audit_bench.h"

#include <cogbase/json.h>
#include <cogbase/sealed_line.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

TestSuite(audit_inspect, .timeout = 15.0);
TestSuite(audit_anchor, .timeout = 5.0);

enum { RUNS = 3, ANCHOR_SIZE = 96, LINES_MAX = 16 };

/** The head of a file, as it is noted elsewhere. */
static void anchor_note(struct cog_storage seam, char out_anchor[ANCHOR_SIZE])
{
    const struct cog_audit_inspection inspection = audit_inspect(seam, NULL);
    (void)snprintf(out_anchor, ANCHOR_SIZE, "%" PRId64 ":%s", inspection.head_sequence,
                   inspection.head_checksum);
}

static void expect_verdict(struct cog_storage seam, const char *anchor,
                           enum cog_audit_verdict verdict, size_t line_number)
{
    const struct cog_audit_inspection inspection = audit_inspect(seam, anchor);
    cr_expect(inspection.verdict == verdict, "%s (%s), expected %s",
              cog_audit_verdict_name(inspection.verdict), inspection.reason,
              cog_audit_verdict_name(verdict));
    EXPECT_INT(inspection.line_number, line_number);
    EXPECT_INT(inspection.reason[0] == '\0',
               verdict == COG_AUDIT_INTACT || verdict == COG_AUDIT_EMPTY);
}

/** A file of a genesis, three runs, a torn line, its repair, and a run. */
static void fill_with_repair(struct cog_storage seam)
{
    audit_fill(seam, RUNS);
    COG_CLEANUP(cog_string_finish) char *text = audit_text(seam);
    COG_CLEANUP(cog_text_finish) struct cog_text torn = {0};
    cog_text_append_format(&torn, "%s{\"actor\":\"ci\",\"che", text);
    audit_put(seam, cog_text_string(&torn));
    const struct cog_report report = audit_report(RUNS + 1);
    free(audit_append(seam, &report));
}

/** Lines of a file, to be put together in another order. */
struct lines {
    char *text;
    char *items[LINES_MAX];
    size_t count;
};

static void lines_finish(struct lines *lines)
{
    free(lines->text);
}

static struct lines lines_split(struct cog_storage seam)
{
    struct lines lines = {.text = audit_text(seam)};
    char *rest = NULL;
    for (char *item = strtok_r(lines.text, "\n", &rest); item != NULL;
         item = strtok_r(NULL, "\n", &rest)) {
        cr_assert(lines.count < LINES_MAX);
        lines.items[lines.count++] = item;
    }
    return lines;
}

static void lines_put(struct cog_storage seam, char *const *items, size_t count)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (size_t i = 0; i < count; i++) {
        cog_text_append_format(&text, "%s\n", items[i]);
    }
    audit_put(seam, cog_text_string(&text));
}

static void expect_not_intact(struct cog_storage seam, const char *anchor, const char *what,
                              size_t where)
{
    const struct cog_audit_inspection inspection = audit_inspect(seam, anchor);
    cr_expect(inspection.verdict != COG_AUDIT_INTACT && inspection.verdict != COG_AUDIT_EMPTY,
              "%s %zu goes unnoticed", what, where);
}

Test(audit_inspect, finds_what_was_appended_intact)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    fill_with_repair(seam);

    const struct cog_audit_inspection inspection = audit_inspect(seam, NULL);

    cr_expect(inspection.verdict == COG_AUDIT_INTACT, "%s", inspection.reason);
    EXPECT_INT(inspection.record_count, RUNS + 1);
    EXPECT_INT(inspection.repair_count, 1);
    EXPECT_INT(inspection.head_sequence, RUNS + 2);
    EXPECT_INT(strlen(inspection.head_checksum), COG_CHECKSUM_SIZE - 1);
}

Test(audit_inspect, finds_a_missing_file_empty_and_cut_when_a_record_was_noted)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    char anchor[ANCHOR_SIZE];
    (void)snprintf(anchor, sizeof anchor, "0:%064d", 0);

    expect_verdict(seam, NULL, COG_AUDIT_EMPTY, 0);
    expect_verdict(seam, anchor, COG_AUDIT_CUT, 0);
    EXPECT_INT(audit_inspect(seam, NULL).head_sequence, -1);
}

Test(audit_inspect, calls_a_record_changed_that_is_not_what_its_checksum_says)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, RUNS);
    COG_CLEANUP(lines_finish) struct lines lines = lines_split(seam);
    char *status = strstr(lines.items[2], "promoted");
    cr_assert_not_null(status);
    *status = 'P';
    lines_put(seam, lines.items, lines.count);

    expect_verdict(seam, NULL, COG_AUDIT_CHANGED, 3);
    EXPECT_CONTAINS(audit_inspect(seam, NULL).reason, "its checksum is of another content");
    EXPECT_INT(audit_inspect(seam, NULL).head_sequence, 1);
}

Test(audit_inspect, calls_a_record_changed_whose_number_nobody_writes)
{
    static const double numbers[] = {1e15, 7e15, 1e21, -1, 0.5};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
        COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_CreateObject();
        cr_assert_not_null(cJSON_AddNumberToObject(record, "seq", numbers[i]));
        COG_CLEANUP(cog_string_finish) char *line = NULL;
        char checksum[COG_DIGEST_SIZE];
        struct cog_error error = {0};
        ASSERT_CODE(cog_sealed_line_print(record, checksum, &line, &error), COG_OK, error);

        lines_put(cog_storage_memory(&storage), &line, 1);

        expect_verdict(cog_storage_memory(&storage), NULL, COG_AUDIT_CHANGED, 1);
    }
}

Test(audit_inspect, calls_a_whole_line_changed_that_is_no_record)
{
    static const char *const lines_put_in[] = {"nonsense", "", "{}", "{\"a\":1}",
                                               "{\"half\n{\"a\":1}"};
    for (size_t i = 0; i < sizeof lines_put_in / sizeof lines_put_in[0]; i++) {
        COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
        const struct cog_storage seam = cog_storage_memory(&storage);
        audit_fill(seam, 1);
        COG_CLEANUP(cog_string_finish) char *whole = audit_text(seam);
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
        cog_text_append_format(&text, "%s%s\n", whole, lines_put_in[i]);
        audit_put(seam, cog_text_string(&text));

        expect_verdict(seam, NULL, COG_AUDIT_CHANGED, 3);
    }
}

Test(audit_inspect, calls_a_chain_broken_that_lacks_a_record_or_has_one_too_many)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, RUNS);
    COG_CLEANUP(lines_finish) struct lines lines = lines_split(seam);
    char *const removed[] = {lines.items[0], lines.items[1], lines.items[3]};
    char *const repeated[] = {lines.items[0], lines.items[1], lines.items[1]};
    char *const swapped[] = {lines.items[0], lines.items[2], lines.items[1]};
    char *const beheaded[] = {lines.items[1], lines.items[2], lines.items[3]};

    lines_put(seam, removed, 3);
    expect_verdict(seam, NULL, COG_AUDIT_BROKEN, 3);
    EXPECT_CONTAINS(audit_inspect(seam, NULL).reason, "seq 3, expected 2");
    lines_put(seam, repeated, 3);
    expect_verdict(seam, NULL, COG_AUDIT_BROKEN, 3);
    lines_put(seam, swapped, 3);
    expect_verdict(seam, NULL, COG_AUDIT_BROKEN, 2);
    lines_put(seam, beheaded, 3);
    expect_verdict(seam, NULL, COG_AUDIT_BROKEN, 1);
    EXPECT_CONTAINS(audit_inspect(seam, NULL).reason, "genesis");
}

/** Sealed again by whoever changed it, a record betrays itself by the one behind it. */
Test(audit_inspect, calls_a_chain_broken_where_a_record_was_sealed_again)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory forgery = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    struct cog_report forged = audit_report(2);
    forged.outcome = COG_OUTCOME_UNKNOWN;
    audit_fill(seam, RUNS);
    audit_fill(cog_storage_memory(&forgery), 1);
    free(audit_append(cog_storage_memory(&forgery), &forged));
    COG_CLEANUP(lines_finish) struct lines lines = lines_split(seam);
    COG_CLEANUP(lines_finish) struct lines others = lines_split(cog_storage_memory(&forgery));
    lines.items[2] = others.items[2];
    lines_put(seam, lines.items, lines.count);

    expect_verdict(seam, NULL, COG_AUDIT_BROKEN, 4);
    EXPECT_CONTAINS(audit_inspect(seam, NULL).reason, "previous_checksum");
}

Test(audit_inspect, calls_the_last_line_torn_until_it_is_repaired)
{
    static const char *const tails[] = {"{", "{\"actor\":\"ci", "{\"actor\":\"ci\n{\"che"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
        const struct cog_storage seam = cog_storage_memory(&storage);
        audit_fill(seam, 1);
        COG_CLEANUP(cog_string_finish) char *whole = audit_text(seam);
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
        cog_text_append_format(&text, "%s%s", whole, tails[i]);
        audit_put(seam, cog_text_string(&text));

        expect_verdict(seam, NULL, COG_AUDIT_TORN, 3);
        EXPECT_INT(audit_inspect(seam, NULL).head_sequence, 1);
    }
}

Test(audit_inspect, calls_a_file_cut_that_ends_before_the_anchor)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, RUNS);
    char anchor[ANCHOR_SIZE];
    anchor_note(seam, anchor);
    COG_CLEANUP(lines_finish) struct lines lines = lines_split(seam);
    expect_verdict(seam, anchor, COG_AUDIT_INTACT, 0);
    lines_put(seam, lines.items, lines.count - 1);

    expect_verdict(seam, NULL, COG_AUDIT_INTACT, 0);
    expect_verdict(seam, anchor, COG_AUDIT_CUT, 0);
    EXPECT_CONTAINS(audit_inspect(seam, anchor).reason, "seq 3 is missing");
}

Test(audit_inspect, calls_a_chain_rewritten_whose_anchor_is_another_record)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory rewritten = {0};
    char anchor[ANCHOR_SIZE];
    audit_fill(cog_storage_memory(&storage), 2);
    anchor_note(cog_storage_memory(&storage), anchor);
    const struct cog_report other = audit_report(9);
    free(audit_append(cog_storage_memory(&rewritten), &other));
    audit_fill(cog_storage_memory(&rewritten), 3);

    expect_verdict(cog_storage_memory(&rewritten), NULL, COG_AUDIT_INTACT, 0);
    expect_verdict(cog_storage_memory(&rewritten), anchor, COG_AUDIT_REWRITTEN, 3);
}

Test(audit_inspect, notices_every_changed_byte)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    fill_with_repair(seam);
    COG_CLEANUP(cog_string_finish) char *text = audit_text(seam);
    const size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        static const char bits[] = {1, 2, 32};
        for (size_t j = 0; j < sizeof bits; j++) {
            text[i] = (char)(text[i] ^ bits[j]);
            audit_put(seam, text);
            expect_not_intact(seam, NULL, "a change of byte", i);
            text[i] = (char)(text[i] ^ bits[j]);
        }
    }
}

Test(audit_inspect, notices_every_line_that_is_removed_repeated_or_moved)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    fill_with_repair(seam);
    char anchor[ANCHOR_SIZE];
    anchor_note(seam, anchor);
    COG_CLEANUP(lines_finish) struct lines lines = lines_split(seam);
    for (size_t i = 0; i < lines.count; i++) {
        char *changed[LINES_MAX + 1];
        memcpy(changed, lines.items, i * sizeof *changed);
        memcpy(changed + i, lines.items + i + 1, (lines.count - i - 1) * sizeof *changed);
        lines_put(seam, changed, lines.count - 1);
        expect_not_intact(seam, anchor, "the removal of line", i + 1);

        memcpy(changed, lines.items, (i + 1) * sizeof *changed);
        memcpy(changed + i + 1, lines.items + i, (lines.count - i) * sizeof *changed);
        lines_put(seam, changed, lines.count + 1);
        expect_not_intact(seam, NULL, "the repetition of line", i + 1);

        memcpy(changed, lines.items, lines.count * sizeof *changed);
        const size_t other = (i + 1) % lines.count;
        changed[i] = lines.items[other];
        changed[other] = lines.items[i];
        lines_put(seam, changed, lines.count);
        expect_not_intact(seam, NULL, "the move of line", i + 1);
    }
}

Test(audit_inspect, notices_every_cut_when_the_head_was_noted)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    fill_with_repair(seam);
    char anchor[ANCHOR_SIZE];
    anchor_note(seam, anchor);
    COG_CLEANUP(cog_string_finish) char *text = audit_text(seam);
    for (size_t length = strlen(text); length-- > 0;) {
        text[length] = '\0';
        audit_put(seam, text);
        expect_not_intact(seam, anchor, "a cut after byte", length);
    }
}

Test(audit_inspect, reports_a_disk_that_fails)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {.fails = true};
    struct cog_audit_inspection inspection = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_audit_inspect(cog_storage_memory(&storage), NULL, &inspection, &error);

    ASSERT_CODE(code, COG_ERROR_STORAGE, error);
}

Test(audit_inspect, has_a_word_for_each_verdict)
{
    static const char *const words[] = {"intact", "empty", "changed",  "broken",
                                        "torn",   "cut",   "rewritten"};
    for (int i = COG_AUDIT_INTACT; i <= COG_AUDIT_REWRITTEN; i++) {
        EXPECT_STR(cog_audit_verdict_name((enum cog_audit_verdict)i), words[i]);
    }
}

Test(audit_anchor, parse_reads_sequence_and_checksum)
{
    char text[ANCHOR_SIZE];
    (void)snprintf(text, sizeof text, "12:%064d", 7);
    struct cog_audit_anchor anchor = {0};
    struct cog_error error = {0};

    ASSERT_CODE(cog_audit_anchor_parse(text, &anchor, &error), COG_OK, error);

    EXPECT_INT(anchor.sequence, 12);
    EXPECT_STR(anchor.checksum, text + 3);
}

Test(audit_anchor, parse_refuses_everything_else_and_says_what_was_expected)
{
    char upper[ANCHOR_SIZE];
    (void)snprintf(upper, sizeof upper, "1:%063dA", 0);
    char longer[ANCHOR_SIZE];
    (void)snprintf(longer, sizeof longer, "1:%065d", 0);
    char negative[ANCHOR_SIZE];
    (void)snprintf(negative, sizeof negative, "-1:%064d", 0);
    char nameless[ANCHOR_SIZE];
    (void)snprintf(nameless, sizeof nameless, ":%064d", 0);
    const char *const rows[] = {"", "12", "12:", "12:abc", upper, longer, negative, nameless};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_audit_anchor anchor = {.sequence = 5};
        struct cog_error error = {0};

        ASSERT_CODE(cog_audit_anchor_parse(rows[i], &anchor, &error), COG_ERROR_ARGUMENT, error);

        EXPECT_CONTAINS(error.message, "SEQ:CHECKSUM");
        EXPECT_INT(anchor.sequence, 5);
    }
}
