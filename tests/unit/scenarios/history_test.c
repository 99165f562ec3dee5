#include "drill/history/history.h"

#include "drill/history/history_path.h"

#include "../base/folder.h"
#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char folder[FOLDER_PATH_SIZE];

static void setup(void)
{
    folder_enter(folder);
}

static void teardown(void)
{
    folder_leave(folder);
}

TestSuite(history, .timeout = 10.0, .init = setup, .fini = teardown);

static const char PATH[] = "state/history.jsonl";

static const int64_t NOON_UNIX_MS = INT64_C(1764590400000); /* 2025-12-01T12:00:00Z */

/* As reports of rehearsals with people have it. */
static const char *aborted = "null";

static cJSON *make_report(const char *id, const char *verdict)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(
        &text,
        "{\"aborted\": %s, \"drill\": {\"id\": \"%s\", \"name\": \"the job fails\", \"digest\": "
        "\"d1\"}, "
        "\"mode\": \"automatic\", \"client\": null, \"operator\": null, "
        "\"seeds\": {\"first\": 1, \"count\": 100}, \"verdict\": \"%s\", \"failed_check\": null, "
        "\"score\": {\"points\": 95}, \"figures\": ["
        "{\"name\": \"recover\", \"median\": 41000, \"p95\": 55000.5, \"target\": 60000}, "
        "{\"name\": \"detect\", \"median\": null, \"p95\": null, \"target\": 10000}]}",
        aborted, id, verdict);
    cJSON *report = cJSON_Parse(cog_text_string(&text));
    cr_assert_not_null(report);
    return report;
}

static enum cog_code append_to(const char *path, const char *id, const char *verdict,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *report = make_report(id, verdict);
    const struct scn_history_holding holding = {.report = report, .held_unix_ms = NOON_UNIX_MS};
    return scn_history_append(path, &holding, error);
}

static void append(const char *id)
{
    struct cog_error error = {0};
    ASSERT_CODE(append_to(PATH, id, "pass", &error), COG_OK, error);
}

static char *read_file(const char *path)
{
    char bytes[16384];
    FILE *stream = fopen(path, "r");
    cr_assert_not_null(stream);
    const size_t length = fread(bytes, 1, sizeof bytes, stream);
    (void)fclose(stream);
    char *text = cog_string_clone(bytes, length);
    cr_assert_not_null(text);
    return text;
}

static void write_file(const char *path, const char *text)
{
    FILE *stream = fopen(path, "w");
    cr_assert_not_null(stream);
    cr_assert(fputs(text, stream) != EOF);
    cr_assert(fclose(stream) == 0);
}

/* A good history of three rehearsals: four lines. */
static char *make_three(void)
{
    append("first");
    append("second");
    append("third");
    return read_file(PATH);
}

static struct scn_history_inspection inspect(void)
{
    struct scn_history_inspection inspection = {.state = SCN_HISTORY_EMPTY};
    struct cog_error error = {0};
    ASSERT_CODE(scn_history_inspect(PATH, NULL, &inspection, &error), COG_OK, error);
    return inspection;
}

/* Where the line begins, from 1 on. */
static char *find_line(char *text, int number)
{
    for (int i = 1; i < number; i++) {
        text = strchr(text, '\n') + 1;
    }
    return text;
}

