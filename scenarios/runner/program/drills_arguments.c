#include "program/drills_arguments.h"

#include "program/flag_value.h"
#include "program/word_taker.h"

#include <cogbase/duration.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <string.h>

enum flag_id {
    FLAG_HELP,
    FLAG_HISTORY,
    FLAG_JSON,
    FLAG_NAMES,
    FLAG_SEQUENCE,
    FLAG_MAX_AGE,
    FLAG_MODE,
    FLAG_ANCHOR,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},   {"history", true, FLAG_HISTORY}, {"json", false, FLAG_JSON},
    {"names", false, FLAG_NAMES}, {"seq", true, FLAG_SEQUENCE},    {"max-age", true, FLAG_MAX_AGE},
    {"mode", true, FLAG_MODE},    {"anchor", true, FLAG_ANCHOR},   {NULL, false, 0},
};

/* In the order of `enum scn_drills_action`. */
static const char *const action_names[] = {"list",   "show", "trend", "overdue",
                                           "verify", "new",  NULL};
static const struct {
    size_t word_count_min;
    size_t word_count_max;
    const char *expected;
} shapes[] = {
    [SCN_DRILLS_LIST] = {0, 0, "nothing behind it"},
    [SCN_DRILLS_SHOW] = {1, 1, "the id of one drill, as 'cogdrill drills list' has them"},
    [SCN_DRILLS_TREND] = {1, 1, "the id of one drill, as 'cogdrill drills list' has them"},
    [SCN_DRILLS_OVERDUE] = {0, SIZE_MAX, "ids of drills, or files"},
    [SCN_DRILLS_VERIFY] = {0, 0, "nothing behind it"},
    [SCN_DRILLS_NEW] = {1, 2, "a name, as 'our_own_drill', and perhaps a folder"},
};

/* Whose flag it is; all else is anybody's but that of `new`. */
static const struct {
    enum flag_id flag;
    enum scn_drills_action action;
} owned[] = {
    {FLAG_NAMES, SCN_DRILLS_LIST},      {FLAG_SEQUENCE, SCN_DRILLS_SHOW},
    {FLAG_MAX_AGE, SCN_DRILLS_OVERDUE}, {FLAG_MODE, SCN_DRILLS_OVERDUE},
    {FLAG_ANCHOR, SCN_DRILLS_VERIFY},
};

enum { OWNED_COUNT = sizeof owned / sizeof owned[0] };

/* A reading under way. */
struct reading {
    struct scn_drills_arguments arguments;
    bool has_come[FLAG_ANCHOR + 1];
};

static enum cog_code take_mode(const char *value, const char **out_mode, struct cog_error *error)
{
    if (strcmp(value, "automatic") != 0 && strcmp(value, "guided") != 0) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--mode: expected 'automatic' or 'guided', not '%s'", value);
    }
    *out_mode = value;
    return COG_OK;
}

static enum cog_code take_anchor(const char *value, struct scn_drills_arguments *arguments,
                                 struct cog_error *error)
{
    struct cog_error cause = {0};
    enum cog_code code = scn_history_anchor_parse(value, &arguments->anchor, &cause);
    arguments->has_anchor = code == COG_OK;
    return code == COG_OK ? code : cog_error_set(error, code, "--anchor: %s", cause.message);
}

static enum cog_code take_age(const char *value, int64_t *out_ms, struct cog_error *error)
{
    struct cog_error cause = {0};
    int64_t age_ms = 0;
    if (cog_duration_parse(value, &age_ms, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--max-age: %s", cause.message);
    }
    if (age_ms == 0) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--max-age: expected more than nothing, as '90d'");
    }
    *out_ms = age_ms;
    return COG_OK;
}

