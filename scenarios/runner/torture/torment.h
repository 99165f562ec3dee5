/** A scenario whose client is tortured, and how it ends when nobody does anything to it. */
#ifndef SCN_TORMENT_H
#define SCN_TORMENT_H

#include "simulation/simulation.h"
#include "torture/series.h"

/** `{0}` is safe to finish. */
struct scn_torment {
    const struct scn_scenario *scenario; /**< Borrowed. */
    uint64_t seed;
    struct scn_twin twin;              /**< Of the untroubled run; borrows from it. */
    size_t notice_count;               /**< Different notices that were delivered there. */
    size_t ending_count;               /**< How often it was closed there. */
    bool is_resumable;                 /**< Its end was not the last word. */
    struct scn_simulation *untroubled; /**< Owned. */
};

/** Why a scenario cannot be tortured so; NULL when it can. */
const char *scn_torment_refusal(const struct scn_scenario *scenario, enum scn_torture_kind kind);

/** Runs the scenario untroubled. @return as scn_simulation_run */
enum cog_code scn_torment_init(struct scn_torment *torment, const struct scn_scenario *scenario,
                               uint64_t seed, struct cog_error *error) COG_CHECK;

void scn_torment_finish(struct scn_torment *torment);

/** Notices that were delivered: one that came twice, with one id, is one. */
size_t scn_torment_count_notices(const struct scn_facts *facts);

#endif
