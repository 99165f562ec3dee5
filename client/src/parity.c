#include <cogpromote/parity.h>

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/** A running comparison. */
struct comparison {
    struct cog_parity *parity;
    int compared;
    int agreed;
};

static void COG_PRINTF(2, 3) difference_add(struct cog_parity *parity, const char *format, ...)
{
    size_t used = strlen(parity->differences);
    if (used > 0 && used + 2 < sizeof parity->differences) {
        (void)snprintf(parity->differences + used, sizeof parity->differences - used, ", ");
        used = strlen(parity->differences);
    }
    va_list list;
    va_start(list, format);
    (void)vsnprintf(parity->differences + used, sizeof parity->differences - used, format, list);
    va_end(list);
}

static void compare_counts(struct comparison *comparison, const char *kind, int64_t source,
                           int64_t target)
{
    comparison->compared++;
    if (source == target) {
        comparison->agreed++;
        return;
    }
    difference_add(comparison->parity, "%s %" PRId64 " and %" PRId64, kind, source, target);
}

/** A text that one side does not tell is not compared. */
static void compare_texts(struct comparison *comparison, const char *kind, const char *source,
                          const char *target)
{
    if (source[0] == '\0' || target[0] == '\0') {
        return;
    }
    comparison->compared++;
    if (strcmp(source, target) == 0) {
        comparison->agreed++;
        return;
    }
    difference_add(comparison->parity, "%s %.16s and %.16s", kind, source, target);
}

static void compare_dependencies(struct comparison *comparison, const struct cog_metrics *source,
                                 const struct cog_metrics *target)
{
    compare_counts(comparison, "intents", source->intents, target->intents);
    compare_counts(comparison, "entities", source->entities, target->entities);
}

static void compare_configuration(struct comparison *comparison, const struct cog_metrics *source,
                                  const struct cog_metrics *target,
                                  const struct cog_promotion_request *request)
{
    if (request->include_webhooks) {
        compare_counts(comparison, "webhooks", source->webhooks, target->webhooks);
    }
    if (request->include_integrations) {
        compare_counts(comparison, "integrations", source->integrations, target->integrations);
    }
    compare_counts(comparison, "variables", source->variables, target->variables);
}

void cog_parity_compute(const struct cog_metrics *source, const struct cog_metrics *target,
                        const struct cog_promotion_request *request, struct cog_parity *out_parity)
{
    *out_parity = (struct cog_parity){0};
    if (!source->is_measured || !target->is_measured) {
        return;
    }

    struct comparison comparison = {.parity = out_parity};
    compare_counts(&comparison, "flows", source->flows, target->flows);
    if (request->resolve_dependencies) {
        compare_dependencies(&comparison, source, target);
    }
    if (request->sync_configuration) {
        compare_configuration(&comparison, source, target, request);
    }
    compare_texts(&comparison, "version", source->version, target->version);
    if (request->resolve_dependencies && request->sync_configuration && request->include_webhooks &&
        request->include_integrations) {
        compare_texts(&comparison, "content digest", source->content_digest,
                      target->content_digest);
    }

    out_parity->is_measured = true;
    double share = (double)comparison.agreed / (double)comparison.compared;
    out_parity->score = round(share * 10000.0) / 10000.0;
}

void cog_parity_kinds(const struct cog_parity_sides *sides,
                      struct cog_parity_kind out_kinds[COG_PARITY_KIND_COUNT])
{
    const struct cog_metrics *source = &sides->source;
    const struct cog_metrics *target = &sides->target;
    const struct cog_parity_kind kinds[COG_PARITY_KIND_COUNT] = {
        {"intents", source->intents, target->intents},
        {"entities", source->entities, target->entities},
        {"flows", source->flows, target->flows},
        {"webhooks", source->webhooks, target->webhooks},
        {"integrations", source->integrations, target->integrations},
        {"variables", source->variables, target->variables},
    };
    memcpy(out_kinds, kinds, sizeof kinds);
}

enum cog_code cog_parity_measure(struct cog_platform platform,
                                 const struct cog_promotion_request *request,
                                 struct cog_limits limits, struct cog_parity_sides *out_sides,
                                 struct cog_parity *out_parity, struct cog_error *error)
{
    struct cog_parity_sides sides = {0};
    enum cog_code code = platform.ops->measure(platform.context, request->source_environment_id,
                                               limits, &sides.source, error);
    if (code == COG_OK) {
        code = platform.ops->measure(platform.context, request->target_environment_id, limits,
                                     &sides.target, error);
    }
    if (code == COG_OK) {
        cog_parity_compute(&sides.source, &sides.target, request, out_parity);
        *out_sides = sides;
    }
    return code;
}
