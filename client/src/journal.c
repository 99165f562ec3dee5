#include "journal.h"

#include <cogbase/json.h>
#include <cogbase/sealed_line.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nearly every line is shorter. */
enum { LINE_LENGTH = 3000 };

void cog_journal_name(const char *run_id, int64_t started_unix_ms,
                      char out_name[COG_JOURNAL_NAME_SIZE])
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(started_unix_ms, stamp);
    /* Without the colons, which some file systems do not like: names sort by time. */
    size_t length = 0;
    for (size_t i = 0; stamp[i] != '\0'; i++) {
        if (stamp[i] != ':' && stamp[i] != '-') {
            stamp[length++] = stamp[i];
        }
    }
    stamp[length] = '\0';
    (void)snprintf(out_name, COG_JOURNAL_NAME_SIZE, COG_JOURNAL_FOLDER "/%s-%s.jsonl", stamp,
                   run_id);
}

/** @param context the line, a struct cog_text that this empties */
static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error)
{
    struct cog_text *line = context;
    /* A line that a crash cut short must not swallow this one. */
    if (existing_length > 0 && existing[existing_length - 1] != '\n') {
        cog_text_insert(line, 0, "\n");
    }
    char *taken = cog_text_take(line);
    if (taken == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_text = taken;
    return COG_OK;
}

enum cog_code cog_journal_write(const struct cog_journal *journal, const char *event,
                                const struct cog_course *course, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    size_t seal_offset = 0;
    cog_text_reserve(&line, LINE_LENGTH);
    cog_course_format(course, event, cog_clock_unix_ms(journal->clock), &line, &seal_offset);
    enum cog_code code = cog_sealed_line_close(&line, seal_offset, error);
    if (code != COG_OK) {
        return code;
    }
    cog_text_append(&line, "\n");
    const struct cog_storage_composer composer = {
        .compose = compose, .context = &line, .tail_length = 1, /* Whether a line ends there. */
    };
    code = cog_storage_append(journal->storage, journal->name, composer, error);
    return code == COG_OK ? COG_OK : cog_error_wrap(error, code, "write the journal");
}

static enum cog_code line_parse(const char *line, size_t length,
                                struct cog_journal_entry *out_entry, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    char checksum[COG_DIGEST_SIZE];
    const char *event = NULL;
    int64_t at_unix_ms = 0;
    enum cog_code code = cog_sealed_line_parse(line, length, &record, checksum, error);
    if (code == COG_OK) {
        code = cog_course_parse(record, &out_entry->course, &event, &at_unix_ms, error);
    }
    if (code == COG_OK) {
        (void)snprintf(out_entry->event, sizeof out_entry->event, "%s", event);
        out_entry->at_unix_ms = at_unix_ms;
    }
    return code;
}

/* A line that is no entry. The course is the last thing in a whole one, and ends like this. */
static bool is_cut_short(const char *line, size_t length, bool has_end)
{
    return !has_end || length < 2 || memcmp(line + length - 2, "}}", 2) != 0;
}

/** Tells where the last bad line begins that no crash left. */
static enum cog_code fail_damaged(const char *name, const char *bytes, size_t begin,
                                  const struct cog_error *cause, struct cog_error *error)
{
    char text[COG_ERROR_CAUSE_SIZE];
    return cog_error_set(error, COG_ERROR_SYNTAX,
                         "%s:%zu: the journal is damaged: %s; look at the target, then move the"
                         " file away",
                         name, cog_line_number(bytes, begin),
                         cog_error_text(cause, text, sizeof text));
}

/*
 * From the end back to the last whole entry, which counts, because each has everything: what is
 * before it does not matter. Behind it, lines that were cut short are those of which nobody was
 * told that they were written; any other one may have been the entry that counts.
 */
static enum cog_code entries_read(const char *name, const char *bytes, size_t length,
                                  struct cog_journal_entry *entry, struct cog_error *error)
{
    const bool is_open = length > 0 && bytes[length - 1] != '\n';
    const size_t last_end = length > 0 && !is_open ? length - 1 : length;
    size_t begin = length;
    for (size_t end = last_end; begin > 0; end = begin - 1) {
        begin = cog_line_begin(bytes, end);
        struct cog_error cause = {0};
        enum cog_code code = line_parse(bytes + begin, end - begin, entry, &cause);
        if (code == COG_OK) {
            entry->is_torn = end != last_end;
            return COG_OK;
        }
        if (code != COG_ERROR_SYNTAX) {
            return cog_error_set(error, code, "%s", cause.message);
        }
        bool has_end = !is_open || end != last_end;
        if (!is_cut_short(bytes + begin, end - begin, has_end)) {
            return fail_damaged(name, bytes, begin, &cause, error);
        }
    }
    return cog_error_set(error, COG_ERROR_NOT_FOUND, "'%s' holds no entry", name);
}

enum cog_code cog_journal_read(struct cog_storage storage, const char *name,
                               struct cog_journal_entry *out_entry, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    enum cog_code code = cog_storage_read(storage, name, &bytes, &length, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_journal_entry entry = {0};
    code = entries_read(name, bytes, length, &entry, error);
    if (code == COG_OK) {
        *out_entry = entry;
    }
    return code;
}

bool cog_journal_path(const char *file, char out_name[COG_JOURNAL_NAME_SIZE])
{
    if (strlen(file) + sizeof COG_JOURNAL_FOLDER >= COG_JOURNAL_NAME_SIZE) {
        return false;
    }
    (void)snprintf(out_name, COG_JOURNAL_NAME_SIZE, COG_JOURNAL_FOLDER "/%s", file);
    return true;
}

enum cog_code cog_journal_find(struct cog_storage storage, const char *run_id,
                               char out_name[COG_JOURNAL_NAME_SIZE], struct cog_error *error)
{
    char ending[COG_UUID_SIZE + 8];
    (void)snprintf(ending, sizeof ending, "-%.*s.jsonl", COG_UUID_SIZE, run_id);
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, COG_JOURNAL_FOLDER, &names, error);
    for (size_t i = 0; code == COG_OK && i < names.count; i++) {
        size_t length = strlen(names.items[i]);
        if (length >= strlen(ending) &&
            strcmp(names.items[i] + length - strlen(ending), ending) == 0 &&
            cog_journal_path(names.items[i], out_name)) {
            return COG_OK;
        }
    }
    return code == COG_OK ? cog_error_set(error, COG_ERROR_NOT_FOUND,
                                          "there is no journal of a run '%s'", run_id)
                          : code;
}

static enum cog_code compose_nothing(void *context, const char *existing, size_t existing_length,
                                     char **out_text, struct cog_error *error)
{
    (void)context;
    (void)existing;
    (void)existing_length;
    char *empty = calloc(1, 1);
    if (empty == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_text = empty;
    return COG_OK;
}

enum cog_code cog_journal_prune(struct cog_storage storage, struct cog_error *error)
{
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, COG_JOURNAL_FOLDER, &names, error);
    for (size_t i = 0; code == COG_OK && i + COG_JOURNAL_KEPT < names.count; i++) {
        char name[COG_JOURNAL_NAME_SIZE];
        struct cog_journal_entry entry;
        /* What cannot be read is somebody's to look at, not ours to throw away. */
        if (!cog_journal_path(names.items[i], name) ||
            cog_journal_read(storage, name, &entry, NULL) != COG_OK ||
            cog_course_is_resumable(&entry.course)) {
            continue;
        }
        const struct cog_storage_composer composer = {.compose = compose_nothing};
        code = cog_storage_update(storage, name, composer, error);
    }
    return code;
}
