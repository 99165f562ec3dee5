/* The client is told to behave otherwise: no fault by itself, but a further one meets another
 * client.
 */
#include "explore/faults/families.h"

static const struct {
    const char *name;
    const char *options;
} kinds[] = {
    {"one_attempt", "\"max_attempts\":1"},
    {"ten_attempts", "\"max_attempts\":10"},
    {"no_patience_with_retry_after", "\"max_retry_after\":\"0s\""},
    {"little_patience_with_retry_after", "\"max_retry_after\":\"3s\""},
    {"short_requests", "\"request_timeout\":\"1s\""},
    {"idle_for_a_second", "\"idle_timeout\":\"1s\""},
    {"short_connects", "\"connect_timeout\":\"1s\""},
    {"polls_each_second", "\"poll_interval\":\"1s\""},
    {"polls_each_minute", "\"poll_interval\":\"1m\""},
    {"waits_for_drain", "\"wait_for_drain\":\"1m\""},
    {"waits_for_the_lock", "\"lock_wait\":\"1m\""},
    {"rolls_back_low_parity", "\"rollback_on_low_parity\":true"},
    {"parity_of_all", "\"parity_threshold\":1"},
    {"trusts_keys", "\"server_honours_idempotency_keys\":true"},
    {"is_strict", "\"strict\":true"},
    {"raw_credentials", "\"basic_encoding\":\"raw\""},
    {"overrides_sessions", "\"override_active_sessions\":true"},
    {"signs_webhooks", "\"webhook_secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\""},
    {"short_webhook", "\"webhook_timeout\":\"1s\""},
    {"short_rollback", "\"rollback_timeout\":\"3s\""},
};

enum cog_code scn_option_faults_list(const struct scn_catalogue *catalogue,
                                     const struct scn_sites *sites, struct scn_faults *faults)
{
    (void)sites;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = "options", .kind = kinds[i].name, .phase = "option"};
        code = scn_catalogue_offer(catalogue, &parts, faults, "{\"client\":{\"options\":{%s}}}",
                                   kinds[i].options);
    }
    return code;
}
