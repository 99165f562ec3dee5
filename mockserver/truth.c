#include <cogmock/truth.h>

#include "server_private.h"

#include <string.h>

size_t mock_truth_exchange_count(const struct mock_server *server)
{
    return server->journal.entry_count;
}

size_t mock_truth_exchange_dropped_count(const struct mock_server *server)
{
    return server->journal.dropped_count;
}

const struct mock_exchange *mock_truth_exchange(const struct mock_server *server, size_t index)
{
    return mock_journal_exchange(&server->journal, index);
}

void mock_truth_advance(struct mock_server *server)
{
    mock_world_advance(server->api.world, cog_clock_monotonic_ms(server->clock) - server->start_ms);
}

size_t mock_truth_deployment_count(const struct mock_server *server)
{
    return server->api.world->deployment_count;
}

struct mock_deployment_truth mock_truth_deployment(const struct mock_server *server, size_t index)
{
    const struct mock_deployment *deployment = server->api.world->deployments[index];
    return (struct mock_deployment_truth){
        .job_id = deployment->job_id,
        .source_id = deployment->source->setup->id,
        .target_id = deployment->target->setup->id,
        .status = mock_job_status_name(deployment->status),
        .error = deployment->error[0] == '\0' ? NULL : deployment->error,
        .created_ms = deployment->created_ms,
        .ended_ms = deployment->ended_ms,
        .sessions_at_start = deployment->sessions_at_start,
        .sessions_overridden = deployment->sessions_overridden,
        .reversible = server->script->setup.rollback.reversible,
        .rollback_count = deployment->rollback_count,
        .rollback_ended_ms = deployment->rollback_ended_ms,
    };
}

size_t mock_truth_delivery_count(const struct mock_server *server)
{
    return server->journal.delivery_count;
}

const struct mock_delivery *mock_truth_delivery(const struct mock_server *server, size_t index)
{
    return mock_journal_delivery_at(&server->journal, index);
}

bool mock_truth_digest(const struct mock_server *server, const char *environment_id,
                       char out_now[COG_DIGEST_SIZE], char out_start[COG_DIGEST_SIZE])
{
    const struct mock_environment *environment =
        mock_world_environment_find(server->api.world, environment_id);
    if (environment == NULL || mock_content_digest(&environment->content, out_now) != COG_OK) {
        return false;
    }
    memcpy(out_start, environment->start_digest, COG_DIGEST_SIZE);
    return true;
}

size_t mock_truth_unused_fault_count(const struct mock_server *server)
{
    size_t count = 0;
    for (size_t i = 0; i < server->script->fault_count; i++) {
        if (!server->struck[i]) {
            count++;
        }
    }
    return count;
}

const char *mock_truth_unused_fault(const struct mock_server *server, size_t index)
{
    for (size_t i = 0; i < server->script->fault_count; i++) {
        if (server->struck[i]) {
            continue;
        }
        if (index == 0) {
            return server->script->faults[i].description;
        }
        index--;
    }
    return NULL;
}

const char *const *mock_truth_secrets(const struct mock_server *server)
{
    return server->api.world->tokens.secrets;
}
