#include "outbox.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = COG_NOTICE_ID_SIZE + 16, SECONDS_LENGTH = 19 };

static const char FOLDER[] = "outbox";
static const char SUFFIX[] = ".json";

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static const char *name_format(const char *id, char out_name[NAME_SIZE])
{
    (void)snprintf(out_name, NAME_SIZE, "%s/%s%s", FOLDER, id, SUFFIX);
    return out_name;
}

static enum cog_code notice_print(const struct cog_notice *notice, char **out_text,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *file = cJSON_CreateObject();
    if (file == NULL || cJSON_AddStringToObject(file, "body", notice->body) == NULL ||
        cJSON_AddStringToObject(file, "created", notice->created) == NULL ||
        cJSON_AddStringToObject(file, "id", notice->id) == NULL) {
        return fail_memory(error);
    }
    char *text = cJSON_PrintUnformatted(file);
    if (text == NULL) {
        return fail_memory(error);
    }
    *out_text = text;
    return COG_OK;
}

static enum cog_code compose_notice(void *context, const char *existing, size_t existing_length,
                                    char **out_text, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    return notice_print(context, out_text, error);
}

static enum cog_code compose_nothing(void *context, const char *existing, size_t existing_length,
                                     char **out_text, struct cog_error *error)
{
    (void)context;
    (void)existing;
    if (existing_length == 0) {
        return COG_OK;
    }
    *out_text = cog_string_clone("", 0);
    return *out_text != NULL ? COG_OK : fail_memory(error);
}

enum cog_code cog_outbox_keep(struct cog_storage storage, const struct cog_notice *notice,
                              struct cog_error *error)
{
    char name[NAME_SIZE];
    struct cog_notice borrowed = *notice;
    const struct cog_storage_composer composer = {.compose = compose_notice, .context = &borrowed};
    const enum cog_code code =
        cog_storage_update(storage, name_format(notice->id, name), composer, error);
    return code == COG_OK ? COG_OK
                          : cog_error_wrap(error, code, "put '%s' into the outbox", notice->id);
}

enum cog_code cog_outbox_drop(struct cog_storage storage, const char *id, struct cog_error *error)
{
    char name[NAME_SIZE];
    const struct cog_storage_composer composer = {.compose = compose_nothing};
    const enum cog_code code = cog_storage_update(storage, name_format(id, name), composer, error);
    return code == COG_OK ? COG_OK : cog_error_wrap(error, code, "take '%s' out of the outbox", id);
}

void cog_outbox_finish(struct cog_outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) {
        cog_notice_finish(&outbox->notices[i]);
    }
    free(outbox->notices);
    *outbox = (struct cog_outbox){0};
}

/** An id becomes a header's value: nothing else may be in it. */
static bool id_is_plain(const char *id)
{
    static const char LETTERS[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return id[0] != '\0' && id[strspn(id, LETTERS)] == '\0';
}

/** RFC 3339 in UTC as we write it, with or without milliseconds. */
static bool created_is_stamp(const char *created)
{
    static const char FORM[] = "0000-00-00T00:00:00.000Z";
    const size_t length = strlen(created);
    if (length != sizeof FORM - 1 && length != SECONDS_LENGTH + 1) {
        return false;
    }
    for (size_t i = 0; i + 1 < length; i++) {
        const bool is_digit = created[i] >= '0' && created[i] <= '9';
        if (FORM[i] == '0' ? !is_digit : created[i] != FORM[i]) {
            return false;
        }
    }
    return created[length - 1] == 'Z';
}

static enum cog_code fail_damaged(const char *what, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_SYNTAX, "%s", what);
}

static enum cog_code notice_read(const cJSON *file, struct cog_notice *out_notice,
                                 struct cog_error *error)
{
    const char *body = NULL;
    enum cog_code code =
        cog_json_string_copy(file, "id", out_notice->id, sizeof out_notice->id, error);
    if (code == COG_OK) {
        code = cog_json_string_copy(file, "created", out_notice->created,
                                    sizeof out_notice->created, error);
    }
    if (code == COG_OK) {
        code = cog_json_string(file, "body", &body, error);
    }
    if (code != COG_OK) {
        return COG_ERROR_SYNTAX;
    }
    if (!id_is_plain(out_notice->id)) {
        return fail_damaged("its 'id' has more than letters, digits, '-' and '_'", error);
    }
    if (!created_is_stamp(out_notice->created)) {
        return fail_damaged("its 'created' is not a time like '2026-01-31T12:00:00Z'", error);
    }
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    if (cog_json_parse_object(body, strlen(body), &json, NULL) != COG_OK) {
        return fail_damaged("its 'body' is not a JSON object", error);
    }
    out_notice->body = cog_string_clone(body, strlen(body));
    return out_notice->body != NULL ? COG_OK : fail_memory(error);
}

