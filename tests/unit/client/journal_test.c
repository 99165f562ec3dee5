#include "journal.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(journal, .timeout = 5.0);

static const char RUN_ID[] = "0189aa11-2222-4333-8444-555566667777";

/** A journal in memory, and the course that is written into it. */
struct desk {
    struct cog_storage_memory storage;
    struct cog_clock_virtual clock;
    struct cog_journal journal;
    struct cog_course course;
};

static void desk_init(struct desk *desk)
{
    const struct cog_promotion_request request = {
        .source_environment_id = "env-a",
        .target_environment_id = "env-b",
        .platform_version = "v1.18.0",
        .resolve_dependencies = true,
    };
    struct cog_error error = {0};
    *desk = (struct desk){0};
    cog_clock_virtual_init(&desk->clock, 1700000000000);
    ASSERT_CODE(cog_course_init(&request, "https://tenant.example/api", &desk->course, &error),
                COG_OK, error);
    (void)snprintf(desk->course.report.run_id, sizeof desk->course.report.run_id, "%s", RUN_ID);
    desk->journal = (struct cog_journal){
        .storage = cog_storage_memory(&desk->storage),
        .clock = cog_clock_virtual(&desk->clock),
    };
    cog_journal_name(RUN_ID, 1700000000000, desk->journal.name);
}

static void desk_finish(struct desk *desk)
{
    cog_storage_memory_finish(&desk->storage);
}

static void write_entry(struct desk *desk, const char *event)
{
    struct cog_error error = {0};
    ASSERT_CODE(cog_journal_write(&desk->journal, event, &desk->course, &error), COG_OK, error);
}

static enum cog_code read_entry(const struct desk *desk, struct cog_journal_entry *out_entry,
                                struct cog_error *error)
{
    return cog_journal_read(desk->journal.storage, desk->journal.name, out_entry, error);
}

/** What `compose_text` puts at the end of the file. */
static enum cog_code compose_text(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    (void)error;
    *out_text = strdup(context);
    return COG_OK;
}

static void append_text(struct desk *desk, const char *text)
{
    char copy[8192];
    struct cog_error error = {0};
    (void)snprintf(copy, sizeof copy, "%s", text);
    const struct cog_storage_composer composer = {.compose = compose_text, .context = copy};
    ASSERT_CODE(cog_storage_append(desk->journal.storage, desk->journal.name, composer, &error),
                COG_OK, error);
}

