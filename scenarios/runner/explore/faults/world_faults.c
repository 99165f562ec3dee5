/* The world around jobs: sessions, health, outages, limits, credentials, receivers. */
#include "explore/faults/families.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { SITE_SIZE = 64 };

/* From the start on. */
static const struct {
    const char *site;
    const char *name;
    const char *server; /* JSON. */
} kinds[] = {
    {"conversation", "matches_nothing", "{\"conversation\":{\"matches\":false}}"},
    {"sessions", "never_drain", "{\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":3}]}}"},
    {"sessions", "drain_later",
     "{\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":3},{\"at\":\"20s\","
     "\"active\":0}]}}"},
    {"sessions", "in_the_source", "{\"sessions\":{\"env-source\":[{\"at\":\"0s\",\"active\":3}]}}"},
    {"health", "ill_for_ever", "{\"health\":[{\"at\":\"0s\",\"status\":503}]}"},
    {"health", "ill_for_a_while",
     "{\"health\":[{\"at\":\"0s\",\"status\":503},{\"at\":\"3s\",\"status\":200}]}"},
    {"api", "only_the_first", "{\"api\":\"seed\"}"},
    {"idempotency_keys", "ignored", "{\"idempotency_keys\":false}"},
    {"polls", "every_second", "{\"poll_retry_after\":\"1s\"}"},
    {"polls", "every_seven_seconds", "{\"poll_retry_after\":\"7s\"}"},
    {"polls", "every_two_minutes", "{\"poll_retry_after\":\"2m\"}"},
    {"polls", "every_hour", "{\"poll_retry_after\":\"1h\"}"},
    {"rate_limit", "tight_window", "{\"rate_limit\":{\"requests\":3,\"per\":\"10s\"}}"},
    {"rate_limit", "tight_window_dates",
     "{\"rate_limit\":{\"requests\":3,\"per\":\"10s\",\"retry_after\":\"date\"}}"},
    {"rate_limit", "tight_window_untold",
     "{\"rate_limit\":{\"requests\":3,\"per\":\"2s\",\"retry_after\":\"none\"}}"},
    {"rate_limit", "one_a_minute", "{\"rate_limit\":{\"requests\":1,\"per\":\"1m\"}}"},
    {"rate_limit", "one_an_hour", "{\"rate_limit\":{\"requests\":1,\"per\":\"1h\"}}"},
    {"rate_limit", "bucket",
     "{\"rate_limit\":{\"policy\":\"token_bucket\",\"requests\":2,\"per\":\"6s\","
     "\"burst\":2}}"},
    {"rate_limit", "bucket_dates",
     "{\"rate_limit\":{\"policy\":\"token_bucket\",\"requests\":2,\"per\":\"6s\","
     "\"burst\":2,\"retry_after\":\"date\"}}"},
    {"rate_limit", "bucket_untold",
     "{\"rate_limit\":{\"policy\":\"token_bucket\",\"requests\":2,\"per\":\"1s\","
     "\"burst\":2,\"retry_after\":\"none\"}}"},
    {"rate_limit", "each_call",
     "{\"rate_limit\":{\"requests\":1,\"per\":\"5s\",\"scope\":\"call\"}}"},
    {"rate_limit", "tokens",
     "{\"rate_limit\":{\"requests\":1,\"per\":\"30s\",\"calls\":[\"token\"]}}"},
    {"rate_limit", "headers",
     "{\"rate_limit\":{\"requests\":5,\"per\":\"10s\",\"headers\":\"both\"}}"},
    {"hooks", "500", "{\"hooks\":{\"ci\":{\"status\":500}}}"},
    {"hooks", "500_once", "{\"hooks\":{\"ci\":{\"status\":500,\"times\":1}}}"},
    {"hooks", "400", "{\"hooks\":{\"ci\":{\"status\":400}}}"},
    {"hooks", "429", "{\"hooks\":{\"ci\":{\"status\":429}}}"},
    {"hooks", "slow", "{\"hooks\":{\"ci\":{\"delay\":\"4s\"}}}"},
    {"hooks", "too_slow", "{\"hooks\":{\"ci\":{\"delay\":\"1m\"}}}"},
    {"oauth", "narrow_scope",
     "{\"oauth\":{\"scope_policy\":\"narrow\",\"scopes\":[\"environment:write\",\"bot:"
     "deploy\"]}}"},
    {"oauth", "missing_scope", "{\"oauth\":{\"scopes\":[\"environment:write\",\"bot:deploy\"]}}"},
    {"oauth", "scope_untold", "{\"oauth\":{\"scope_in_answer\":false}}"},
    {"oauth", "no_introspection", "{\"oauth\":{\"introspection\":false}}"},
    {"oauth", "introspection_inactive", "{\"oauth\":{\"introspection\":\"inactive\"}}"},
    {"oauth", "token_type_in_small", "{\"oauth\":{\"token_type\":\"bearer\"}}"},
    {"oauth", "token_type_of_another", "{\"oauth\":{\"token_type\":\"mac\"}}"},
    {"oauth", "only_post", "{\"oauth\":{\"authentication\":[\"post\"]}}"},
    {"oauth", "another_secret", "{\"oauth\":{\"client_secret\":\"other-secret\"}}"},
    {"oauth", "secret_ends",
     "{\"oauth\":{\"expires_in\":\"2s\",\"clients\":[{\"id\":\"dev-client\","
     "\"secrets\":[{\"secret\":\"dev-secret\",\"until\":\"3s\"}]}]}}"},
    {"environments", "other_platform",
     "{\"environments\":{\"env-target\":{\"platform_version\":\"v0.1.0\"}}}"},
    {"environments", "other_bot", "{\"environments\":{\"env-target\":{\"bot_id\":\"bot-9\"}}}"},
};

