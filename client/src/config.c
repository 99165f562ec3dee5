#include <cogpromote/config.h>

#include "config_option.h"
#include "plain_text.h"
#include "webhook_signature.h"

#include <cogbase/duration.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_COUNT_MAX = 64, ATTEMPTS_MAX = 20 };

static const int64_t SECOND_MS = 1000;
static const int64_t MINUTE_MS = 60000;

static void string_wipe(char **string)
{
    if (*string != NULL) {
        OPENSSL_cleanse(*string, strlen(*string));
        free(*string);
        *string = NULL;
    }
}

const struct cog_option *cog_config_option(size_t index)
{
    return index < cog_option_count() ? &cog_option_row(index)->option : NULL;
}

enum cog_code cog_config_init(struct cog_config *config, struct cog_error *error)
{
    struct cog_config defaults = {
        .platform_version = strdup("v1.18.0"),
        .actor = strdup("automated-deployer"),
        .resolve_dependencies = true,
        .sync_configuration = true,
        .include_webhooks = true,
        .include_integrations = true,
        .timeout_ms = 15 * MINUTE_MS,
        .rollback_timeout_ms = 15 * MINUTE_MS,
        .request_timeout_ms = 30 * SECOND_MS,
        .connect_timeout_ms = 10 * SECOND_MS,
        .idle_timeout_ms = 30 * SECOND_MS,
        .poll_interval_ms = 5 * SECOND_MS,
        .retry_after_ms_max = 10 * MINUTE_MS,
        .webhook_timeout_ms = 10 * SECOND_MS,
        .max_attempts = 3,
        .parity_threshold = 0.95,
    };
    if (defaults.platform_version == NULL || defaults.actor == NULL) {
        cog_config_finish(&defaults);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *config = defaults;
    return COG_OK;
}

void cog_config_finish(struct cog_config *config)
{
    for (size_t i = 0; i < cog_option_count(); i++) {
        const struct cog_option_row *row = cog_option_row(i);
        if (row->kind == COG_OPTION_STRING) {
            string_wipe(cog_option_member(config, row));
        }
    }
    *config = (struct cog_config){0};
}

/** `poll_interval` and `poll-interval` are the same name. */
static bool names_match(const char *option, const char *name)
{
    for (; *option != '\0' && *name != '\0'; option++, name++) {
        char folded = *name;
        if (folded == '_') {
            folded = '-';
        }
        if (*option != folded) {
            return false;
        }
    }
    return *option == *name;
}

static const struct cog_option_row *row_find(const char *name)
{
    for (size_t i = 0; i < cog_option_count(); i++) {
        if (names_match(cog_option_row(i)->option.name, name)) {
            return cog_option_row(i);
        }
    }
    return NULL;
}

static enum cog_code fail_unknown(const char *name, struct cog_error *error)
{
    const char *names[OPTION_COUNT_MAX + 1] = {NULL};
    for (size_t i = 0; i < cog_option_count() && i < OPTION_COUNT_MAX; i++) {
        names[i] = cog_option_row(i)->option.name;
    }
    const char *nearest = cog_string_nearest(name, names);
    if (nearest != NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "unknown option '%s', did you mean '%s'?", name, nearest);
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION, "unknown option '%s'", name);
}

static enum cog_code set_string(char **member, const char *value, struct cog_error *error)
{
    /* Settings end up in headers, paths, JSON and terminals. */
    if (value[0] == '\0' || !cog_plain_text_is_plain(value)) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "expected a text in UTF-8 without control characters");
    }
    char *copy = strdup(value);
    if (copy == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    string_wipe(member);
    *member = copy;
    return COG_OK;
}

/** The index of `value` among `words`, two or more of which may mean the same. */
static enum cog_code set_word(const char *value, const char *const *words, int *out_index,
                              struct cog_error *error)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], value) == 0) {
            *out_index = i;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION, "expected %s or %s, not '%s'", words[0],
                         words[1], value);
}

static enum cog_code set_switch(bool *member, const char *value, struct cog_error *error)
{
    static const char *const WORDS[] = {"yes", "no", "true", "false", "1", "0", NULL};
    int index = 0;
    enum cog_code code = set_word(value, WORDS, &index, error);
    if (code == COG_OK) {
        *member = index % 2 == 0;
    }
    return code;
}

/** The enums of words are stored as what the compiler takes for them. */
_Static_assert(sizeof(enum cog_output) == sizeof(int) &&
                   sizeof(enum cog_basic_encoding) == sizeof(int) &&
                   sizeof(enum cog_on_interrupt) == sizeof(int),
               "set_index writes an int");

static enum cog_code set_index(void *member, const char *const *words, const char *value,
                               struct cog_error *error)
{
    int index = 0;
    enum cog_code code = set_word(value, words, &index, error);
    if (code == COG_OK) {
        memcpy(member, &index, sizeof index);
    }
    return code;
}

static enum cog_code set_duration(int64_t *member, int64_t minimum_ms, const char *value,
                                  struct cog_error *error)
{
    int64_t duration_ms = 0;
    enum cog_code code = cog_duration_parse(value, &duration_ms, error);
    if (code != COG_OK) {
        return code;
    }
    if (duration_ms < minimum_ms) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "expected more than 0");
    }
    *member = duration_ms;
    return COG_OK;
}

static enum cog_code set_count(int *member, const char *value, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = cog_number_parse_integer(value, 1, ATTEMPTS_MAX, &number, error);
    if (code == COG_OK) {
        *member = (int)number;
    }
    return code;
}

static enum cog_code set_member(struct cog_config *config, const struct cog_option_row *row,
                                const char *value, struct cog_error *error)
{
    void *member = cog_option_member(config, row);
    switch (row->kind) {
    case COG_OPTION_STRING:
        return set_string(member, value, error);
    case COG_OPTION_SWITCH:
        return set_switch(member, value, error);
    case COG_OPTION_DURATION:
        return set_duration(member, row->minimum_ms, value, error);
    case COG_OPTION_COUNT:
        return set_count(member, value, error);
    case COG_OPTION_RATIO:
        return cog_number_parse_decimal(value, 0, 1, member, error);
    case COG_OPTION_WORD:
        return set_index(member, row->words, value, error);
    }
    return cog_error_set(error, COG_ERROR_INTERNAL, "no such kind of option");
}

enum cog_code cog_config_set(struct cog_config *config, const char *name, const char *value,
                             struct cog_error *error)
{
    const struct cog_option_row *row = row_find(name);
    if (row == NULL) {
        return fail_unknown(name, error);
    }
    struct cog_error cause = {0};
    enum cog_code code = set_member(config, row, value, &cause);
    if (code == COG_OK) {
        return COG_OK;
    }
    if (code != COG_ERROR_MEMORY) {
        code = COG_ERROR_CONFIGURATION;
    }
    char text[COG_ERROR_CAUSE_SIZE];
    return cog_error_set(error, code, "%s: %s", row->option.name,
                         cog_error_text(&cause, text, sizeof text));
}

enum cog_code cog_config_read_variables(struct cog_config *config, cog_variable_lookup *lookup,
                                        void *context, struct cog_error *error)
{
    for (size_t i = 0; i < cog_option_count(); i++) {
        const struct cog_option *option = &cog_option_row(i)->option;
        const char *value = lookup(context, option->variable);
        if (value == NULL || value[0] == '\0') {
            continue;
        }
        struct cog_error cause = {0};
        enum cog_code code = cog_config_set(config, option->name, value, &cause);
        if (code != COG_OK) {
            return cog_error_set(error, code, "variable %s: %s", option->variable, cause.message);
        }
    }
    return COG_OK;
}
