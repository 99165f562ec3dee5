#include <cogbase/command_line.h>

#include <cogbase/text.h>

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* Above every character, so that no id looks like getopt_long's own results. */
enum { ID_OFFSET = 1024, OPERAND_RESULT = 1 };

/* Each letter with its ':', and what stands before them. */
enum { LETTERS_SIZE = 2 * COG_FLAGS_MAX + 3 };

/* "--name=value" without dashes and value. */
static void name_take(const char *argument, char out_name[COG_FLAG_NAME_SIZE])
{
    const char *begin = argument + strspn(argument, "-");
    (void)snprintf(out_name, COG_FLAG_NAME_SIZE, "%.*s", (int)strcspn(begin, "="), begin);
}

static bool flag_is_letter(const struct cog_flag *flag)
{
    return flag->name[1] == '\0';
}

static const struct cog_flag *letter_find(const struct cog_flag *flags, int letter)
{
    for (; flags->name != NULL; flags++) {
        if (flag_is_letter(flags) && flags->name[0] == letter) {
            return flags;
        }
    }
    return NULL;
}

static const struct cog_flag *flag_find(const struct cog_flag *flags, const char *argument)
{
    if (argument[1] != '-') {
        const struct cog_flag *flag = letter_find(flags, argument[1]);
        const bool is_cluster = flag != NULL && !flag->takes_value && argument[2] != '\0';
        return is_cluster ? NULL : flag;
    }
    char name[COG_FLAG_NAME_SIZE];
    name_take(argument, name);
    for (; flags->name != NULL; flags++) {
        if (!flag_is_letter(flags) && strcmp(flags->name, name) == 0) {
            return flags;
        }
    }
    return NULL;
}

static enum cog_code fail_unknown(const struct cog_flag *flags, const char *argument,
                                  struct cog_error *error)
{
    const char *names[COG_FLAGS_MAX + 1] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < COG_FLAGS_MAX && flags[i].name != NULL; i++) {
        if (!flag_is_letter(&flags[i])) {
            names[count++] = flags[i].name;
        }
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
    return flag_find(line->flags, argument) != NULL ? COG_OK
                                                    : fail_unknown(line->flags, argument, error);
}

static void options_fill(const struct cog_flag *flags, struct option options[COG_FLAGS_MAX + 1])
{
    size_t count = 0;
    for (; flags->name != NULL; flags++) {
        if (flag_is_letter(flags)) {
            continue;
        }
        assert(count < COG_FLAGS_MAX);
        options[count++] = (struct option){
            .name = flags->name,
            .has_arg = flags->takes_value ? required_argument : no_argument,
            .val = ID_OFFSET + flags->id,
        };
    }
    options[count] = (struct option){0};
}

/* '-': operands in their place, as the result 1; ':': a missing value is told from the rest. */
static void letters_fill(const struct cog_flag *flags, char letters[LETTERS_SIZE])
{
    size_t length = 2;
    memcpy(letters, "-:", length);
    for (; flags->name != NULL; flags++) {
        if (flag_is_letter(flags)) {
            assert(length + 2 < LETTERS_SIZE);
            letters[length++] = flags->name[0];
            letters[length] = ':';
            length += flags->takes_value ? 1 : 0;
        }
    }
    letters[length] = '\0';
}

static int choose_id(const struct cog_flag *flags, int result)
{
    if (result == OPERAND_RESULT) {
        return COG_WORD_OPERAND;
    }
    return result < ID_OFFSET ? letter_find(flags, result)->id : result - ID_OFFSET;
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
    char letters[LETTERS_SIZE];
    options_fill(line->flags, options);
    letters_fill(line->flags, letters);
    const int result = getopt_long(line->count, line->arguments, letters, options, NULL);
    if (result == -1) {
        line->is_over = true;
        operand_take(line, out_word);
        return COG_OK;
    }
    if (result == ':' || result == '?') {
        const struct cog_flag *flag = flag_find(line->flags, argument);
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s%s %s",
                             flag_is_letter(flag) ? "-" : "--", flag->name,
                             result == ':' ? "needs a value" : "takes no value");
    }
    *out_word = (struct cog_word){
        .id = choose_id(line->flags, result),
        .value = optarg,
    };
    return COG_OK;
}
