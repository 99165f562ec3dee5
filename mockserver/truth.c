#include <cogmock/truth.h>

#include "server_private.h"

#include <string.h>

size_t mock_truth_exchange_count(const struct mock_server *server)
{
    return server->journal.exchanges.count;
}

size_t mock_truth_exchange_dropped_count(const struct mock_server *server)
{
    return (size_t)server->journal.exchanges.dropped_count;
}

const struct mock_exchange *mock_truth_exchange(const struct mock_server *server, size_t index)
{
    return mock_journal_exchange(&server->journal, index);
}

const struct mock_exchange *mock_truth_exchange_find(const struct mock_server *server,
                                                     uint64_t number)
{
    return mock_journal_find(&server->journal, number);
}

uint64_t mock_truth_exchange_newest(const struct mock_server *server)
{
    return server->journal.exchanges.newest;
}

void mock_truth_exchanges_clear(struct mock_server *server)
{
    mock_journal_clear(&server->journal);
}

void mock_truth_advance(struct mock_server *server)
{
    mock_server_advance(server);
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
        .touched_ms = deployment->touched_ms,
        .ended_ms = deployment->ended_ms,
        .sessions_at_start = deployment->sessions_at_start,
        .sessions_overridden = deployment->sessions_overridden,
        .reversible = server->present->setup.rollback.reversible,
        .rollback_count = deployment->rollback_count,
        .rollback_ended_ms = deployment->rollback_ended_ms,
    };
}

size_t mock_truth_delivery_count(const struct mock_server *server)
{
    return server->journal.deliveries.count;
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
    return environment != NULL && mock_content_digest(&environment->content, out_now) == COG_OK &&
           mock_environment_start_digest(environment, out_start) == COG_OK;
}

static bool is_unused(const struct mock_armed *armed)
{
    return armed->is_scripted && armed->struck_count == 0;
}

size_t mock_truth_unused_fault_count(const struct mock_server *server)
{
    size_t count = 0;
    for (size_t i = 0; i < server->arsenal.all.count; i++) {
        count += is_unused(server->arsenal.all.items[i]) ? 1 : 0;
    }
    return count;
}

const char *mock_truth_unused_fault(const struct mock_server *server, size_t index)
{
    for (size_t i = 0; i < server->arsenal.all.count; i++) {
        const struct mock_armed *armed = server->arsenal.all.items[i];
        if (!is_unused(armed)) {
            continue;
        }
        if (index == 0) {
            return armed->fault->description;
        }
        index--;
    }
    return NULL;
}

const char *const *mock_truth_secrets(const struct mock_server *server)
{
    return mock_tokens_secrets(&server->api.world->tokens);
}
