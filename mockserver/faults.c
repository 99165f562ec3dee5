/* A server's faults, for who lists them and arms more. */
#include <cogmock/faults.h>

#include "server_private.h"

#include <cogbase/number.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a body of the control plane can hold at once. */
struct batch {
    struct mock_fault *faults;
    size_t count;
};

static void batch_finish(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        mock_fault_finish(&batch->faults[i]);
    }
    free(batch->faults);
}

static void format_id(const struct mock_armed *armed, char out_id[MOCK_FAULT_ID_SIZE])
{
    (void)snprintf(out_id, MOCK_FAULT_ID_SIZE, "f-%" PRIu64, armed->number);
}

static struct mock_fault_state describe(const struct mock_armed *armed)
{
    const struct mock_fault *fault = armed->fault;
    struct mock_fault_state state = {
        .source = fault->source,
        .name = fault->name,
        .description = fault->description,
        .phase = mock_phase_name(mock_fault_phase(fault->injection.kind)),
        .applied = fault->injection.applied,
        .is_scripted = armed->is_scripted,
        .armed_ms = armed->armed_ms,
        .from_ms = armed->from_ms,
        .until_ms = armed->until_ms,
        .struck_count = armed->struck_count,
        .lost_count = armed->lost_count,
        .remaining_count = mock_armed_remaining(armed),
    };
    format_id(armed, state.id);
    return state;
}

size_t mock_server_fault_count(const struct mock_server *server)
{
    return server->arsenal.all.count;
}

struct mock_fault_state mock_server_fault(const struct mock_server *server, size_t index)
{
    return describe(server->arsenal.all.items[index]);
}

static struct mock_armed *find(const struct mock_server *server, const char *id)
{
    int64_t number = 0;
    const bool is_id = strncmp(id, "f-", 2) == 0 &&
                       cog_number_parse_integer(id + 2, 1, INT64_MAX, &number, NULL) == COG_OK;
    return is_id ? mock_arsenal_find(&server->arsenal, (uint64_t)number) : NULL;
}

bool mock_server_fault_find(const struct mock_server *server, const char *id,
                            struct mock_fault_state *out_state)
{
    const struct mock_armed *armed = find(server, id);
    if (armed != NULL) {
        *out_state = describe(armed);
    }
    return armed != NULL;
}

void mock_server_tell_fault(const struct mock_server *server, const struct mock_armed *armed,
                            const char *change, const struct mock_exchange *exchange)
{
    if (server->watcher.ops == NULL) {
        return;
    }
    char id[MOCK_FAULT_ID_SIZE];
    char request[MOCK_FAULT_ID_SIZE] = "";
    format_id(armed, id);
    if (exchange != NULL) {
        (void)snprintf(request, sizeof request, "%" PRIu64, exchange->number);
    }
    const struct cog_log_field fields[] = {
        {"id", id},
        {"change", change},
        {"fault", armed->fault->description},
        {"request", request},
    };
    const struct mock_event event = {
        .kind = "fault",
        .at_ms = server->api.world->now_ms,
        .fields = fields,
        .field_count = exchange == NULL ? 3 : 4,
    };
    mock_server_tell(server, &event);
}

/* The control plane is behind the same port. */
static enum cog_code check_end(const struct cog_document *document, const cJSON *node,
                               const struct mock_server *server, const struct mock_fault *fault,
                               struct cog_error *error)
{
    const bool shuts_out_all = fault->injection.kind == MOCK_FAULT_REFUSED ||
                               fault->injection.kind == MOCK_FAULT_CONNECT_TIMEOUT;
    const bool has_end = fault->for_ms > 0 || (fault->times > 0 && !shuts_out_all);
    if (!has_end) {
        return cog_document_fail(document, node, error,
                                 "'%s' would shut you out as well, since you come by the same "
                                 "port: give it an end, \"for\": \"30s\"%s",
                                 fault->name, shuts_out_all ? "" : " or \"connections\": 3");
    }
    if (server->clock.scale <= 0 && fault->times == 0) {
        return cog_document_fail(document, node, error,
                                 "'%s' would never end, since the clock is stopped and nobody "
                                 "could reach you to turn it: let the clock run first",
                                 fault->name);
    }
    return COG_OK;
}

static enum cog_code check_connect(const struct cog_document *document, const cJSON *node,
                                   const struct mock_server *server, struct mock_arming arming,
                                   const struct mock_fault *fault, struct cog_error *error)
{
    if (mock_fault_phase(fault->injection.kind) != MOCK_PHASE_CONNECT) {
        return COG_OK;
    }
    if (!arming.has_port) {
        return cog_document_fail(document, node, error,
                                 "'%s' strikes the port, before anybody knows which tenant is "
                                 "meant: arm it at the tenant 'default'",
                                 fault->name);
    }
    return arming.is_remote ? check_end(document, node, server, fault, error) : COG_OK;
}

static size_t size_of(const struct mock_fault *fault)
{
    return fault->source == NULL ? 0 : strlen(fault->source);
}

