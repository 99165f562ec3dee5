#include <cogbase/command_line.h>

#include <cogbase/text.h>

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* Above every character, so that no id looks like getopt_long's own results. */
enum { ID_OFFSET = 1024, OPERAND_RESULT = 1 };

/* "--name=value" without dashes and value. */
static void name_take(const char *argument, char out_name[COG_FLAG_NAME_SIZE])
{
    const char *begin = argument + strspn(argument, "-");
    (void)snprintf(out_name, COG_FLAG_NAME_SIZE, "%.*s", (int)strcspn(begin, "="), begin);
}

static const struct cog_flag *flag_find(const struct cog_flag *flags, const char *argument)
{
    char name[COG_FLAG_NAME_SIZE];
    name_take(argument, name);
    for (; flags->name != NULL; flags++) {
        if (strcmp(flags->name, name) == 0) {
            return flags;
        }
    }
    return NULL;
}

static enum cog_code fail_unknown(const struct cog_flag *flags, const char *argument,
                                  struct cog_error *error)
{
    const char *names[COG_FLAGS_MAX + 1] = {NULL};
    for (size_t i = 0; i < COG_FLAGS_MAX && flags[i].name != NULL; i++) {
        names[i] = flags[i].name;
    }
    char name[COG_FLAG_NAME_SIZE];
    name_take(argument, name);
    const int dashes = (int)strspn(argument, "-");
    const char *nearest = cog_string_nearest(name, names);
    if (nearest == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "unknown flag '%.*s%s'", dashes,
                             argument, name);
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "unknown flag '%.*s%s', did you mean '--%s'?", dashes, argument, name,
                         nearest);
}

/* getopt_long would take a unique beginning for the whole, and clusters of letters for flags. */
static enum cog_code check_name(const struct cog_command_line *line, const char *argument,
                                struct cog_error *error)
{
    const bool is_flag = argument[0] == '-' && argument[1] != '\0' && strcmp(argument, "--") != 0;
    if (!is_flag) {
        return COG_OK;
    }
    const bool is_known = argument[1] == '-' && flag_find(line->flags, argument) != NULL;
    return is_known ? COG_OK : fail_unknown(line->flags, argument, error);
}

static void options_fill(const struct cog_flag *flags, struct option options[COG_FLAGS_MAX + 1])
{
    size_t count = 0;
    for (; flags[count].name != NULL; count++) {
        assert(count < COG_FLAGS_MAX);
        options[count] = (struct option){
            .name = flags[count].name,
            .has_arg = flags[count].takes_value ? required_argument : no_argument,
            .val = ID_OFFSET + flags[count].id,
        };
    }
    options[count] = (struct option){0};
}

static void operand_take(struct cog_command_line *line, struct cog_word *out_word)
{
    *out_word = (struct cog_word){.id = COG_WORD_END};
    if (optind < line->count) {
        *out_word = (struct cog_word){.id = COG_WORD_OPERAND, .value = line->arguments[optind++]};
    }
}

static void begin(struct cog_command_line *line)
{
    if (!line->has_begun) {
        line->has_begun = true;
        opterr = 0;
        optind = 0; /* glibc: begin anew, also after an earlier reading. */
    }
}

enum cog_code cog_command_line_next(struct cog_command_line *line, struct cog_word *out_word,
                                    struct cog_error *error)
{
    begin(line);
    if (line->is_over) {
        operand_take(line, out_word);
        return COG_OK;
    }
    const int index = optind == 0 ? 1 : optind;
    if (index >= line->count) {
        *out_word = (struct cog_word){.id = COG_WORD_END};
        return COG_OK;
    }
    const char *argument = line->arguments[index];
    enum cog_code code = check_name(line, argument, error);
    if (code != COG_OK) {
        return code;
    }

    struct option options[COG_FLAGS_MAX + 1];
    options_fill(line->flags, options);
    /* '-': operands in their place, as the result 1; ':': a missing value is told from the rest. */
    const int result = getopt_long(line->count, line->arguments, "-:", options, NULL);
    if (result == -1) {
        line->is_over = true;
        operand_take(line, out_word);
        return COG_OK;
    }
    if (result == ':' || result == '?') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "--%s %s",
                             flag_find(line->flags, argument)->name,
                             result == ':' ? "needs a value" : "takes no value");
    }
    *out_word = (struct cog_word){
        .id = result == OPERAND_RESULT ? COG_WORD_OPERAND : result - ID_OFFSET,
        .value = optarg,
    };
    return COG_OK;
}
