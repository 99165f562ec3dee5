/*
 * A journal that was left behind, cut, or written by whoever: it is read, listed and resumed, on a
 * client whose server says to everything, some dozens of times, that the target is fine, and then
 * breaks every connection. The input's lines make the file:
 *
 *   run.state="follow"   sets a member of the entry that is being made, which begins as a good one
 *   !                    seals that entry and appends it
 *   <12                  cuts so many bytes off the file
 *   anything else        is appended as it is
 */
#include "bench.h"
#include "file.h"
#include "journal.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/sealed_line.h>
#include <cogbase/text.h>
#include <cogpromote/promote.h>
#include <cogpromote/run.h>

#include <limits.h>
#include <string.h>

#define RUN_ID          "00000000-0000-4000-8000-000000000001"
#define STARTED_UNIX_MS INT64_C(784111777000)

enum { ANSWER_COUNT = 48 };

/** What the input's lines have come to. */
struct draft {
    struct cog_text text;
    cJSON *record;
};

static void expect(enum cog_code code, const char *promise)
{
    fuzz_expect(code == COG_OK, promise);
}

/** An entry of a run that has just begun. */
static cJSON *record_make(const struct fuzz_bench *bench)
{
    const struct cog_promotion_request request = cog_client_request(bench->client);
    struct cog_course course = {0};
    expect(cog_course_init(&request, bench->config.api_base, &course, NULL), "a run can begin");
    memcpy(course.report.run_id, RUN_ID, sizeof RUN_ID);
    course.report.started_unix_ms = STARTED_UNIX_MS;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    size_t seal_offset = 0;
    cog_course_format(&course, "begin", STARTED_UNIX_MS, &text, &seal_offset);
    cJSON *record = cJSON_Parse(cog_text_string(&text));
    fuzz_expect(record != NULL, "an entry is JSON");
    return record;
}

/** @param name "run.state", or "event" for a member of the record itself */
static void member_set(cJSON *record, char *name, const char *value)
{
    char *point = strchr(name, '.');
    cJSON *object = record;
    if (point != NULL) {
        *point = '\0';
        object = cJSON_GetObjectItemCaseSensitive(record, name);
        name = point + 1;
    }
    cJSON *item = cJSON_Parse(value);
    if (item == NULL || !cJSON_ReplaceItemInObjectCaseSensitive(object, name, item)) {
        cJSON_Delete(item);
    }
}

static void entry_seal(struct draft *draft)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = cJSON_Duplicate(draft->record, true);
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    char checksum[COG_DIGEST_SIZE];
    expect(cog_sealed_line_print(record, checksum, &line, NULL), "any record can be sealed");
    cog_text_append_format(&draft->text, "%s\n", line);
}

static void text_cut(struct cog_text *text, int64_t length)
{
    const size_t cut = (size_t)length < text->length ? (size_t)length : text->length;
    text->length -= cut;
    if (text->bytes != NULL) {
        text->bytes[text->length] = '\0';
    }
}

/** @param is_ended whether a line feed stood behind it */
static void line_apply(struct draft *draft, char *line, size_t length, bool is_ended)
{
    char *equals = strchr(line, '=');
    int64_t cut = 0;
    if (strcmp(line, "!") == 0) {
        entry_seal(draft);
    } else if (line[0] == '<' &&
               cog_number_parse_integer(line + 1, 0, INT_MAX, &cut, NULL) == COG_OK) {
        text_cut(&draft->text, cut);
    } else if (equals != NULL && line[0] >= 'a' && line[0] <= 'z') {
        *equals = '\0';
        member_set(draft->record, line, equals + 1);
    } else {
        cog_text_append_bytes(&draft->text, line, length);
        cog_text_append(&draft->text, is_ended ? "\n" : "");
    }
}

static void journal_make(struct fuzz_bench *bench, struct fuzz_input *input,
                         char out_name[COG_JOURNAL_NAME_SIZE])
{
    struct draft draft = {.record = record_make(bench)};
    while (input->length > 0) {
        const size_t before = input->length;
        size_t length = 0;
        COG_CLEANUP(cog_string_finish) char *line = fuzz_text_take(input, '\n', &length);
        line_apply(&draft, line, length, before - input->length > length);
    }
    cog_json_finish(&draft.record);
    cog_journal_name(RUN_ID, STARTED_UNIX_MS, out_name);
    const size_t length = draft.text.length;
    fuzz_file_put(&bench->storage, out_name, cog_text_take(&draft.text), length);
}

