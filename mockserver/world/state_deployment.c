/* Deployments in a saved state, with what those that run still need. */
#include "world/state_part.h"

#include <stdio.h>
#include <string.h>

enum { PERCENT = 100 };

static const struct mock_state_field deployment_fields[] = {
    {"job_id",
     MOCK_STATE_TEXT,
     offsetof(struct mock_deployment, job_id),
     {1, MOCK_JOB_ID_SIZE - 1},
     NULL},
    {"status",
     MOCK_STATE_WORD,
     offsetof(struct mock_deployment, status),
     {0, 0},
     mock_job_status_names},
    {"job_end",
     MOCK_STATE_WORD,
     offsetof(struct mock_deployment, job_end),
     {0, 0},
     mock_job_status_names},
    {"progress", MOCK_STATE_INT, offsetof(struct mock_deployment, progress), {0, PERCENT}, NULL},
    {"copied_percent",
     MOCK_STATE_INT,
     offsetof(struct mock_deployment, copied_percent),
     {0, PERCENT},
     NULL},
    {"error",
     MOCK_STATE_TEXT,
     offsetof(struct mock_deployment, error),
     {0, MOCK_REASON_SIZE - 1},
     NULL},
    {"created_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_deployment, created_ms),
     {0, MOCK_STATE_INTEGER_MAX},
     NULL},
    {"ended_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_deployment, ended_ms),
     {-1, MOCK_STATE_INTEGER_MAX},
     NULL},
    {"delay_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_deployment, delay_ms),
     {0, MOCK_STATE_INTEGER_MAX},
     NULL},
    {"held_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_deployment, held_ms),
     {-1, MOCK_STATE_INTEGER_MAX},
     NULL},
    {"sessions_at_start",
     MOCK_STATE_INT,
     offsetof(struct mock_deployment, sessions_at_start),
     {0, MOCK_SESSIONS_MAX},
     NULL},
    {"sessions_overridden",
     MOCK_STATE_BOOL,
     offsetof(struct mock_deployment, sessions_overridden),
     {0, 0},
     NULL},
    {"version_before",
     MOCK_STATE_INT,
     offsetof(struct mock_deployment, version_before),
     {1, MOCK_VERSION_MAX},
     NULL},
    {"version_wanted",
     MOCK_STATE_INT,
     offsetof(struct mock_deployment, version_wanted),
     {1, MOCK_VERSION_MAX},
     NULL},
    {0},
};

/* Of the member `rollback`, which is there when one was accepted. */
static const struct mock_state_field rollback_fields[] = {
    {"rollback_id",
     MOCK_STATE_TEXT,
     offsetof(struct mock_deployment, rollback_id),
     {1, MOCK_JOB_ID_SIZE - 1},
     NULL},
    {"created_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_deployment, rollback_created_ms),
     {0, MOCK_STATE_INTEGER_MAX},
     NULL},
    {"ended_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_deployment, rollback_ended_ms),
     {-1, MOCK_STATE_INTEGER_MAX},
     NULL},
    {"reversible",
     MOCK_STATE_BOOL,
     offsetof(struct mock_deployment, rollback.reversible),
     {0, 0},
     NULL},
    {"ends", MOCK_STATE_BOOL, offsetof(struct mock_deployment, rollback.ends), {0, 0}, NULL},
    {"end_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_deployment, rollback.end_ms),
     {0, MOCK_STATE_INTEGER_MAX},
     NULL},
    {"succeeds",
     MOCK_STATE_BOOL,
     offsetof(struct mock_deployment, rollback.succeeds),
     {0, 0},
     NULL},
    {"restore",
     MOCK_STATE_WORD,
     offsetof(struct mock_deployment, rollback.restore),
     {0, 0},
     mock_restore_names},
    {0},
};

/* Of the member `work`, which is there until the job ends. */
static const struct mock_state_field work_fields[] = {
    {"step_index",
     MOCK_STATE_SIZE,
     offsetof(struct mock_deployment, step_index),
     {0, MOCK_STEPS_MAX},
     NULL},
    {0},
};

/* Of a deployment whose promotion had a key. */
static const struct mock_state_field key_fields[] = {
    {"idempotency_key",
     MOCK_STATE_TEXT,
     offsetof(struct mock_deployment, idempotency_key),
     {1, MOCK_KEY_SIZE - 1},
     NULL},
    {0},
};

static bool write_work(cJSON *object, const struct mock_deployment *deployment)
{
    cJSON *work = cJSON_AddObjectToObject(object, "work");
    return work != NULL && mock_state_fields_write(work_fields, deployment, work) &&
           mock_state_timeline_write(work, deployment) &&
           mock_state_content_write(work, "wanted", &deployment->wanted);
}

static bool write_rollback(cJSON *object, const struct mock_deployment *deployment)
{
    cJSON *rollback = cJSON_AddObjectToObject(object, "rollback");
    return rollback != NULL && mock_state_fields_write(rollback_fields, deployment, rollback);
}

