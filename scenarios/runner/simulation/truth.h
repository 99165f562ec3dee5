/** The fake's truth after a run, copied out of it. */
#ifndef SCN_TRUTH_H
#define SCN_TRUTH_H

#include "judge/facts.h"

/** Texts are borrowed from the server. `{0}` is empty and safe to finish. */
struct scn_truth {
    struct mock_exchange *exchanges;
    struct mock_deployment_truth *deployments;
    struct mock_delivery *deliveries;
    const char **unused_faults;
    struct scn_inject *injects;
};

/**
 * Brings the world to its present time, and reads what is known of it.
 *
 * @param inout_facts what belongs there, borrowed from `out_truth` and the server
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_truth_read(struct mock_server *server, const struct cog_config *config,
                             struct scn_truth *out_truth, struct scn_facts *inout_facts,
                             struct cog_error *error) COG_CHECK;

void scn_truth_finish(struct scn_truth *truth);

#endif
