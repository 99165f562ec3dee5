#include "explore/search/ledger.h"

#include <cogbase/text.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char first_words[] = "cogdrill exploration state 1: ";

static enum cog_code fail_storage(const char *what, const char *path, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot %s '%s': %s", what, path,
                         strerror(errno));
}

static int compare_keys(const void *left, const void *right)
{
    return strcmp(((const struct scn_ledger_entry *)left)->key,
                  ((const struct scn_ledger_entry *)right)->key);
}

/* @param line taken; "KEY\tTEXT\n" */
static enum cog_code keep(struct scn_ledger *ledger, char *line, const char *path,
                          struct cog_error *error)
{
    char *tab = strchr(line, '\t');
    if (tab == NULL) {
        free(line);
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "'%s': line %zu tells of no task: begin without --resume-from", path,
                             ledger->count + 2);
    }
    struct scn_ledger_entry *entries =
        realloc(ledger->entries, (ledger->count + 1) * sizeof *entries);
    if (entries == NULL) {
        free(line);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *tab = '\0';
    line[strcspn(tab + 1, "\n") + (size_t)(tab + 1 - line)] = '\0';
    entries[ledger->count++] = (struct scn_ledger_entry){.key = line, .text = tab + 1};
    ledger->entries = entries;
    return COG_OK;
}

static enum cog_code check_identity(const char *line, const char *identity, const char *path,
                                    struct cog_error *error)
{
    const size_t length = strlen(first_words);
    if (strncmp(line, first_words, length) != 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "'%s' is no state of an exploration", path);
    }
    return strncmp(line + length, identity, strlen(identity)) == 0 &&
                   line[length + strlen(identity)] == '\n'
               ? COG_OK
               : cog_error_set(error, COG_ERROR_SYNTAX,
                               "'%s' is the state of another exploration: of other scenarios,"
                               " options, or of another version of cogdrill",
                               path);
}

/* Up to the last whole line, where writing goes on. */
static enum cog_code read_lines(struct scn_ledger *ledger, const char *identity, const char *path,
                                struct cog_error *error)
{
    enum cog_code code = COG_OK;
    bool is_first = true;
    off_t end = 0;
    for (;;) {
        char *line = NULL;
        size_t size = 0;
        const ssize_t length = getline(&line, &size, ledger->stream);
        if (code != COG_OK || length <= 0 || line[length - 1] != '\n') {
            free(line);
            break;
        }
        end += length;
        if (is_first) {
            code = check_identity(line, identity, path, error);
            free(line);
        } else {
            code = keep(ledger, line, path, error);
        }
        is_first = false;
    }
    if (code != COG_OK) {
        return code;
    }
    if (is_first) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "'%s' is no state of an exploration", path);
    }
    return fseeko(ledger->stream, end, SEEK_SET) == 0 && ftruncate(fileno(ledger->stream), end) == 0
               ? COG_OK
               : fail_storage("write", path, error);
}

static enum cog_code open_old(struct scn_ledger *ledger, const char *identity, const char *path,
                              struct cog_error *error)
{
    ledger->stream = fopen(path, "r+");
    if (ledger->stream == NULL) {
        return fail_storage("go on from", path, error);
    }
    enum cog_code code = read_lines(ledger, identity, path, error);
    if (code == COG_OK && ledger->count > 0) {
        qsort(ledger->entries, ledger->count, sizeof *ledger->entries, compare_keys);
    }
    return code;
}

static enum cog_code open_new(struct scn_ledger *ledger, const char *identity, const char *path,
                              struct cog_error *error)
{
    ledger->stream = fopen(path, "w");
    return ledger->stream != NULL && fprintf(ledger->stream, "%s%s\n", first_words, identity) > 0
               ? COG_OK
               : fail_storage("write", path, error);
}

enum cog_code scn_ledger_open(const char *path, const char *identity, bool resumes,
                              struct scn_ledger *out_ledger, struct cog_error *error)
{
    COG_CLEANUP(scn_ledger_finish) struct scn_ledger ledger = {0};
    enum cog_code code = COG_OK;
    if (path != NULL) {
        code = resumes ? open_old(&ledger, identity, path, error)
                       : open_new(&ledger, identity, path, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_ledger = ledger;
    ledger = (struct scn_ledger){0};
    return COG_OK;
}

const char *scn_ledger_find(const struct scn_ledger *ledger, const char *key)
{
    COG_CLEANUP(cog_string_finish) char *copy = cog_string_clone(key, strlen(key));
    const struct scn_ledger_entry wanted = {.key = copy};
    const struct scn_ledger_entry *entry = copy != NULL && ledger->count > 0
                                               ? bsearch(&wanted, ledger->entries, ledger->count,
                                                         sizeof *ledger->entries, compare_keys)
                                               : NULL;
    return entry != NULL ? entry->text : NULL;
}

enum cog_code scn_ledger_append(struct scn_ledger *ledger, const char *key, const char *text,
                                size_t length, struct cog_error *error)
{
    if (ledger->stream == NULL) {
        return COG_OK;
    }
    const bool is_done = fprintf(ledger->stream, "%s\t%.*s\n", key, (int)length, text) > 0 &&
                         fflush(ledger->stream) == 0;
    return is_done ? COG_OK
                   : cog_error_set(error, COG_ERROR_STORAGE, "cannot keep the state: %s",
                                   strerror(errno));
}

void scn_ledger_finish(struct scn_ledger *ledger)
{
    for (size_t i = 0; i < ledger->count; i++) {
        free(ledger->entries[i].key);
    }
    free(ledger->entries);
    if (ledger->stream != NULL) {
        (void)fclose(ledger->stream);
    }
    *ledger = (struct scn_ledger){0};
}
