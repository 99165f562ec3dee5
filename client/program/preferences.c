#include "preferences.h"

#include <cogbase/number.h>

#include <stddef.h>
#include <string.h>

enum kind {
    KIND_SWITCH,
    KIND_WORD, /**< An enum, whose values are the words' indexes. */
    KIND_TEXT,
    KIND_COUNT,
};

struct row {
    struct cog_option option;
    enum kind kind;
    size_t offset; /**< Of the member in `struct cog_preferences`. */
};

/* clang-format off */
static const struct row ROWS[] = {
    {{"client-secret-file", "COGPROMOTE_CLIENT_SECRET_FILE", "FILE",
      "the client's secret is the file's first line", false},
     KIND_TEXT, offsetof(struct cog_preferences, client_secret_path)},
    {{"quiet", "COGPROMOTE_QUIET", NULL,
      "nothing on stderr but errors (default no)", false},
     KIND_SWITCH, offsetof(struct cog_preferences, is_quiet)},
    {{"verbose", "COGPROMOTE_VERBOSE", NULL,
      "on stderr also what is for debugging (default no)", false},
     KIND_SWITCH, offsetof(struct cog_preferences, is_verbose)},
    {{"log-format", "COGPROMOTE_LOG_FORMAT", "text|json",
      "form of what goes to stderr (default text)", false},
     KIND_WORD, offsetof(struct cog_preferences, log_format)},
    {{"events", "COGPROMOTE_EVENTS", "FILE",
      "append all events to this file, one JSON object a line", false},
     KIND_TEXT, offsetof(struct cog_preferences, events_path)},
    {{"progress", "COGPROMOTE_PROGRESS", "auto|plain|none",
      "auto redraws a line on a terminal (default auto)", false},
     KIND_WORD, offsetof(struct cog_preferences, progress)},
    {{"anchor", "COGPROMOTE_AUDIT_ANCHOR", "SEQ:CHECKSUM",
      "a record that was noted elsewhere", false},
     KIND_TEXT, offsetof(struct cog_preferences, anchor)},
    {{"last", "COGPROMOTE_AUDIT_LAST", "NUMBER",
      "only that many of the last records (default all)", false},
     KIND_COUNT, offsetof(struct cog_preferences, last_count)},
};
/* clang-format on */

enum { ROW_COUNT = sizeof ROWS / sizeof ROWS[0], LAST_MAX = 1000000 };

const struct cog_option *cog_preference(size_t index)
{
    return index < ROW_COUNT ? &ROWS[index].option : NULL;
}

static const struct row *row_find(const char *name)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (strcmp(ROWS[i].option.name, name) == 0) {
            return &ROWS[i];
        }
    }
    return NULL;
}

/** The index of `value` among "one|two|three". @return -1 when it is none of them */
static int word_index(const char *words, const char *value)
{
    for (int i = 0;; i++) {
        size_t length = strcspn(words, "|");
        if (strlen(value) == length && strncmp(words, value, length) == 0) {
            return i;
        }
        if (words[length] == '\0') {
            return -1;
        }
        words += length + 1;
    }
}

static enum cog_code set_switch(bool *member, const struct row *row, const char *value,
                                struct cog_error *error)
{
    int index = word_index("yes|no|true|false|1|0", value);
    if (index < 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s: expected yes or no, not '%s'",
                             row->option.name, value);
    }
    *member = index % 2 == 0;
    return COG_OK;
}

_Static_assert(sizeof(enum cog_log_format) == sizeof(int) &&
                   sizeof(enum cog_progress) == sizeof(int),
               "set_word writes an int");

static enum cog_code set_word(void *member, const struct row *row, const char *value,
                              struct cog_error *error)
{
    int index = word_index(row->option.placeholder, value);
    if (index < 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s: expected %s, not '%s'",
                             row->option.name, row->option.placeholder, value);
    }
    memcpy(member, &index, sizeof index);
    return COG_OK;
}

static enum cog_code set_text(const char **member, const struct row *row, const char *value,
                              struct cog_error *error)
{
    if (value[0] == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s: expected %s, not nothing",
                             row->option.name, row->option.placeholder);
    }
    *member = value;
    return COG_OK;
}

static enum cog_code set_count(int64_t *member, const struct row *row, const char *value,
                               struct cog_error *error)
{
    struct cog_error cause = {0};
    if (cog_number_parse_integer(value, 1, LAST_MAX, member, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s: %s", row->option.name,
                             cause.message);
    }
    return COG_OK;
}

enum cog_code cog_preferences_set(struct cog_preferences *preferences, const char *name,
                                  const char *value, struct cog_error *error)
{
    const struct row *row = row_find(name);
    if (row == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "unknown option '%s'", name);
    }
    void *member = (char *)preferences + row->offset;
    switch (row->kind) {
    case KIND_SWITCH:
        return set_switch(member, row, value, error);
    case KIND_WORD:
        return set_word(member, row, value, error);
    case KIND_TEXT:
        return set_text(member, row, value, error);
    case KIND_COUNT:
        return set_count(member, row, value, error);
    }
    return cog_error_set(error, COG_ERROR_INTERNAL, "no such kind of option");
}
