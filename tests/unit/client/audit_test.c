#include "audit_bench.h"

#include "audit_record.h"
#include "unit/base/folder.h"

#include <cogbase/digest.h>
#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(audit_append, .timeout = 15.0);

static const char ZEROS[] = "0000000000000000000000000000000000000000000000000000000000000000";

/** @param ending_count how often the run has ended */
static struct cog_audit_result append_ending(struct cog_storage storage,
                                             const struct cog_report *report, int ending_count)
{
    const struct cog_audit_entry entry = {
        .actor = "ci", .report = report, .ending_count = ending_count};
    struct cog_audit_result result = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_audit_append(storage, &entry, &result, &error), COG_OK, error);
    return result;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text == '\n' ? 1 : 0;
    }
    return count;
}

/** The record in a line of the file. @return owned */
static cJSON *line_parse(const char *text, int number)
{
    for (; number > 1; number--) {
        text = strchr(text, '\n');
        cr_assert_not_null(text);
        text++;
    }
    cJSON *record = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_json_parse_object(text, strcspn(text, "\n"), &record, &error), COG_OK, error);
    return record;
}

static const char *member(const cJSON *record, const char *name)
{
    const char *value = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_json_string(record, name, &value, &error), COG_OK, error);
    return value;
}

Test(audit_append, writes_the_canonical_form_with_every_field)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_report report = audit_report(1);

    struct cog_audit_result result = append_ending(cog_storage_memory(&storage), &report, 1);

    COG_CLEANUP(cog_string_finish) char *text = audit_text(cog_storage_memory(&storage));
    COG_CLEANUP(cog_json_finish) cJSON *genesis = line_parse(text, 1);
    char expected[1024];
    (void)snprintf(
        expected, sizeof expected,
        "{\"actor\":\"ci\",\"checksum\":\"%s\",\"duration_seconds\":62,\"job_id\":\"job-1\","
        "\"outcome\":\"promoted\",\"parity_score\":0.9375,\"previous_checksum\":\"%s\","
        "\"reason\":null,\"rollback_id\":null,"
        "\"run_id\":\"00000000-0000-4000-8000-000000000001\",\"seq\":1,"
        "\"source_env_id\":\"env-a\",\"status\":\"success\",\"target_env_id\":\"env-b\","
        "\"timestamp\":\"2026-01-01T00:01:01.500Z\",\"tool_version\":\"" COG_VERSION "\"}",
        result.checksum, member(genesis, "checksum"));
    EXPECT_STR(result.line, expected);
    EXPECT_INT(result.is_written, true);
    EXPECT_INT(result.sequence, 1);
    EXPECT_CONTAINS(text, expected);
    free(result.line);
}

Test(audit_append, begins_a_file_with_a_genesis_record)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};

    audit_fill(cog_storage_memory(&storage), 2);

    COG_CLEANUP(cog_string_finish) char *text = audit_text(cog_storage_memory(&storage));
    COG_CLEANUP(cog_json_finish) cJSON *genesis = line_parse(text, 1);
    char expected[512];
    (void)snprintf(expected, sizeof expected,
                   "{\"checksum\":\"%s\",\"kind\":\"genesis\",\"previous_checksum\":\"%s\","
                   "\"seq\":0,\"timestamp\":\"2026-01-01T00:01:01.500Z\","
                   "\"tool_version\":\"" COG_VERSION "\"}\n{\"actor\"",
                   member(genesis, "checksum"), ZEROS);
    cr_expect(strncmp(text, expected, strlen(expected)) == 0, "%s", text);
    EXPECT_INT(count_lines(text), 3);
}

/* Of the form that Python's json.dumps() gives with sorted keys and without spaces. */
Test(audit_append, has_a_checksum_over_every_other_field)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_report report = audit_report(1);
    report.outcome = COG_OUTCOME_ROLLED_BACK;
    struct cog_error error = {0};

    COG_CLEANUP(cog_string_finish) char *line = audit_append(cog_storage_memory(&storage), &report);

    COG_CLEANUP(cog_json_finish) cJSON *record = line_parse(line, 1);
    char stated[COG_DIGEST_SIZE];
    cr_assert(cog_string_copy(stated, sizeof stated, member(record, "checksum")));
    cJSON_DeleteItemFromObject(record, "checksum");
    COG_CLEANUP(cog_string_finish) char *rest = cJSON_PrintUnformatted(record);
    char digest[COG_DIGEST_SIZE];
    ASSERT_CODE(cog_digest_sha256(rest, strlen(rest), digest), COG_OK, error);
    EXPECT_STR(stated, digest);
}

