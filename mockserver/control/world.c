/* Environments, sessions and jobs, seen and changed by hand; and the rest of a scenario's server.
 */
#include "control/summary.h"

#include "server_private.h"

static enum cog_code add_environment(struct mock_body *body, const struct mock_world *world,
                                     const struct mock_environment *environment)
{
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    COG_CLEANUP(mock_body_finish) struct mock_body counts = {0};
    char digest[COG_DIGEST_SIZE];
    char start_digest[COG_DIGEST_SIZE];
    const char *const *kinds = mock_kind_names();
    enum cog_code code = mock_content_digest(&environment->content, digest);
    if (code == COG_OK) {
        code = mock_environment_start_digest(environment, start_digest);
    }
    if (code != COG_OK) {
        return code;
    }
    mock_body_string(&item, "id", environment->setup->id);
    mock_body_string(&item, "name", environment->setup->name);
    mock_body_string(&item, "platform_version", environment->setup->platform_version);
    mock_body_string(&item, "bot_id", environment->setup->bot_id);
    mock_body_integer(&item, "version", environment->version);
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        mock_body_integer(&counts, kinds[kind],
                          mock_content_count(&environment->content, (enum mock_kind)kind));
    }
    mock_body_object(&item, "content", &counts);
    mock_body_string(&item, "content_digest", digest);
    mock_body_string(&item, "start_digest", start_digest);
    mock_body_integer(&item, "active_sessions", mock_world_sessions(world, environment));
    mock_body_array_append(body, &item);
    return COG_OK;
}

