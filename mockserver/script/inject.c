/* One entry of the member `injects`. */
#include "script/inject.h"

#include "script/draw.h"
#include "script/fault.h"
#include "script/member.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { PERCENT = 100 };

void mock_inject_finish(struct mock_inject *inject)
{
    free(inject->text);
    free(inject->description);
    cog_document_finish(&inject->server);
    cog_document_finish(&inject->faults);
    *inject = (struct mock_inject){0};
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code read_name(const struct cog_document *document, const cJSON *node,
                               struct mock_inject *inject, struct cog_error *error)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    const cJSON *member = NULL;
    const char *name = NULL;
    enum cog_code code = cog_document_require(document, node, "name", &member, error);
    if (code == COG_OK) {
        code = cog_document_string(document, node, "name", &name, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (name[0] == '\0' || name[strspn(name, characters)] != '\0' ||
        !cog_string_copy(inject->name, sizeof inject->name, name)) {
        return cog_document_fail(document, member, error,
                                 "an inject's name has 1 to %d of a-z, 0-9, '_' and '-'",
                                 MOCK_INJECT_NAME_LENGTH_MAX);
    }
    return COG_OK;
}

static enum cog_code read_text(const struct cog_document *document, const cJSON *node,
                               struct mock_inject *inject, struct cog_error *error)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(node, "text");
    const char *text = "";
    enum cog_code code = cog_document_string(document, node, "text", &text, error);
    if (code != COG_OK) {
        return code;
    }
    const bool is_line = member == NULL || (text[0] != '\0' && strpbrk(text, "\r\n\t") == NULL);
    if (!is_line || strlen(text) > MOCK_INJECT_TEXT_LENGTH_MAX) {
        return cog_document_fail(document, member, error,
                                 "'text' must be one line of 1 to %d bytes",
                                 MOCK_INJECT_TEXT_LENGTH_MAX);
    }
    inject->text = strdup(text);
    return inject->text != NULL ? COG_OK : fail_memory(error);
}

static enum cog_code read_window(const struct cog_document *document, const cJSON *window,
                                 struct mock_inject *inject, struct cog_error *error)
{
    if (cJSON_GetArraySize(window) != 2) {
        return cog_document_fail(document, window, error,
                                 "'window' has two durations: [\"28s\", \"40s\"]");
    }
    enum cog_code code = mock_member_duration(document, window->child, &inject->earliest_ms, error);
    if (code == COG_OK) {
        code = mock_member_duration(document, window->child->next, &inject->latest_ms, error);
    }
    if (code == COG_OK && inject->latest_ms < inject->earliest_ms) {
        return cog_document_fail(document, window->child->next, error, "times must ascend");
    }
    return code;
}

/* Of "at" and "window" there is exactly one. */
static enum cog_code read_moment(const struct cog_document *document, const cJSON *node,
                                 struct mock_inject *inject, struct cog_error *error)
{
    const cJSON *window = NULL;
    int call = MOCK_CALL_UNKNOWN;
    const bool has_at = cJSON_GetObjectItemCaseSensitive(node, "at") != NULL;
    enum cog_code code =
        cog_document_word(document, node, "after", mock_call_names(), &call, error);
    if (code == COG_OK) {
        code = cog_document_array(document, node, "window", &window, error);
    }
    if (code != COG_OK) {
        return code;
    }
    inject->after = (enum mock_call)call;
    if (has_at == (window != NULL)) {
        return cog_document_fail(document, node, error,
                                 "expected either 'at' (\"30s\") or 'window' ([\"28s\", \"40s\"])");
    }
    if (window != NULL) {
        return read_window(document, window, inject, error);
    }
    code = cog_document_duration(document, node, "at", &inject->earliest_ms, error);
    inject->latest_ms = inject->earliest_ms;
    return code;
}

static const char *const orders[] = {
    [MOCK_INJECT_ORDER_NONE] = "",
    [MOCK_INJECT_ORDER_FAIL] = "fail",
    [MOCK_INJECT_ORDER_HOLD] = "hold",
    [MOCK_INJECT_ORDER_COMPLETE] = "complete",
    [MOCK_INJECT_ORDER_PROGRESS] = "progress",
    [MOCK_INJECT_ORDER_RELEASE] = "release",
};

enum { ORDER_COUNT = sizeof orders / sizeof orders[0] };

static enum cog_code read_order(const struct cog_document *document, const cJSON *job,
                                struct mock_inject *inject, struct cog_error *error)
{
    const struct mock_member_buffer reason = {inject->reason, sizeof inject->reason};
    const struct cog_document_range percent = {0, PERCENT};
    const cJSON *member = job->child;
    int64_t progress = 0;
    enum cog_code code = COG_OK;
    if (inject->order == MOCK_INJECT_ORDER_FAIL) {
        return mock_member_text(document, job, "fail", reason, error);
    }
    if (inject->order == MOCK_INJECT_ORDER_PROGRESS) {
        code = cog_document_integer(document, job, "progress", percent, &progress, error);
        inject->progress = (int)progress;
        return code;
    }
    return cJSON_IsTrue(member)
               ? COG_OK
               : cog_document_fail(document, member, error, "'%s' must be true", member->string);
}

static enum cog_code read_job(const struct cog_document *document, const cJSON *node,
                              struct mock_inject *inject, struct cog_error *error)
{
    static const char *const keys[] = {"fail", "hold", "complete", "progress", "release", NULL};
    const cJSON *job = NULL;
    enum cog_code code = cog_document_object(document, node, "job", &job, error);
    if (code != COG_OK || job == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, job, keys, error);
    if (code != COG_OK) {
        return code;
    }
    if (cJSON_GetArraySize(job) != 1) {
        return cog_document_fail(document, job, error,
                                 "expected exactly one of 'fail', 'hold', 'complete', 'progress' "
                                 "and 'release'");
    }
    for (int order = 1; order < ORDER_COUNT; order++) {
        if (strcmp(orders[order], job->child->string) == 0) {
            inject->order = (enum mock_inject_order)order;
        }
    }
    return read_order(document, job, inject, error);
}

/* Kept as a document of its own: the world reads it when the inject strikes. */
static enum cog_code keep(const cJSON *object, const struct mock_inject *inject,
                          struct cog_document *out_document, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *printed = NULL;
    COG_CLEANUP(cog_text_finish) struct cog_text name = {0};
    cog_text_append_format(&name, "inject '%s'", inject->name);
    enum cog_code code = name.failed ? fail_memory(error) : COG_OK;
    if (code == COG_OK) {
        code = cog_json_print(object, &printed, error);
    }
    return code == COG_OK ? cog_document_parse(cog_text_string(&name), printed, strlen(printed),
                                               out_document, error)
                          : code;
}

static enum cog_code read_server(const struct cog_document *document, const cJSON *node,
                                 struct mock_inject *inject, struct cog_error *error)
{
    const cJSON *server = NULL;
    enum cog_code code = cog_document_object(document, node, "server", &server, error);
    if (code != COG_OK || server == NULL) {
        return code;
    }
    if (server->child == NULL) {
        return cog_document_fail(document, server, error, "'server' changes nothing");
    }
    return keep(server, inject, &inject->server, error);
}

/* Here, where there is still a line to tell of. */
static enum cog_code check_fault(const struct cog_document *document, const cJSON *node,
                                 struct cog_error *error)
{
    struct mock_fault fault = {0};
    enum cog_code code = mock_fault_read(document, node, NULL, &fault, error);
    mock_fault_finish(&fault);
    return code;
}

static enum cog_code keep_faults(const cJSON *array, struct mock_inject *inject,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    cJSON *copy = cJSON_Duplicate(array, true);
    if (object == NULL || copy == NULL || !cJSON_AddItemToObject(object, "faults", copy)) {
        cJSON_Delete(copy);
        return fail_memory(error);
    }
    return keep(object, inject, &inject->faults, error);
}

static enum cog_code read_faults(const struct cog_document *document, const cJSON *node,
                                 struct mock_inject *inject, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, node, "faults", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    if (array->child == NULL) {
        return cog_document_fail(document, array, error, "expected at least one fault");
    }
    code = mock_member_check_count(document, array, MOCK_INJECT_FAULTS_MAX, error);
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        if (code == COG_OK) {
            code = check_fault(document, item, error);
        }
    }
    return code == COG_OK ? keep_faults(array, inject, error) : code;
}

