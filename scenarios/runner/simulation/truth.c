#include "simulation/truth.h"

#include <cogmock/injects.h>

#include <stdlib.h>

/* calloc() may answer NULL for nothing, which is no failure. */
static void *allocate(size_t count, size_t size)
{
    return calloc(count > 0 ? count : 1, size);
}

static bool make_room(struct scn_truth *truth, const struct scn_facts *facts)
{
    truth->exchanges = allocate(facts->exchange_count, sizeof *truth->exchanges);
    truth->deployments = allocate(facts->deployment_count, sizeof *truth->deployments);
    truth->deliveries = allocate(facts->delivery_count, sizeof *truth->deliveries);
    truth->unused_faults = allocate(facts->unused_fault_count, sizeof *truth->unused_faults);
    truth->injects = allocate(facts->inject_count, sizeof *truth->injects);
    return truth->exchanges != NULL && truth->deployments != NULL && truth->deliveries != NULL &&
           truth->unused_faults != NULL && truth->injects != NULL;
}

static struct scn_inject read_inject(const struct mock_server *server, size_t index)
{
    const struct mock_inject_state state = mock_server_inject(server, index);
    return (struct scn_inject){
        .name = state.name,
        .text = state.text,
        .struck_ms = state.status == MOCK_INJECT_STRUCK ? state.struck_ms : -1,
        .failure = state.failure,
    };
}

static void copy(const struct mock_server *server, const struct scn_facts *facts,
                 struct scn_truth *truth)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        truth->exchanges[i] = *mock_truth_exchange(server, i);
    }
    for (size_t i = 0; i < facts->deployment_count; i++) {
        truth->deployments[i] = mock_truth_deployment(server, i);
    }
    for (size_t i = 0; i < facts->delivery_count; i++) {
        truth->deliveries[i] = *mock_truth_delivery(server, i);
    }
    for (size_t i = 0; i < facts->unused_fault_count; i++) {
        truth->unused_faults[i] = mock_truth_unused_fault(server, i);
    }
    for (size_t i = 0; i < facts->inject_count; i++) {
        truth->injects[i] = read_inject(server, i);
    }
}

static struct scn_content read_content(const struct mock_server *server, const char *environment_id)
{
    struct scn_content content = {0};
    content.is_known = mock_truth_digest(server, environment_id, content.now, content.start);
    return content;
}

enum cog_code scn_truth_read(struct mock_server *server, const struct cog_config *config,
                             struct scn_truth *out_truth, struct scn_facts *inout_facts,
                             struct cog_error *error)
{
    COG_CLEANUP(scn_truth_finish) struct scn_truth truth = {0};
    struct scn_facts *facts = inout_facts;
    mock_truth_advance(server);
    facts->exchange_count = mock_truth_exchange_count(server);
    facts->dropped_exchange_count = mock_truth_exchange_dropped_count(server);
    facts->deployment_count = mock_truth_deployment_count(server);
    facts->delivery_count = mock_truth_delivery_count(server);
    facts->inject_count = mock_server_inject_count(server);
    facts->unused_fault_count = mock_truth_unused_fault_count(server);
    if (!make_room(&truth, facts)) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    copy(server, facts, &truth);
    facts->exchanges = truth.exchanges;
    facts->deployments = truth.deployments;
    facts->deliveries = truth.deliveries;
    facts->unused_faults = truth.unused_faults;
    facts->injects = truth.injects;
    facts->secrets = mock_truth_secrets(server);
    facts->source = read_content(server, config->source_environment_id);
    facts->target = read_content(server, config->target_environment_id);
    *out_truth = truth;
    truth = (struct scn_truth){0};
    return COG_OK;
}

void scn_truth_finish(struct scn_truth *truth)
{
    free(truth->exchanges);
    free(truth->deployments);
    free(truth->deliveries);
    free(truth->unused_faults);
    free(truth->injects);
    *truth = (struct scn_truth){0};
}