static enum cog_code environments(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_world *world = mock_control_server(call)->api.world;
    mock_body_array(&body, "environments");
    for (size_t i = 0; i < world->environment_count; i++) {
        enum cog_code code = add_environment(&body, world, world->environments[i]);
        if (code != COG_OK) {
            return code;
        }
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code read_sessions(const struct cog_document *document, int *out_active,
                                   struct cog_error *error)
{
    static const char *const keys[] = {"active", NULL};
    static const struct cog_document_range range = {0, MOCK_SESSIONS_MAX};
    const cJSON *node = NULL;
    int64_t active = 0;
    enum cog_code code = cog_document_check_keys(document, document->root, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, document->root, "active", &node, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, document->root, "active", range, &active, error);
    }
    if (code == COG_OK) {
        *out_active = (int)active;
    }
    return code;
}

static enum cog_code sessions(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    struct cog_error error = {0};
    int active = 0;
    struct mock_world *world = mock_control_server(call)->api.world;
    struct mock_environment *environment = mock_world_environment_find(world, call->id);
    if (environment == NULL) {
        return mock_answer_missing(plan, "environment", call->id);
    }
    enum cog_code code = read_sessions(&call->document, &active, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    code = mock_world_set_sessions(world, environment, active);
    if (code != COG_OK) {
        return code;
    }
    mock_body_string(&body, "environment", call->id);
    mock_body_integer(&body, "active", active);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

/* What only the fake knows of it, or would tell of what it is going to do. */
static void add_job_secrets(struct mock_body *body, const struct mock_server *server,
                            const struct mock_deployment *job)
{
    mock_body_boolean(body, "stuck", job->held_ms >= 0);
    mock_body_integer(body, "touched_ms", job->touched_ms);
    mock_body_boolean(body, "reversible", server->present->setup.rollback.reversible);
    mock_body_integer(body, "rollback_count", job->rollback_count);
    mock_body_integer(body, "sessions_at_start", job->sessions_at_start);
    mock_body_boolean(body, "sessions_overridden", job->sessions_overridden);
}

static void add_job(struct mock_body *body, const struct mock_deployment *job)
{
    mock_body_string(body, "job_id", job->job_id);
    mock_body_string(body, "rollback_id", job->rollback_id[0] == '\0' ? NULL : job->rollback_id);
    mock_body_string(body, "source_id", job->source->setup->id);
    mock_body_string(body, "target_id", job->target->setup->id);
    mock_body_string(body, "status", mock_job_status_name(job->status));
    mock_body_integer(body, "progress", job->progress);
    mock_body_string(body, "error", job->error[0] == '\0' ? NULL : job->error);
    mock_body_integer(body, "created_ms", job->created_ms);
    mock_body_integer(body, "ended_ms", job->ended_ms);
    mock_body_integer(body, "rollback_ended_ms", job->rollback_ended_ms);
}

static enum cog_code jobs(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_server *server = mock_control_server(call);
    const struct mock_world *world = server->api.world;
    mock_body_array(&body, "jobs");
    for (size_t i = 0; i < world->deployment_count; i++) {
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        add_job(&item, world->deployments[i]);
        if (mock_control_view(call) == MOCK_VIEW_ALL) {
            add_job_secrets(&item, server, world->deployments[i]);
        }
        mock_body_array_append(&body, &item);
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

/* What is to become of a job: one of the three. */
struct order {
    int status; /**< An index of `ends`; -1 for none. */
    const char *error;
    int64_t progress; /**< -1 for none. */
    bool has_stuck;
    bool is_stuck;
};

static enum cog_code check_order(const struct cog_document *document, const struct order *order,
                                 struct cog_error *error)
{
    const int count = (order->status >= 0) + (order->progress >= 0) + order->has_stuck;
    if (count != 1) {
        return cog_document_fail(document, document->root, error,
                                 "expected one of {\"status\": \"completed\" or \"failed\"}, "
                                 "{\"progress\": 60}, {\"stuck\": true}");
    }
    if (order->error != NULL && order->status != 1) {
        return cog_document_fail(document,
                                 cJSON_GetObjectItemCaseSensitive(document->root, "error"), error,
                                 "'error' is of a job that failed");
    }
    return COG_OK;
}

static enum cog_code read_order(const struct cog_document *document, struct order *out_order,
                                struct cog_error *error)
{
    static const char *const keys[] = {"status", "error", "progress", "stuck", NULL};
    static const char *const ends[] = {"completed", "failed", NULL};
    static const struct cog_document_range percent = {0, 100};
    struct order order = {.status = -1, .progress = -1};
    const cJSON *root = document->root;
    enum cog_code code = cog_document_check_keys(document, root, keys, error);
    if (code == COG_OK) {
        code = cog_document_word(document, root, "status", ends, &order.status, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, root, "error", &order.error, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, root, "progress", percent, &order.progress, error);
    }
    if (code == COG_OK) {
        order.has_stuck = cJSON_HasObjectItem(root, "stuck");
        code = cog_document_boolean(document, root, "stuck", &order.is_stuck, error);
    }
    if (code == COG_OK) {
        code = check_order(document, &order, error);
    }
    *out_order = order;
    return code;
}

static enum mock_refusal carry_out(struct mock_world *world, struct mock_deployment *job,
                                   const struct order *order)
{
    if (order->has_stuck) {
        return order->is_stuck ? mock_deployment_hold(world, job)
                               : mock_deployment_release(world, job);
    }
    if (order->progress >= 0) {
        return mock_deployment_progress(world, job, (int)order->progress);
    }
    return order->status == 0
               ? mock_deployment_complete(world, job)
               : mock_deployment_fail(world, job,
                                      order->error == NULL ? "failed by hand" : order->error);
}

static enum cog_code change_job(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    struct order order;
    struct cog_error error = {0};
    const struct mock_server *server = mock_control_server(call);
    struct mock_world *world = server->api.world;
    struct mock_deployment *job = mock_world_deployment_find(world, call->id);
    if (job == NULL) {
        return mock_answer_missing(plan, "job", call->id);
    }
    enum cog_code code = read_order(&call->document, &order, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    if (carry_out(world, job, &order) != MOCK_REFUSAL_NONE) {
        return mock_control_refuse_text(plan, MOCK_STATUS_CONFLICT, "the job '%s' has ended: %s",
                                        job->job_id, mock_job_status_name(job->status));
    }
    add_job(&body, job);
    add_job_secrets(&body, server, job);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code patch_server(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    struct mock_server *server = mock_control_server(call);
    enum cog_code code = mock_server_adopt(server, &call->document, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    const struct cog_log_field fields[] = {{"change", "changed"}};
    mock_control_tell(call, "tenant", fields, sizeof fields / sizeof fields[0]);
    plan->turns_clock = true;
    return mock_control_answer_summary(call, plan, MOCK_STATUS_OK);
}

const struct mock_control_route mock_control_world_routes[] = {
    {.method = "PATCH",
     .pattern = "/tenants/{tenant}/server",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = patch_server},
    {.method = "GET",
     .pattern = "/tenants/{tenant}/environments",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .is_for_observers = true,
     .handle = environments},
    {.method = "PUT",
     .pattern = "/tenants/{tenant}/sessions/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = sessions},
    {.method = "GET",
     .pattern = "/tenants/{tenant}/jobs",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .is_for_observers = true,
     .handle = jobs},
    {.method = "POST",
     .pattern = "/tenants/{tenant}/jobs/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = change_job},
    {.method = NULL},
};