static void separate(struct cog_text *text)
{
    cog_text_append(text, text->length > 0 ? "; " : "");
}

static void describe_order(const struct mock_inject *inject, struct cog_text *text)
{
    switch (inject->order) {
    case MOCK_INJECT_ORDER_NONE:
        break;
    case MOCK_INJECT_ORDER_FAIL:
        cog_text_append_format(text, "the job fails: %s", inject->reason);
        break;
    case MOCK_INJECT_ORDER_HOLD:
        cog_text_append(text, "the job stands still");
        break;
    case MOCK_INJECT_ORDER_COMPLETE:
        cog_text_append(text, "the job completes");
        break;
    case MOCK_INJECT_ORDER_PROGRESS:
        cog_text_append_format(text, "the job is at %d %%", inject->progress);
        break;
    case MOCK_INJECT_ORDER_RELEASE:
        cog_text_append(text, "the job goes on");
        break;
    }
}

static enum cog_code describe(struct mock_inject *inject, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    describe_order(inject, &text);
    if (inject->faults.root != NULL) {
        const int count = cJSON_GetArraySize(inject->faults.root->child);
        separate(&text);
        cog_text_append_format(&text, "%d fault%s", count, count == 1 ? "" : "s");
    }
    if (inject->server.root != NULL) {
        separate(&text);
        const char *lead = "server: ";
        const cJSON *member = NULL;
        cJSON_ArrayForEach(member, inject->server.root)
        {
            cog_text_append_format(&text, "%s%s", lead, member->string);
            lead = ", ";
        }
    }
    if (text.length == 0) {
        cog_text_append(&text, "it is only told");
    }
    return cog_text_give(&text, &inject->description, error);
}

enum cog_code mock_inject_read(const struct cog_document *document, const cJSON *node,
                               struct mock_inject *out_inject, struct cog_error *error)
{
    static const char *const keys[] = {"name", "text",   "after",  "window", "at",
                                       "job",  "server", "faults", NULL};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = read_name(document, node, out_inject, error);
    }
    if (code == COG_OK) {
        code = read_text(document, node, out_inject, error);
    }
    if (code == COG_OK) {
        code = read_moment(document, node, out_inject, error);
    }
    if (code == COG_OK) {
        code = read_job(document, node, out_inject, error);
    }
    if (code == COG_OK) {
        code = read_server(document, node, out_inject, error);
    }
    if (code == COG_OK) {
        code = read_faults(document, node, out_inject, error);
    }
    return code == COG_OK ? describe(out_inject, error) : code;
}

int64_t mock_inject_delay_ms(const struct mock_inject *inject, uint64_t seed)
{
    const uint64_t draw = mock_draw_mix_text(mock_draw_mix(0, seed), inject->name);
    const uint64_t width = (uint64_t)(inject->latest_ms - inject->earliest_ms) + 1;
    return inject->earliest_ms + (int64_t)(draw % width);
}
