/* The client's token ends at a moment of the run, or lives otherwise than its answer says. */
#include "explore/faults/families.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { SITE_SIZE = 64 };

static const char *const said[] = {
    "missing", "zero", "one", "huge", "negative", "null", "string", "float", "1m", "2h", NULL,
};

/* How long after the moment. */
static const struct {
    const char *name;
    int by_ms;
} kinds[] = {
    {"expires_a_second_before", -1000},
    {"expires", 0},
    {"expires_a_second_after", 1000},
};

static enum cog_code list_said(const struct scn_catalogue *catalogue, struct scn_faults *faults)
{
    char kind[SITE_SIZE];
    enum cog_code code = COG_OK;
    for (int i = 0; code == COG_OK && said[i] != NULL; i++) {
        const struct scn_fault_parts parts = {.site = "token", .kind = kind, .phase = "token"};
        (void)snprintf(kind, sizeof kind, "life_said_%s", said[i]);
        code =
            scn_catalogue_offer(catalogue, &parts, faults,
                                "{\"server\":{\"oauth\":{\"expires_in_said\":\"%s\"}}}", said[i]);
    }
    return code;
}

static enum cog_code offer_revocation(const struct scn_catalogue *catalogue, const char *site,
                                      const struct scn_moment *moment, struct scn_faults *faults)
{
    const struct scn_fault_parts parts = {
        .site = site, .kind = "revoked", .phase = "token", .order = moment->order};
    return scn_catalogue_offer(catalogue, &parts, faults,
                               "{\"server\":{\"oauth\":{\"revoke_at\":[\"%" PRId64 "ms\"]}}}",
                               moment->at_ms);
}

/* @param age_ms of the first token */
static enum cog_code offer_ends(const struct scn_catalogue *catalogue,
                                const struct scn_moment *moment, int64_t age_ms,
                                struct scn_faults *faults)
{
    char site[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    (void)snprintf(site, sizeof site, "token@%s", cog_duration_format(moment->at_ms, text));
    enum cog_code code = offer_revocation(catalogue, site, moment, faults);
    for (size_t i = 0; code == COG_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = site, .kind = kinds[i].name, .phase = "token", .order = moment->order};
        if (age_ms + kinds[i].by_ms > 0) {
            code =
                scn_catalogue_offer(catalogue, &parts, faults,
                                    "{\"server\":{\"oauth\":{\"expires_in\":\"%" PRId64 "ms\"}}}",
                                    age_ms + kinds[i].by_ms);
        }
    }
    return code;
}

enum cog_code scn_token_faults_list(const struct scn_catalogue *catalogue,
                                    const struct scn_sites *sites, struct scn_faults *faults)
{
    const struct scn_site *token = scn_sites_first(sites, "token");
    enum cog_code code = list_said(catalogue, faults);
    for (size_t i = 0; code == COG_OK && token != NULL && i < sites->moment_count; i++) {
        const struct scn_moment *moment = &sites->moments[i];
        if (moment->at_ms >= token->at_ms) {
            code = offer_ends(catalogue, moment, moment->at_ms - token->at_ms, faults);
        }
    }
    return code;
}
