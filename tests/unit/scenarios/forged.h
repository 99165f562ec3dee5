/** A world after a run, made up: right at first, then each test breaks one thing. */
#ifndef FORGED_H
#define FORGED_H

#include "judge/facts.h"

enum { FORGED_EXCHANGES_MAX = 64 };

struct forged {
    struct cog_config config;
    struct cog_report report;
    struct mock_exchange exchanges[FORGED_EXCHANGES_MAX];
    struct mock_deployment_truth deployments[2];
    struct mock_delivery deliveries[1];
    struct scn_output outputs[2];
    const char *secrets[2];
    struct scn_facts facts;
};

/** Promoted, exit 0: one deployment from 0 s to 60 s, verified at 60 s, one delivery. */
void forged_init_promoted(struct forged *world);

/** Failed at 35 s and rolled back at 45 s, exit 6. */
void forged_init_rolled_back(struct forged *world);

/** Refused, exit 5: nothing was applied. */
void forged_init_rejected(struct forged *world);

/** Applied, its answer lost, and neither list nor job could be seen: exit 8. */
void forged_init_unknown(struct forged *world);

/** Adds a webhook that was delivered; returns it for changes. */
struct mock_exchange *forged_add_webhook(struct forged *world, int64_t at_ms, const char *body);

/** Adds a request that was applied and answered; returns it for changes. */
struct mock_exchange *forged_add(struct forged *world, const char *call, int64_t at_ms, int status);

#endif
