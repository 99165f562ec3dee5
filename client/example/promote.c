/*
 * Promotes one environment into another, and shows what happens on the way.
 *
 *   make && ./promote
 *
 * Settings are the variables of `cogpromote promote --help`: COGNIGY_API_BASE, COGNIGY_CLIENT_ID,
 * COGNIGY_CLIENT_SECRET, SOURCE_ENV_ID, TARGET_ENV_ID. State lies below COGPROMOTE_STATE_DIR, or in
 * ./state. Ends with cogpromote's exit codes.
 */
#include <cogpromote/promote.h>
#include <cogpromote/transport_curl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int EXIT_USAGE = 2;

static const char *lookup(void *context, const char *name)
{
    (void)context;
    return getenv(name);
}

/* An observer: here it shows where the job stands; a service would update its page. */
static void show(void *context, const struct cog_log_event *event)
{
    (void)context;
    if (strcmp(event->name, "job-progress") != 0) {
        return;
    }
    for (size_t i = 0; i < event->field_count; i++) {
        if (strcmp(event->fields[i].key, "progress") == 0) {
            printf("the job is at %s %%\n", event->fields[i].value);
        }
    }
}

static int fail(const struct cog_error *error)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    fprintf(stderr, "promote: %s\n", cog_error_text(error, text, sizeof text));
    return error->code == COG_ERROR_CONFIGURATION ? EXIT_USAGE : EXIT_FAILURE;
}

/* A client serves any number of promotions; this one needs it once. */
static int promote(const struct cog_config *config, const struct cog_seams *seams)
{
    static const struct cog_log_ops observer = {.write = show};
    struct cog_client *client = NULL;
    struct cog_error error = {0};
    if (cog_client_create(config, seams, &client, &error) != COG_OK) {
        return fail(&error);
    }
    const struct cog_watch watch = {.observer = {.ops = &observer}};
    struct cog_report report = {0};
    cog_promote(client, NULL, watch, &report);
    cog_client_destroy(client);

    printf("%s: %s\n", cog_outcome_name(report.outcome), cog_outcome_description(report.outcome));
    if (report.reason[0] != '\0') {
        printf("because %s\n", report.reason);
    }
    return cog_outcome_exit_code(report.outcome, 0);
}

/* What differs between production and a simulation is put in here: production. */
static int run(const struct cog_config *config)
{
    const struct cog_transport_curl_options options = {
        .clock = cog_clock_posix(),
        .connect_timeout_ms = config->connect_timeout_ms,
        .idle_timeout_ms = config->idle_timeout_ms,
        .ca_file = config->ca_file,
        .client_certificate_file = config->client_certificate_file,
        .client_key_file = config->client_key_file,
        .proxy = config->proxy,
    };
    struct cog_transport_curl *transport = NULL;
    struct cog_error error = {0};
    if (cog_transport_curl_create(&options, &transport, &error) != COG_OK) {
        return fail(&error);
    }
    struct cog_storage_posix files = {
        .directory = config->state_directory != NULL ? config->state_directory : "state",
    };
    const struct cog_seams seams = {
        .transport = cog_transport_curl(transport),
        .clock = options.clock,
        .random = cog_random_openssl(),
        .storage = cog_storage_posix(&files),
    };
    const int exit_code = promote(config, &seams);
    cog_transport_curl_destroy(transport);
    return exit_code;
}

int main(void)
{
    struct cog_config config = {0};
    struct cog_error error = {0};
    int exit_code = EXIT_USAGE;
    if (cog_config_init(&config, &error) != COG_OK ||
        cog_config_read_variables(&config, lookup, NULL, &error) != COG_OK ||
        cog_config_check(&config, &error) != COG_OK) {
        exit_code = fail(&error);
    } else {
        exit_code = run(&config);
    }
    cog_config_finish(&config);
    return exit_code;
}
