/* The steps of a promotion that are more than one call of the platform, each alone. */
#include "client_private.h"
#include "following.h"
#include "observer.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>

/** Whether a failed check is the platform's word on readiness, or no answer to the question. */
static bool is_verdict(enum cog_code code)
{
    return code == COG_ERROR_REFUSED || code == COG_ERROR_UNAVAILABLE || code == COG_ERROR_CONFLICT;
}

static void note_reason(struct cog_readiness *readiness, const struct cog_error *error)
{
    if (readiness->reason[0] == '\0') {
        (void)cog_error_text(error, readiness->reason, sizeof readiness->reason);
    }
}

enum cog_code cog_client_check(struct cog_client *client, const char *environment_id,
                               struct cog_limits limits, struct cog_readiness *out_readiness,
                               struct cog_error *error)
{
    const struct cog_platform platform = cog_client_platform(client);
    struct cog_readiness readiness = {0};
    struct cog_error cause = {0};
    enum cog_code code = platform.ops->count_sessions(platform.context, environment_id, limits,
                                                      &readiness.session_count, error);
    if (code != COG_OK) {
        return code;
    }
    if (readiness.session_count > 0) {
        (void)snprintf(readiness.reason, sizeof readiness.reason, "%" PRId64 " active sessions",
                       readiness.session_count);
    }
    code = platform.ops->check_health(platform.context, limits, &cause);
    readiness.is_healthy = code == COG_OK;
    if (code != COG_OK && !is_verdict(code)) {
        return cog_error_set(error, code, "%s", cause.message);
    }
    if (code != COG_OK) {
        note_reason(&readiness, &cause);
    }
    code = platform.ops->simulate(platform.context, environment_id, limits, &cause);
    readiness.answers = code == COG_OK;
    if (code != COG_OK && !is_verdict(code)) {
        return cog_error_set(error, code, "%s", cause.message);
    }
    if (code != COG_OK) {
        note_reason(&readiness, &cause);
    }
    *out_readiness = readiness;
    return COG_OK;
}

enum cog_code cog_client_follow(struct cog_client *client, const char *job_id,
                                struct cog_limits limits, struct cog_log observer,
                                struct cog_job *out_job, struct cog_error *error)
{
    struct cog_course course = {.job = {.progress = -1, .retry_after_ms = -1}};
    if (!cog_string_copy(course.job.job_id, sizeof course.job.job_id, job_id)) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "the job's id is too long");
    }
    struct cog_observer both = {client->seams.log, observer};
    struct cog_promotion promotion = {
        .platform = cog_client_platform(client),
        .config = client->config,
        .clock = client->seams.clock,
        .random = client->seams.random,
        .log = cog_observer_log(&both),
        .cancel = limits.cancel,
        .course = &course,
    };
    const struct cog_watch watch = {.wanted = COG_JOB_SET_ENDED};
    struct cog_error lost = {0};
    switch (cog_job_watch(&promotion, limits, watch, &lost)) {
    case COG_SIGHTING_REACHED:
        *out_job = course.job;
        return COG_OK;
    case COG_SIGHTING_OVERDUE:
        return cog_error_set(error, COG_ERROR_DEADLINE, "job '%s' has not ended in time", job_id);
    case COG_SIGHTING_INTERRUPTED:
        return cog_error_set(error, COG_ERROR_CANCELLED, "interrupted while following '%s'",
                             job_id);
    case COG_SIGHTING_LOST:
    case COG_SIGHTING_UNMOVED:
        break;
    }
    if (error != NULL) {
        *error = lost;
    }
    return lost.code;
}