bool mock_state_deployment_write(cJSON *array, const struct mock_deployment *deployment)
{
    cJSON *object = mock_state_object_append(array);
    if (object == NULL || !mock_state_fields_write(deployment_fields, deployment, object) ||
        cJSON_AddStringToObject(object, "source", deployment->source->setup->id) == NULL ||
        cJSON_AddStringToObject(object, "target", deployment->target->setup->id) == NULL) {
        return false;
    }
    if (deployment->idempotency_key[0] != '\0' &&
        !mock_state_fields_write(key_fields, deployment, object)) {
        return false;
    }
    if (deployment->ended_ms < 0 && !write_work(object, deployment)) {
        return false;
    }
    if (deployment->rollback_created_ms >= 0 && !write_rollback(object, deployment)) {
        return false;
    }
    return deployment->rollback_ended_ms >= 0 ||
           mock_state_content_write(object, "before", &deployment->before);
}

/* Where a member is, to complain of it. */
static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static enum cog_code read_work(const struct cog_document *document, const cJSON *node,
                               struct mock_deployment *deployment, struct cog_error *error)
{
    static const char *const others[] = {"timeline", "wanted", NULL};
    const cJSON *work = NULL;
    enum cog_code code = cog_document_require(document, node, "work", &work, error);
    if (code == COG_OK) {
        code = mock_state_check_keys(document, work, work_fields, others, error);
    }
    if (code == COG_OK) {
        code = mock_state_fields_read(document, work, work_fields, deployment, error);
    }
    if (code == COG_OK) {
        code = mock_state_timeline_read(document, work, deployment, error);
    }
    if (code == COG_OK && deployment->step_index > deployment->step_count) {
        return cog_document_fail(document, member(work, "step_index"), error,
                                 "'step_index' is beyond the timeline");
    }
    if (code == COG_OK) {
        code = mock_state_content_read(document, work, "wanted", &deployment->wanted, error);
    }
    return code;
}

/* "rollback-7" of a world that has counted as far, and nobody else's. */
static enum cog_code check_rollback_id(const struct cog_document *document, const cJSON *rollback,
                                       const struct mock_world *world, const char *id,
                                       struct cog_error *error)
{
    bool is_known = false;
    for (int i = 1; !is_known && i <= world->rollback_count; i++) {
        char known[MOCK_JOB_ID_SIZE];
        (void)snprintf(known, sizeof known, "rollback-%d", i);
        is_known = strcmp(known, id) == 0;
    }
    for (size_t i = 0; is_known && i < world->deployment_count; i++) {
        is_known = strcmp(world->deployments[i]->rollback_id, id) != 0;
    }
    if (!is_known) {
        return cog_document_fail(document, member(rollback, "rollback_id"), error,
                                 "expected \"rollback-1\" to \"rollback-%d\", each only once",
                                 world->rollback_count);
    }
    return COG_OK;
}

static enum cog_code read_rollback(const struct cog_document *document, const cJSON *node,
                                   const struct mock_world *world,
                                   struct mock_deployment *deployment, struct cog_error *error)
{
    static const char *const others[] = {NULL};
    const cJSON *rollback = member(node, "rollback");
    if (rollback == NULL) {
        return COG_OK;
    }
    enum cog_code code = mock_state_check_keys(document, rollback, rollback_fields, others, error);
    if (code == COG_OK) {
        code = mock_state_fields_read(document, rollback, rollback_fields, deployment, error);
    }
    if (code == COG_OK) {
        code = check_rollback_id(document, rollback, world, deployment->rollback_id, error);
    }
    if (code == COG_OK) {
        code = mock_state_check_past(document, rollback, "created_ms",
                                     deployment->rollback_created_ms, world->now_ms, error);
    }
    if (code == COG_OK) {
        code = mock_state_check_past(document, rollback, "ended_ms", deployment->rollback_ended_ms,
                                     world->now_ms, error);
    }
    deployment->rollback_count = 1;
    return code;
}

/* The status that follows from the ends of job and rollback. */
static bool status_fits(const struct mock_deployment *deployment)
{
    const bool has_ended = deployment->ended_ms >= 0;
    const bool has_rollback = deployment->rollback_created_ms >= 0;
    const bool has_rollback_ended = deployment->rollback_ended_ms >= 0;
    switch (deployment->status) {
    case MOCK_JOB_PENDING:
    case MOCK_JOB_RUNNING:
        return !has_ended && !has_rollback && deployment->job_end == MOCK_JOB_RUNNING;
    case MOCK_JOB_COMPLETED:
    case MOCK_JOB_FAILED:
        return has_ended && !has_rollback && deployment->job_end == deployment->status;
    case MOCK_JOB_ROLLING_BACK:
    case MOCK_JOB_ROLLED_BACK:
    case MOCK_JOB_ROLLBACK_FAILED:
        break;
    }
    return has_ended && has_rollback &&
           has_rollback_ended == (deployment->status != MOCK_JOB_ROLLING_BACK) &&
           (deployment->job_end == MOCK_JOB_COMPLETED || deployment->job_end == MOCK_JOB_FAILED);
}

