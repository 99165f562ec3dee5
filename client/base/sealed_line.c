#include <cogbase/sealed_line.h>

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <string.h>

static const char SEAL[] = "checksum";

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/**
 * Puts the seal, which is the last member, where the order of the names wants it: by moving those
 * that belong behind it to the end. (cJSON 1.7.17, and Debian's 1.7.15, refuse to insert an item
 * that was detached from a list, anywhere but at the front.)
 */
static void seal_move(cJSON *record)
{
    int index = 0;
    int behind_count = 0;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, record)
    {
        const int order = strcmp(member->string, SEAL);
        index += order < 0 ? 1 : 0;
        behind_count += order > 0 ? 1 : 0;
    }
    for (int i = 0; i < behind_count; i++) {
        cJSON_AddItemToArray(record, cJSON_DetachItemFromArray(record, index));
    }
}

static enum cog_code text_digest(const char *text, size_t length,
                                 char out_checksum[COG_DIGEST_SIZE], struct cog_error *error)
{
    enum cog_code code = cog_digest_sha256(text, length, out_checksum);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "cannot compute a SHA-256");
}

/** The checksum of a record that has none in it. */
static enum cog_code seal_compute(const cJSON *record, char out_checksum[COG_DIGEST_SIZE],
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = cJSON_PrintUnformatted(record);
    return text != NULL ? text_digest(text, strlen(text), out_checksum, error) : fail_memory(error);
}

enum cog_code cog_sealed_line_print(cJSON *record, char out_checksum[COG_DIGEST_SIZE],
                                    char **out_line, struct cog_error *error)
{
    char checksum[COG_DIGEST_SIZE];
    enum cog_code code = seal_compute(record, checksum, error);
    if (code != COG_OK) {
        return code;
    }
    if (cJSON_AddStringToObject(record, SEAL, checksum) == NULL) {
        return fail_memory(error);
    }
    seal_move(record);
    char *line = cJSON_PrintUnformatted(record);
    if (line == NULL) {
        return fail_memory(error);
    }
    memcpy(out_checksum, checksum, COG_DIGEST_SIZE);
    *out_line = line;
    return COG_OK;
}

enum cog_code cog_sealed_line_close(struct cog_text *text, size_t offset, struct cog_error *error)
{
    if (text->failed) {
        return fail_memory(error);
    }
    char checksum[COG_DIGEST_SIZE];
    enum cog_code code = text_digest(text->bytes, text->length, checksum, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text member = {0};
    cog_text_append(&member, ",\"");
    cog_text_append(&member, SEAL);
    cog_text_append(&member, "\":\"");
    cog_text_append(&member, checksum);
    cog_text_append(&member, "\"");
    if (member.failed) {
        return fail_memory(error);
    }
    cog_text_insert(text, offset, member.bytes);
    return text->failed ? fail_memory(error) : COG_OK;
}

/** Each name once, and in order: the seal too has one place only. */
static bool is_sorted(const cJSON *record)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, record)
    {
        if (member->next != NULL && strcmp(member->string, member->next->string) >= 0) {
            return false;
        }
    }
    return true;
}

/** Whether the record, printed again, is the line: else something in it escaped the checksum. */
static enum cog_code line_compare(const cJSON *record, const char *line, size_t length,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *again = cJSON_PrintUnformatted(record);
    if (again == NULL) {
        return fail_memory(error);
    }
    if (strlen(again) != length || memcmp(again, line, length) != 0 || !is_sorted(record)) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "it is not in its canonical form");
    }
    return COG_OK;
}

/** @param record loses its seal for the time of the computation */
static enum cog_code seal_check(cJSON *record, char out_checksum[COG_DIGEST_SIZE],
                                struct cog_error *error)
{
    char stated[COG_DIGEST_SIZE];
    if (cog_json_string_copy(record, SEAL, stated, sizeof stated, NULL) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "it has no checksum");
    }
    cJSON *seal = cJSON_DetachItemFromObjectCaseSensitive(record, SEAL);
    char computed[COG_DIGEST_SIZE];
    enum cog_code code = seal_compute(record, computed, error);
    if (!cJSON_AddItemToObject(record, SEAL, seal)) {
        cJSON_Delete(seal);
        return fail_memory(error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (strcmp(stated, computed) != 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "its checksum is of another content");
    }
    memcpy(out_checksum, computed, COG_DIGEST_SIZE);
    seal_move(record);
    return COG_OK;
}

enum cog_code cog_sealed_line_parse(const char *line, size_t length, cJSON **out_record,
                                    char out_checksum[COG_DIGEST_SIZE], struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    struct cog_error cause = {0};
    if (cog_json_parse_object(line, length, &record, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "it is not a JSON object");
    }
    enum cog_code code = line_compare(record, line, length, error);
    char checksum[COG_DIGEST_SIZE];
    if (code == COG_OK) {
        code = seal_check(record, checksum, error);
    }
    if (code != COG_OK) {
        return code;
    }
    memcpy(out_checksum, checksum, COG_DIGEST_SIZE);
    *out_record = record;
    record = NULL;
    return COG_OK;
}

size_t cog_line_begin(const char *text, size_t end)
{
    while (end > 0 && text[end - 1] != '\n') {
        end--;
    }
    return end;
}

size_t cog_line_number(const char *text, size_t begin)
{
    size_t number = 1;
    for (size_t i = 0; i < begin; i++) {
        number += text[i] == '\n' ? 1 : 0;
    }
    return number;
}
