/* The client's wall clock is set, or is wrong by more and more. */
#include "explore/faults/families.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { SITE_SIZE = 64 };

static const struct {
    const char *name;
    const char *change;
} kinds[] = {
    {"one_hour_forward", "\"step\":\"+1h\""},
    {"one_hour_back", "\"step\":\"-1h\""},
    {"half_a_minute_forward", "\"step\":\"+30s\""},
    {"half_a_minute_back", "\"step\":\"-30s\""},
    {"one_year_forward", "\"step\":\"+365d\""},
    {"one_day_back", "\"step\":\"-1d\""},
    {"too_fast", "\"drift\":\"+10%\""},
    {"too_slow", "\"drift\":\"-10%\""},
};

static enum cog_code offer(const struct scn_catalogue *catalogue, const struct scn_moment *moment,
                           struct scn_faults *faults)
{
    char site[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    enum cog_code code = COG_OK;
    (void)snprintf(site, sizeof site, "clock@%s", cog_duration_format(moment->at_ms, text));
    for (size_t i = 0; code == COG_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = site, .kind = kinds[i].name, .phase = "clock", .order = moment->order};
        code = scn_catalogue_offer(catalogue, &parts, faults,
                                   "{\"client\":{\"clock\":[{\"at\":\"%" PRId64 "ms\",%s}]}}",
                                   moment->at_ms, kinds[i].change);
    }
    return code;
}

enum cog_code scn_clock_faults_list(const struct scn_catalogue *catalogue,
                                    const struct scn_sites *sites, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sites->moment_count; i++) {
        code = offer(catalogue, &sites->moments[i], faults);
    }
    return code;
}
