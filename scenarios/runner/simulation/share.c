#include "simulation/share.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 64 };

static bool make_room(struct scn_share *share)
{
    if (share->request_count < share->request_capacity) {
        return true;
    }
    const size_t capacity =
        share->request_capacity > 0 ? share->request_capacity * 2 : CAPACITY_MIN;
    uint64_t *requests = realloc(share->requests, capacity * sizeof *requests);
    if (requests == NULL) {
        return false;
    }
    share->requests = requests;
    share->request_capacity = capacity;
    return true;
}

void scn_share_note_request(struct scn_share *share)
{
    if (share == NULL) {
        return;
    }
    if (!make_room(share)) {
        share->failed = true;
        return;
    }
    share->requests[share->request_count++] = mock_truth_exchange_newest(share->server);
}

void scn_share_note_before(struct scn_share *share, struct scn_deed *out_before)
{
    char at_first[COG_DIGEST_SIZE];
    *out_before = (struct scn_deed){0};
    if (share != NULL) {
        out_before->index = mock_truth_deployment_count(share->server);
        (void)mock_truth_digest(share->server, share->target_environment_id,
                                out_before->content_before, at_first);
    }
}

void scn_share_note_after(struct scn_share *share, const struct scn_deed *before)
{
    if (share == NULL || mock_truth_deployment_count(share->server) == before->index) {
        return;
    }
    struct scn_deed *deeds = realloc(share->deeds, (share->deed_count + 1) * sizeof *share->deeds);
    if (deeds == NULL) {
        share->failed = true;
        return;
    }
    share->deeds = deeds;
    share->deeds[share->deed_count++] = *before;
}

size_t scn_share_request_count(const struct scn_share *share, const struct mock_server *server)
{
    return share != NULL ? share->request_count : mock_truth_exchange_count(server);
}

size_t scn_share_deployment_count(const struct scn_share *share, const struct mock_server *server)
{
    return share != NULL ? share->deed_count : mock_truth_deployment_count(server);
}

void scn_share_close(struct scn_share *share, struct mock_server *server, int64_t now_ms)
{
    if (share == NULL) {
        return;
    }
    mock_truth_advance(server);
    share->ended_ms = now_ms;
    share->target.is_known = mock_truth_digest(server, share->target_environment_id,
                                               share->target.now, share->target.start);
    const size_t count = mock_truth_deployment_count(server);
    share->last_seen = calloc(count + 1, sizeof *share->last_seen);
    if (share->last_seen == NULL) {
        share->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        share->last_seen[i] = mock_truth_deployment(server, i);
    }
    share->last_seen_count = count;
}

static void keep_exchanges(const struct scn_share *share, struct scn_truth *truth,
                           struct scn_facts *facts)
{
    size_t count = 0;
    size_t own = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange exchange = truth->exchanges[i];
        while (own < share->request_count && share->requests[own] < exchange.number) {
            own++;
        }
        if (own < share->request_count && share->requests[own] == exchange.number) {
            truth->exchanges[count++] = exchange;
        }
    }
    facts->exchange_count = count;
}

static void keep_deployments(const struct scn_share *share, struct scn_truth *truth,
                             struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < share->deed_count; i++) {
        if (share->deeds[i].index < share->last_seen_count) {
            truth->deployments[count++] = share->last_seen[share->deeds[i].index];
        }
    }
    facts->deployment_count = count;
}

static bool has_sent(const struct scn_facts *facts, const char *webhook_id)
{
    for (size_t i = 0; webhook_id != NULL && i < facts->exchange_count; i++) {
        const char *sent_id = facts->exchanges[i].webhook_id;
        if (sent_id != NULL && strcmp(sent_id, webhook_id) == 0) {
            return true;
        }
    }
    return false;
}

static void keep_deliveries(struct scn_truth *truth, struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->delivery_count; i++) {
        if (has_sent(facts, truth->deliveries[i].webhook_id)) {
            truth->deliveries[count++] = truth->deliveries[i];
        }
    }
    facts->delivery_count = count;
}

void scn_share_keep(const struct scn_share *share, struct scn_truth *truth,
                    struct scn_facts *inout_facts)
{
    if (share == NULL) {
        return;
    }
    struct scn_facts *facts = inout_facts;
    keep_exchanges(share, truth, facts);
    keep_deployments(share, truth, facts);
    keep_deliveries(truth, facts);
    facts->target = share->target;
    facts->rivalry.content_before =
        share->deed_count > 0 ? share->deeds[share->deed_count - 1].content_before : NULL;
}

void scn_share_finish(struct scn_share *share)
{
    free(share->requests);
    free(share->deeds);
    free(share->last_seen);
    *share = (struct scn_share){0};
}
