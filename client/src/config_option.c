#include "config_option.h"

#include <assert.h>

static const char *const BASIC_WORDS[] = {"form", "raw", NULL};
static const char *const ON_INTERRUPT_WORDS[] = {"detach", "rollback", NULL};
static const char *const OUTPUT_WORDS[] = {"text", "json", NULL};

/* One row a setting: its name, variable, placeholder, help; and how and where it is stored. */
/* clang-format off */
static const struct cog_option_row ROWS[] = {
    {{"api-base", "COGNIGY_API_BASE", "URL",
      "base URL of the API, such as https://host/api/v1", false},
     COG_OPTION_STRING, offsetof(struct cog_config, api_base), 0, NULL},
    {{"client-id", "COGNIGY_CLIENT_ID", "ID",
      "OAuth client", false},
     COG_OPTION_STRING, offsetof(struct cog_config, client_id), 0, NULL},
    {{"client-secret", "COGNIGY_CLIENT_SECRET", "SECRET",
      "its secret", true},
     COG_OPTION_STRING, offsetof(struct cog_config, client_secret), 0, NULL},
    {{"source", "SOURCE_ENV_ID", "ENVIRONMENT",
      "environment to promote from", false},
     COG_OPTION_STRING, offsetof(struct cog_config, source_environment_id), 0, NULL},
    {{"target", "TARGET_ENV_ID", "ENVIRONMENT",
      "environment to promote into", false},
     COG_OPTION_STRING, offsetof(struct cog_config, target_environment_id), 0, NULL},
    {{"webhook-url", "DEPLOYMENT_WEBHOOK_URL", "URL",
      "where to report the end; none by default", false},
     COG_OPTION_STRING, offsetof(struct cog_config, webhook_url), 0, NULL},
    {{"webhook-secret", "DEPLOYMENT_WEBHOOK_SECRET", "SECRET",
      "signs the webhook (Standard Webhooks, whsec_...)", true},
     COG_OPTION_STRING, offsetof(struct cog_config, webhook_secret), 0, NULL},
    {{"platform-version", "COGPROMOTE_PLATFORM_VERSION", "VERSION",
      "must fit the target's runtime (default v1.18.0)", false},
     COG_OPTION_STRING, offsetof(struct cog_config, platform_version), 0, NULL},
    {{"actor", "COGPROMOTE_ACTOR", "NAME",
      "who promotes, for the audit record", false},
     COG_OPTION_STRING, offsetof(struct cog_config, actor), 0, NULL},
    {{"state-dir", "COGPROMOTE_STATE_DIR", "FOLDER",
      "where journal, audit file, outbox and locks lie", false},
     COG_OPTION_STRING, offsetof(struct cog_config, state_directory), 0, NULL},
    {{"traceparent", "TRACEPARENT", "CONTEXT",
      "W3C trace context, passed on to the API", false},
     COG_OPTION_STRING, offsetof(struct cog_config, traceparent), 0, NULL},
    {{"resolve-dependencies", "COGPROMOTE_RESOLVE_DEPENDENCIES", NULL,
      "also move linked intents, entities and flows (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, resolve_dependencies), 0, NULL},
    {{"sync-configuration", "COGPROMOTE_SYNC_CONFIGURATION", NULL,
      "also copy webhooks, integrations and variables (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, sync_configuration), 0, NULL},
    {{"override-active-sessions", "COGPROMOTE_OVERRIDE_ACTIVE_SESSIONS", NULL,
      "promote although sessions are active (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, override_active_sessions), 0, NULL},
    {{"include-webhooks", "COGPROMOTE_INCLUDE_WEBHOOKS", NULL,
      "copy webhooks (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, include_webhooks), 0, NULL},
    {{"include-integrations", "COGPROMOTE_INCLUDE_INTEGRATIONS", NULL,
      "copy integrations (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, include_integrations), 0, NULL},
    {{"rollback-on-low-parity", "COGPROMOTE_ROLLBACK_ON_LOW_PARITY", NULL,
      "roll back when parity is below the threshold (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, rollback_on_low_parity), 0, NULL},
    {{"server-honours-idempotency-keys", "COGPROMOTE_SERVER_HONOURS_IDEMPOTENCY_KEYS", NULL,
      "repeat a promotion whose answer was lost (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, server_honours_idempotency_keys), 0, NULL},
    {{"on-interrupt", "COGPROMOTE_ON_INTERRUPT", "detach|rollback",
      "what a signal does to a running job (default detach)", false},
     COG_OPTION_WORD, offsetof(struct cog_config, on_interrupt), 0, ON_INTERRUPT_WORDS},
    {{"strict", "COGPROMOTE_STRICT", NULL,
      "exit 11 when audit or webhook fails after success (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, strict), 0, NULL},
    {{"allow-insecure", "COGPROMOTE_ALLOW_INSECURE", NULL,
      "allow http off loopback (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, allow_insecure), 0, NULL},
    {{"ca-file", "COGPROMOTE_CA_FILE", "FILE",
      "certificates to trust, PEM; the system's by default", false},
     COG_OPTION_STRING, offsetof(struct cog_config, ca_file), 0, NULL},
    {{"client-cert", "COGPROMOTE_CLIENT_CERT", "FILE",
      "certificate to show to the server, PEM", false},
     COG_OPTION_STRING, offsetof(struct cog_config, client_certificate_file), 0, NULL},
    {{"client-key", "COGPROMOTE_CLIENT_KEY", "FILE",
      "its key, PEM; by default in the certificate's file", false},
     COG_OPTION_STRING, offsetof(struct cog_config, client_key_file), 0, NULL},
    {{"proxy", "COGPROMOTE_PROXY", "URL",
      "proxy; by default what https_proxy, no_proxy, ... say", false},
     COG_OPTION_STRING, offsetof(struct cog_config, proxy), 0, NULL},
    {{"basic-encoding", "COGPROMOTE_BASIC_ENCODING", "form|raw",
      "how id and secret go into Basic (default form)", false},
     COG_OPTION_WORD, offsetof(struct cog_config, basic_encoding), 0, BASIC_WORDS},
    {{"output", "COGPROMOTE_OUTPUT", "text|json",
      "form of the result (default text)", false},
     COG_OPTION_WORD, offsetof(struct cog_config, output), 0, OUTPUT_WORDS},
    {{"timeout", "COGPROMOTE_TIMEOUT", "DURATION",
      "for the whole promotion (default 15m)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, timeout_ms), 1, NULL},
    {{"rollback-timeout", "COGPROMOTE_ROLLBACK_TIMEOUT", "DURATION",
      "for a rollback (default 15m)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, rollback_timeout_ms), 1, NULL},
    {{"request-timeout", "COGPROMOTE_REQUEST_TIMEOUT", "DURATION",
      "for one request (default 30s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, request_timeout_ms), 1, NULL},
    {{"connect-timeout", "COGPROMOTE_CONNECT_TIMEOUT", "DURATION",
      "for one connection (default 10s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, connect_timeout_ms), 1, NULL},
    {{"idle-timeout", "COGPROMOTE_IDLE_TIMEOUT", "DURATION",
      "without a byte in either direction (default 30s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, idle_timeout_ms), 1, NULL},
    {{"poll-interval", "COGPROMOTE_POLL_INTERVAL", "DURATION",
      "between looks at the job or the sessions (default 5s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, poll_interval_ms), 1, NULL},
    {{"wait-for-drain", "COGPROMOTE_WAIT_FOR_DRAIN", "DURATION",
      "how long to wait until sessions end (default 0s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, drain_wait_ms), 0, NULL},
    {{"lock-wait", "COGPROMOTE_LOCK_WAIT", "DURATION",
      "how long to wait for another promotion to end (default 0s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, lock_wait_ms), 0, NULL},
    {{"max-retry-after", "COGPROMOTE_MAX_RETRY_AFTER", "DURATION",
      "the longest wait that the server may ask for (default 10m)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, retry_after_ms_max), 0, NULL},
    {{"webhook-timeout", "COGPROMOTE_WEBHOOK_TIMEOUT", "DURATION",
      "for the webhook with its repeats (default 10s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, webhook_timeout_ms), 1, NULL},
    {{"max-attempts", "COGPROMOTE_MAX_ATTEMPTS", "NUMBER",
      "for one call (default 3)", false},
     COG_OPTION_COUNT, offsetof(struct cog_config, max_attempts), 0, NULL},
    {{"parity-threshold", "COGPROMOTE_PARITY_THRESHOLD", "SHARE",
      "0 to 1: below it the result is parity_low (default 0.95)", false},
     COG_OPTION_RATIO, offsetof(struct cog_config, parity_threshold), 0, NULL},
};
/* clang-format on */

size_t cog_option_count(void)
{
    return sizeof ROWS / sizeof ROWS[0];
}

const struct cog_option_row *cog_option_row(size_t index)
{
    assert(index < cog_option_count());
    return &ROWS[index];
}

void *cog_option_member(struct cog_config *config, const struct cog_option_row *row)
{
    return (char *)config + row->offset;
}