static enum cog_code check_status(const struct cog_document *document, const cJSON *node,
                                  const struct mock_world *world,
                                  const struct mock_deployment *deployment, struct cog_error *error)
{
    const cJSON *status = member(node, "status");
    if (!status_fits(deployment)) {
        return cog_document_fail(document, status, error,
                                 "'status' '%s' does not fit 'job_end', 'ended_ms' and 'rollback'",
                                 mock_job_status_name(deployment->status));
    }
    if (mock_job_status_is_busy(deployment->status) &&
        mock_world_target_is_busy(world, deployment->target)) {
        return cog_document_fail(document, status, error,
                                 "another deployment works on '%s' already",
                                 deployment->target->setup->id);
    }
    if (deployment->held_ms >= 0 && !mock_job_status_is_busy(deployment->status)) {
        return cog_document_fail(document, member(node, "held_ms"), error,
                                 "'held_ms' must be -1 when nothing goes on");
    }
    return COG_OK;
}

static enum cog_code check_times(const struct cog_document *document, const cJSON *node,
                                 const struct mock_world *world,
                                 const struct mock_deployment *deployment, struct cog_error *error)
{
    const struct {
        const char *key;
        int64_t at_ms;
    } rows[] = {
        {"created_ms", deployment->created_ms},
        {"ended_ms", deployment->ended_ms},
        {"held_ms", deployment->held_ms},
        {"delay_ms", deployment->delay_ms},
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof rows / sizeof rows[0]; i++) {
        code =
            mock_state_check_past(document, node, rows[i].key, rows[i].at_ms, world->now_ms, error);
    }
    return code;
}

/* The id says the place, and the next one follows from their number. */
static enum cog_code check_id(const struct cog_document *document, const cJSON *node,
                              const struct mock_world *world,
                              const struct mock_deployment *deployment, struct cog_error *error)
{
    char id[MOCK_JOB_ID_SIZE];
    (void)snprintf(id, sizeof id, "job-%zu", world->deployment_count + 1);
    if (strcmp(id, deployment->job_id) != 0) {
        return cog_document_fail(document, member(node, "job_id"), error, "expected \"%s\"", id);
    }
    return COG_OK;
}

static enum cog_code read_head(const struct cog_document *document, const cJSON *node,
                               const struct mock_world *world, struct mock_deployment *deployment,
                               struct cog_error *error)
{
    static const char *const others[] = {"source", "target",          "work", "rollback",
                                         "before", "idempotency_key", NULL};
    enum cog_code code = mock_state_check_keys(document, node, deployment_fields, others, error);
    if (code == COG_OK) {
        code = mock_state_fields_read(document, node, deployment_fields, deployment, error);
    }
    if (code == COG_OK && member(node, key_fields[0].key) != NULL) {
        code = mock_state_fields_read(document, node, key_fields, deployment, error);
    }
    if (code == COG_OK) {
        code = check_id(document, node, world, deployment, error);
    }
    if (code == COG_OK) {
        code = mock_state_environment_named(document, node, "source", world, &deployment->source,
                                            error);
    }
    if (code == COG_OK) {
        code = mock_state_environment_named(document, node, "target", world, &deployment->target,
                                            error);
    }
    if (code == COG_OK) {
        code = check_times(document, node, world, deployment, error);
    }
    return code;
}

/* With room in the target, so that time can pass without memory. */
static enum cog_code read_contents(const struct cog_document *document, const cJSON *node,
                                   struct mock_deployment *deployment, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (deployment->rollback_ended_ms < 0) {
        code = mock_state_content_read(document, node, "before", &deployment->before, error);
    }
    if (code == COG_OK && deployment->ended_ms < 0) {
        code = read_work(document, node, deployment, error);
    }
    if (code != COG_OK) {
        return code;
    }
    struct mock_content *content = &deployment->target->content;
    if (mock_content_reserve(content, &deployment->before) != COG_OK ||
        mock_content_reserve(content, &deployment->wanted) != COG_OK) {
        return mock_state_fail_memory(error);
    }
    return COG_OK;
}

enum cog_code mock_state_deployment_read(const struct cog_document *document, const cJSON *node,
                                         struct mock_world *world, struct cog_error *error)
{
    struct mock_deployment *deployment = mock_deployment_create_empty();
    if (deployment == NULL) {
        return mock_state_fail_memory(error);
    }
    enum cog_code code = read_head(document, node, world, deployment, error);
    if (code == COG_OK) {
        code = read_rollback(document, node, world, deployment, error);
    }
    if (code == COG_OK) {
        code = check_status(document, node, world, deployment, error);
    }
    if (code == COG_OK) {
        code = read_contents(document, node, deployment, error);
    }
    if (code == COG_OK && mock_world_deployment_append(world, deployment) != COG_OK) {
        code = mock_state_fail_memory(error);
    }
    if (code != COG_OK) {
        mock_deployment_destroy(deployment);
    }
    return code;
}
