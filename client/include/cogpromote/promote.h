/** A whole promotion: from the token to the webhook. */
#ifndef COGPROMOTE_PROMOTE_H
#define COGPROMOTE_PROMOTE_H

#include <cogpromote/clock.h>
#include <cogpromote/config.h>
#include <cogpromote/log.h>
#include <cogpromote/random.h>
#include <cogpromote/report.h>
#include <cogpromote/storage.h>
#include <cogpromote/transport.h>

/** The five things that differ between production and simulation. All are borrowed. */
struct cog_seams {
    struct cog_transport transport; /**< The wire itself; retry and auth are put around it. */
    struct cog_clock clock;
    struct cog_random random;
    struct cog_storage storage;
    struct cog_log log;
};

/**
 * Promotes, follows, rolls back where needed, verifies, audits and notifies. Everything that goes
 * wrong on the way is told in the report; it is complete on every path.
 *
 * @param config checked (`cog_config_check`)
 * @param cancel may be NULL; requesting it ends the run as COG_OUTCOME_INTERRUPTED
 */
COG_API void cog_promote(const struct cog_config *config, const struct cog_seams *seams,
                         const struct cog_cancel *cancel, struct cog_report *out_report);

#endif
