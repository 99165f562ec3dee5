/* Somebody else has the target's lock from the start, or takes it out of the client's hands. */
#include "explore/faults/families.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { SITE_SIZE = 64 };

static const struct {
    const char *name;
    const char *client;
} holders[] = {
    {"held_by_a_living_one", "\"lock\":{\"holder\":\"living\"}"},
    {"held_by_a_dead_one", "\"lock\":{\"holder\":\"dead\"}"},
    {"held_elsewhere", "\"lock\":{\"holder\":\"elsewhere\"}"},
    {"given_back_in_time",
     "\"lock\":{\"holder\":\"living\",\"until\":\"10s\"},\"options\":{\"lock_wait\":\"1m\"}"},
    {"given_back_too_late",
     "\"lock\":{\"holder\":\"elsewhere\",\"until\":\"2m\"},\"options\":{\"lock_wait\":\"1m\"}"},
};

static enum cog_code offer_theft(const struct scn_catalogue *catalogue,
                                 const struct scn_moment *moment, struct scn_faults *faults)
{
    char site[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    (void)snprintf(site, sizeof site, "lock@%s", cog_duration_format(moment->at_ms, text));
    const struct scn_fault_parts parts = {
        .site = site, .kind = "stolen", .phase = "lock", .order = moment->order};
    return scn_catalogue_offer(catalogue, &parts, faults,
                               "{\"client\":{\"lock\":{\"stolen_at\":\"%" PRId64 "ms\"}}}",
                               moment->at_ms);
}

enum cog_code scn_lock_faults_list(const struct scn_catalogue *catalogue,
                                   const struct scn_sites *sites, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof holders / sizeof holders[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = "lock", .kind = holders[i].name, .phase = "lock"};
        code =
            scn_catalogue_offer(catalogue, &parts, faults, "{\"client\":{%s}}", holders[i].client);
    }
    for (size_t i = 0; code == COG_OK && i < sites->moment_count; i++) {
        /* At the start nobody has it yet. */
        if (sites->moments[i].at_ms > 0) {
            code = offer_theft(catalogue, &sites->moments[i], faults);
        }
    }
    return code;
}
