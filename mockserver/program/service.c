#include "program/service.h"

#include "program/descriptors.h"
#include "program/reload.h"
#include "program/script_file.h"

#include "http/listener.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAIT_MS_MAX = 3600000, /**< The longest single wait; there is always another one. */
    STOP_MS_MAX = 5000,
    HOST_SIZE = 64,
};

void mock_service_finish(struct mock_service *service)
{
    mock_http_destroy(service->http);
    mock_control_destroy(service->control);
    mock_tenants_destroy(service->tenants);
    mock_tls_setup_finish(&service->tls);
    mock_control_token_finish(&service->token);
    mock_watching_finish(&service->watching);
    free(service->scenario_text);
    cog_cancel_destroy(service->hurry);
    cog_cancel_destroy(service->stop);
    *service = (struct mock_service){.watching = {.descriptor = -1}};
}

static void open_log(struct mock_service *service)
{
    service->text_log = (struct cog_log_text){
        .stream = stderr,
        .level_min = COG_LOG_INFO,
        .clock = service->clock,
        .start_ms = cog_clock_monotonic_ms(service->clock),
    };
    service->json_log = (struct cog_log_json){
        .stream = stderr,
        .level_min = COG_LOG_INFO,
        .clock = service->clock,
    };
    service->log = service->options->logs_json ? cog_log_json(&service->json_log)
                                               : cog_log_text(&service->text_log);
}

/* Watched before it is read: nothing that changes in between goes unseen. */
static enum cog_code create_tenants(struct mock_service *service, struct cog_error *error)
{
    const struct mock_serve_options *options = service->options;
    struct mock_script *script = NULL;
    enum cog_code code = COG_OK;
    if (options->watches) {
        code = mock_watching_init(options->scenario, &service->watching, error);
    }
    if (code == COG_OK) {
        code = mock_script_file_read(options, &script, &service->scenario_text, error);
    }
    if (code != COG_OK) {
        return code;
    }
    const struct mock_tenants_options tenants_options = {
        .clock = service->clock,
        .scale = options->time_scale,
        .seed = (uint64_t)options->seed,
        .tenants_max = (size_t)options->tenants_max,
        .journal_capacity = (size_t)options->journal_capacity,
    };
    return mock_tenants_create(script, &tenants_options, &service->tenants, error);
}

static enum cog_code take_token(struct mock_service *service, struct cog_error *error)
{
    const struct mock_serve_options *options = service->options;
    if (options->control_token_file == NULL) {
        return mock_listener_is_loopback(options->address)
                   ? COG_OK
                   : mock_control_token_make(cog_random_openssl(), &service->token, error);
    }
    enum cog_code code =
        mock_control_token_read(options->control_token_file, &service->token, error);
    if (code == COG_OK && service->token.is_readable_for_all) {
        const struct cog_log_field fields[] = {
            {"file", options->control_token_file},
            {"advice", "everybody on this machine can read it: chmod 600"},
        };
        cog_log_write(service->log, COG_LOG_WARNING, "control-token-readable", fields,
                      sizeof fields / sizeof fields[0]);
    }
    return code;
}

static enum cog_code create_control(struct mock_service *service, struct cog_error *error)
{
    const char *address = service->options->address;
    const bool is_v6 = strchr(address, ':') != NULL;
    char host[HOST_SIZE];
    /* As browsers write it. */
    (void)snprintf(host, sizeof host, is_v6 ? "[%s]" : "%s", address);
    const struct mock_control_options options = {
        .clock = service->clock,
        .version = COGMOCK_VERSION,
        .token = service->token.text,
        .has_observers = service->options->has_observers,
        .host = mock_listener_is_any(address) ? NULL : host,
        .is_tls = service->tls.tls != NULL,
        .state_folder = service->options->state_folder,
    };
    return mock_control_create(service->tenants, &options, &service->control, error);
}

