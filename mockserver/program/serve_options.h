/** The arguments of `cogmock serve`. */
#ifndef MOCK_PROGRAM_SERVE_OPTIONS_H
#define MOCK_PROGRAM_SERVE_OPTIONS_H

#include <cogpromote/attributes.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOCK_TLS_NAMES_MAX = 16 };

/** Everything is borrowed from the arguments, and NULL when it was not given. */
struct mock_tls_flags {
    bool is_on;
    const char *authority_out; /**< Where the private authority's certificate goes. */
    const char *certificate;
    const char *key; /**< NULL beside a certificate: in the same file. */
    const char *client_authorities;
    const char *client_certificate_out;
    const char *names[MOCK_TLS_NAMES_MAX + 1]; /**< Ends with NULL. */
    size_t name_count;
    const char *address; /**< Another name: where it listens; NULL: everywhere. */
};

/** Texts are borrowed from the arguments, and NULL when they were not given. */
struct mock_serve_options {
    const char *address; /**< A numeric one, IPv4 or IPv6. */
    int64_t port;
    const char *scenario;  /**< NULL for the default world. */
    const char *case_name; /**< Of the scenario; NULL for none. */
    bool watches;          /**< The scenario is read again when it changes. */
    double time_scale;
    int64_t seed;
    int64_t connections_max; /**< 0: as many as the system lets it have, up to the usual number. */
    int64_t request_timeout_ms; /**< 0 for no limit. */
    int64_t tenants_max;        /**< 0: the usual number; also below. */
    int64_t journal_capacity;
    const char *control_token_file;
    bool has_observers; /**< Without the token one may look on. */
    const char *state_folder;
    bool logs_json;
    bool is_quiet;
    struct mock_tls_flags tls;
};

/** Says on stderr what is wrong. @return MOCK_EXIT_DONE or MOCK_EXIT_USAGE */
int mock_serve_options_parse(int argc, char **argv,
                             struct mock_serve_options *out_options) COG_CHECK;

#endif