/* What begins at a moment; the time stands where the format has it. */
static enum cog_code offer_outage(const struct scn_catalogue *catalogue,
                                  const struct scn_fault_parts *parts, int64_t at_ms,
                                  int64_t for_ms, struct scn_faults *faults)
{
    return scn_catalogue_offer(catalogue, parts, faults,
                               "{\"server\":{\"down\":[{\"from\":\"%" PRId64
                               "ms\",\"until\":\"%" PRId64 "ms\"}]}}",
                               at_ms, at_ms + for_ms);
}

static enum cog_code list_outages(const struct scn_catalogue *catalogue,
                                  const struct scn_moment *moment, struct scn_faults *faults)
{
    static const struct {
        const char *name;
        int64_t before_ms;
        int64_t for_ms;
    } outages[] = {
        {"down_for_a_moment", 0, 1},
        {"down_until_then", 1000, 1000},
        {"down_for_a_while", 0, 30000},
        {"down_for_an_hour", 0, 3600000},
    };
    char site[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    enum cog_code code = COG_OK;
    (void)snprintf(site, sizeof site, "server@%s", cog_duration_format(moment->at_ms, text));
    for (size_t i = 0; code == COG_OK && i < sizeof outages / sizeof outages[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = site, .kind = outages[i].name, .phase = "meaning", .order = moment->order};
        const int64_t from_ms = moment->at_ms - outages[i].before_ms;
        if (from_ms >= 0) {
            code = offer_outage(catalogue, &parts, from_ms, outages[i].for_ms, faults);
        }
    }
    return code;
}

static enum cog_code offer_session(const struct scn_catalogue *catalogue, const char *site,
                                   const struct scn_moment *moment, struct scn_faults *faults)
{
    const struct scn_fault_parts parts = {
        .site = site, .kind = "sessions_open", .phase = "meaning", .order = moment->order};
    return scn_catalogue_offer(catalogue, &parts, faults,
                               "{\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\","
                               "\"active\":0},{\"at\":\"%" PRId64 "ms\",\"active\":2}]}}}",
                               moment->at_ms);
}

static enum cog_code offer_illness(const struct scn_catalogue *catalogue, const char *site,
                                   const struct scn_moment *moment, struct scn_faults *faults)
{
    const struct scn_fault_parts parts = {
        .site = site, .kind = "falls_ill", .phase = "meaning", .order = moment->order};
    return scn_catalogue_offer(catalogue, &parts, faults,
                               "{\"server\":{\"health\":[{\"at\":\"%" PRId64
                               "ms\",\"status\":503},{\"at\":\"%" PRId64 "ms\",\"status\":200}]}}",
                               moment->at_ms, moment->at_ms + 2500);
}

/* What changes at a moment. */
static enum cog_code list_changes(const struct scn_catalogue *catalogue,
                                  const struct scn_moment *moment, struct scn_faults *faults)
{
    char site[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    (void)snprintf(site, sizeof site, "server@%s", cog_duration_format(moment->at_ms, text));
    /* From the start on, it is no change. */
    if (moment->at_ms == 0) {
        return COG_OK;
    }
    enum cog_code code = offer_session(catalogue, site, moment, faults);
    return code == COG_OK ? offer_illness(catalogue, site, moment, faults) : code;
}

enum cog_code scn_world_faults_list(const struct scn_catalogue *catalogue,
                                    const struct scn_sites *sites, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = kinds[i].site, .kind = kinds[i].name, .phase = "meaning"};
        code = scn_catalogue_offer(catalogue, &parts, faults, "{\"server\":%s}", kinds[i].server);
    }
    for (size_t i = 0; code == COG_OK && i < sites->moment_count; i++) {
        code = list_outages(catalogue, &sites->moments[i], faults);
        if (code == COG_OK) {
            code = list_changes(catalogue, &sites->moments[i], faults);
        }
    }
    return code;
}
