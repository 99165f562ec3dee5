/*
 * The client is asked to stop: while something happens, and while nothing does. Asked twice, it
 * dies of the second signal, with its end noted and not told.
 */
#include "explore/faults/families.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { SITE_SIZE = 64 };

static const struct {
    const char *name;
    const char *signal;
    const char *on_interrupt;
    const char *second;
} kinds[] = {
    {"SIGINT", "SIGINT", "detach", ""},
    {"SIGTERM", "SIGTERM", "detach", ""},
    {"SIGINT_rolls_back", "SIGINT", "rollback", ""},
    {"SIGTERM_rolls_back", "SIGTERM", "rollback", ""},
    {"SIGINT_twice", "SIGINT", "detach", "\"kills\":[{\"after_journal\":\"end\"}],"},
};

static enum cog_code offer(const struct scn_catalogue *catalogue, const struct scn_moment *moment,
                           struct scn_faults *faults)
{
    char site[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    enum cog_code code = COG_OK;
    (void)snprintf(site, sizeof site, "client@%s", cog_duration_format(moment->at_ms, text));
    for (size_t i = 0; code == COG_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = site, .kind = kinds[i].name, .phase = "signal", .order = moment->order};
        code = scn_catalogue_offer(
            catalogue, &parts, faults,
            "{\"client\":{\"events\":[{\"at\":\"%" PRId64 "ms\",\"signal\":\"%s\"}],%s"
            "\"options\":{\"on_interrupt\":\"%s\"}}}",
            moment->at_ms, kinds[i].signal, kinds[i].second, kinds[i].on_interrupt);
    }
    return code;
}

enum cog_code scn_signal_faults_list(const struct scn_catalogue *catalogue,
                                     const struct scn_sites *sites, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sites->moment_count; i++) {
        code = offer(catalogue, &sites->moments[i], faults);
    }
    return code;
}
