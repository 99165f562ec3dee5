#include "program/announcement.h"

#include "http/listener.h"
#include "script/scenario.h"
#include "v1/visit.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    ORIGIN_SIZE = 96,
    ADDRESS_SIZE = 160,
    VARIABLES_MAX = 16,
};

/** Where everything is. */
struct addresses {
    char base[ADDRESS_SIZE];
    char webhook[ADDRESS_SIZE];
    char control[ADDRESS_SIZE];
    char console[ADDRESS_SIZE];
};

struct variables {
    struct cog_log_field fields[VARIABLES_MAX];
    size_t count;
};

/* An address that stands for all of them is none to connect to. */
static const char *reachable(const char *address)
{
    if (!mock_listener_is_any(address)) {
        return address;
    }
    return strchr(address, ':') != NULL ? "::1" : MOCK_LISTENER_LOOPBACK;
}

static void locate(const struct mock_service *service, struct addresses *addresses)
{
    char origin[ORIGIN_SIZE];
    const char *address = reachable(service->options->address);
    const bool is_v6 = strchr(address, ':') != NULL;
    (void)snprintf(origin, sizeof origin, "%s://%s%s%s:%d",
                   service->tls.tls != NULL ? "https" : "http", is_v6 ? "[" : "", address,
                   is_v6 ? "]" : "", mock_http_port(service->http));
    (void)snprintf(addresses->base, ADDRESS_SIZE, "%s%s", origin, MOCK_API_BASE);
    (void)snprintf(addresses->webhook, ADDRESS_SIZE, "%s%s/ci", origin, MOCK_HOOKS_BASE);
    (void)snprintf(addresses->control, ADDRESS_SIZE, "%s%s/v1", origin, MOCK_CONTROL_BASE);
    (void)snprintf(addresses->console, ADDRESS_SIZE, "%s%s/", origin, MOCK_CONTROL_BASE);
}

static void add(struct variables *variables, const char *name, const char *value)
{
    variables->fields[variables->count++] = (struct cog_log_field){name, value};
}

static void collect(const struct mock_service *service, const struct addresses *addresses,
                    struct variables *variables)
{
    const struct mock_script *script = mock_tenants_script(service->tenants);
    const struct mock_environment_setup *environments = script->setup.environments;
    add(variables, "COGNIGY_API_BASE", addresses->base);
    add(variables, "COGNIGY_CLIENT_ID", script->setup.oauth.client_id);
    add(variables, "COGNIGY_CLIENT_SECRET", script->setup.oauth.client_secret);
    add(variables, "SOURCE_ENV_ID", environments[0].id);
    add(variables, "TARGET_ENV_ID", environments[1].id);
    add(variables, "DEPLOYMENT_WEBHOOK_URL", addresses->webhook);
    if (service->tls.tls != NULL) {
        add(variables, "COGPROMOTE_CA_FILE", service->tls.authority_path);
    }
    add(variables, "COGMOCK_CONTROL_URL", addresses->control);
    if (service->token.is_made) {
        add(variables, "COGMOCK_CONTROL_TOKEN", service->token.text);
    }
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

static void tell_variables(const struct mock_service *service, const struct variables *variables)
{
    if (service->options->logs_json) {
        cog_log_write(service->log, COG_LOG_INFO, "ready", variables->fields, variables->count);
        return;
    }
    for (size_t i = 0; i < variables->count; i++) {
        print_export(variables->fields[i].key, variables->fields[i].value);
    }
}

static char *compose_line(const struct mock_service *service, const struct addresses *addresses)
{
    COG_CLEANUP(cog_json_finish) cJSON *line = cJSON_CreateObject();
    bool is_whole = cJSON_AddTrueToObject(line, "ready") != NULL &&
                    cJSON_AddStringToObject(line, "base_url", addresses->base) != NULL &&
                    cJSON_AddStringToObject(line, "address", service->options->address) != NULL &&
                    cJSON_AddNumberToObject(line, "port", mock_http_port(service->http)) != NULL &&
                    cJSON_AddNumberToObject(line, "pid", (double)getpid()) != NULL &&
                    cJSON_AddStringToObject(line, "webhook_url", addresses->webhook) != NULL &&
                    cJSON_AddStringToObject(line, "control_url", addresses->control) != NULL &&
                    cJSON_AddStringToObject(line, "console_url", addresses->console) != NULL;
    if (is_whole && service->tls.tls != NULL) {
        is_whole =
            cJSON_AddStringToObject(line, "tls_ca_file", service->tls.authority_path) != NULL;
    }
    if (is_whole && service->token.is_made) {
        is_whole = cJSON_AddStringToObject(line, "control_token", service->token.text) != NULL;
    }
    return is_whole ? cJSON_PrintUnformatted(line) : NULL;
}

enum cog_code mock_service_announce(const struct mock_service *service, struct cog_error *error)
{
    struct addresses addresses = {0};
    struct variables variables = {0};
    locate(service, &addresses);
    COG_CLEANUP(cog_string_finish) char *line = compose_line(service, &addresses);
    if (line == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    collect(service, &addresses, &variables);
    tell_variables(service, &variables);
    (void)puts(line);
    /* Who waits for the line would wait for ever without it. */
    if (fflush(stdout) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot write to standard output");
    }
    return COG_OK;
}
