#include "program/serve_options.h"

#include "program/program.h"

#include <cogbase/command_line.h>
#include <cogbase/number.h>

enum {
    PORT_DEFAULT = 8080,
    PORT_MAX = 65535,
};

static const double time_scale_min = 0.001;
static const double time_scale_max = 100000;

enum flag_id {
    FLAG_PORT,
    FLAG_SCENARIO,
    FLAG_VARIANT,
    FLAG_TIME_SCALE,
    FLAG_SEED,
    FLAG_QUIET,
};

/* In the order of their ids. */
static const struct cog_flag flags[] = {
    {"port", true, FLAG_PORT},
    {"scenario", true, FLAG_SCENARIO},
    {"variant", true, FLAG_VARIANT},
    {"time-scale", true, FLAG_TIME_SCALE},
    {"seed", true, FLAG_SEED},
    {"quiet", false, FLAG_QUIET},
    {NULL, false, 0},
};

static enum cog_code take_value(const struct cog_word *word, struct mock_serve_options *options,
                                struct cog_error *error)
{
    switch (word->id) {
    case FLAG_PORT:
        return cog_number_parse_integer(word->value, 0, PORT_MAX, &options->port, error);
    case FLAG_TIME_SCALE:
        return cog_number_parse_decimal(word->value, time_scale_min, time_scale_max,
                                        &options->time_scale, error);
    case FLAG_SEED:
        return cog_number_parse_integer(word->value, 0, INT64_MAX, &options->seed, error);
    case FLAG_SCENARIO:
        options->scenario = word->value;
        break;
    case FLAG_VARIANT:
        options->variant = word->value;
        break;
    default:
        options->is_quiet = true;
        break;
    }
    return COG_OK;
}

static enum cog_code take(const struct cog_word *word, struct mock_serve_options *options,
                          struct cog_error *error)
{
    if (word->id == COG_WORD_OPERAND) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "unexpected argument '%s'",
                             word->value);
    }
    struct cog_error cause = {0};
    if (take_value(word, options, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "--%s '%s': %s", flags[word->id].name,
                             word->value, cause.message);
    }
    return COG_OK;
}

int mock_serve_options_parse(int argc, char **argv, struct mock_serve_options *out_options)
{
    struct mock_serve_options options = {.port = PORT_DEFAULT, .time_scale = 1, .seed = 1};
    struct cog_command_line line = {.count = argc, .arguments = argv, .flags = flags};
    struct cog_word word = {.id = COG_WORD_END};
    struct cog_error error = {0};
    do {
        if (cog_command_line_next(&line, &word, &error) != COG_OK ||
            (word.id != COG_WORD_END && take(&word, &options, &error) != COG_OK)) {
            return mock_program_usage("serve", "%s", error.message);
        }
    } while (word.id != COG_WORD_END);
    if (options.variant != NULL && options.scenario == NULL) {
        return mock_program_usage("serve", "--variant is one of a scenario: give --scenario too");
    }
    *out_options = options;
    return MOCK_EXIT_DONE;
}
