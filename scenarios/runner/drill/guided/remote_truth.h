/** The fake's truth of a drill, from the documents of its control plane. */
#ifndef SCN_REMOTE_TRUTH_H
#define SCN_REMOTE_TRUTH_H

#include "drill/guided/scene.h"
#include "judge/facts.h"

/** Texts of what is in here are borrowed from its documents. `{0}` is empty, safe to finish. */
struct scn_remote_truth {
    cJSON *requests; /**< An array of them, with headers and bodies where they could be had. */
    cJSON *jobs;
    cJSON *injects;
    struct mock_exchange *exchanges;
    struct mock_header *headers; /**< Of all exchanges, one behind the other. */
    struct mock_deployment_truth *deployments;
    struct mock_delivery *deliveries;
    struct scn_inject *struck;
    struct mock_exchange *other_exchanges; /**< Of another operator; NULL where there is none. */
    struct mock_deployment_truth *other_deployments;
};

/**
 * Takes what the scene saw, and what more the control plane still tells.
 *
 * @param control NULL: it is gone, and the scene is all there is
 * @param config of the client: which environments count
 * @param inout_facts what belongs there, borrowed from `out_truth`
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_remote_truth_read(const struct scn_scene *scene, struct scn_control *control,
                                    const struct cog_config *config,
                                    struct scn_remote_truth *out_truth,
                                    struct scn_facts *inout_facts) COG_CHECK;

/**
 * Parts what another operator did from what the person did: what it asked for bears its mark.
 *
 * @param traceparent its header's value
 * @param inout_facts of the person
 * @param inout_other of the other one: its exchanges and deployments, borrowed from `truth`
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_remote_truth_part(struct scn_remote_truth *truth, const char *traceparent,
                                    struct scn_facts *inout_facts,
                                    struct scn_facts *inout_other) COG_CHECK;

void scn_remote_truth_finish(struct scn_remote_truth *truth);

#endif