Test(audit_append, chains_each_record_to_the_one_before)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_report first = audit_report(1);
    const struct cog_report second = audit_report(2);
    struct cog_audit_result before = append_ending(cog_storage_memory(&storage), &first, 1);

    struct cog_audit_result after = append_ending(cog_storage_memory(&storage), &second, 1);

    COG_CLEANUP(cog_json_finish) cJSON *record = line_parse(after.line, 1);
    EXPECT_STR(member(record, "previous_checksum"), before.checksum);
    EXPECT_INT(after.sequence, 2);
    free(before.line);
    free(after.line);
}

Test(audit_append, calls_promoted_and_undelivered_a_success_and_all_else_failed)
{
    for (int i = COG_OUTCOME_PROMOTED; i <= COG_OUTCOME_INTERRUPTED; i++) {
        const enum cog_outcome outcome = (enum cog_outcome)i;
        const bool is_success =
            outcome == COG_OUTCOME_PROMOTED || outcome == COG_OUTCOME_UNDELIVERED;
        EXPECT_STR(cog_audit_status(outcome), is_success ? "success" : "failed");
    }
}

Test(audit_append, says_null_for_what_there_is_not)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_report report = audit_report(1);
    report.parity_is_measured = false;
    report.job_id[0] = '\0';

    COG_CLEANUP(cog_string_finish) char *line = audit_append(cog_storage_memory(&storage), &report);

    EXPECT_CONTAINS(line, "\"parity_score\":null");
    EXPECT_CONTAINS(line, "\"job_id\":null");
}

Test(audit_append, writes_utf_8_whatever_it_is_given)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_report report = audit_report(1);
    (void)snprintf(report.reason, sizeof report.reason, "a \xFF byte \x1B[1m");

    COG_CLEANUP(cog_string_finish) char *line = audit_append(cog_storage_memory(&storage), &report);

    EXPECT_CONTAINS(line, "\"reason\":\"a ? byte ?[1m\"");
}

Test(audit_append, gives_a_torn_line_its_line_feed_and_a_repair_record)
{
    static const char TORN[] = "{\"actor\":\"c";
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, 1);
    COG_CLEANUP(cog_string_finish) char *whole = audit_text(seam);
    COG_CLEANUP(cog_text_finish) struct cog_text torn = {0};
    cog_text_append_format(&torn, "%s%s", whole, TORN);
    audit_put(seam, cog_text_string(&torn));
    const struct cog_report report = audit_report(2);

    struct cog_audit_result result = append_ending(seam, &report, 1);

    COG_CLEANUP(cog_string_finish) char *text = audit_text(seam);
    COG_CLEANUP(cog_json_finish) cJSON *head = line_parse(text, 2);
    COG_CLEANUP(cog_json_finish) cJSON *repair = line_parse(text, 4);
    char digest[COG_DIGEST_SIZE];
    struct cog_error error = {0};
    ASSERT_CODE(cog_digest_sha256(TORN, strlen(TORN), digest), COG_OK, error);
    char reason[256];
    (void)snprintf(reason, sizeof reason, "line 3 was cut short after %zu bytes of SHA-256 %s",
                   strlen(TORN), digest);
    EXPECT_STR(member(repair, "kind"), "repair");
    EXPECT_STR(member(repair, "reason"), reason);
    EXPECT_STR(member(repair, "previous_checksum"), member(head, "checksum"));
    cr_expect(strncmp(text, torn.bytes, torn.length) == 0, "what was there must stay");
    EXPECT_INT(result.sequence, 3);
    EXPECT_INT(audit_inspect(seam, NULL).verdict, COG_AUDIT_INTACT);
    free(result.line);
}

Test(audit_append, keeps_a_record_that_lacks_nothing_but_its_line_feed)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, 1);
    COG_CLEANUP(cog_string_finish) char *whole = audit_text(seam);
    whole[strlen(whole) - 1] = '\0';
    audit_put(seam, whole);
    const struct cog_report report = audit_report(2);

    struct cog_audit_result result = append_ending(seam, &report, 1);

    EXPECT_INT(result.sequence, 3); /* Behind genesis, the first run, and the repair. */
    EXPECT_INT(audit_inspect(seam, NULL).verdict, COG_AUDIT_INTACT);
    EXPECT_INT(audit_inspect(seam, NULL).record_count, 2);
    EXPECT_INT(audit_inspect(seam, NULL).repair_count, 1);
    free(result.line);
}

