#include "program/serve_options.h"

#include "program/program.h"

#include "http/listener.h"

#include <cogbase/command_line.h>
#include <cogbase/duration.h>
#include <cogbase/number.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum {
    PORT_DEFAULT = 8080,
    PORT_MAX = 65535,
    CONNECTIONS_MAX = 1000000,
    TENANTS_MAX = 1000000,
    JOURNAL_MAX = 1000000,
    REQUEST_TIMEOUT_MS_DEFAULT = 120000,
};

static const double time_scale_min = 0.001;
static const double time_scale_max = 100000;

enum flag_id {
    FLAG_BIND,
    FLAG_PORT,
    FLAG_CONTROL_TOKEN_FILE,
    FLAG_OBSERVERS,
    FLAG_STATE_DIR,
    FLAG_SCENARIO,
    FLAG_CASE,
    FLAG_WATCH,
    FLAG_TIME_SCALE,
    FLAG_SEED,
    FLAG_MAX_CONNECTIONS,
    FLAG_REQUEST_TIMEOUT,
    FLAG_MAX_TENANTS,
    FLAG_JOURNAL,
    FLAG_LOG,
    FLAG_QUIET,
    FLAG_TLS,
    FLAG_TLS_NAME,
    FLAG_TLS_CA_OUT,
    FLAG_TLS_CERT,
    FLAG_TLS_KEY,
    FLAG_TLS_CLIENT_CA,
    FLAG_TLS_CLIENT_CERT_OUT,
};

/* In the order of their ids. */
static const struct cog_flag flags[] = {
    {"bind", true, FLAG_BIND},
    {"port", true, FLAG_PORT},
    {"control-token-file", true, FLAG_CONTROL_TOKEN_FILE},
    {"observers", false, FLAG_OBSERVERS},
    {"state-dir", true, FLAG_STATE_DIR},
    {"scenario", true, FLAG_SCENARIO},
    {"case", true, FLAG_CASE},
    {"watch", false, FLAG_WATCH},
    {"time-scale", true, FLAG_TIME_SCALE},
    {"seed", true, FLAG_SEED},
    {"max-connections", true, FLAG_MAX_CONNECTIONS},
    {"request-timeout", true, FLAG_REQUEST_TIMEOUT},
    {"max-tenants", true, FLAG_MAX_TENANTS},
    {"journal", true, FLAG_JOURNAL},
    {"log", true, FLAG_LOG},
    {"quiet", false, FLAG_QUIET},
    {"tls", false, FLAG_TLS},
    {"tls-name", true, FLAG_TLS_NAME},
    {"tls-ca-out", true, FLAG_TLS_CA_OUT},
    {"tls-cert", true, FLAG_TLS_CERT},
    {"tls-key", true, FLAG_TLS_KEY},
    {"tls-client-ca", true, FLAG_TLS_CLIENT_CA},
    {"tls-client-cert-out", true, FLAG_TLS_CLIENT_CERT_OUT},
    {NULL, false, 0},
};

static enum cog_code take_name(const char *name, struct mock_tls_flags *tls,
                               struct cog_error *error)
{
    if (*name == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "expected a host name or an address");
    }
    if (tls->name_count == MOCK_TLS_NAMES_MAX) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "at most %d names",
                             MOCK_TLS_NAMES_MAX);
    }
    tls->names[tls->name_count++] = name;
    return COG_OK;
}

static enum cog_code take_tls(const struct cog_word *word, struct mock_tls_flags *tls,
                              struct cog_error *error)
{
    switch (word->id) {
    case FLAG_TLS_NAME:
        return take_name(word->value, tls, error);
    case FLAG_TLS_CA_OUT:
        tls->authority_out = word->value;
        break;
    case FLAG_TLS_CERT:
        tls->certificate = word->value;
        break;
    case FLAG_TLS_KEY:
        tls->key = word->value;
        break;
    case FLAG_TLS_CLIENT_CA:
        tls->client_authorities = word->value;
        break;
    case FLAG_TLS_CLIENT_CERT_OUT:
        tls->client_certificate_out = word->value;
        break;
    default:
        tls->is_on = true;
        break;
    }
    return COG_OK;
}

static enum cog_code take_number(const struct cog_word *word, struct mock_serve_options *options,
                                 struct cog_error *error)
{
    const char *value = word->value;
    switch (word->id) {
    case FLAG_PORT:
        return cog_number_parse_integer(value, 0, PORT_MAX, &options->port, error);
    case FLAG_TIME_SCALE:
        return cog_number_parse_decimal(value, time_scale_min, time_scale_max, &options->time_scale,
                                        error);
    case FLAG_MAX_CONNECTIONS:
        return cog_number_parse_integer(value, 1, CONNECTIONS_MAX, &options->connections_max,
                                        error);
    case FLAG_REQUEST_TIMEOUT:
        return cog_duration_parse(value, &options->request_timeout_ms, error);
    case FLAG_MAX_TENANTS:
        return cog_number_parse_integer(value, 1, TENANTS_MAX, &options->tenants_max, error);
    case FLAG_JOURNAL:
        return cog_number_parse_integer(value, 1, JOURNAL_MAX, &options->journal_capacity, error);
    default:
        return cog_number_parse_integer(value, 0, INT64_MAX, &options->seed, error);
    }
}