static enum cog_code take_flag(void *context, const struct cog_word *word, struct cog_error *error)
{
    struct reading *reading = context;
    struct scn_drills_arguments *arguments = &reading->arguments;
    reading->has_come[word->id] = true;
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->is_help = true;
        return COG_OK;
    case FLAG_HISTORY:
        arguments->history_path = word->value;
        return COG_OK;
    case FLAG_JSON:
        arguments->is_json = true;
        return COG_OK;
    case FLAG_NAMES:
        arguments->is_names_only = true;
        return COG_OK;
    case FLAG_SEQUENCE:
        return scn_flag_integer("seq", word->value, 0, COG_NUMBER_INTEGER_MAX, &arguments->sequence,
                                error);
    case FLAG_MAX_AGE:
        return take_age(word->value, &arguments->age_ms_max, error);
    case FLAG_MODE:
        return take_mode(word->value, &arguments->mode, error);
    case FLAG_ANCHOR:
        return take_anchor(word->value, arguments, error);
    }
    return COG_OK;
}

static enum cog_code find_action(const char *word, enum scn_drills_action *out_action,
                                 struct cog_error *error)
{
    for (int i = 0; action_names[i] != NULL; i++) {
        if (strcmp(word, action_names[i]) == 0) {
            *out_action = (enum scn_drills_action)i;
            return COG_OK;
        }
    }
    const char *nearest = cog_string_nearest(word, action_names);
    return nearest != NULL
               ? cog_error_set(error, COG_ERROR_ARGUMENT,
                               "drills: unknown word '%s'; did you mean '%s'?", word, nearest)
               : cog_error_set(error, COG_ERROR_ARGUMENT,
                               "drills: unknown word '%s': expected list, show, trend, overdue, "
                               "verify or new",
                               word);
}

static const char *name_flag(enum flag_id id)
{
    size_t i = 0;
    while (flags[i].id != (int)id) {
        i++;
    }
    return flags[i].name;
}

static enum cog_code check_flags(const struct reading *reading, struct cog_error *error)
{
    const enum scn_drills_action action = reading->arguments.action;
    for (size_t i = 0; i < OWNED_COUNT; i++) {
        if (reading->has_come[owned[i].flag] && owned[i].action != action) {
            return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s belongs to 'drills %s'",
                                 name_flag(owned[i].flag), action_names[owned[i].action]);
        }
    }
    if (action == SCN_DRILLS_NEW &&
        (reading->has_come[FLAG_JSON] || reading->has_come[FLAG_HISTORY])) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "'drills new' knows no --json and --history");
    }
    if (action == SCN_DRILLS_OVERDUE && !reading->has_come[FLAG_MAX_AGE]) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "drills overdue: expected --max-age, as '--max-age 90d'");
    }
    return COG_OK;
}

/* @param words the action first */
static enum cog_code check(struct reading *reading, const char **words, size_t word_count,
                           struct cog_error *error)
{
    struct scn_drills_arguments *arguments = &reading->arguments;
    if (word_count == 0) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "drills: expected list, show, trend, overdue, verify or new");
    }
    enum cog_code code = find_action(words[0], &arguments->action, error);
    if (code == COG_OK) {
        code = check_flags(reading, error);
    }
    if (code != COG_OK) {
        return code;
    }
    arguments->words = words + 1;
    arguments->word_count = word_count - 1;
    if (arguments->word_count < shapes[arguments->action].word_count_min ||
        arguments->word_count > shapes[arguments->action].word_count_max) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "drills %s: expected %s", words[0],
                             shapes[arguments->action].expected);
    }
    return COG_OK;
}

enum cog_code scn_drills_arguments_parse(int count, char **arguments, const char **words,
                                         struct scn_drills_arguments *out_arguments,
                                         struct cog_error *error)
{
    struct reading reading = {.arguments = {.words = words, .sequence = -1}};
    size_t word_count = 0;
    const struct scn_word_taker taker = {
        .take = take_flag,
        .arguments = &reading,
        .operands = words,
        .operand_count = &word_count,
    };
    enum cog_code code = scn_word_taker_read(&taker, count, arguments, flags, error);
    if (code == COG_OK && !reading.arguments.is_help) {
        code = check(&reading, words, word_count, error);
    }
    if (code == COG_OK) {
        *out_arguments = reading.arguments;
    }
    return code;
}