/* The file says what is wrong, and nothing of it changes when somebody wants to append. */
static void expect_broken(const char *text, size_t line_number, const char *part)
{
    struct cog_error error = {0};
    write_file(PATH, text);

    const enum cog_code code = append_to(PATH, "more", "pass", &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    const struct scn_history_inspection inspection = inspect();
    COG_CLEANUP(cog_string_finish) char *after = read_file(PATH);
    EXPECT_STR(after, text);
    EXPECT_STR(scn_history_state_name(inspection.state), "broken");
    EXPECT_INT(inspection.line_number, line_number);
    cr_expect(strstr(inspection.reason, part) != NULL, "'%s' has no '%s'", inspection.reason, part);
    cr_expect(strstr(error.cause, inspection.reason) != NULL, "'%s' does not say '%s'", error.cause,
              inspection.reason);
    cr_expect(strstr(error.cause, "move it away") != NULL);
}

Test(history, that_is_not_there_is_empty)
{
    struct cog_error error = {0};
    COG_CLEANUP(scn_history_finish) struct scn_history history = {0};

    ASSERT_CODE(scn_history_read(PATH, &history, &error), COG_OK, error);

    EXPECT_INT(history.count, 0);
    EXPECT_INT(inspect().state, SCN_HISTORY_EMPTY);
}

Test(history, keeps_what_was_appended_in_its_order)
{
    struct cog_error error = {0};
    free(make_three());
    COG_CLEANUP(scn_history_finish) struct scn_history history = {0};

    ASSERT_CODE(scn_history_read(PATH, &history, &error), COG_OK, error);

    cr_assert(history.count == 3);
    EXPECT_STR(history.entries[0].id, "first");
    EXPECT_STR(history.entries[2].id, "third");
    EXPECT_STR(history.entries[2].verdict, "pass");
    EXPECT_INT(history.entries[2].points, 95);
    EXPECT_INT(history.entries[2].held_unix_ms, NOON_UNIX_MS);
    EXPECT_INT(inspect().state, SCN_HISTORY_INTACT);
    EXPECT_INT(inspect().head_sequence, 3);
}

Test(history, keeps_why_a_rehearsal_was_broken_off)
{
    COG_CLEANUP(scn_history_finish) struct scn_history history = {0};
    struct cog_error error = {0};
    aborted = "\"the fake died\"";

    append("first");

    ASSERT_CODE(scn_history_read(PATH, &history, &error), COG_OK, error);
    const cJSON *kept = cJSON_GetObjectItemCaseSensitive(history.entries[0].json, "aborted");
    EXPECT_STR(cJSON_GetStringValue(kept), "the fake died");
}

Test(history, by_an_anchor_sees_that_its_end_was_cut_off)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    const struct scn_history_inspection whole = inspect();
    struct scn_history_anchor anchor = {.sequence = whole.head_sequence};
    struct scn_history_inspection inspection = {.state = SCN_HISTORY_EMPTY};
    struct cog_error error = {0};
    memcpy(anchor.checksum, whole.head_checksum, sizeof anchor.checksum);
    *find_line(text, 4) = '\0';
    write_file(PATH, text);

    ASSERT_CODE(scn_history_inspect(PATH, &anchor, &inspection, &error), COG_OK, error);

    EXPECT_INT(inspection.state, SCN_HISTORY_CUT);
    EXPECT_STR(inspection.reason, "the line of seq 3 is missing: the last one is of seq 2");
    EXPECT_INT(inspect().state, SCN_HISTORY_INTACT);
}

Test(history, is_for_its_owner_alone_and_makes_its_folders)
{
    struct stat status = {0};
    append("first");

    cr_assert(stat(PATH, &status) == 0);

    EXPECT_INT(status.st_mode & 0777, 0600);
}

Test(history, chains_each_line_to_the_one_in_front_of_it)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    COG_CLEANUP(cog_json_finish) cJSON *third = cJSON_Parse(find_line(text, 3));
    COG_CLEANUP(cog_json_finish) cJSON *fourth = cJSON_Parse(find_line(text, 4));

    EXPECT_STR(cJSON_GetObjectItem(fourth, "previous_checksum")->valuestring,
               cJSON_GetObjectItem(third, "checksum")->valuestring);
}

Test(history, sees_a_line_that_was_changed)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    char *points = strstr(find_line(text, 3), "\"points\":95");
    points[strlen("\"points\":9")] = '9';

    expect_broken(text, 3, "its checksum is of another content");
}

Test(history, sees_a_line_that_was_taken_out)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    char *third = find_line(text, 3);
    char *fourth = find_line(text, 4);
    memmove(third, fourth, strlen(fourth) + 1);

    expect_broken(text, 3, "seq 3, expected 2");
}

Test(history, sees_lines_that_changed_places)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    char *third = find_line(text, 3);
    char *fourth = find_line(text, 4);
    COG_CLEANUP(cog_text_finish) struct cog_text mixed = {0};
    cog_text_append_bytes(&mixed, text, (size_t)(third - text));
    cog_text_append(&mixed, fourth);
    cog_text_append_bytes(&mixed, third, (size_t)(fourth - third));

    expect_broken(cog_text_string(&mixed), 3, "seq 3, expected 2");
}

