#include "comparison.h"

#include <cogbase/json.h>
#include <cogbase/row.h>
#include <cogbase/text.h>

#include <inttypes.h>

enum { LABEL_WIDTH = 12, COUNT_WIDTH = 10 };

bool cog_comparison_passes(const struct cog_comparison *comparison, const struct cog_config *config)
{
    return comparison->parity.is_measured && comparison->parity.score >= config->parity_threshold;
}

static void append_verdict(struct cog_text *text, const struct cog_comparison *comparison,
                           const struct cog_config *config)
{
    if (!comparison->parity.is_measured) {
        cog_text_append(text, "parity: not measured, the platform does not tell\n");
        return;
    }
    cog_text_append_format(text, "parity: %.4g, %s the threshold %.4g\n", comparison->parity.score,
                           cog_comparison_passes(comparison, config) ? "not below" : "BELOW",
                           config->parity_threshold);
}

static void append_counts(struct cog_text *text, const struct cog_comparison *comparison)
{
    struct cog_parity_kind kinds[COG_PARITY_KIND_COUNT];
    cog_parity_kinds(&comparison->sides, kinds);
    for (size_t i = 0; i < COG_PARITY_KIND_COUNT; i++) {
        cog_text_append_format(text, "  %-*s %*" PRId64 " %*" PRId64 "%s\n", LABEL_WIDTH,
                               kinds[i].name, COUNT_WIDTH, kinds[i].source, COUNT_WIDTH,
                               kinds[i].target, kinds[i].source == kinds[i].target ? "" : "  !");
    }
}

enum cog_code cog_comparison_format_text(const struct cog_comparison *comparison,
                                         const struct cog_config *config, char **out_text,
                                         struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    append_verdict(&text, comparison, config);
    cog_row_append(&text, LABEL_WIDTH, "source", config->source_environment_id);
    cog_row_append(&text, LABEL_WIDTH, "target", config->target_environment_id);
    if (comparison->sides.source.is_measured && comparison->sides.target.is_measured) {
        append_counts(&text, comparison);
    }
    cog_row_append(&text, LABEL_WIDTH, "differences", comparison->parity.differences);
    return cog_text_give(&text, out_text, error);
}

static bool add_counts(cJSON *object, const struct cog_comparison *comparison, bool is_source)
{
    struct cog_parity_kind kinds[COG_PARITY_KIND_COUNT];
    cog_parity_kinds(&comparison->sides, kinds);
    for (size_t i = 0; i < COG_PARITY_KIND_COUNT; i++) {
        int64_t count = is_source ? kinds[i].source : kinds[i].target;
        if (cJSON_AddNumberToObject(object, kinds[i].name, (double)count) == NULL) {
            return false;
        }
    }
    return true;
}

static bool add_metrics(cJSON *object, const char *name, const struct cog_comparison *comparison,
                        bool is_source)
{
    const struct cog_metrics *metrics =
        is_source ? &comparison->sides.source : &comparison->sides.target;
    if (!metrics->is_measured) {
        return cJSON_AddNullToObject(object, name) != NULL;
    }
    cJSON *member = cJSON_AddObjectToObject(object, name);
    return member != NULL && add_counts(member, comparison, is_source) &&
           cog_json_add_text(member, "version", metrics->version) &&
           cog_json_add_text(member, "content_digest", metrics->content_digest);
}

static bool add_verdict(cJSON *object, const struct cog_comparison *comparison,
                        const struct cog_config *config)
{
    bool is_scored =
        comparison->parity.is_measured
            ? cJSON_AddNumberToObject(object, "parity_score", comparison->parity.score) != NULL
            : cJSON_AddNullToObject(object, "parity_score") != NULL;
    return is_scored &&
           cJSON_AddNumberToObject(object, "parity_threshold", config->parity_threshold) != NULL &&
           cJSON_AddBoolToObject(object, "passes", cog_comparison_passes(comparison, config)) !=
               NULL &&
           cog_json_add_text(object, "differences", comparison->parity.differences);
}

enum cog_code cog_comparison_format_json(const struct cog_comparison *comparison,
                                         const struct cog_config *config, char **out_text,
                                         struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    const bool is_whole =
        object != NULL &&
        cog_json_add_text(object, "source_env_id", config->source_environment_id) &&
        cog_json_add_text(object, "target_env_id", config->target_environment_id) &&
        add_verdict(object, comparison, config) &&
        add_metrics(object, "source", comparison, true) &&
        add_metrics(object, "target", comparison, false);
    return cog_json_print(is_whole ? object : NULL, out_text, error);
}