static enum cog_code open_port(struct mock_service *service, struct cog_error *error)
{
    const struct mock_serve_options *options = service->options;
    struct mock_http_options http_options = {
        .address = options->address,
        .port = (uint16_t)options->port,
        .limits = {.request_timeout_ms = options->request_timeout_ms},
        .clock = service->clock,
        .tls = service->tls.tls,
    };
    if (!options->is_quiet) {
        http_options.log = service->log;
    }
    enum cog_code code = mock_descriptors_reserve(options->connections_max,
                                                  &http_options.limits.connections_max, error);
    return code == COG_OK ? mock_http_create(mock_control_site(service->control), &http_options,
                                             &service->http, error)
                          : code;
}

enum cog_code mock_service_init(const struct mock_serve_options *options,
                                struct mock_service *service, struct cog_error *error)
{
    service->options = options;
    service->clock = cog_clock_posix();
    open_log(service);
    enum cog_code code = cog_cancel_create(&service->stop, error);
    if (code == COG_OK) {
        code = cog_cancel_create(&service->hurry, error);
    }
    if (code == COG_OK) {
        code = create_tenants(service, error);
    }
    if (code == COG_OK) {
        code = take_token(service, error);
    }
    if (code == COG_OK) {
        code = create_control(service, error);
    }
    if (code == COG_OK) {
        code = mock_tls_setup_init(&options->tls, &service->tls, error);
    }
    if (code == COG_OK) {
        code = open_port(service, error);
    }
    return code == COG_OK ? mock_tls_setup_write(&options->tls, &service->tls, error) : code;
}

/* Until something is due, in real milliseconds; -1 for as long as it takes. */
static int wait_ms(const struct mock_service *service, int64_t limit_ms)
{
    const int64_t due_ms = mock_http_next_due_ms(service->http);
    const int64_t first_ms = due_ms < limit_ms ? due_ms : limit_ms;
    if (first_ms == INT64_MAX) {
        return -1;
    }
    const int64_t left_ms = first_ms - cog_clock_monotonic_ms(service->clock);
    if (left_ms < 0) {
        return 0;
    }
    return left_ms < WAIT_MS_MAX ? (int)left_ms : WAIT_MS_MAX;
}

/* For something to do, or for `cancel`. */
static void wait_for_more(struct mock_service *service, const struct cog_cancel *cancel,
                          int64_t limit_ms)
{
    struct pollfd events[] = {
        {.fd = mock_http_descriptor(service->http), .events = POLLIN},
        {.fd = cog_cancel_descriptor(cancel), .events = POLLIN},
        {.fd = service->watching.descriptor, .events = POLLIN},
    };
    (void)poll(events, sizeof events / sizeof events[0], wait_ms(service, limit_ms));
    if (events[2].revents != 0) {
        mock_service_reload(service);
    }
}

/* What waits for its time is answered now; an answer that a client takes slowly may need longer. */
static enum cog_code wind_down(struct mock_service *service, struct cog_error *error)
{
    const int64_t limit_ms = cog_clock_monotonic_ms(service->clock) + STOP_MS_MAX;
    mock_watching_finish(&service->watching);
    mock_http_stop(service->http);
    enum cog_code code = mock_http_run(service->http, error);
    while (code == COG_OK && !mock_http_is_idle(service->http) &&
           !cog_cancel_is_requested(service->hurry) &&
           cog_clock_monotonic_ms(service->clock) < limit_ms) {
        wait_for_more(service, service->hurry, limit_ms);
        code = mock_http_run(service->http, error);
    }
    return code;
}

enum cog_code mock_service_run(struct mock_service *service, struct cog_error *error)
{
    while (!cog_cancel_is_requested(service->stop)) {
        enum cog_code code = mock_http_run(service->http, error);
        if (code != COG_OK) {
            return code;
        }
        wait_for_more(service, service->stop, INT64_MAX);
    }
    return wind_down(service, error);
}