Test(journal, gives_back_the_whole_course)
{
    COG_CLEANUP(desk_finish) struct desk desk;
    desk_init(&desk);
    struct cog_course *course = &desk.course;
    course->state = COG_STATE_FOLLOW_ROLLBACK;
    course->last_state = COG_STATE_ROLL_BACK;
    course->known = (struct cog_deployments){.is_listed = true, .count = 2};
    (void)snprintf(course->known.job_ids[0], COG_ID_SIZE, "job-8");
    (void)snprintf(course->known.job_ids[1], COG_ID_SIZE, "job-7 \"\\ \xc3\xa9");
    course->baseline = (struct cog_metrics){.is_measured = true, .intents = 12, .variables = 3};
    (void)snprintf(course->baseline.content_digest, COG_CONTENT_DIGEST_SIZE, "abc");
    (void)snprintf(course->promote_key, COG_UUID_SIZE, "key-1");
    (void)snprintf(course->rollback_key, COG_UUID_SIZE, "key-2");
    course->promote_count = 2;
    course->retired_key_count = 2;
    (void)snprintf(course->retired_keys[0], COG_UUID_SIZE, "key-0");
    (void)snprintf(course->retired_keys[1], COG_UUID_SIZE, "key-00");
    course->promote_refusal = COG_ERROR_CONFLICT;
    course->is_decided = true;
    (void)snprintf(course->successor, COG_UUID_SIZE, "run-9");
    course->rollback_is_open = true;
    course->rollback_may_have_been_applied = true;
    course->job.progress = 61.5;
    course->job.status = COG_JOB_ROLLING_BACK;
    course->report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    course->report.rollback_end = COG_ROLLBACK_UNCONFIRMED;
    course->report.parity_score = 0.9375;
    course->ending_count = 3;

    write_entry(&desk, "intent rollback");

    struct cog_journal_entry entry;
    struct cog_error error = {0};
    ASSERT_CODE(read_entry(&desk, &entry, &error), COG_OK, error);
    EXPECT_STR(entry.event, "intent rollback");
    EXPECT_INT(entry.at_unix_ms, 1700000000000);
    EXPECT_STR(entry.course.report.run_id, RUN_ID);
    EXPECT_INT(entry.course.report.outcome, COG_OUTCOME_ROLLBACK_FAILED);
    EXPECT_INT(entry.course.report.rollback_end, COG_ROLLBACK_UNCONFIRMED);
    cr_expect(entry.course.report.parity_score > 0.937 && entry.course.report.parity_score < 0.938);
    EXPECT_INT(entry.course.job.status, COG_JOB_ROLLING_BACK);
    cr_expect(entry.course.job.progress > 61.4 && entry.course.job.progress < 61.6);
    EXPECT_INT(entry.course.baseline.is_measured, true);
    EXPECT_INT(entry.course.baseline.intents, 12);
    EXPECT_INT(entry.course.baseline.variables, 3);
    EXPECT_STR(entry.course.baseline.content_digest, "abc");
    EXPECT_INT(entry.course.known.count, 2);
    EXPECT_STR(entry.course.known.job_ids[1], course->known.job_ids[1]);
    EXPECT_INT(entry.course.state, COG_STATE_FOLLOW_ROLLBACK);
    EXPECT_INT(entry.course.last_state, COG_STATE_ROLL_BACK);
    EXPECT_STR(entry.course.promote_key, "key-1");
    EXPECT_STR(entry.course.rollback_key, "key-2");
    EXPECT_INT(entry.course.promote_count, 2);
    EXPECT_INT(entry.course.retired_key_count, 2);
    EXPECT_STR(entry.course.retired_keys[1], "key-00");
    EXPECT_INT(entry.course.promote_refusal, COG_ERROR_CONFLICT);
    EXPECT_INT(entry.course.is_decided, true);
    EXPECT_STR(entry.course.successor, "run-9");
    EXPECT_INT(entry.course.ending_count, 3);
    EXPECT_INT(entry.course.rollback_is_open, true);
    EXPECT_INT(entry.course.rollback_may_have_been_applied, true);
    EXPECT_INT(entry.course.resolve_dependencies, true);
    EXPECT_INT(entry.course.sync_configuration, false);
    EXPECT_STR(entry.course.platform_version, "v1.18.0");
    EXPECT_STR(entry.course.api_base, "https://tenant.example/api");
}

Test(journal, counts_its_last_whole_entry_wherever_a_crash_cut_the_file)
{
    COG_CLEANUP(desk_finish) struct desk desk;
    desk_init(&desk);
    write_entry(&desk, "begin");
    const size_t first = desk.storage.files[0].length;
    write_entry(&desk, "state");
    const size_t second = desk.storage.files[0].length;
    COG_CLEANUP(cog_string_finish)
    char *bytes = cog_string_clone(desk.storage.files[0].bytes, second);

    for (size_t length = 0; length <= second; length++) {
        COG_CLEANUP(desk_finish) struct desk cut;
        desk_init(&cut);
        COG_CLEANUP(cog_string_finish) char *text = cog_string_clone(bytes, length);
        append_text(&cut, text);
        struct cog_journal_entry entry;
        struct cog_error error = {0};

        enum cog_code code = read_entry(&cut, &entry, &error);

        /* Without its line feed an entry is whole, but for that. */
        bool has_first = length >= first - 1;
        bool has_second = length >= second - 1;
        cr_expect(code == (has_first ? COG_OK : COG_ERROR_NOT_FOUND), "at %zu: %s", length,
                  error.message);
        cr_expect(!has_first || strcmp(entry.event, has_second ? "state" : "begin") == 0, "at %zu",
                  length);
    }
}

Test(journal, goes_on_behind_a_line_that_was_cut_short)
{
    COG_CLEANUP(desk_finish) struct desk desk;
    desk_init(&desk);
    write_entry(&desk, "begin");
    append_text(&desk, "{\"at\":\"2023-");

    write_entry(&desk, "resume");

    struct cog_journal_entry entry;
    struct cog_error error = {0};
    ASSERT_CODE(read_entry(&desk, &entry, &error), COG_OK, error);
    EXPECT_STR(entry.event, "resume");
    EXPECT_INT(entry.is_torn, false);
}

