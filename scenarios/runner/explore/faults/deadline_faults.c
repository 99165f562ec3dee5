/* A limit of time ends at the moment at which something happens, just before it, or just after. */
#include "explore/faults/families.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { SITE_SIZE = 64 };

/* A limit, and the call with whose first request it begins. */
static const struct limit {
    const char *option;
    const char *call; /* NULL: with the run. */
} limits[] = {
    {"timeout", NULL},
    {"rollback_timeout", "rollback"},
    {"webhook_timeout", "webhook"},
    {"wait_for_drain", "sessions"},
    {"request_timeout", NULL},
};

static const struct {
    const char *name;
    int by_ms;
} kinds[] = {
    {"just_before", -1},
    {"at_the_moment", 0},
    {"just_after", 1},
};

/* @param after_ms how long after the limit's beginning the moment is */
static enum cog_code offer(const struct scn_catalogue *catalogue, const struct limit *limit,
                           const struct scn_moment *moment, int64_t after_ms,
                           struct scn_faults *faults)
{
    char site[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    enum cog_code code = COG_OK;
    (void)snprintf(site, sizeof site, "%s@%s", limit->option,
                   cog_duration_format(moment->at_ms, text));
    for (size_t i = 0; code == COG_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct scn_fault_parts parts = {
            .site = site, .kind = kinds[i].name, .phase = "deadline", .order = moment->order};
        /* Nothing has a limit of no time. */
        if (after_ms + kinds[i].by_ms > 0) {
            code = scn_catalogue_offer(catalogue, &parts, faults,
                                       "{\"client\":{\"options\":{\"%s\":\"%" PRId64 "ms\"}}}",
                                       limit->option, after_ms + kinds[i].by_ms);
        }
    }
    return code;
}

static enum cog_code list_limit(const struct scn_catalogue *catalogue, const struct limit *limit,
                                const struct scn_sites *sites, struct scn_faults *faults)
{
    const struct scn_site *first = limit->call != NULL ? scn_sites_first(sites, limit->call) : NULL;
    const int64_t begin_ms = first != NULL ? first->at_ms : 0;
    enum cog_code code = COG_OK;
    if (limit->call != NULL && first == NULL) {
        return COG_OK;
    }
    for (size_t i = 0; code == COG_OK && i < sites->moment_count; i++) {
        const struct scn_moment *moment = &sites->moments[i];
        if (!moment->is_between && moment->at_ms >= begin_ms) {
            code = offer(catalogue, limit, moment, moment->at_ms - begin_ms, faults);
        }
    }
    return code;
}

enum cog_code scn_deadline_faults_list(const struct scn_catalogue *catalogue,
                                       const struct scn_sites *sites, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof limits / sizeof limits[0]; i++) {
        code = list_limit(catalogue, &limits[i], sites, faults);
    }
    return code;
}