static void expect_listed(struct cog_storage storage, bool is_readable)
{
    struct cog_run_list list = {0};
    expect(cog_run_list_read(storage, &list, NULL), "any journal can be listed");
    fuzz_expect(list.count == 1, "each journal is one run");
    fuzz_expect((list.items[0].damage[0] == '\0') == is_readable, "damage is told");
    COG_CLEANUP(cog_string_finish) char *table = NULL;
    expect(cog_run_list_format_text(&list, &table, NULL), "runs can be shown");
    fuzz_expect_plain_lines(table, "what is shown of runs is plain text");
    COG_CLEANUP(cog_string_finish) char *json = NULL;
    expect(cog_run_list_format_json(&list, &json, NULL), "runs can be printed");
    COG_CLEANUP(cog_json_finish) cJSON *array = cJSON_Parse(json);
    fuzz_expect(cJSON_GetArraySize(array) == 1, "what is printed is JSON");
    cog_run_list_finish(&list);
}

/** One body that is an answer to each call; to a promotion it is one that names no job. */
static struct fuzz_input answers_make(struct cog_text *text)
{
    for (int i = 0; i < ANSWER_COUNT; i++) {
        cog_text_append(text, "200\n\n{\"active\":true,\"active_sessions\":0,\"status\":\"ok\","
                              "\"matched_intent\":\"health_check_ping\",\"intents\":1,"
                              "\"entities\":1,\"flows\":1,\"webhooks\":1,\"integrations\":1,"
                              "\"variables\":1,\"deployments\":[]}\x1e");
    }
    return (struct fuzz_input){(const uint8_t *)cog_text_string(text), text->length};
}

/** What a run that is resumed may have sent. */
static void expect_sent(const struct fuzz_server *server, const struct cog_course *course)
{
    fuzz_expect(server->request_count == 0 || cog_course_is_resumable(course),
                "a run that is settled asks nothing");
    fuzz_expect(server->promotion_count == 0 || course->promote_is_open ||
                    !cog_course_has_acted(course),
                "what was promoted is not promoted again");
}

static void expect_resumed(struct fuzz_bench *bench, const char *name,
                           const struct cog_journal_entry *before)
{
    const struct cog_storage storage = cog_storage_memory(&bench->storage);
    COG_CLEANUP(cog_string_finish) char *old = NULL;
    size_t old_length = 0;
    expect(cog_storage_read(storage, name, &old, &old_length, NULL), "memory can be read");
    struct cog_report report = {0};
    struct cog_error error = {0};
    const enum cog_code code =
        cog_resume(bench->client, RUN_ID, (struct cog_watch){0}, &report, &error);
    fuzz_expect_error(bench, code, &error);
    expect_sent(&bench->server, &before->course);

    COG_CLEANUP(cog_string_finish) char *now = NULL;
    size_t now_length = 0;
    expect(cog_storage_read(storage, name, &now, &now_length, NULL), "memory can be read");
    fuzz_expect(now_length >= old_length && memcmp(now, old, old_length) == 0,
                "a journal only grows");
    static struct cog_journal_entry after;
    expect(cog_journal_read(storage, name, &after, NULL), "what was good is good afterwards");
}

static void expect_refused(struct fuzz_bench *bench, enum cog_code code)
{
    struct cog_report report = {0};
    struct cog_error error = {0};
    fuzz_expect(code == COG_ERROR_SYNTAX || code == COG_ERROR_NOT_FOUND,
                "a journal is good, empty or damaged");
    fuzz_expect(cog_resume(bench->client, RUN_ID, (struct cog_watch){0}, &report, &error) == code,
                "a journal that cannot be read is not resumed");
    fuzz_expect_error(bench, code, &error);
    fuzz_expect(bench->server.request_count == 0, "nothing is sent then");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    struct fuzz_bench bench = {.server = {.input = &input, .gives_token = true}};
    fuzz_bench_init(&bench);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct fuzz_input answers = answers_make(&text);
    bench.server.input = &answers;
    bench.limits.deadline_ms = INT64_MAX; /* A run has its own. */
    char name[COG_JOURNAL_NAME_SIZE];
    journal_make(&bench, &input, name);

    const struct cog_storage storage = cog_storage_memory(&bench.storage);
    static struct cog_journal_entry entry;
    struct cog_error error = {0};
    const enum cog_code code = cog_journal_read(storage, name, &entry, &error);
    fuzz_expect_error(&bench, code, &error);
    expect_listed(storage, code == COG_OK);
    if (code == COG_OK) {
        expect_resumed(&bench, name, &entry);
    } else {
        expect_refused(&bench, code);
    }

    fuzz_bench_finish(&bench);
    return 0;
}
