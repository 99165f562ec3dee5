/* When the script's injects strike, and what they do then. */
#include "injects.h"

#include "server_private.h"

#include <stdio.h>
#include <string.h>

static const char *const status_names[] = {
    [MOCK_INJECT_WAITING] = "waiting",
    [MOCK_INJECT_SET] = "set",
    [MOCK_INJECT_STRUCK] = "struck",
    [MOCK_INJECT_FAILED] = "failed",
};

const char *mock_inject_status_name(enum mock_inject_status status)
{
    return status_names[status];
}

size_t mock_server_inject_count(const struct mock_server *server)
{
    return server->script->inject_count;
}

struct mock_inject_state mock_server_inject(const struct mock_server *server, size_t index)
{
    const struct mock_inject *inject = &server->script->injects[index];
    const struct mock_inject_record *record = &server->injects.items[index];
    return (struct mock_inject_state){
        .name = inject->name,
        .text = inject->text,
        .description = inject->description,
        .after = inject->after == MOCK_CALL_UNKNOWN ? NULL : mock_call_name(inject->after),
        .earliest_ms = inject->earliest_ms,
        .latest_ms = inject->latest_ms,
        .status = record->status,
        .due_ms = record->due_ms,
        .struck_ms = record->struck_ms,
        .failure = record->failure,
        .is_by_hand = record->is_by_hand,
    };
}

static void tell(const struct mock_server *server, size_t index)
{
    const struct mock_inject *inject = &server->script->injects[index];
    const struct mock_inject_record *record = &server->injects.items[index];
    const bool has_failed = record->status == MOCK_INJECT_FAILED;
    const struct cog_log_field fields[] = {
        {"name", inject->name},
        {"change", mock_inject_status_name(record->status)},
        {"text", inject->text},
        {"what", has_failed ? record->failure : inject->description},
    };
    const struct mock_event event = {
        .kind = "inject",
        .at_ms = server->api.world->now_ms,
        .fields = fields,
        .field_count = sizeof fields / sizeof fields[0],
    };
    mock_server_tell(server, &event);
}

/* Not before now: of a request whose body was long under way, the moment may be over. */
static void set(struct mock_server *server, size_t index, int64_t since_ms)
{
    struct mock_inject_record *record = &server->injects.items[index];
    const int64_t now_ms = server->api.world->now_ms;
    const int64_t due_ms =
        since_ms + mock_inject_delay_ms(&server->script->injects[index], server->seed);
    record->status = MOCK_INJECT_SET;
    record->due_ms = due_ms > now_ms ? due_ms : now_ms;
    tell(server, index);
}

void mock_server_injects_begin(struct mock_server *server)
{
    for (size_t i = 0; i < server->script->inject_count; i++) {
        server->injects.items[i] = (struct mock_inject_record){
            .status = MOCK_INJECT_WAITING,
            .due_ms = -1,
            .struck_ms = -1,
        };
        if (server->script->injects[i].after == MOCK_CALL_UNKNOWN) {
            set(server, i, server->api.world->now_ms);
        }
    }
}

void mock_server_injects_follow_call(struct mock_server *server, enum mock_call call, int64_t at_ms)
{
    for (size_t i = 0; i < server->script->inject_count; i++) {
        if (server->script->injects[i].after == call &&
            server->injects.items[i].status == MOCK_INJECT_WAITING) {
            set(server, i, at_ms);
        }
    }
}

static bool is_held(const struct mock_deployment *deployment)
{
    return deployment->held_ms >= 0;
}

static bool is_busy(const struct mock_deployment *deployment)
{
    return mock_job_status_is_busy(deployment->status);
}

static bool is_job(const struct mock_deployment *deployment)
{
    return deployment->ended_ms < 0;
}

/* NULL for none. */
static struct mock_deployment *
find_newest(const struct mock_world *world,
            bool (*is_wanted)(const struct mock_deployment *deployment))
{
    for (size_t i = world->deployment_count; i > 0; i--) {
        if (is_wanted(world->deployments[i - 1])) {
            return world->deployments[i - 1];
        }
    }
    return NULL;
}

/* As when its timeline says so. What cannot be reversed stays failed. */
static enum mock_refusal fail_job(struct mock_world *world, struct mock_deployment *job,
                                  const char *reason)
{
    const enum mock_refusal refusal = mock_deployment_fail(world, job, reason);
    if (refusal == MOCK_REFUSAL_NONE && world->setup->rollback.automatic) {
        const enum mock_refusal unused = mock_world_rollback(world, job);
        (void)unused;
    }
    return refusal;
}

