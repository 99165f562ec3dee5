#include <cogpromote/config.h>

#include "support/expect.h"

TestSuite(config_init, .timeout = 5.0);
TestSuite(config_set, .timeout = 5.0);
TestSuite(config_read_variables, .timeout = 5.0);
TestSuite(config_check, .timeout = 5.0);
TestSuite(config_check_needs, .timeout = 5.0);

/** A configuration that lacks nothing. */
static void fill(struct cog_config *config)
{
    static const char *const rows[][2] = {
        {"api-base", "https://tenant.example/api/v1"},
        {"client-id", "id"},
        {"client-secret", "s3cret"},
        {"source", "env-a"},
        {"target", "env-b"},
    };
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(config, &error), COG_OK, error);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ASSERT_CODE(cog_config_set(config, rows[i][0], rows[i][1], &error), COG_OK, error);
    }
}

Test(config_init, has_the_limits_that_the_founding_document_and_our_rules_name)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    struct cog_error error = {0};

    ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);

    EXPECT_INT(config.max_attempts, 3);
    EXPECT_INT(config.timeout_ms, 15 * 60000);
    EXPECT_INT(config.rollback_timeout_ms, 15 * 60000);
    EXPECT_INT(config.poll_interval_ms, 5000);
    EXPECT_INT(config.retry_after_ms_max, 10 * 60000);
    EXPECT_INT(config.webhook_timeout_ms, 10000);
    EXPECT_INT(config.request_timeout_ms, 30000);
    EXPECT_INT(config.connect_timeout_ms, 10000);
    EXPECT_INT(config.drain_wait_ms, 0);
    EXPECT_INT((int)(config.parity_threshold * 1000), 950);
    EXPECT_STR(config.platform_version, "v1.18.0");
    EXPECT_INT(config.override_active_sessions, false);
    EXPECT_INT(config.allow_insecure, false);
    EXPECT_INT(config.server_honours_idempotency_keys, false);
    EXPECT_INT(config.rollback_on_low_parity, false);
    EXPECT_INT(config.on_interrupt, COG_ON_INTERRUPT_DETACH);
}

Test(config_set, takes_every_kind_of_setting_with_dash_or_underscore)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fill(&config);
    static const char *const rows[][2] = {
        {"poll_interval", "250ms"}, {"max-attempts", "7"}, {"parity_threshold", "0.5"},
        {"include-webhooks", "no"}, {"output", "json"},    {"basic-encoding", "raw"},
        {"wait_for_drain", "90s"},
    };
    struct cog_error error = {0};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ASSERT_CODE(cog_config_set(&config, rows[i][0], rows[i][1], &error), COG_OK, error);
    }

    EXPECT_INT(config.poll_interval_ms, 250);
    EXPECT_INT(config.max_attempts, 7);
    EXPECT_INT((int)(config.parity_threshold * 100), 50);
    EXPECT_INT(config.include_webhooks, false);
    EXPECT_INT(config.output, COG_OUTPUT_JSON);
    EXPECT_INT(config.basic_encoding, COG_BASIC_RAW);
    EXPECT_INT(config.drain_wait_ms, 90000);
}

Test(config_set, refuses_bad_values_and_says_what_was_expected)
{
    static const char *const rows[][3] = {
        {"timeout", "5", "expected a duration"},
        {"timeout", "0s", "more than 0"},
        {"poll-interval", "fast", "expected a duration"},
        {"max-attempts", "0", "from 1 to 20"},
        {"max-attempts", "3x", "whole number"},
        {"parity-threshold", "1.5", "from 0 to 1"},
        {"output", "xml", "text or json"},
        {"include-webhooks", "maybe", "yes or no"},
        {"source", "", "without control characters"},
        {"target", "a\nb", "without control characters"},
        {"actor", "caf\xE9", "UTF-8"},
        {"timout", "5s", "did you mean 'timeout'?"},
        {"wholly-else", "5s", "unknown option 'wholly-else'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
        fill(&config);
        struct cog_error error = {0};

        enum cog_code code = cog_config_set(&config, rows[i][0], rows[i][1], &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i][0]);
        EXPECT_CONTAINS(error.message, rows[i][2]);
    }
}

Test(config_set, never_repeats_a_secret)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fill(&config);
    struct cog_error error = {0};

    enum cog_code code = cog_config_set(&config, "client-secret", "hush\x01", &error);

    ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
    EXPECT_LACKS(error.message, "hush");
    EXPECT_LACKS(error.cause, "hush");
}

static const char *lookup(void *context, const char *name)
{
    const char *const *pairs = context;
    for (size_t i = 0; pairs[i] != NULL; i += 2) {
        if (strcmp(pairs[i], name) == 0) {
            return pairs[i + 1];
        }
    }
    return NULL;
}

Test(config_read_variables, knows_the_founding_names_and_our_own)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);
    const char *variables[] = {
        "COGNIGY_API_BASE",
        "https://x/api",
        "COGNIGY_CLIENT_ID",
        "i",
        "COGNIGY_CLIENT_SECRET",
        "s",
        "SOURCE_ENV_ID",
        "a",
        "TARGET_ENV_ID",
        "b",
        "DEPLOYMENT_WEBHOOK_URL",
        "https://h/",
        "COGPROMOTE_ACTOR",
        "",
        "COGPROMOTE_POLL_INTERVAL",
        "9s",
        NULL,
    };

    enum cog_code code = cog_config_read_variables(&config, lookup, variables, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(config.api_base, "https://x/api");
    EXPECT_STR(config.webhook_url, "https://h/");
    EXPECT_STR(config.actor, "automated-deployer"); /* Empty is as good as not set. */
    EXPECT_INT(config.poll_interval_ms, 9000);
    ASSERT_CODE(cog_config_check(&config, &error), COG_OK, error);
}