/* A full disk cuts the record short, then the repair: at any of its bytes, the line feed first. */
Test(audit_append, repairs_also_where_the_repair_was_cut_short)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, 1);
    COG_CLEANUP(cog_string_finish) char *whole = audit_text(seam);
    COG_CLEANUP(cog_text_finish) struct cog_text torn = {0};
    cog_text_append_format(&torn, "%s{\"actor\":\"ci\",\"che", whole);
    audit_put(seam, cog_text_string(&torn));
    const struct cog_report report = audit_report(2);
    free(audit_append(seam, &report));
    COG_CLEANUP(cog_string_finish) char *repaired = audit_text(seam);

    for (size_t length = torn.length; length + 1 < strlen(repaired); length++) {
        COG_CLEANUP(cog_string_finish) char *cut = cog_string_clone(repaired, length);
        audit_put(seam, cut);
        EXPECT_INT(audit_inspect(seam, NULL).verdict,
                   strchr(cut + torn.length, '}') == NULL || cut[length - 1] != '\n'
                       ? COG_AUDIT_TORN
                       : COG_AUDIT_INTACT);

        free(audit_append(seam, &report));

        const struct cog_audit_inspection inspection = audit_inspect(seam, NULL);
        cr_expect(inspection.verdict == COG_AUDIT_INTACT, "cut after %zu bytes: %s", length,
                  inspection.reason);
        EXPECT_INT(inspection.record_count, 2);
    }
}

Test(audit_append, repairs_a_file_whose_very_first_write_was_cut_short)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_put(seam, "{\"checksum\":\"7a4");

    audit_fill(seam, 1);

    COG_CLEANUP(cog_string_finish) char *text = audit_text(seam);
    COG_CLEANUP(cog_json_finish) cJSON *repair = line_parse(text, 2);
    EXPECT_STR(member(repair, "kind"), "repair");
    EXPECT_STR(member(repair, "previous_checksum"), ZEROS);
    EXPECT_INT(audit_inspect(seam, NULL).verdict, COG_AUDIT_INTACT);
}

Test(audit_append, goes_on_behind_a_changed_line_and_repairs_nothing)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, 2);
    COG_CLEANUP(cog_string_finish) char *text = audit_text(seam);
    char *status = strstr(text, "000002\"");
    cr_assert_not_null(status);
    *status = '9';
    audit_put(seam, text);
    const struct cog_report report = audit_report(3);

    struct cog_audit_result result = append_ending(seam, &report, 1);

    EXPECT_INT(result.sequence, 2);
    EXPECT_INT(audit_inspect(seam, NULL).verdict, COG_AUDIT_CHANGED);
    EXPECT_INT(audit_inspect(seam, NULL).line_number, 3);
    free(result.line);
}

Test(audit_append, writes_each_ending_of_a_run_once)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    const struct cog_report report = audit_report(1);
    const struct cog_report other = audit_report(2);
    struct cog_audit_result first = append_ending(seam, &report, 1);
    free(audit_append(seam, &other));

    struct cog_audit_result again = append_ending(seam, &report, 1);
    struct cog_audit_result second = append_ending(seam, &report, 2);
    struct cog_audit_result second_again = append_ending(seam, &report, 2);

    EXPECT_STR(again.line, first.line);
    EXPECT_STR(again.checksum, first.checksum);
    EXPECT_INT(again.sequence, 1);
    EXPECT_INT(again.is_written, true);
    EXPECT_INT(second.sequence, 3);
    EXPECT_STR(second_again.line, second.line);
    EXPECT_INT(second_again.sequence, 3);
    EXPECT_INT(audit_inspect(seam, NULL).record_count, 3);
    free(first.line);
    free(again.line);
    free(second.line);
    free(second_again.line);
}

Test(audit_append, takes_no_run_without_an_id_for_another_one)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    struct cog_report report = audit_report(1);
    report.run_id[0] = '\0';
    free(audit_append(seam, &report));

    struct cog_audit_result result = append_ending(seam, &report, 1);

    EXPECT_INT(result.sequence, 2);
    free(result.line);
}

