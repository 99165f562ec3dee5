/** Which of the fake's truth is one operator's, where two work with it: who sent, who promoted. */
#ifndef SCN_SHARE_H
#define SCN_SHARE_H

#include "simulation/truth.h"

/** Something that an operator did, with the target's content before it. */
struct scn_deed {
    size_t index; /**< Of the deployment, in the fake's order. */
    char content_before[COG_DIGEST_SIZE];
};

/** Set the first two; the rest starts as zero. Safe to finish. */
struct scn_share {
    const struct mock_server *server;  /**< Borrowed. */
    const char *target_environment_id; /**< Borrowed. */
    uint64_t *requests;                /**< Their numbers, ascending. Owned. */
    size_t request_count;
    size_t request_capacity;
    struct scn_deed *deeds; /**< Owned. */
    size_t deed_count;
    /** The fake's deployments as they are when the operator ends. Owned; texts are the fake's. */
    struct mock_deployment_truth *last_seen;
    size_t last_seen_count;
    struct scn_content target; /**< At that moment. */
    int64_t ended_ms;
    bool failed; /**< There was no memory for something. */
};

/** Not for who is alone: everything is theirs. All of these take NULL for that. */

/** The newest request is this operator's. */
void scn_share_note_request(struct scn_share *share);

/** The target's content, before a request is answered. */
void scn_share_note_before(struct scn_share *share, struct scn_deed *out_before);

/** After it: the deployments that were not there before are this operator's. */
void scn_share_note_after(struct scn_share *share, const struct scn_deed *before);

/** How much of it is there: of `server` for who is alone. */
size_t scn_share_request_count(const struct scn_share *share, const struct mock_server *server);
size_t scn_share_deployment_count(const struct scn_share *share, const struct mock_server *server);

/** The operator ends now: what follows is not its doing. */
void scn_share_close(struct scn_share *share, struct mock_server *server, int64_t now_ms);

/** Takes out of the truth, and of the facts, what is not this operator's, and what came later. */
void scn_share_keep(const struct scn_share *share, struct scn_truth *truth,
                    struct scn_facts *inout_facts);

void scn_share_finish(struct scn_share *share);

#endif
