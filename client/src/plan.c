#include <cogpromote/plan.h>

#include "client_private.h"
#include "promotion.h"

#include <cogpromote/lock.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A plan in the making. */
struct planning {
    struct cog_client *client;
    struct cog_platform platform;
    const struct cog_promotion_request *request;
    struct cog_limits limits;
    struct cog_plan *plan;
};

static void add(struct cog_plan *plan, const char *name, enum cog_finding finding,
                const char *format, ...) COG_PRINTF(4, 5);

static void add(struct cog_plan *plan, const char *name, enum cog_finding finding,
                const char *format, ...)
{
    struct cog_plan_check *check = &plan->checks[plan->check_count++];
    check->name = name;
    check->finding = finding;
    va_list list;
    va_start(list, format);
    (void)vsnprintf(check->text, sizeof check->text, format, list);
    va_end(list);
}

/** What stands against a promotion; the first such thing decides the plan's outcome. */
static void add_bad(struct cog_plan *plan, const char *name, enum cog_outcome outcome,
                    const struct cog_error *error)
{
    char text[COG_REASON_SIZE];
    if (plan->outcome == COG_OUTCOME_PROMOTED) {
        plan->outcome = outcome;
    }
    add(plan, name, COG_FINDING_BAD, "%s", cog_error_text(error, text, sizeof text));
}

static void add_failure(struct cog_plan *plan, const char *name, const struct cog_error *error)
{
    add_bad(plan, name, cog_promotion_untouched_outcome(error->code), error);
}

static bool plan_credentials(const struct planning *planning)
{
    char scopes[COG_SCOPES_SIZE] = "";
    struct cog_error error = {0};
    if (planning->platform.ops->authenticate(planning->platform.context, planning->limits, scopes,
                                             &error) != COG_OK) {
        add_failure(planning->plan, "credentials", &error);
        return false;
    }
    add(planning->plan, "credentials", COG_FINDING_GOOD, "the platform issued a token");
    const char *missing = cog_scope_missing(scopes);
    if (scopes[0] == '\0') {
        add(planning->plan, "scopes", COG_FINDING_UNKNOWN, "the platform does not tell them");
    } else if (missing != NULL) {
        (void)cog_error_set(&error, COG_ERROR_FORBIDDEN, "the client lacks the scope '%s'",
                            missing);
        add_failure(planning->plan, "scopes", &error);
    } else {
        add(planning->plan, "scopes", COG_FINDING_GOOD, "%s", scopes);
    }
    return true;
}

static void plan_lock(const struct planning *planning)
{
    struct cog_lock lock = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_lock_read(planning->client->seams.storage,
                                       planning->request->target_environment_id, &lock, &error);
    if (code != COG_OK) {
        add_bad(planning->plan, "lock", COG_OUTCOME_INTERNAL, &error);
    } else if (lock.state == COG_LOCK_FREE) {
        add(planning->plan, "lock", COG_FINDING_GOOD, "free");
    } else if (lock.state == COG_LOCK_ABANDONED) {
        add(planning->plan, "lock", COG_FINDING_NOTE, "left behind by run %s, which has died",
            lock.run_id);
    } else {
        (void)cog_error_set(&error, COG_ERROR_CONFLICT, "held by %s, run %s on %s", lock.actor,
                            lock.run_id, lock.holder.host);
        add_bad(planning->plan, "lock", COG_OUTCOME_LOCKED, &error);
    }
}

/** @return whether the platform told */
static bool describe(const struct planning *planning, const char *name, const char *environment_id,
                     struct cog_environment *environment)
{
    struct cog_error error = {0};
    enum cog_code code = planning->platform.ops->describe(
        planning->platform.context, environment_id, planning->limits, environment, &error);
    if (code == COG_ERROR_NOT_FOUND) {
        add(planning->plan, name, COG_FINDING_UNKNOWN,
            "no environment '%s', or the platform does not tell", environment_id);
    } else if (code != COG_OK) {
        add_failure(planning->plan, name, &error);
    } else {
        add(planning->plan, name, COG_FINDING_GOOD, "'%s' %s", environment_id, environment->name);
    }
    return code == COG_OK;
}

static void plan_versions(const struct planning *planning, const struct cog_environment *source,
                          const struct cog_environment *target)
{
    const char *wanted = planning->request->platform_version;
    if (target->platform_version[0] == '\0') {
        add(planning->plan, "platform", COG_FINDING_UNKNOWN, "the target's runtime is not known");
    } else if (strcmp(wanted, target->platform_version) != 0) {
        add(planning->plan, "platform", COG_FINDING_NOTE,
            "asked for %s, the target runs %s: the platform decides whether that fits", wanted,
            target->platform_version);
    } else {
        add(planning->plan, "platform", COG_FINDING_GOOD, "%s", wanted);
    }
    if (source->bot_id[0] != '\0' && target->bot_id[0] != '\0' &&
        strcmp(source->bot_id, target->bot_id) != 0) {
        add(planning->plan, "bots", COG_FINDING_NOTE, "source has bot '%s', target '%s'",
            source->bot_id, target->bot_id);
    }
}

