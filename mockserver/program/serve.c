#include "program/program.h"
#include "program/serve_options.h"
#include "script/scenario.h"
#include "v1/visit.h"

#include <cogmock/http.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** The longest single wait; there is always another one. */
enum { WAIT_MS_MAX = 3600000 };

struct service {
    struct mock_script *script;
    struct mock_server *server;
    struct mock_http *http;
    struct cog_cancel *cancel;
    struct cog_clock_scaled scaled;
    struct cog_clock clock;
    struct cog_log_text log;
};

/* A signal handler gets no context: this is set once, before it is installed. */
static struct cog_cancel *signal_cancel;

static void stop(int number)
{
    (void)number;
    cog_cancel_request(signal_cancel);
}

static void service_finish(struct service *service)
{
    mock_http_destroy(service->http);
    mock_server_destroy(service->server);
    mock_script_destroy(service->script);
    signal_cancel = NULL;
    cog_cancel_destroy(service->cancel);
}

static enum cog_code read_script(const struct mock_serve_options *options,
                                 struct mock_script **out_script, struct cog_error *error)
{
    if (options->scenario == NULL) {
        return mock_script_create_default(out_script, error);
    }
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    const cJSON *variant = NULL;
    enum cog_code code = cog_document_read(options->scenario, &document, error);
    if (code == COG_OK) {
        code = mock_script_find_variant(&document, options->variant, &variant, error);
    }
    return code == COG_OK ? mock_script_parse_variant(&document, variant, out_script, error) : code;
}

/* After the service was released, a late signal must find its default way again. */
static void signals_set(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

static enum cog_code start(struct service *service, const struct mock_serve_options *options,
                           struct cog_error *error)
{
    cog_clock_scaled_init(&service->scaled, cog_clock_posix(), options->time_scale);
    service->clock = cog_clock_scaled(&service->scaled);
    service->log = (struct cog_log_text){
        .stream = stderr,
        .level_min = COG_LOG_INFO,
        .clock = service->clock,
        .start_ms = cog_clock_monotonic_ms(service->clock),
    };
    struct cog_log log = {0};
    if (!options->is_quiet) {
        log = cog_log_text(&service->log);
    }
    const struct mock_http_options http_options = {
        .port = (uint16_t)options->port,
        .clock = service->clock,
        .log = log,
    };
    enum cog_code code = cog_cancel_create(&service->cancel, error);
    if (code == COG_OK) {
        code = read_script(options, &service->script, error);
    }
    if (code == COG_OK) {
        code = mock_server_create(service->script, service->clock, (uint64_t)options->seed,
                                  &service->server, error);
    }
    if (code == COG_OK) {
        code = mock_http_create(service->server, &http_options, &service->http, error);
    }
    return code;
}

/* As a word of the shell: quoted where it has anything but the plainest characters. */
static void print_export(const char *name, const char *value)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-._:/";
    if (value[strspn(value, plain)] == '\0') {
        (void)fprintf(stderr, "export %s=%s\n", name, value);
        return;
    }
    (void)fprintf(stderr, "export %s='", name);
    for (; *value != '\0'; value++) {
        if (*value == '\'') {
            (void)fputs("'\\''", stderr);
        } else {
            (void)fputc(*value, stderr);
        }
    }
    (void)fprintf(stderr, "'\n");
}

/* Who waits for the line of JSON would wait for ever without it. */
static enum cog_code announce(const struct service *service, struct cog_error *error)
{
    char base[64];
    char webhook[64];
    const struct mock_oauth_setup *oauth = &service->script->setup.oauth;
    const struct mock_environment_setup *environments = service->script->setup.environments;
    int port = mock_http_port(service->http);
    (void)snprintf(base, sizeof base, "http://127.0.0.1:%d%s", port, MOCK_API_BASE);
    (void)snprintf(webhook, sizeof webhook, "http://127.0.0.1:%d%s/ci", port, MOCK_HOOKS_BASE);
    print_export("COGNIGY_API_BASE", base);
    print_export("COGNIGY_CLIENT_ID", oauth->client_id);
    print_export("COGNIGY_CLIENT_SECRET", oauth->client_secret);
    print_export("SOURCE_ENV_ID", environments[0].id);
    print_export("TARGET_ENV_ID", environments[1].id);
    print_export("DEPLOYMENT_WEBHOOK_URL", webhook);
    (void)printf("{\"ready\":true,\"base_url\":\"%s\",\"port\":%d,\"pid\":%ld,"
                 "\"webhook_url\":\"%s\"}\n",
                 base, port, (long)getpid(), webhook);
    if (fflush(stdout) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot write to standard output");
    }
    return COG_OK;
}

/* Until the next parked request is due, in real milliseconds; -1 for as long as it takes. */
static int wait_ms(const struct service *service)
{
    int64_t due_ms = mock_http_next_due_ms(service->http);
    if (due_ms == INT64_MAX) {
        return -1;
    }
    int64_t left_ms = due_ms - cog_clock_monotonic_ms(service->clock);
    double real_ms = (double)left_ms / service->scaled.factor + 1;
    if (real_ms < 0) {
        return 0;
    }
    return real_ms < WAIT_MS_MAX ? (int)real_ms : WAIT_MS_MAX;
}

static enum cog_code serve(struct service *service, struct cog_error *error)
{
    struct pollfd events[] = {
        {.fd = mock_http_descriptor(service->http), .events = POLLIN},
        {.fd = cog_cancel_descriptor(service->cancel), .events = POLLIN},
    };
    while (!cog_cancel_is_requested(service->cancel)) {
        enum cog_code code = mock_http_run(service->http, error);
        if (code != COG_OK) {
            return code;
        }
        (void)poll(events, sizeof events / sizeof events[0], wait_ms(service));
    }
    return COG_OK;
}

int mock_program_serve(int argc, char **argv)
{
    struct mock_serve_options options = {0};
    int exit_code = mock_serve_options_parse(argc, argv, &options);
    if (exit_code != MOCK_EXIT_DONE) {
        return exit_code;
    }
    struct service service = {0};
    struct cog_error error = {0};
    enum cog_code code = start(&service, &options, &error);
    if (code == COG_OK) {
        signal_cancel = service.cancel;
        signals_set(stop);
        code = announce(&service, &error);
        if (code == COG_OK) {
            code = serve(&service, &error);
        }
        signals_set(SIG_DFL);
    }
    service_finish(&service);
    return code == COG_OK ? MOCK_EXIT_DONE : mock_program_fail("serve", &error);
}