static enum cog_code take_address(const char *value, const char **out_address,
                                  struct cog_error *error)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    if (inet_pton(AF_INET, value, bytes) != 1 && inet_pton(AF_INET6, value, bytes) != 1) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "expected a numeric address, such as 127.0.0.1, 0.0.0.0 or ::1");
    }
    *out_address = value;
    return COG_OK;
}

static enum cog_code take_log(const char *value, bool *out_is_json, struct cog_error *error)
{
    *out_is_json = strcmp(value, "json") == 0;
    if (!*out_is_json && strcmp(value, "human") != 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "expected 'human' or 'json'");
    }
    return COG_OK;
}

/* An empty one would be taken for none, or for the folder that the program was started in. */
static enum cog_code take_path(const char *value, const char **out_path, struct cog_error *error)
{
    if (*value == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "expected a path");
    }
    *out_path = value;
    return COG_OK;
}

static enum cog_code take_value(const struct cog_word *word, struct mock_serve_options *options,
                                struct cog_error *error)
{
    switch (word->id) {
    case FLAG_BIND:
        return take_address(word->value, &options->address, error);
    case FLAG_CONTROL_TOKEN_FILE:
        return take_path(word->value, &options->control_token_file, error);
    case FLAG_OBSERVERS:
        options->has_observers = true;
        return COG_OK;
    case FLAG_STATE_DIR:
        return take_path(word->value, &options->state_folder, error);
    case FLAG_SCENARIO:
        return take_path(word->value, &options->scenario, error);
    case FLAG_CASE:
        options->case_name = word->value;
        return COG_OK;
    case FLAG_WATCH:
        options->watches = true;
        return COG_OK;
    case FLAG_LOG:
        return take_log(word->value, &options->logs_json, error);
    case FLAG_QUIET:
        options->is_quiet = true;
        return COG_OK;
    default:
        return word->id < FLAG_TLS ? take_number(word, options, error)
                                   : take_tls(word, &options->tls, error);
    }
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

/* @return what is wrong with them, NULL for nothing */
static const char *judge_tls(const struct mock_tls_flags *tls)
{
    const bool has_any = tls->name_count > 0 || tls->authority_out != NULL ||
                         tls->certificate != NULL || tls->key != NULL ||
                         tls->client_authorities != NULL || tls->client_certificate_out != NULL;
    if (has_any && !tls->is_on) {
        return "a flag of TLS does nothing alone: give --tls too";
    }
    if (tls->key != NULL && tls->certificate == NULL) {
        return "--tls-key belongs to a certificate: give --tls-cert too";
    }
    return NULL;
}

/* @return as above */
static const char *judge(const struct mock_serve_options *options)
{
    if (options->case_name != NULL && options->scenario == NULL) {
        return "--case is one of a scenario: give --scenario too";
    }
    if (options->watches && options->scenario == NULL) {
        return "--watch looks after a scenario: give --scenario too";
    }
    if (options->has_observers && options->control_token_file == NULL &&
        mock_listener_is_loopback(options->address)) {
        return "--observers is for those without the token, and there is none: give "
               "--control-token-file too";
    }
    return judge_tls(&options->tls);
}

int mock_serve_options_parse(int argc, char **argv, struct mock_serve_options *out_options)
{
    struct mock_serve_options options = {
        .address = MOCK_LISTENER_LOOPBACK,
        .port = PORT_DEFAULT,
        .time_scale = 1,
        .seed = 1,
        .request_timeout_ms = REQUEST_TIMEOUT_MS_DEFAULT,
    };
    struct cog_command_line line = {.count = argc, .arguments = argv, .flags = flags};
    struct cog_word word = {.id = COG_WORD_END};
    struct cog_error error = {0};
    do {
        if (cog_command_line_next(&line, &word, &error) != COG_OK ||
            (word.id != COG_WORD_END && take(&word, &options, &error) != COG_OK)) {
            return mock_program_usage("serve", "%s", error.message);
        }
    } while (word.id != COG_WORD_END);
    const char *complaint = judge(&options);
    if (complaint != NULL) {
        return mock_program_usage("serve", "%s", complaint);
    }
    if (!mock_listener_is_any(options.address)) {
        options.tls.address = options.address;
    }
    *out_options = options;
    return MOCK_EXIT_DONE;
}