Test(audit_append, does_not_take_a_torn_record_or_a_text_for_an_ending)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    struct cog_report report = audit_report(1);
    struct cog_report speaking = audit_report(2);
    (void)snprintf(speaking.reason, sizeof speaking.reason, "\"run_id\":\"%s\"", report.run_id);
    free(audit_append(seam, &speaking));
    free(audit_append(seam, &report));
    COG_CLEANUP(cog_string_finish) char *text = audit_text(seam);
    text[strlen(text) - 3] = '\0';
    audit_put(seam, text);

    struct cog_audit_result result = append_ending(seam, &report, 1);

    EXPECT_INT(result.sequence, 3);
    EXPECT_INT(audit_inspect(seam, NULL).record_count, 2);
    free(result.line);
}

Test(audit_append, has_a_line_to_send_also_where_the_disk_fails)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {.fails = true};
    const struct cog_report report = audit_report(1);
    const struct cog_audit_entry entry = {.actor = "ci", .report = &report, .ending_count = 1};
    struct cog_audit_result result = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_audit_append(cog_storage_memory(&storage), &entry, &result, &error);

    ASSERT_CODE(code, COG_ERROR_STORAGE, error);
    EXPECT_STR(error.message, "write the audit record");
    EXPECT_INT(result.is_written, false);
    EXPECT_CONTAINS(result.line, "\"previous_checksum\":null");
    EXPECT_CONTAINS(result.line, "\"seq\":null");
    EXPECT_CONTAINS(result.line, report.run_id);
    free(result.line);
}

/** In a process of its own, runs `first` to `first + count - 1`. */
static pid_t fork_appending(struct cog_storage seam, int first, int count)
{
    const pid_t child = fork();
    cr_assert(child >= 0);
    if (child > 0) {
        return child;
    }
    int failures = 0;
    for (int i = first; i < first + count; i++) {
        const struct cog_report report = audit_report(i);
        const struct cog_audit_entry entry = {.actor = "ci", .report = &report, .ending_count = 1};
        struct cog_audit_result result = {0};
        failures += cog_audit_append(seam, &entry, &result, NULL) == COG_OK ? 0 : 1;
        free(result.line);
    }
    _exit(failures);
}

/* A number over 15 digits would be printed as another one. */
Test(audit_append, ends_with_the_last_number_that_is_printed_as_it_is)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_audit_link link = cog_audit_link_none();
    link.sequence = COG_AUDIT_SEQUENCE_MAX - 1;
    struct cog_error error = {0};
    COG_CLEANUP(cog_string_finish) char *last = NULL;
    ASSERT_CODE(cog_audit_record_print_genesis(0, &link, &last, &error), COG_OK, error);
    EXPECT_CONTAINS(last, "\"seq\":999999999999999,");
    audit_put(cog_storage_memory(&storage), last);
    const struct cog_report report = audit_report(1);
    const struct cog_audit_entry entry = {.actor = "ci", .report = &report, .ending_count = 1};
    struct cog_audit_result result = {0};

    const enum cog_code code =
        cog_audit_append(cog_storage_memory(&storage), &entry, &result, &error);

    ASSERT_CODE(code, COG_ERROR_STORAGE, error);
    EXPECT_INT(result.is_written, false);
    free(result.line);
}

Test(audit_append, keeps_one_chain_for_processes_that_append_at_once)
{
    enum { COUNT = 25 };
    char path[FOLDER_PATH_SIZE];
    folder_create(path);
    struct cog_storage_posix storage = {.directory = path};
    const struct cog_storage seam = cog_storage_posix(&storage);

    const pid_t children[] = {fork_appending(seam, 1, COUNT), fork_appending(seam, 101, COUNT)};

    for (size_t i = 0; i < sizeof children / sizeof children[0]; i++) {
        int status = -1;
        cr_assert(waitpid(children[i], &status, 0) == children[i]);
        EXPECT_INT(status, 0);
    }
    const struct cog_audit_inspection inspection = audit_inspect(seam, NULL);
    cr_expect(inspection.verdict == COG_AUDIT_INTACT, "%s", inspection.reason);
    EXPECT_INT(inspection.record_count, 2 * COUNT);
    EXPECT_INT(inspection.head_sequence, 2 * COUNT);
    folder_remove(path);
}