Test(history, sees_a_line_of_another_history)
{
    struct cog_error error = {0};
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    ASSERT_CODE(append_to("other.jsonl", "first", "fail", &error), COG_OK, error);
    ASSERT_CODE(append_to("other.jsonl", "second", "pass", &error), COG_OK, error);
    COG_CLEANUP(cog_string_finish) char *other = read_file("other.jsonl");
    char *third = find_line(text, 3);
    COG_CLEANUP(cog_text_finish) struct cog_text mixed = {0};
    cog_text_append_bytes(&mixed, text, (size_t)(third - text));
    cog_text_append(&mixed, find_line(other, 3));

    expect_broken(cog_text_string(&mixed), 3, "chained to another line");
}

Test(history, sees_that_its_beginning_was_taken_away)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();

    expect_broken(find_line(text, 2), 1, "is a rehearsal, and nothing");
}

Test(history, sees_that_it_begins_twice)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    COG_CLEANUP(cog_text_finish) struct cog_text twice = {0};
    cog_text_append_format(&twice, "%s%s", text, text);

    expect_broken(cog_text_string(&twice), 5, "begins another history");
}

Test(history, leaves_a_file_of_somebody_else_alone)
{
    append("first");

    expect_broken("my notes\n", 1, "not a JSON object");
    expect_broken("{\"a\": 1", 1, "not a JSON object");
    expect_broken("{\"a\":1}\n", 1, "no checksum");
}

Test(history, leaves_a_torn_line_that_is_not_the_last_alone)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    char *third = find_line(text, 3);
    COG_CLEANUP(cog_text_finish) struct cog_text torn = {0};
    cog_text_append_bytes(&torn, text, (size_t)(third - text) + 40);
    cog_text_append_format(&torn, "\n%s", third);

    expect_broken(cog_text_string(&torn), 3, "is no line of this history");
}

Test(history, tells_a_line_that_a_crash_cut_short)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    text[strlen(text) - 10] = '\0';
    write_file(PATH, text);

    const struct scn_history_inspection inspection = inspect();

    EXPECT_INT(inspection.state, SCN_HISTORY_TORN);
    EXPECT_INT(inspection.line_number, 4);
    EXPECT_INT(inspection.entry_count, 2);
}

Test(history, repairs_what_was_cut_short_anywhere)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    const size_t begin = (size_t)(find_line(text, 4) - text);
    for (size_t length = strlen(text) - 1; length > begin; length--) {
        text[length] = '\0';
        write_file(PATH, text);

        append("fourth");

        const struct scn_history_inspection inspection = inspect();
        EXPECT_INT(inspection.state, SCN_HISTORY_INTACT);
        const size_t expected = inspection.repair_count > 0 ? 3 : 4;
        EXPECT_INT(inspection.entry_count, expected);
    }
}

Test(history, repairs_its_very_first_line)
{
    append("first");
    COG_CLEANUP(cog_string_finish) char *text = read_file(PATH);
    text[60] = '\0';
    write_file(PATH, text);

    append("second");

    const struct scn_history_inspection inspection = inspect();
    EXPECT_INT(inspection.state, SCN_HISTORY_INTACT);
    EXPECT_INT(inspection.entry_count, 1);
}

Test(history, repairs_a_repair_that_was_cut_short)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    COG_CLEANUP(cog_text_finish) struct cog_text torn = {0};
    text[strlen(text) - 10] = '\0';
    cog_text_append_format(&torn, "%s\n{\"checksum\":\"12", text);
    write_file(PATH, cog_text_string(&torn));

    append("fourth");

    const struct scn_history_inspection inspection = inspect();
    EXPECT_INT(inspection.state, SCN_HISTORY_INTACT);
    EXPECT_INT(inspection.repair_count, 1);
    EXPECT_INT(inspection.entry_count, 3);
}

Test(history, sees_that_what_was_repaired_was_changed_later)
{
    COG_CLEANUP(cog_string_finish) char *text = make_three();
    text[strlen(text) - 10] = '\0';
    write_file(PATH, text);
    append("fourth");
    COG_CLEANUP(cog_string_finish) char *repaired = read_file(PATH);
    *strstr(find_line(repaired, 4), "third") = 'T';

    expect_broken(repaired, 4, "is no line of this history");
}

enum { THREADS = 4, EACH = 10 };

