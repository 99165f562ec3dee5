#include <cogpromote/config.h>

#include "support/expect.h"

TestSuite(config_set, .timeout = 5.0);
TestSuite(config_read_variables, .timeout = 5.0);
TestSuite(config_check, .timeout = 5.0);

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
        {"source", "..", "not an identifier"},
        {"webhook-url", "http://hook.example/", "--allow-insecure"},
        {"webhook-secret", "plain", "whsec_"},
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