/**
 * @param out_notice stays empty when the file has gone meanwhile: somebody else delivered it
 * @return COG_OK; COG_ERROR_SYNTAX or COG_ERROR_STORAGE: it is damaged; COG_ERROR_MEMORY
 */
static enum cog_code file_read(struct cog_storage storage, const char *file_name,
                               struct cog_notice *out_notice, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s/%s", FOLDER, file_name);
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    enum cog_code code =
        path.failed ? fail_memory(error)
                    : cog_storage_read(storage, cog_text_string(&path), &bytes, &length, error);
    if (code != COG_OK || length == 0) {
        return code;
    }
    COG_CLEANUP(cog_json_finish) cJSON *file = NULL;
    if (cog_json_parse_object(bytes, length, &file, NULL) != COG_OK) {
        return fail_damaged("it is not a JSON object", error);
    }
    COG_CLEANUP(cog_notice_finish) struct cog_notice notice = {0};
    code = notice_read(file, &notice, error);
    if (code != COG_OK) {
        return code;
    }
    char expected[NAME_SIZE];
    if (strcmp(name_format(notice.id, expected), cog_text_string(&path)) != 0) {
        return fail_damaged("its 'id' is not its name", error);
    }
    *out_notice = notice;
    notice = (struct cog_notice){0};
    return COG_OK;
}

static void damage_note(struct cog_outbox *outbox, const char *file_name,
                        const struct cog_error *error)
{
    outbox->damaged_count++;
    if (outbox->damaged_count > 1) {
        return;
    }
    char cause[COG_REASON_SIZE];
    (void)snprintf(outbox->damage, sizeof outbox->damage,
                   "'%s/%.96s' is no notice: %.300s; look at it, and remove it", FOLDER, file_name,
                   cog_error_text(error, cause, sizeof cause));
}

static bool is_notice_name(const char *name)
{
    const size_t length = strlen(name);
    const size_t suffix = sizeof SUFFIX - 1;
    return length > suffix && strcmp(name + length - suffix, SUFFIX) == 0;
}

static enum cog_code notices_read(struct cog_storage storage, const struct cog_storage_names *names,
                                  struct cog_outbox *outbox, struct cog_error *error)
{
    for (size_t i = 0; i < names->count; i++) {
        if (!is_notice_name(names->items[i])) {
            continue;
        }
        struct cog_notice *notice = &outbox->notices[outbox->count];
        struct cog_error cause = {0};
        const enum cog_code code = file_read(storage, names->items[i], notice, &cause);
        if (code == COG_ERROR_MEMORY) {
            return fail_memory(error);
        }
        if (code != COG_OK) {
            damage_note(outbox, names->items[i], &cause);
        } else if (notice->body != NULL) {
            outbox->count++;
        }
    }
    return COG_OK;
}

/** "…:00Z" comes before "…:00.5Z", which the bytes do not say. */
static int notice_compare(const void *left, const void *right)
{
    const struct cog_notice *a = left;
    const struct cog_notice *b = right;
    int order = strncmp(a->created, b->created, SECONDS_LENGTH);
    if (order == 0) {
        const bool a_has = a->created[SECONDS_LENGTH] == '.';
        const bool b_has = b->created[SECONDS_LENGTH] == '.';
        order = a_has == b_has ? strcmp(a->created, b->created) : (int)a_has - (int)b_has;
    }
    return order != 0 ? order : strcmp(a->id, b->id);
}

enum cog_code cog_outbox_read(struct cog_storage storage, struct cog_outbox *out_outbox,
                              struct cog_error *error)
{
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, FOLDER, &names, error);
    if (code != COG_OK) {
        return cog_error_wrap(error, code, "look into the outbox");
    }
    COG_CLEANUP(cog_outbox_finish)
    struct cog_outbox outbox = {.notices = calloc(names.count + 1, sizeof *outbox.notices)};
    if (outbox.notices == NULL) {
        return fail_memory(error);
    }
    code = notices_read(storage, &names, &outbox, error);
    if (code != COG_OK) {
        return code;
    }
    qsort(outbox.notices, outbox.count, sizeof *outbox.notices, notice_compare);
    *out_outbox = outbox;
    outbox = (struct cog_outbox){0};
    return COG_OK;
}