static void plan_environments(const struct planning *planning)
{
    struct cog_environment source = {0};
    struct cog_environment target = {0};
    bool has_source =
        describe(planning, "source", planning->request->source_environment_id, &source);
    bool has_target =
        describe(planning, "target", planning->request->target_environment_id, &target);
    if (has_source && has_target) {
        plan_versions(planning, &source, &target);
    }
}

static void plan_sessions(const struct planning *planning)
{
    int64_t count = 0;
    struct cog_error error = {0};
    if (planning->platform.ops->count_sessions(planning->platform.context,
                                               planning->request->target_environment_id,
                                               planning->limits, &count, &error) != COG_OK) {
        add_failure(planning->plan, "sessions", &error);
    } else if (count > 0 && planning->request->override_active_sessions) {
        add(planning->plan, "sessions", COG_FINDING_NOTE, "%" PRId64 " active, overridden", count);
    } else if (count > 0) {
        (void)cog_error_set(&error, COG_ERROR_CONFLICT, "%" PRId64 " active", count);
        add_failure(planning->plan, "sessions", &error);
    } else {
        add(planning->plan, "sessions", COG_FINDING_GOOD, "none active");
    }
}

static void plan_answers(const struct planning *planning)
{
    struct cog_error error = {0};
    if (planning->platform.ops->check_health(planning->platform.context, planning->limits,
                                             &error) != COG_OK) {
        add_failure(planning->plan, "health", &error);
    } else {
        add(planning->plan, "health", COG_FINDING_GOOD, "ok");
    }
    if (planning->platform.ops->simulate(planning->platform.context,
                                         planning->request->target_environment_id, planning->limits,
                                         &error) != COG_OK) {
        add_failure(planning->plan, "conversation", &error);
    } else {
        add(planning->plan, "conversation", COG_FINDING_GOOD, "the target answers");
    }
}

static void plan_deployments(const struct planning *planning)
{
    struct cog_deployments deployments = {0};
    struct cog_error error = {0};
    if (planning->platform.ops->list_deployments(
            planning->platform.context, planning->request->source_environment_id,
            planning->request->target_environment_id, planning->limits, &deployments,
            &error) != COG_OK) {
        add_failure(planning->plan, "deployments", &error);
    } else if (!deployments.is_listed) {
        add(planning->plan, "deployments", COG_FINDING_NOTE,
            "the platform does not list them: a promotion whose answer is lost ends as unknown");
    } else {
        add(planning->plan, "deployments", COG_FINDING_GOOD, "%zu before this one",
            deployments.count);
    }
}

static void plan_parity(const struct planning *planning)
{
    struct cog_error error = {0};
    struct cog_plan *plan = planning->plan;
    if (cog_parity_measure(planning->platform, planning->request, planning->limits, &plan->sides,
                           &plan->parity, &error) != COG_OK) {
        add_failure(plan, "parity", &error);
    } else if (!plan->parity.is_measured) {
        add(plan, "parity", COG_FINDING_UNKNOWN, "the platform does not measure it");
    } else {
        add(plan, "parity", COG_FINDING_NOTE, "%.4f now%s%s", plan->parity.score,
            plan->parity.differences[0] == '\0' ? "" : ": ", plan->parity.differences);
    }
}

void cog_plan_make(struct cog_client *client, const struct cog_promotion_request *request,
                   const struct cog_cancel *cancel, struct cog_plan *out_plan)
{
    const struct cog_promotion_request configured = cog_client_request(client);
    struct cog_plan plan = {.outcome = COG_OUTCOME_PROMOTED};
    const struct planning planning = {
        .client = client,
        .platform = cog_client_platform(client),
        .request = request != NULL ? request : &configured,
        .limits =
            {
                .deadline_ms =
                    cog_clock_monotonic_ms(client->seams.clock) + client->config->timeout_ms,
                .cancel = cancel,
            },
        .plan = &plan,
    };
    if (plan_credentials(&planning)) {
        plan_lock(&planning);
        plan_environments(&planning);
        plan_sessions(&planning);
        plan_answers(&planning);
        plan_deployments(&planning);
        plan_parity(&planning);
    }
    if (planning.platform.ops->preview(planning.platform.context, planning.request, &plan.preview,
                                       NULL) != COG_OK) {
        plan.preview = NULL;
    }
    *out_plan = plan;
}

void cog_plan_finish(struct cog_plan *plan)
{
    free(plan->preview);
    *plan = (struct cog_plan){0};
}
