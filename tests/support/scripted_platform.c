#include "scripted_platform.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/** Takes the next number of a kind of call. */
static size_t next(struct scripted_platform *script, size_t *asked)
{
    cr_assert(*asked < SCRIPTED_MAX, "asked more often than any test means to");
    if (script->clock != NULL) {
        cog_clock_virtual_advance(script->clock, script->clock->now_ms + script->call_ms);
    }
    return (*asked)++;
}

static enum cog_code answer(enum cog_code code, struct cog_error *error)
{
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "scripted %s", cog_code_name(code));
}

static enum cog_code authenticate(void *context, struct cog_limits limits,
                                  char out_scopes[COG_SCOPES_SIZE], struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)limits;
    (void)snprintf(out_scopes, COG_SCOPES_SIZE, "%s", script->scopes == NULL ? "" : script->scopes);
    return answer(script->authenticate[next(script, &script->asked.authenticate)], error);
}

static enum cog_code count_sessions(void *context, const char *environment_id,
                                    struct cog_limits limits, int64_t *out_count,
                                    struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)environment_id;
    (void)limits;
    size_t i = next(script, &script->asked.sessions);
    *out_count = script->sessions[i].count;
    return answer(script->sessions[i].code, error);
}

static enum cog_code check_health(void *context, struct cog_limits limits, struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)limits;
    return answer(script->health[next(script, &script->asked.health)], error);
}

static enum cog_code simulate(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)environment_id;
    (void)limits;
    return answer(script->simulate[next(script, &script->asked.simulate)], error);
}

static enum cog_code measure(void *context, const char *environment_id, struct cog_limits limits,
                             struct cog_metrics *out_metrics, struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)environment_id;
    (void)limits;
    size_t i = next(script, &script->asked.metrics);
    *out_metrics = (struct cog_metrics){
        .is_measured = !script->metrics[i].is_missing,
        .intents = script->metrics[i].intents,
    };
    if (out_metrics->is_measured) {
        const char *digest = script->metrics[i].digest;
        cr_assert(cog_string_copy(out_metrics->content_digest, sizeof out_metrics->content_digest,
                                  digest == NULL ? "same" : digest));
    }
    return answer(script->metrics[i].code, error);
}

static enum cog_code describe(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_environment *out_environment, struct cog_error *error)
{
    (void)context;
    (void)environment_id;
    (void)limits;
    (void)out_environment;
    return answer(COG_ERROR_NOT_FOUND, error);
}

static enum cog_code list_deployments(void *context, const char *source_environment_id,
                                      const char *target_environment_id, struct cog_limits limits,
                                      struct cog_deployments *out_deployments,
                                      struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)source_environment_id;
    (void)target_environment_id;
    (void)limits;
    size_t i = next(script, &script->asked.lists);
    *out_deployments = (struct cog_deployments){.is_listed = !script->lists[i].is_missing};
    if (script->lists[i].job_id != NULL) {
        out_deployments->count = 1;
        cr_assert(
            cog_string_copy(out_deployments->job_ids[0], COG_ID_SIZE, script->lists[i].job_id));
        const char *key = script->lists[i].key == NULL ? "" : script->lists[i].key;
        cr_assert(cog_string_copy(out_deployments->keys[0], COG_KEY_SIZE,
                                  script->lists[i].has_our_key ? script->promote_keys[0] : key));
    }
    return answer(script->lists[i].code, error);
}

static enum cog_code promote(void *context, const struct cog_promotion_request *request,
                             const char *idempotency_key, struct cog_limits limits,
                             struct cog_job *out_job, struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)request;
    (void)limits;
    size_t i = next(script, &script->asked.promote);
    cr_assert(cog_string_copy(script->promote_keys[i], COG_UUID_SIZE, idempotency_key));
    if (script->signal_comes_at_promote) {
        cog_cancel_request(script->signal);
    }
    enum cog_code code = script->promote[i];
    if (code == COG_OK) {
        int64_t retry_after_ms = script->promote_retry_after_ms;
        *out_job = (struct cog_job){
            .job_id = "job-1",
            .progress = -1,
            .retry_after_ms = retry_after_ms == 0 ? -1 : retry_after_ms,
        };
    }
    return answer(code, error);
}

static enum cog_code poll(void *context, const char *job_id, struct cog_limits limits,
                          struct cog_job *out_job, struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)limits;
    size_t i = next(script, &script->asked.polls);
    if (script->signal_comes_at_poll) {
        cog_cancel_request(script->signal);
    }
    if (script->poll_count > 0 && i >= script->poll_count) {
        i = script->poll_count - 1;
    }
    enum cog_code code = script->polls[i].code;
    if (code != COG_OK) {
        return answer(code, error);
    }
    int64_t retry_after_ms = script->polls[i].retry_after_ms;
    if (retry_after_ms == 0 && !script->polls[i].says_at_once) {
        retry_after_ms = -1;
    }
    *out_job = (struct cog_job){
        .status = script->poll_count == 0 ? COG_JOB_COMPLETED : script->polls[i].status,
        .progress = script->polls[i].progress > 0 ? script->polls[i].progress : -1,
        .retry_after_ms = retry_after_ms,
    };
    const char *reason = script->polls[i].error;
    cr_assert(cog_string_copy(out_job->job_id, sizeof out_job->job_id, job_id));
    cr_assert(cog_string_copy(out_job->error, sizeof out_job->error, reason == NULL ? "" : reason));
    return COG_OK;
}

static enum cog_code roll_back(void *context, const char *job_id, const char *idempotency_key,
                               struct cog_limits limits, struct cog_job *out_job,
                               struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)job_id;
    (void)limits;
    size_t i = next(script, &script->asked.roll_back);
    cr_assert(cog_string_copy(script->rollback_keys[i], COG_UUID_SIZE, idempotency_key));
    if (script->roll_back[i] == COG_OK) {
        int64_t retry_after_ms = script->rollback_retry_after_ms;
        *out_job = (struct cog_job){
            .job_id = "job-1",
            .rollback_id = "rollback-1",
            .retry_after_ms = retry_after_ms == 0 ? -1 : retry_after_ms,
        };
    }
    return answer(script->roll_back[i], error);
}

static enum cog_code cancel(void *context, const char *job_id, struct cog_limits limits,
                            struct cog_error *error)
{
    struct scripted_platform *script = context;
    (void)job_id;
    (void)limits;
    return answer(script->cancel[next(script, &script->asked.cancel)], error);
}

struct cog_platform scripted_platform(struct scripted_platform *script)
{
    static const struct cog_platform_ops OPS = {
        .authenticate = authenticate,
        .count_sessions = count_sessions,
        .check_health = check_health,
        .simulate = simulate,
        .measure = measure,
        .describe = describe,
        .list_deployments = list_deployments,
        .promote = promote,
        .poll = poll,
        .roll_back = roll_back,
        .cancel = cancel,
    };
    return (struct cog_platform){.ops = &OPS, .context = script};
}