Test(config_read_variables, names_the_variable_that_is_malformed)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fill(&config);
    struct cog_error error = {0};
    const char *variables[] = {"COGPROMOTE_TIMEOUT", "soon", NULL};

    enum cog_code code = cog_config_read_variables(&config, lookup, variables, &error);

    ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
    EXPECT_CONTAINS(error.message, "COGPROMOTE_TIMEOUT");
}

Test(config_check, names_what_is_missing)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);

    enum cog_code code = cog_config_check(&config, &error);

    ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
    EXPECT_CONTAINS(error.message, "COGNIGY_API_BASE is not set");
}

Test(config_check, refuses_what_does_not_fit_together)
{
    static const char *const rows[][3] = {
        {"api-base", "http://tenant.example/api/v1", "--allow-insecure"},
        {"api-base", "http://127.0.0.1.example/api", "--allow-insecure"},
        {"api-base", "ftp://tenant.example/", "https://"},
        {"api-base", "tenant", "not a URL"},
        {"api-base", "https://me:hush@tenant.example/", "not hold a user or password"},
        {"api-base", "https://tenant.example/api?x=1", "query"},
        {"target", "env-a", "same environment"},
        {"source", "..", "the source (SOURCE_ENV_ID) is not an identifier"},
        {"source", "/etc/passwd", "the source (SOURCE_ENV_ID) is not an identifier"},
        {"target", "env b", "the target (TARGET_ENV_ID) is not an identifier"},
        {"webhook-url", "http://hook.example/", "--allow-insecure"},
        {"webhook-secret", "plain", "whsec_"},
        {"client-key", "key.pem", "COGPROMOTE_CLIENT_CERT"},
        {"proxy", "proxy.example:3128", "COGPROMOTE_PROXY is not a URL"},
        {"proxy", "socks4://proxy.example", "not socks4://"},
        {"proxy", "http://me:hush@proxy.example:3128", "not hold a user or password"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
        fill(&config);
        struct cog_error error = {0};
        ASSERT_CODE(cog_config_set(&config, rows[i][0], rows[i][1], &error), COG_OK, error);

        enum cog_code code = cog_config_check(&config, &error);

        cr_expect(code == COG_ERROR_CONFIGURATION, "%s '%s' passed", rows[i][0], rows[i][1]);
        EXPECT_CONTAINS(error.message, rows[i][2]);
    }
}

Test(config_check, allows_the_proxies_and_certificates_that_make_sense)
{
    static const char *const proxies[] = {"http://127.0.0.1:3128", "https://proxy.example",
                                          "socks5://proxy.example:1080", "socks5h://proxy.example"};
    for (size_t i = 0; i < sizeof proxies / sizeof proxies[0]; i++) {
        COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
        fill(&config);
        struct cog_error error = {0};
        ASSERT_CODE(cog_config_set(&config, "proxy", proxies[i], &error), COG_OK, error);
        ASSERT_CODE(cog_config_set(&config, "client-cert", "c.pem", &error), COG_OK, error);
        ASSERT_CODE(cog_config_set(&config, "client-key", "k.pem", &error), COG_OK, error);

        ASSERT_CODE(cog_config_check(&config, &error), COG_OK, error);
    }
}

Test(config_check, allows_http_on_loopback)
{
    static const char *const bases[] = {"http://127.0.0.1:8080/api/v1", "http://localhost/api",
                                        "http://[::1]:1/api"};
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
        fill(&config);
        struct cog_error error = {0};
        ASSERT_CODE(cog_config_set(&config, "api-base", bases[i], &error), COG_OK, error);

        ASSERT_CODE(cog_config_check(&config, &error), COG_OK, error);
    }
}

Test(config_check_needs, asks_for_nothing_that_is_not_needed)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);
    ASSERT_CODE(cog_config_set(&config, "webhook-url", "http://hook.example/", &error), COG_OK,
                error);

    ASSERT_CODE(cog_config_check_needs(&config, 0, &error), COG_OK, error);
}

Test(config_check_needs, names_what_is_missing_for_each_need)
{
    static const struct {
        unsigned needs;
        const char *message;
    } rows[] = {
        {COG_NEED_API, "COGNIGY_API_BASE is not set"},
        {COG_NEED_SOURCE, "SOURCE_ENV_ID is not set"},
        {COG_NEED_TARGET, "TARGET_ENV_ID is not set"},
        {COG_NEED_WEBHOOK, "DEPLOYMENT_WEBHOOK_URL is not set"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
        struct cog_error error = {0};
        ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);

        enum cog_code code = cog_config_check_needs(&config, rows[i].needs, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

Test(config_check_needs, looks_at_the_webhook_alone_where_only_that_is_needed)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);
    ASSERT_CODE(cog_config_set(&config, "webhook-url", "http://hook.example/", &error), COG_OK,
                error);

    enum cog_code code = cog_config_check_needs(&config, COG_NEED_WEBHOOK, &error);

    ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
    EXPECT_CONTAINS(error.message, "DEPLOYMENT_WEBHOOK_URL uses http");
}
