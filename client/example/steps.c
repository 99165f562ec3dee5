/*
 * Three steps of a promotion, each alone: what the token may do, whether the target is ready, and
 * how far source and target agree. Changes nothing.
 *
 *   make && ./steps
 *
 * Settings are those of promote.c. Ends with 0 when all three could be asked.
 */
#include <cogpromote/client.h>
#include <cogpromote/transport_curl.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* For all three together. */
static const int64_t TIMEOUT_MS = 60000;

static const char *lookup(void *context, const char *name)
{
    (void)context;
    return getenv(name);
}

static enum cog_code show_token(struct cog_platform platform, struct cog_limits limits,
                                struct cog_error *error)
{
    char scopes[COG_SCOPES_SIZE];
    enum cog_code code = platform.ops->authenticate(platform.context, limits, scopes, error);
    if (code == COG_OK) {
        printf("token      may %s\n", scopes[0] != '\0' ? scopes : "(the server does not tell)");
    }
    return code;
}

static enum cog_code show_readiness(struct cog_platform platform, const char *environment_id,
                                    struct cog_limits limits, struct cog_error *error)
{
    int64_t count = 0;
    enum cog_code code =
        platform.ops->count_sessions(platform.context, environment_id, limits, &count, error);
    if (code == COG_OK) {
        printf("sessions   %" PRId64 "\n", count);
        code = platform.ops->check_health(platform.context, limits, error);
    }
    if (code == COG_OK) {
        printf("health     good\n");
        code = platform.ops->simulate(platform.context, environment_id, limits, error);
    }
    if (code == COG_OK) {
        printf("simulation answered\n");
    }
    return code;
}

static enum cog_code show_parity(struct cog_client *client, struct cog_limits limits,
                                 struct cog_error *error)
{
    const struct cog_platform platform = cog_client_platform(client);
    const struct cog_promotion_request request = cog_client_request(client);
    struct cog_metrics source = {0};
    struct cog_metrics target = {0};
    enum cog_code code = platform.ops->measure(platform.context, request.source_environment_id,
                                               limits, &source, error);
    if (code == COG_OK) {
        code = platform.ops->measure(platform.context, request.target_environment_id, limits,
                                     &target, error);
    }
    if (code != COG_OK) {
        return code;
    }
    struct cog_parity parity = {0};
    cog_parity_compute(&source, &target, &request, &parity);
    if (parity.is_measured) {
        printf("parity     %.4f %s\n", parity.score, parity.differences);
    } else {
        printf("parity     not measured by this platform\n");
    }
    return COG_OK;
}

static enum cog_code show_steps(const struct cog_config *config, const struct cog_seams *seams,
                                struct cog_error *error)
{
    struct cog_client *client = NULL;
    enum cog_code code = cog_client_create(config, seams, &client, error);
    if (code != COG_OK) {
        return code;
    }
    const struct cog_platform platform = cog_client_platform(client);
    const struct cog_limits limits = {
        .deadline_ms = cog_clock_monotonic_ms(seams->clock) + TIMEOUT_MS,
    };
    code = show_token(platform, limits, error);
    if (code == COG_OK) {
        code = show_readiness(platform, config->target_environment_id, limits, error);
    }
    if (code == COG_OK) {
        code = show_parity(client, limits, error);
    }
    cog_client_destroy(client);
    return code;
}

/* Nothing is kept: storage in memory does. */
static enum cog_code run(const struct cog_config *config, struct cog_error *error)
{
    const struct cog_transport_curl_options options = {.clock = cog_clock_posix()};
    struct cog_transport_curl *transport = NULL;
    enum cog_code code = cog_transport_curl_create(&options, &transport, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_storage_memory memory = {0};
    const struct cog_seams seams = {
        .transport = cog_transport_curl(transport),
        .clock = options.clock,
        .random = cog_random_openssl(),
        .storage = cog_storage_memory(&memory),
    };
    code = show_steps(config, &seams, error);
    cog_storage_memory_finish(&memory);
    cog_transport_curl_destroy(transport);
    return code;
}

int main(void)
{
    struct cog_config config = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_config_init(&config, &error);
    if (code == COG_OK) {
        code = cog_config_read_variables(&config, lookup, NULL, &error);
    }
    if (code == COG_OK) {
        code = cog_config_check(&config, &error);
    }
    if (code == COG_OK) {
        code = run(&config, &error);
    }
    cog_config_finish(&config);
    if (code != COG_OK) {
        char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
        fprintf(stderr, "steps: %s\n", cog_error_text(&error, text, sizeof text));
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
