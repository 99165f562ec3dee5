#include "arguments.h"

#include "secret_file.h"

#include <cogbase/text.h>

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum {
    FLAGS_MAX = 96,
    FLAG_NAME_SIZE = 40,
    FLAG_HELP = 1,
    FLAG_VERSION,
    FLAG_SECRET_FILE,
    FLAG_SETTING = 256, /* And from here on, by the option's index; above every character. */
    FLAG_NO = 512,      /* `--no-` and a switch, by the option's index. */
};

/** What getopt_long wants: the table of settings as flags, and what only the program has. */
struct flags {
    struct option options[FLAGS_MAX];
    size_t count;
    char names[FLAGS_MAX][FLAG_NAME_SIZE];
};

static void flag_add(struct flags *flags, const char *prefix, const char *name, int has_argument,
                     int value)
{
    char *copy = flags->names[flags->count];
    (void)snprintf(copy, FLAG_NAME_SIZE, "%s%s", prefix, name);
    flags->options[flags->count++] =
        (struct option){.name = copy, .has_arg = has_argument, .val = value};
}

static void flags_init(struct flags *flags)
{
    flag_add(flags, "", "help", no_argument, FLAG_HELP);
    flag_add(flags, "", "version", no_argument, FLAG_VERSION);
    flag_add(flags, "", "client-secret-file", required_argument, FLAG_SECRET_FILE);
    const struct cog_option *option = NULL;
    for (size_t i = 0; (option = cog_config_option(i)) != NULL; i++) {
        if (option->is_secret) {
            continue;
        }
        int has_argument = option->placeholder == NULL ? no_argument : required_argument;
        flag_add(flags, "", option->name, has_argument, FLAG_SETTING + (int)i);
        if (option->placeholder == NULL) {
            flag_add(flags, "no-", option->name, no_argument, FLAG_NO + (int)i);
        }
    }
}

/** A secret in argv is in the process list: say so, instead of «unknown». */
static bool is_secret_flag(const char *argument)
{
    const struct cog_option *option = NULL;
    for (size_t i = 0; (option = cog_config_option(i)) != NULL; i++) {
        if (option->is_secret && strcmp(argument, option->name) == 0) {
            return true;
        }
    }
    return false;
}

/** The flag's name alone: behind '=' there may be a secret. */
static void name_take(const char *argument, char out_name[FLAG_NAME_SIZE])
{
    const char *begin = argument + strspn(argument, "-");
    (void)snprintf(out_name, FLAG_NAME_SIZE, "%.*s", (int)strcspn(begin, "="), begin);
}

static const struct option *flag_find(const struct flags *flags, const char *name)
{
    for (size_t i = 0; i < flags->count; i++) {
        if (strcmp(flags->options[i].name, name) == 0) {
            return &flags->options[i];
        }
    }
    return NULL;
}

static enum cog_code fail_flag(const struct flags *flags, const char *argument,
                               struct cog_error *error)
{
    char name[FLAG_NAME_SIZE];
    name_take(argument, name);
    if (is_secret_flag(name)) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "there is no flag --%s, because arguments are visible to all; use the"
                             " environment or --client-secret-file",
                             name);
    }
    const struct option *option = flag_find(flags, name);
    if (option != NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "--%s %s", name,
                             option->has_arg == required_argument ? "needs a value"
                                                                  : "takes no value");
    }
    const char *names[FLAGS_MAX + 1] = {NULL};
    for (size_t i = 0; i < flags->count; i++) {
        names[i] = flags->names[i];
    }
    int dashes = (int)strspn(argument, "-");
    const char *nearest = cog_string_nearest(name, names);
    if (nearest == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "unknown flag '%.*s%s'", dashes,
                             argument, name);
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "unknown flag '%.*s%s', did you mean '--%s'?", dashes, argument, name,
                         nearest);
}

/** getopt_long takes unique beginnings for the whole: a typing error must not pass for a flag. */
static bool is_abbreviated(const struct flags *flags, const char *argument)
{
    char name[FLAG_NAME_SIZE];
    if (argument == NULL || strncmp(argument, "--", 2) != 0 || argument[2] == '\0') {
        return false;
    }
    name_take(argument, name);
    return flag_find(flags, name) == NULL;
}

static enum cog_code setting_apply(struct cog_config *config, int flag, const char *value,
                                   struct cog_error *error)
{
    bool is_negated = flag >= FLAG_NO;
    size_t index = (size_t)(flag - (is_negated ? FLAG_NO : FLAG_SETTING));
    const struct cog_option *option = cog_config_option(index);
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

static enum cog_code flag_apply(int flag, struct cog_config *config, struct wishes *wishes,
                                struct cog_error *error)
{
    switch (flag) {
    case FLAG_HELP:
        wishes->kind = COG_REQUEST_HELP;
        return COG_OK;
    case FLAG_VERSION:
        wishes->kind = COG_REQUEST_VERSION;
        return COG_OK;
    case FLAG_SECRET_FILE:
        wishes->secret_path = optarg;
        return COG_OK;
    default:
        return setting_apply(config, flag, optarg, error);
    }
}

static enum cog_code flags_apply(const struct cog_arguments *arguments, struct cog_config *config,
                                 struct wishes *wishes, struct cog_error *error)
{
    struct flags flags = {0};
    flags_init(&flags);
    opterr = 0;
    optind = 0; /* glibc: begin anew, also after an earlier parse. */
    for (int at = 1; at < arguments->count; at = optind) {
        const char *argument = arguments->values[at];
        if (is_abbreviated(&flags, argument)) {
            return fail_flag(&flags, argument, error);
        }
        int flag = getopt_long(arguments->count, arguments->values, "+:", flags.options, NULL);
        if (flag == -1) {
            return cog_error_set(error, COG_ERROR_CONFIGURATION, "unexpected argument '%s'",
                                 argument);
        }
        if (flag == '?' || flag == ':') {
            return fail_flag(&flags, argument, error);
        }
        enum cog_code code = flag_apply(flag, config, wishes, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
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