static enum cog_code order_job(struct mock_world *world, const struct mock_inject *inject,
                               struct cog_error *error)
{
    bool (*is_wanted)(const struct mock_deployment *deployment) = is_job;
    if (inject->order == MOCK_INJECT_ORDER_NONE) {
        return COG_OK;
    }
    if (inject->order == MOCK_INJECT_ORDER_HOLD) {
        is_wanted = is_busy;
    } else if (inject->order == MOCK_INJECT_ORDER_RELEASE) {
        is_wanted = is_held;
    }
    struct mock_deployment *job = find_newest(world, is_wanted);
    if (job == NULL) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND, "no job %s",
                             is_wanted == is_held ? "stands still" : "ran at that moment");
    }
    enum mock_refusal refusal = MOCK_REFUSAL_NONE;
    switch (inject->order) {
    case MOCK_INJECT_ORDER_NONE:
        break;
    case MOCK_INJECT_ORDER_FAIL:
        refusal = fail_job(world, job, inject->reason);
        break;
    case MOCK_INJECT_ORDER_HOLD:
        refusal = mock_deployment_hold(world, job);
        break;
    case MOCK_INJECT_ORDER_COMPLETE:
        refusal = mock_deployment_complete(world, job);
        break;
    case MOCK_INJECT_ORDER_PROGRESS:
        refusal = mock_deployment_progress(world, job, inject->progress);
        break;
    case MOCK_INJECT_ORDER_RELEASE:
        refusal = mock_deployment_release(world, job);
        break;
    }
    return refusal == MOCK_REFUSAL_NONE
               ? COG_OK
               : cog_error_set(error, COG_ERROR_REFUSED, "the job '%s' has ended", job->job_id);
}

/* They are the scenario's, so that one which never strikes is told as unused. */
static enum cog_code arm(struct mock_server *server, const struct mock_inject *inject,
                         struct cog_error *error)
{
    const struct mock_arming arming = {.has_port = true};
    size_t count = 0;
    if (inject->faults.root == NULL) {
        return COG_OK;
    }
    enum cog_code code = mock_server_faults_add(server, &inject->faults, inject->faults.root->child,
                                                arming, &count, error);
    const struct mock_armed_list *all = &server->arsenal.all;
    for (size_t i = all->count - count; i < all->count; i++) {
        all->items[i]->is_scripted = true;
    }
    return code;
}

/* All of it that can be done. The job comes last: it finds the server as it is from then on. */
static enum cog_code carry_out(struct mock_server *server, const struct mock_inject *inject,
                               struct cog_error *error)
{
    struct cog_error first = {0};
    struct cog_error second = {0};
    enum cog_code code = COG_OK;
    if (inject->server.root != NULL) {
        code = mock_server_change(server, &inject->server, &first);
    }
    const enum cog_code arm_code = arm(server, inject, code == COG_OK ? &first : &second);
    code = code == COG_OK ? arm_code : code;
    const enum cog_code job_code =
        order_job(server->api.world, inject, code == COG_OK ? &first : &second);
    code = code == COG_OK ? job_code : code;
    *error = first;
    return code;
}

static void strike(struct mock_server *server, size_t index)
{
    const struct mock_inject *inject = &server->script->injects[index];
    struct mock_inject_record *record = &server->injects.items[index];
    struct cog_error error = {0};
    record->struck_ms = server->api.world->now_ms;
    record->status = MOCK_INJECT_STRUCK;
    if (carry_out(server, inject, &error) != COG_OK) {
        record->status = MOCK_INJECT_FAILED;
        (void)snprintf(record->failure, sizeof record->failure, "%.*s",
                       MOCK_INJECT_FAILURE_SIZE - 1, error.message);
    }
    server->metrics->injects += record->status == MOCK_INJECT_STRUCK ? 1 : 0;
    tell(server, index);
}

/* Of those that are due at the same time, the file's first. @return the count when none is set */
static size_t find_next(const struct mock_server *server)
{
    size_t next = server->script->inject_count;
    for (size_t i = 0; i < server->script->inject_count; i++) {
        const struct mock_inject_record *record = &server->injects.items[i];
        const bool is_first = next == server->script->inject_count ||
                              record->due_ms < server->injects.items[next].due_ms;
        next = record->status == MOCK_INJECT_SET && is_first ? i : next;
    }
    return next;
}

int64_t mock_server_inject_next_ms(const struct mock_server *server)
{
    const size_t next = find_next(server);
    return next == server->script->inject_count ? INT64_MAX : server->injects.items[next].due_ms;
}

void mock_server_injects_strike_due(struct mock_server *server, int64_t now_ms)
{
    size_t index = find_next(server);
    for (; index < server->script->inject_count && server->injects.items[index].due_ms <= now_ms;
         index = find_next(server)) {
        mock_world_advance(server->api.world, server->injects.items[index].due_ms);
        strike(server, index);
    }
}

void mock_server_injects_follow(struct mock_server *server)
{
    const int64_t next_ms = mock_server_inject_next_ms(server);
    if (next_ms != INT64_MAX && next_ms <= mock_clock_now_ms(&server->clock)) {
        mock_server_advance(server);
    }
}

static bool has_struck(const struct mock_inject_record *record)
{
    return record->status == MOCK_INJECT_STRUCK || record->status == MOCK_INJECT_FAILED;
}

enum cog_code mock_server_inject_strike(struct mock_server *server, const char *name,
                                        struct cog_error *error)
{
    size_t index = 0;
    while (index < server->script->inject_count &&
           strcmp(server->script->injects[index].name, name) != 0) {
        index++;
    }
    if (index == server->script->inject_count) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND, "there is no inject '%s'", name);
    }
    struct mock_inject_record *record = &server->injects.items[index];
    mock_server_advance(server);
    if (has_struck(record)) {
        return cog_error_set(error, COG_ERROR_REFUSED, "the inject '%s' has struck already", name);
    }
    record->is_by_hand = true;
    record->due_ms = server->api.world->now_ms;
    strike(server, index);
    return COG_OK;
}
