#include "arguments.h"

#include "operand.h"
#include "secret_file.h"
#include "setting.h"

#include <cogbase/command_line.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

enum {
    FLAG_HELP,
    FLAG_VERSION,
    FLAG_SETTING = 100, /* And from here on, by the setting's index. */
    FLAG_NO = 300,      /* `--no-` and a switch, by the setting's index. */
};

/** The table of settings as flags. */
struct flags {
    struct cog_flag list[COG_FLAGS_MAX + 1];
    size_t count;
    char names[COG_FLAGS_MAX][COG_FLAG_NAME_SIZE]; /**< Of the `--no-` ones. */
};

static void flag_add(struct flags *flags, const char *name, bool takes_value, int id)
{
    flags->list[flags->count++] =
        (struct cog_flag){.name = name, .takes_value = takes_value, .id = id};
}

static void flags_init(struct flags *flags)
{
    flag_add(flags, "help", false, FLAG_HELP);
    flag_add(flags, "version", false, FLAG_VERSION);
    const struct cog_option *setting = NULL;
    for (size_t i = 0; (setting = cog_setting(i)) != NULL; i++) {
        if (setting->is_secret) {
            continue;
        }
        flag_add(flags, setting->name, setting->placeholder != NULL, FLAG_SETTING + (int)i);
        if (setting->placeholder == NULL) {
            char *name = flags->names[flags->count];
            (void)snprintf(name, COG_FLAG_NAME_SIZE, "no-%s", setting->name);
            flag_add(flags, name, false, FLAG_NO + (int)i);
        }
    }
}

/** A secret in argv is in the process list: say so, instead of «unknown». */
static const char *secret_flag_find(const char *argument)
{
    const struct cog_option *setting = NULL;
    const char *name = argument + strspn(argument, "-");
    for (size_t i = 0; (setting = cog_setting(i)) != NULL; i++) {
        if (setting->is_secret && strlen(setting->name) == strcspn(name, "=") &&
            strncmp(setting->name, name, strlen(setting->name)) == 0) {
            return setting->name;
        }
    }
    return NULL;
}

static enum cog_code check_secrets(const struct cog_arguments *arguments, struct cog_error *error)
{
    for (int i = 1; i < arguments->count; i++) {
        const char *argument = arguments->values[i];
        const char *name = argument[0] == '-' ? secret_flag_find(argument) : NULL;
        if (name != NULL) {
            return cog_error_set(error, COG_ERROR_CONFIGURATION,
                                 "there is no flag --%s, because arguments are visible to all; use"
                                 " the environment or --client-secret-file",
                                 name);
        }
    }
    return COG_OK;
}

static enum cog_code setting_set(struct cog_command *command, size_t index, const char *value,
                                 struct cog_error *error)
{
    const char *name = cog_setting(index)->name;
    return cog_setting_is_preference(index)
               ? cog_preferences_set(&command->preferences, name, value, error)
               : cog_config_set(&command->config, name, value, error);
}

static enum cog_code fail_inapplicable(const struct cog_command *command,
                                       const struct cog_option *setting, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text verbs = {0};
    cog_setting_append_verbs(&verbs, setting);
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "--%s means nothing for '%s'; it is for %s", setting->name,
                         command->verb->name, cog_text_string(&verbs));
}

static enum cog_code setting_apply(struct cog_command *command, const struct cog_word *word,
                                   struct cog_error *error)
{
    bool is_negated = word->id >= FLAG_NO;
    size_t index = (size_t)(word->id - (is_negated ? FLAG_NO : FLAG_SETTING));
    const struct cog_option *setting = cog_setting(index);
    if (!cog_setting_applies(setting, command->verb)) {
        return fail_inapplicable(command, setting, error);
    }
    const char *value = word->value;
    if (setting->placeholder == NULL) {
        value = is_negated ? "no" : "yes";
    }
    struct cog_error cause = {0};
    enum cog_code code = setting_set(command, index, value, &cause);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "--%s", cause.message);
}

