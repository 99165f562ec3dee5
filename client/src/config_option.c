#include "config_option.h"

#include <assert.h>

/* One row a setting: its name, variable, placeholder, help; and how and where it is stored. */
/* clang-format off */
static const struct cog_option_row ROWS[] = {
    {{"api-base", "COGNIGY_API_BASE", "URL",
      "base URL of the API, such as https://host/api/v1", false},
     COG_OPTION_STRING, offsetof(struct cog_config, api_base), 0},
    {{"client-id", "COGNIGY_CLIENT_ID", "ID",
      "OAuth client", false},
     COG_OPTION_STRING, offsetof(struct cog_config, client_id), 0},
    {{"client-secret", "COGNIGY_CLIENT_SECRET", "SECRET",
      "its secret", true},
     COG_OPTION_STRING, offsetof(struct cog_config, client_secret), 0},
    {{"source", "SOURCE_ENV_ID", "ENVIRONMENT",
      "environment to promote from", false},
     COG_OPTION_STRING, offsetof(struct cog_config, source_environment_id), 0},
    {{"target", "TARGET_ENV_ID", "ENVIRONMENT",
      "environment to promote into", false},
     COG_OPTION_STRING, offsetof(struct cog_config, target_environment_id), 0},
    {{"webhook-url", "DEPLOYMENT_WEBHOOK_URL", "URL",
      "where to report the end; none by default", false},
     COG_OPTION_STRING, offsetof(struct cog_config, webhook_url), 0},
    {{"webhook-secret", "DEPLOYMENT_WEBHOOK_SECRET", "SECRET",
      "signs the webhook (Standard Webhooks, whsec_...)", true},
     COG_OPTION_STRING, offsetof(struct cog_config, webhook_secret), 0},
    {{"platform-version", "COGPROMOTE_PLATFORM_VERSION", "VERSION",
      "must fit the target's runtime (default v1.18.0)", false},
     COG_OPTION_STRING, offsetof(struct cog_config, platform_version), 0},
    {{"actor", "COGPROMOTE_ACTOR", "NAME",
      "who promotes, for the audit record", false},
     COG_OPTION_STRING, offsetof(struct cog_config, actor), 0},
    {{"state-dir", "COGPROMOTE_STATE_DIR", "FOLDER",
      "where the audit file lies", false},
     COG_OPTION_STRING, offsetof(struct cog_config, state_directory), 0},
    {{"traceparent", "TRACEPARENT", "CONTEXT",
      "W3C trace context, passed on to the API", false},
     COG_OPTION_STRING, offsetof(struct cog_config, traceparent), 0},
    {{"resolve-dependencies", "COGPROMOTE_RESOLVE_DEPENDENCIES", NULL,
      "also move linked intents, entities and flows (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, resolve_dependencies), 0},
    {{"sync-configuration", "COGPROMOTE_SYNC_CONFIGURATION", NULL,
      "also copy webhooks, integrations and variables (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, sync_configuration), 0},
    {{"override-active-sessions", "COGPROMOTE_OVERRIDE_ACTIVE_SESSIONS", NULL,
      "promote although sessions are active (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, override_active_sessions), 0},
    {{"include-webhooks", "COGPROMOTE_INCLUDE_WEBHOOKS", NULL,
      "copy webhooks (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, include_webhooks), 0},
    {{"include-integrations", "COGPROMOTE_INCLUDE_INTEGRATIONS", NULL,
      "copy integrations (default yes)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, include_integrations), 0},
    {{"rollback-on-low-parity", "COGPROMOTE_ROLLBACK_ON_LOW_PARITY", NULL,
      "roll back when parity is below the threshold (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, rollback_on_low_parity), 0},
    {{"allow-insecure", "COGPROMOTE_ALLOW_INSECURE", NULL,
      "allow http off loopback (default no)", false},
     COG_OPTION_SWITCH, offsetof(struct cog_config, allow_insecure), 0},
    {{"basic-encoding", "COGPROMOTE_BASIC_ENCODING", "form|raw",
      "how id and secret go into Basic (default form)", false},
     COG_OPTION_BASIC, offsetof(struct cog_config, basic_encoding), 0},
    {{"output", "COGPROMOTE_OUTPUT", "text|json",
      "form of the final report (default text)", false},
     COG_OPTION_OUTPUT, offsetof(struct cog_config, output), 0},
    {{"timeout", "COGPROMOTE_TIMEOUT", "DURATION",
      "for the whole promotion (default 15m)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, timeout_ms), 1},
    {{"rollback-timeout", "COGPROMOTE_ROLLBACK_TIMEOUT", "DURATION",
      "for a rollback (default 15m)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, rollback_timeout_ms), 1},
    {{"request-timeout", "COGPROMOTE_REQUEST_TIMEOUT", "DURATION",
      "for one request (default 30s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, request_timeout_ms), 1},
    {{"connect-timeout", "COGPROMOTE_CONNECT_TIMEOUT", "DURATION",
      "for one connection (default 10s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, connect_timeout_ms), 1},
    {{"poll-interval", "COGPROMOTE_POLL_INTERVAL", "DURATION",
      "between looks at the job or the sessions (default 5s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, poll_interval_ms), 1},
    {{"wait-for-drain", "COGPROMOTE_WAIT_FOR_DRAIN", "DURATION",
      "how long to wait until sessions end (default 0s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, drain_wait_ms), 0},
    {{"max-retry-after", "COGPROMOTE_MAX_RETRY_AFTER", "DURATION",
      "the longest wait that the server may ask for (default 10m)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, retry_after_ms_max), 0},
    {{"webhook-timeout", "COGPROMOTE_WEBHOOK_TIMEOUT", "DURATION",
      "for the webhook with its repeats (default 10s)", false},
     COG_OPTION_DURATION, offsetof(struct cog_config, webhook_timeout_ms), 1},
    {{"max-attempts", "COGPROMOTE_MAX_ATTEMPTS", "NUMBER",
      "for one call (default 3)", false},
     COG_OPTION_COUNT, offsetof(struct cog_config, max_attempts), 0},
    {{"parity-threshold", "COGPROMOTE_PARITY_THRESHOLD", "SHARE",
      "0 to 1: below it the result is parity_low (default 0.95)", false},
     COG_OPTION_RATIO, offsetof(struct cog_config, parity_threshold), 0},
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
