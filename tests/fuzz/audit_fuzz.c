/*
 * An audit file that was cut, and continued by whoever: it is read, appended to, and read again.
 * The first byte is how many records were written before, the next two how much was cut off.
 */
#include "input.h"

#include <cogbase/text.h>
#include <cogpromote/audit.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS_MAX = 3, RUN_PRESENT = 99 };

static void result_finish(struct cog_audit_result *result)
{
    free(result->line);
}

/** @param run two digits */
static void record_append(struct cog_storage storage, unsigned run,
                          struct cog_audit_result *out_result)
{
    struct cog_report report = {
        .outcome = COG_OUTCOME_PROMOTED,
        .source_environment_id = "env-source",
        .target_environment_id = "env-target",
        .job_id = "job-1",
        .started_unix_ms = INT64_C(784111777000),
        .duration_ms = 61000,
    };
    (void)snprintf(report.run_id, sizeof report.run_id, "00000000-0000-4000-8000-0000000000%02u",
                   run % 100);
    const struct cog_audit_entry entry = {"actor", &report, 1};
    struct cog_error error = {0};
    fuzz_expect(cog_audit_append(storage, &entry, out_result, &error) == COG_OK,
                "a record can be appended to any file");
    fuzz_expect(out_result->is_written && out_result->line != NULL, "it is there then");
}

static struct cog_audit_inspection inspect(struct cog_storage storage,
                                           const struct cog_audit_anchor *anchor)
{
    struct cog_audit_inspection inspection = {0};
    fuzz_expect(cog_audit_inspect(storage, anchor, &inspection, NULL) == COG_OK,
                "any file can be inspected");
    fuzz_expect_plain(inspection.reason, "a verdict's reason is plain text");
    fuzz_expect((inspection.reason[0] == '\0') == (inspection.verdict == COG_AUDIT_INTACT ||
                                                   inspection.verdict == COG_AUDIT_EMPTY),
                "a bad verdict has a reason");
    return inspection;
}

static void expect_tables(struct cog_storage storage)
{
    COG_CLEANUP(cog_string_finish) char *table = NULL;
    COG_CLEANUP(cog_string_finish) char *array = NULL;
    struct cog_error error = {0};
    if (cog_audit_format_text(storage, 0, &table, &error) == COG_OK) {
        fuzz_expect_plain_lines(table, "a table is plain text");
    }
    if (cog_audit_format_json(storage, 1, &array, &error) == COG_OK) {
        fuzz_expect(array[0] == '[', "the records are an array");
    }
}

static void file_make(struct cog_storage_memory *memory, struct fuzz_input *input)
{
    const struct cog_storage storage = cog_storage_memory(memory);
    const unsigned count = fuzz_byte_take(input) % (RECORDS_MAX + 1);
    const size_t cut = (size_t)fuzz_byte_take(input) << 8 | fuzz_byte_take(input);
    for (unsigned run = 0; run < count; run++) {
        COG_CLEANUP(result_finish) struct cog_audit_result result = {0};
        record_append(storage, run, &result);
    }
    struct cog_text text = {0};
    if (memory->file_count > 0) {
        const size_t length = memory->files[0].length;
        cog_text_append_bytes(&text, memory->files[0].bytes, cut < length ? length - cut : 0);
        cog_storage_memory_finish(memory);
    }
    COG_CLEANUP(cog_string_finish) char *rest = NULL;
    const size_t rest_length = input->length;
    rest = fuzz_bytes_take(input);
    cog_text_append_bytes(&text, rest, rest_length);
    memory->files = calloc(1, sizeof *memory->files);
    fuzz_expect(memory->files != NULL, "there is memory");
    memory->files[0].name = cog_string_clone(COG_AUDIT_FILE, strlen(COG_AUDIT_FILE));
    memory->files[0].length = text.length;
    memory->files[0].bytes = cog_text_take(&text);
    memory->file_count = 1;
}

/** What was fit to be continued is whole afterwards; what was not stays as bad as it was. */
static void expect_continued(struct cog_storage storage, const struct cog_audit_inspection *before)
{
    COG_CLEANUP(result_finish) struct cog_audit_result result = {0};
    record_append(storage, RUN_PRESENT, &result);
    const struct cog_audit_inspection after = inspect(storage, NULL);
    const bool was_fit = before->verdict == COG_AUDIT_INTACT ||
                         before->verdict == COG_AUDIT_EMPTY || before->verdict == COG_AUDIT_TORN;
    fuzz_expect((after.verdict == COG_AUDIT_INTACT) == was_fit,
                "a good or torn file is good afterwards, and no other");
    if (!was_fit) {
        return;
    }
    fuzz_expect(after.record_count == before->record_count + 1, "there is one more record");
    fuzz_expect(after.head_sequence == result.sequence &&
                    strcmp(after.head_checksum, result.checksum) == 0,
                "the head is the new record");
    struct cog_audit_anchor anchor = {.sequence = result.sequence};
    memcpy(anchor.checksum, result.checksum, sizeof anchor.checksum);
    fuzz_expect(inspect(storage, &anchor).verdict == COG_AUDIT_INTACT, "an anchor holds");

    COG_CLEANUP(result_finish) struct cog_audit_result again = {0};
    record_append(storage, RUN_PRESENT, &again);
    fuzz_expect(again.sequence == result.sequence, "the same ending is not written twice");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory memory = {0};
    file_make(&memory, &input);
    const struct cog_storage storage = cog_storage_memory(&memory);
    const struct cog_audit_inspection before = inspect(storage, NULL);
    expect_tables(storage);
    expect_continued(storage, &before);
    return 0;
}