static enum cog_code operand_apply(struct cog_command *command, const char *value,
                                   struct cog_error *error)
{
    for (size_t i = 0; i < COG_OPERANDS_MAX && command->verb->operand_names[i] != NULL; i++) {
        if (command->operands[i] == NULL) {
            command->operands[i] = value;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION, "unexpected argument '%s'", value);
}

static enum cog_code word_apply(struct cog_command *command, const struct cog_word *word,
                                struct cog_error *error)
{
    switch (word->id) {
    case FLAG_HELP:
        command->kind = COG_REQUEST_HELP;
        return COG_OK;
    case FLAG_VERSION:
        command->kind = COG_REQUEST_VERSION;
        return COG_OK;
    case COG_WORD_OPERAND:
        return operand_apply(command, word->value, error);
    default:
        return setting_apply(command, word, error);
    }
}

/** @param arguments those from the verb's last word on */
static enum cog_code words_apply(const struct cog_arguments *arguments, struct cog_command *command,
                                 struct cog_error *error)
{
    struct flags flags = {0};
    flags_init(&flags);
    struct cog_command_line line = {
        .count = arguments->count,
        .arguments = arguments->values,
        .flags = flags.list,
    };
    struct cog_word word = {.id = COG_WORD_END};
    enum cog_code code = check_secrets(arguments, error);
    if (code == COG_OK) {
        code = cog_command_line_next(&line, &word, error);
    }
    while (code == COG_OK && word.id != COG_WORD_END) {
        code = word_apply(command, &word, error);
        if (code == COG_OK) {
            code = cog_command_line_next(&line, &word, error);
        }
    }
    return code;
}

/** A variable may be set for other verbs: what means nothing for this one is as good as not set. */
static const char *lookup_applicable(void *context, const char *name)
{
    const struct cog_command *command = context;
    const struct cog_option *setting = NULL;
    for (size_t i = 0; (setting = cog_setting(i)) != NULL; i++) {
        if (strcmp(setting->variable, name) == 0 && !cog_setting_applies(setting, command->verb)) {
            return NULL;
        }
    }
    return command->lookup(command->lookup_context, name);
}

static enum cog_code variables_apply(struct cog_command *command, struct cog_error *error)
{
    enum cog_code code =
        cog_config_read_variables(&command->config, lookup_applicable, command, error);
    const struct cog_option *preference = NULL;
    for (size_t i = 0; code == COG_OK && (preference = cog_preference(i)) != NULL; i++) {
        const char *value = lookup_applicable(command, preference->variable);
        struct cog_error cause = {0};
        if (value == NULL || value[0] == '\0') {
            continue;
        }
        code = cog_preferences_set(&command->preferences, preference->name, value, &cause);
        if (code != COG_OK) {
            return cog_error_set(error, code, "variable %s: %s", preference->variable,
                                 cause.message);
        }
    }
    return code;
}

static enum cog_code operands_check(const struct cog_command *command, struct cog_error *error)
{
    const char *const *names = command->verb->operand_names;
    for (size_t i = 0; i < COG_OPERANDS_MAX && names[i] != NULL; i++) {
        if (command->operands[i] == NULL) {
            return i >= command->verb->operand_count_min
                       ? COG_OK
                       : cog_error_set(error, COG_ERROR_CONFIGURATION, "%s is missing", names[i]);
        }
        enum cog_code code = cog_operand_check(names[i], command->operands[i], error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

/** Operands that are settings of other verbs. */
static enum cog_code operands_set(struct cog_command *command, struct cog_error *error)
{
    if (command->verb->id != COG_VERB_PARITY) {
        return COG_OK;
    }
    enum cog_code code = cog_config_set(&command->config, "source", command->operands[0], error);
    return code == COG_OK ? cog_config_set(&command->config, "target", command->operands[1], error)
                          : code;
}

/** Where state lies when nobody said: XDG's folder for state, else its default below $HOME. */
static enum cog_code state_directory_default(struct cog_command *command, struct cog_error *error)
{
    if (command->config.state_directory != NULL || (command->verb->groups & COG_GROUP_STATE) == 0) {
        return COG_OK;
    }
    const char *parent = cog_command_variable(command, "XDG_STATE_HOME");
    const char *middle = "";
    if (parent[0] != '/') { /* XDG: others are to be ignored. */
        parent = cog_command_variable(command, "HOME");
        middle = "/.local/state";
    }
    if (parent[0] == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "neither COGPROMOTE_STATE_DIR nor HOME is set; set one of them");
    }
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s%s/cogpromote", parent, middle);
    return cog_config_set(&command->config, "state-dir", cog_text_string(&path), error);
}

static enum cog_code check_preferences(const struct cog_preferences *preferences,
                                       struct cog_error *error)
{
    if (preferences->is_quiet && preferences->is_verbose) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "--quiet and --verbose exclude each other; --no-quiet and --no-verbose"
                             " undo the variables");
    }
    return COG_OK;
}

/** What is left when all words are known. */
static enum cog_code complete(struct cog_command *command, struct cog_error *error)
{
    enum cog_code code = check_preferences(&command->preferences, error);
    if (code == COG_OK) {
        code = operands_check(command, error);
    }
    if (code == COG_OK) {
        code = operands_set(command, error);
    }
    if (code == COG_OK && command->preferences.client_secret_path != NULL) {
        code =
            cog_secret_file_read(command->preferences.client_secret_path, &command->config, error);
    }
    return code == COG_OK ? state_directory_default(command, error) : code;
}

/** `help`, `help VERB`, `help audit`. @param words those behind `help` */
static enum cog_code parse_help(size_t word_count, char *const *words, struct cog_command *command,
                                struct cog_error *error)
{
    command->kind = COG_REQUEST_HELP;
    if (word_count == 0 || strcmp(words[0], "--help") == 0) {
        return COG_OK;
    }
    if (word_count == 1 && cog_verb_is_family(words[0])) {
        command->family = words[0];
        return COG_OK;
    }
    size_t used = 0;
    enum cog_code code = cog_verb_find(word_count, words, &command->verb, &used, error);
    if (code == COG_OK && used < word_count) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "unexpected argument '%s'",
                             words[used]);
    }
    return code;
}