static enum cog_code check_size(const struct mock_server *server, const struct batch *batch,
                                struct cog_error *error)
{
    size_t size = 0;
    for (size_t i = 0; i < server->arsenal.all.count; i++) {
        size += size_of(server->arsenal.all.items[i]->fault);
    }
    for (size_t i = 0; i < batch->count; i++) {
        size += size_of(&batch->faults[i]);
    }
    return size <= MOCK_FAULTS_SIZE_MAX
               ? COG_OK
               : cog_error_set(error, COG_ERROR_CONFIGURATION,
                               "all faults together would have more than %d bytes; remove some "
                               "first",
                               MOCK_FAULTS_SIZE_MAX);
}

static enum cog_code read_batch(const struct cog_document *document, const cJSON *node,
                                const struct mock_server *server, struct mock_arming arming,
                                struct batch *batch, struct cog_error *error)
{
    const cJSON *item = cJSON_IsArray(node) ? node->child : node;
    const size_t count = cJSON_IsArray(node) ? (size_t)cJSON_GetArraySize(node) : 1;
    if (server->arsenal.all.count + count > MOCK_FAULTS_ARMED_MAX) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "more than %d faults: %zu are armed; remove some first",
                             MOCK_FAULTS_ARMED_MAX, server->arsenal.all.count);
    }
    batch->faults = calloc(count + 1, sizeof *batch->faults);
    if (batch->faults == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = COG_OK;
    for (; code == COG_OK && batch->count < count; item = item->next) {
        struct mock_fault *fault = &batch->faults[batch->count++];
        code = mock_fault_read(document, item, NULL, fault, error);
        if (code == COG_OK) {
            code = check_connect(document, item, server, arming, fault, error);
        }
    }
    return code == COG_OK ? check_size(server, batch, error) : code;
}

static void remove_last(struct mock_server *server, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mock_armed_list *all = &server->arsenal.all;
        mock_arsenal_remove(&server->arsenal, all->items[all->count - 1]);
    }
}

enum cog_code mock_server_faults_arm(struct mock_server *server,
                                     const struct cog_document *document, const cJSON *node,
                                     struct mock_arming arming, size_t *out_count,
                                     struct cog_error *error)
{
    mock_server_advance(server);
    return mock_server_faults_add(server, document, node, arming, out_count, error);
}

enum cog_code mock_server_faults_add(struct mock_server *server,
                                     const struct cog_document *document, const cJSON *node,
                                     struct mock_arming arming, size_t *out_count,
                                     struct cog_error *error)
{
    COG_CLEANUP(batch_finish) struct batch batch = {0};
    enum cog_code code = read_batch(document, node, server, arming, &batch, error);
    if (code != COG_OK) {
        return code;
    }
    for (size_t i = 0; i < batch.count; i++) {
        if (mock_arsenal_add(&server->arsenal, &batch.faults[i], server->api.world->now_ms, NULL) !=
            COG_OK) {
            remove_last(server, i);
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
    }
    for (size_t i = server->arsenal.all.count - batch.count; i < server->arsenal.all.count; i++) {
        mock_server_tell_fault(server, server->arsenal.all.items[i], "armed", NULL);
    }
    *out_count = batch.count;
    return COG_OK;
}

bool mock_server_fault_remove(struct mock_server *server, const char *id)
{
    struct mock_armed *armed = find(server, id);
    if (armed == NULL) {
        return false;
    }
    mock_server_advance(server);
    mock_server_tell_fault(server, armed, "removed", NULL);
    mock_arsenal_remove(&server->arsenal, armed);
    return true;
}

void mock_server_faults_clear(struct mock_server *server)
{
    mock_server_advance(server);
    while (server->arsenal.all.count > 0) {
        struct mock_armed *armed = server->arsenal.all.items[0];
        mock_server_tell_fault(server, armed, "removed", NULL);
        mock_arsenal_remove(&server->arsenal, armed);
    }
}

static struct mock_armed *connect_fault(const struct mock_server *server)
{
    return mock_arsenal_has_connect(&server->arsenal)
               ? mock_arsenal_connect(&server->arsenal, mock_clock_now_ms(&server->clock))
               : NULL;
}

enum mock_connect_fault mock_server_connect_fault(struct mock_server *server)
{
    mock_server_injects_follow(server);
    const struct mock_armed *armed = connect_fault(server);
    if (armed == NULL) {
        return MOCK_CONNECT_FINE;
    }
    switch ((int)armed->fault->injection.kind) {
    case MOCK_FAULT_REFUSED:
        return MOCK_CONNECT_REFUSED;
    case MOCK_FAULT_CONNECT_TIMEOUT:
        return MOCK_CONNECT_TIMEOUT;
    case MOCK_FAULT_RESET_ON_ACCEPT:
        return MOCK_CONNECT_RESET;
    case MOCK_FAULT_TLS_UNTRUSTED:
        return MOCK_CONNECT_UNTRUSTED;
    case MOCK_FAULT_TLS_EXPIRED:
        return MOCK_CONNECT_EXPIRED;
    default:
        return MOCK_CONNECT_WRONG_HOST;
    }
}

void mock_server_connect_strike(struct mock_server *server)
{
    mock_server_advance(server);
    struct mock_armed *armed = connect_fault(server);
    if (armed != NULL) {
        armed->struck_count++;
        mock_server_tell_fault(server, armed, "struck", NULL);
    }
}
