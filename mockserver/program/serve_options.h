/** The arguments of `cogmock serve`. */
#ifndef MOCK_PROGRAM_SERVE_OPTIONS_H
#define MOCK_PROGRAM_SERVE_OPTIONS_H

#include <cogpromote/attributes.h>

#include <stdbool.h>
#include <stdint.h>

struct mock_serve_options {
    int64_t port;
    const char *scenario; /**< Borrowed from the arguments; NULL for the default world. */
    const char *variant;  /**< Of the scenario; borrowed; NULL for none. */
    double time_scale;
    int64_t seed;
    bool is_quiet;
};

/** Says on stderr what is wrong. @return MOCK_EXIT_DONE or MOCK_EXIT_USAGE */
int mock_serve_options_parse(int argc, char **argv,
                             struct mock_serve_options *out_options) COG_CHECK;

#endif