static enum cog_code parse_verb(const struct cog_arguments *arguments, struct cog_command *command,
                                struct cog_error *error)
{
    size_t used = 0;
    enum cog_code code = cog_verb_find((size_t)arguments->count - 1, arguments->values + 1,
                                       &command->verb, &used, error);
    if (code != COG_OK) {
        return code;
    }
    code = cog_config_init(&command->config, error);
    if (code != COG_OK) {
        return code;
    }
    /* A malformed variable must not keep anybody from reading --help. */
    struct cog_error variables_error = {0};
    enum cog_code variables_code = variables_apply(command, &variables_error);
    const struct cog_arguments rest = {
        .count = arguments->count - (int)used,
        .values = arguments->values + used,
    };
    code = words_apply(&rest, command, error);
    if (code != COG_OK || command->kind != COG_REQUEST_RUN) {
        return code;
    }
    return variables_code == COG_OK
               ? complete(command, error)
               : cog_error_set(error, variables_code, "%s", variables_error.message);
}

enum cog_code cog_arguments_parse(const struct cog_arguments *arguments,
                                  struct cog_command *out_command, struct cog_error *error)
{
    *out_command = (struct cog_command){
        .lookup = arguments->lookup,
        .lookup_context = arguments->lookup_context,
    };
    if (arguments->count < 2) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "a verb is missing");
    }
    const char *first = arguments->values[1];
    const char *second = arguments->count > 2 ? arguments->values[2] : "";
    if (strcmp(first, "--version") == 0) {
        out_command->kind = COG_REQUEST_VERSION;
        return COG_OK;
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        return parse_help(0, NULL, out_command, error);
    }
    if (strcmp(first, "help") == 0) {
        return parse_help((size_t)arguments->count - 2, arguments->values + 2, out_command, error);
    }
    if (cog_verb_is_family(first) && strcmp(second, "--help") == 0) {
        return parse_help(1, arguments->values + 1, out_command, error);
    }
    if (first[0] == '-') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "'%.*s' stands before the verb; flags follow it",
                             (int)strcspn(first, "="), first);
    }
    return parse_verb(arguments, out_command, error);
}
