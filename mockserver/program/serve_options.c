#include "program/serve_options.h"

#include "program/program.h"

#include <cogbase/number.h>

enum {
    PORT_DEFAULT = 8080,
    PORT_MAX = 65535,
};

static const double time_scale_min = 0.001;
static const double time_scale_max = 100000;

enum option_code {
    OPTION_PORT = 256,
    OPTION_SCENARIO,
    OPTION_TIME_SCALE,
    OPTION_SEED,
    OPTION_QUIET,
};

static const struct option long_options[] = {
    {"port", required_argument, NULL, OPTION_PORT},
    {"scenario", required_argument, NULL, OPTION_SCENARIO},
    {"time-scale", required_argument, NULL, OPTION_TIME_SCALE},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {0},
};

/* Takes one option. */
static enum cog_code take(int code, const char *value, struct mock_serve_options *options,
                          struct cog_error *error)
{
    switch (code) {
    case OPTION_PORT:
        return cog_number_parse_integer(value, 0, PORT_MAX, &options->port, error);
    case OPTION_TIME_SCALE:
        return cog_number_parse_decimal(value, time_scale_min, time_scale_max, &options->time_scale,
                                        error);
    case OPTION_SEED:
        return cog_number_parse_integer(value, 0, INT64_MAX, &options->seed, error);
    case OPTION_SCENARIO:
        options->scenario = value;
        break;
    default:
        options->is_quiet = true;
        break;
    }
    return COG_OK;
}

int mock_serve_options_parse(int argc, char **argv, struct mock_serve_options *out_options)
{
    struct mock_serve_options options = {.port = PORT_DEFAULT, .time_scale = 1, .seed = 1};
    int index = 0;
    opterr = 0;
    for (int code = getopt_long(argc, argv, ":", long_options, &index); code != -1;
         code = getopt_long(argc, argv, ":", long_options, &index)) {
        struct cog_error error = {0};
        if (code == '?' || code == ':') {
            return mock_program_option_usage("serve", long_options, code, argv);
        }
        if (take(code, optarg, &options, &error) != COG_OK) {
            return mock_program_usage("serve", "--%s '%s': %s", long_options[index].name, optarg,
                                      error.message);
        }
    }
    if (optind < argc) {
        return mock_program_usage("serve", "unexpected argument '%s'", argv[optind]);
    }
    *out_options = options;
    return MOCK_EXIT_DONE;
}
