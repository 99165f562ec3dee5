/** One operator of a simulation, with what is known of it afterwards. */
#ifndef SCN_SIDE_H
#define SCN_SIDE_H

#include "simulation/operator.h"
#include "simulation/papers.h"

/** Not to be moved once it is set up. `{0}` is safe to finish. */
struct scn_side {
    struct cog_storage_memory memory; /**< The state folder, unless that is somebody else's. */
    struct scn_operator who;
    struct scn_share share; /**< Of one of two. */
    struct scn_papers papers;
    struct scn_truth truth;
    struct scn_facts facts;
};

/**
 * What is to be said of the side to its judges, once all of the simulation has ended.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_STORAGE, COG_ERROR_INTERNAL
 */
enum cog_code scn_side_collect(struct scn_side *side, struct cog_error *error) COG_CHECK;

void scn_side_finish(struct scn_side *side);

#endif