Test(journal, is_damaged_when_its_last_entry_was_changed)
{
    COG_CLEANUP(desk_finish) struct desk desk;
    desk_init(&desk);
    write_entry(&desk, "begin");
    const size_t first = desk.storage.files[0].length;
    write_entry(&desk, "intent promote");
    const size_t second = desk.storage.files[0].length;

    for (size_t i = first; i + 3 < second; i++) {
        desk.storage.files[0].bytes[i] ^= 1;
        struct cog_journal_entry entry;
        struct cog_error error = {0};

        enum cog_code code = read_entry(&desk, &entry, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "byte %zu: %s", i, cog_code_name(code));
        cr_expect(strstr(error.message, ":2: the journal is damaged") != NULL, "%s", error.message);
        desk.storage.files[0].bytes[i] ^= 1;
    }
}

Test(journal, names_the_member_that_a_sealed_entry_lacks)
{
    struct cog_course course = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text entry = {0};
    size_t seal_offset = 0;
    cog_course_format(&course, "begin", 0, &entry, &seal_offset);
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_Parse(cog_text_string(&entry));
    cJSON *run = cJSON_GetObjectItemCaseSensitive(record, "run");
    cJSON_DeleteItemFromObjectCaseSensitive(run, "state");
    const char *event = NULL;
    int64_t at_unix_ms = 0;
    struct cog_error error = {0};

    enum cog_code code = cog_course_parse(record, &course, &event, &at_unix_ms, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_CONTAINS(error.message, "'state'");
}

Test(journal, of_a_run_that_kept_no_retired_keys_is_read)
{
    struct cog_course course = {.retired_key_count = 1};
    COG_CLEANUP(cog_text_finish) struct cog_text entry = {0};
    size_t seal_offset = 0;
    cog_course_format(&course, "begin", 0, &entry, &seal_offset);
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_Parse(cog_text_string(&entry));
    cJSON_DeleteItemFromObjectCaseSensitive(record, "retired_keys");
    const char *event = NULL;
    int64_t at_unix_ms = 0;
    struct cog_error error = {0};

    enum cog_code code = cog_course_parse(record, &course, &event, &at_unix_ms, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(course.retired_key_count, 0);
}

Test(journal, is_found_by_its_run)
{
    COG_CLEANUP(desk_finish) struct desk desk;
    desk_init(&desk);
    write_entry(&desk, "begin");
    char name[COG_JOURNAL_NAME_SIZE] = "";
    struct cog_error error = {0};

    enum cog_code code = cog_journal_find(desk.journal.storage, RUN_ID, name, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(name, "journal/20231114T221320Z-0189aa11-2222-4333-8444-555566667777.jsonl");
}

Test(journal, is_not_found_by_a_part_of_a_run_id)
{
    static const char *const others[] = {"5555-666677770000", "", "jsonl", "../x"};
    COG_CLEANUP(desk_finish) struct desk desk;
    desk_init(&desk);
    write_entry(&desk, "begin");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char name[COG_JOURNAL_NAME_SIZE] = "";

        enum cog_code code = cog_journal_find(desk.journal.storage, others[i], name, NULL);

        cr_expect(code == COG_ERROR_NOT_FOUND, "'%s'", others[i]);
    }
}

/** A journal of a run that began `minute` minutes after the first one. */
static void write_run(struct desk *desk, int minute, bool is_closed)
{
    desk->course.is_closed = is_closed;
    desk->course.is_audited = is_closed;
    desk->course.ending_count = 1;
    desk->course.state = COG_STATE_END;
    (void)snprintf(desk->course.report.run_id, sizeof desk->course.report.run_id,
                   "00000000-0000-4000-8000-%012d", minute);
    cog_journal_name(desk->course.report.run_id, 1700000000000 + minute * 60000LL,
                     desk->journal.name);
    write_entry(desk, "closed");
}

Test(journal, keeps_the_newest_ones_and_all_that_are_not_settled)
{
    COG_CLEANUP(desk_finish) struct desk desk;
    desk_init(&desk);
    write_run(&desk, 0, false);
    for (int i = 1; i <= COG_JOURNAL_KEPT + 2; i++) {
        write_run(&desk, i, true);
    }
    struct cog_error error = {0};

    enum cog_code code = cog_journal_prune(desk.journal.storage, &error);

    ASSERT_CODE(code, COG_OK, error);
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    ASSERT_CODE(cog_storage_list(desk.journal.storage, "journal", &names, &error), COG_OK, error);
    EXPECT_INT(names.count, COG_JOURNAL_KEPT + 1);
    EXPECT_CONTAINS(names.items[0], "-000000000000.jsonl");
    EXPECT_CONTAINS(names.items[1], "-000000000003.jsonl");
}
