#include "arguments.h"

#include "secret_file.h"

#include <cogbase/command_line.h>

#include <stdio.h>
#include <string.h>

enum {
    FLAG_HELP,
    FLAG_VERSION,
    FLAG_SECRET_FILE,
    FLAG_SETTING = 100, /* And from here on, by the option's index. */
    FLAG_NO = 200,      /* `--no-` and a switch, by the option's index. */
};

/** The table of settings as flags, and what only the program has. */
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
    flag_add(flags, "client-secret-file", true, FLAG_SECRET_FILE);
    const struct cog_option *option = NULL;
    for (size_t i = 0; (option = cog_config_option(i)) != NULL; i++) {
        if (option->is_secret) {
            continue;
        }
        flag_add(flags, option->name, option->placeholder != NULL, FLAG_SETTING + (int)i);
        if (option->placeholder == NULL) {
            char *name = flags->names[flags->count];
            (void)snprintf(name, COG_FLAG_NAME_SIZE, "no-%s", option->name);
            flag_add(flags, name, false, FLAG_NO + (int)i);
        }
    }
}

/** A secret in argv is in the process list: say so, instead of «unknown». */
static const char *secret_flag_find(const char *argument)
{
    const struct cog_option *option = NULL;
    const char *name = argument + strspn(argument, "-");
    for (size_t i = 0; (option = cog_config_option(i)) != NULL; i++) {
        if (option->is_secret && strlen(option->name) == strcspn(name, "=") &&
            strncmp(option->name, name, strlen(option->name)) == 0) {
            return option->name;
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

static enum cog_code setting_apply(struct cog_config *config, const struct cog_word *word,
                                   struct cog_error *error)
{
    bool is_negated = word->id >= FLAG_NO;
    size_t index = (size_t)(word->id - (is_negated ? FLAG_NO : FLAG_SETTING));
    const struct cog_option *option = cog_config_option(index);
    const char *value = word->value;
    if (option->placeholder == NULL) {
        value = is_negated ? "no" : "yes";
    }
    struct cog_error cause = {0};
    enum cog_code code = cog_config_set(config, option->name, value, &cause);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "--%s", cause.message);
}

/** What the flags say beside the settings. */
struct wishes {
    const char *secret_path; /**< Borrowed; NULL or empty for none. */
    enum cog_request_kind kind;
};

static enum cog_code word_apply(const struct cog_word *word, struct cog_config *config,
                                struct wishes *wishes, struct cog_error *error)
{
    switch (word->id) {
    case FLAG_HELP:
        wishes->kind = COG_REQUEST_HELP;
        return COG_OK;
    case FLAG_VERSION:
        wishes->kind = COG_REQUEST_VERSION;
        return COG_OK;
    case FLAG_SECRET_FILE:
        wishes->secret_path = word->value;
        return COG_OK;
    case COG_WORD_OPERAND:
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "unexpected argument '%s'",
                             word->value);
    default:
        return setting_apply(config, word, error);
    }
}

static enum cog_code flags_apply(const struct cog_arguments *arguments, struct cog_config *config,
                                 struct wishes *wishes, struct cog_error *error)
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
        code = word_apply(&word, config, wishes, error);
        if (code == COG_OK) {
            code = cog_command_line_next(&line, &word, error);
        }
    }
    return code;
}

enum cog_code cog_arguments_parse(const struct cog_arguments *arguments, struct cog_config *config,
                                  enum cog_request_kind *out_kind, struct cog_error *error)
{
    struct wishes wishes = {
        .secret_path =
            arguments->lookup(arguments->lookup_context, "COGPROMOTE_CLIENT_SECRET_FILE"),
        .kind = COG_REQUEST_RUN,
    };
    /* A malformed variable must not keep anybody from reading --help. */
    struct cog_error variables_error = {0};
    enum cog_code variables_code = cog_config_read_variables(
        config, arguments->lookup, arguments->lookup_context, &variables_error);

    enum cog_code code = flags_apply(arguments, config, &wishes, error);
    if (code != COG_OK) {
        return code;
    }
    if (wishes.kind == COG_REQUEST_RUN && variables_code != COG_OK) {
        return cog_error_set(error, variables_code, "%s", variables_error.message);
    }
    *out_kind = wishes.kind;
    if (wishes.kind == COG_REQUEST_RUN && wishes.secret_path != NULL &&
        wishes.secret_path[0] != '\0') {
        return cog_secret_file_read(wishes.secret_path, config, error);
    }
    return COG_OK;
}