static char threads_failure;

static void *append_some(void *unused)
{
    struct cog_error error = {0};
    for (int i = 0; i < EACH; i++) {
        if (append_to(PATH, "shared", "pass", &error) != COG_OK) {
            return &threads_failure;
        }
    }
    return unused;
}

Test(history, stays_whole_when_several_append_at_once)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        cr_assert(pthread_create(&threads[i], NULL, append_some, NULL) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failure = NULL;
        cr_assert(pthread_join(threads[i], &failure) == 0);
        cr_expect_null(failure);
    }

    EXPECT_INT(inspect().state, SCN_HISTORY_INTACT);
    EXPECT_INT(inspect().entry_count, THREADS * EACH);
}

Test(history, that_cannot_be_written_says_why)
{
    struct cog_error error = {0};
    write_file("state", "a file in the folder's place");

    EXPECT_INT(append_to(PATH, "first", "pass", &error), COG_ERROR_STORAGE);

    EXPECT_STR(error.message, "write the history");
    cr_expect(strstr(error.cause, "state") != NULL, "'%s' names no file", error.cause);
}

Test(history, refuses_what_is_no_report)
{
    struct cog_error error = {0};
    EXPECT_INT(append_to(PATH, "first", "splendid", &error), COG_ERROR_SYNTAX);

    cr_expect(strstr(error.cause, "'splendid'") != NULL, "'%s'", error.cause);
    EXPECT_INT(inspect().state, SCN_HISTORY_EMPTY);
}

Test(history, tells_the_trend_of_one_drill_oldest_first)
{
    struct cog_error error = {0};
    COG_CLEANUP(cog_json_finish) cJSON *trend = NULL;
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    append("first");
    append("second");
    ASSERT_CODE(append_to(PATH, "first", "fail", &error), COG_OK, error);

    ASSERT_CODE(scn_history_trend(PATH, "first", &trend, &error), COG_OK, error);

    ASSERT_CODE(cog_json_print(trend, &text, &error), COG_OK, error);
    EXPECT_STR(text, "[{\"held_at\":\"2025-12-01T12:00:00Z\",\"mode\":\"automatic\",\"verdict\":"
                     "\"pass\",\"points\":95,\"recover\":41000,\"p95\":55000.5},"
                     "{\"held_at\":\"2025-12-01T12:00:00Z\",\"mode\":\"automatic\",\"verdict\":"
                     "\"fail\",\"points\":95,\"recover\":41000,\"p95\":55000.5}]");
}

Test(history, shows_no_control_character_of_a_name)
{
    struct cog_error error = {0};
    COG_CLEANUP(cog_json_finish) cJSON *report = make_report("first", "pass");
    cr_assert_not_null(
        cJSON_ReplaceItemInObject(report, "operator", cJSON_CreateString("a\x1b[2Jb")) ? report
                                                                                       : NULL);
    const struct scn_history_holding holding = {.report = report, .held_unix_ms = NOON_UNIX_MS};

    ASSERT_CODE(scn_history_append(PATH, &holding, &error), COG_OK, error);

    COG_CLEANUP(cog_string_finish) char *text = read_file(PATH);
    cr_expect(strstr(text, "\"operator\":\"a?[2Jb\"") != NULL, "%s", text);
}

static void expect_path(struct scn_history_surroundings surroundings, const char *expected)
{
    struct cog_error error = {0};
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    ASSERT_CODE(scn_history_path(&surroundings, &path, &error), COG_OK, error);
    EXPECT_STR(path, expected);
}

Test(history, lies_where_the_environment_says)
{
    expect_path((struct scn_history_surroundings){"/h.jsonl", "/s", "/home/a"}, "/h.jsonl");
    expect_path((struct scn_history_surroundings){"", "/s", "/home/a"},
                "/s/cogdrill/history.jsonl");
    expect_path((struct scn_history_surroundings){NULL, "relative", "/home/a"},
                "/home/a/.local/state/cogdrill/history.jsonl");
}

Test(history, lies_nowhere_without_a_home)
{
    const struct scn_history_surroundings surroundings = {NULL, NULL, NULL};
    struct cog_error error = {0};
    char *path = NULL;

    EXPECT_INT(scn_history_path(&surroundings, &path, &error), COG_ERROR_CONFIGURATION);
}
