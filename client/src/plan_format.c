#include <cogpromote/plan.h>

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <inttypes.h>

static const char *finding_name(enum cog_finding finding)
{
    switch (finding) {
    case COG_FINDING_GOOD:
        return "good";
    case COG_FINDING_NOTE:
        return "note";
    case COG_FINDING_BAD:
        return "bad";
    case COG_FINDING_UNKNOWN:
        return "unknown";
    }
    return "unknown";
}

static void append_checks(struct cog_text *text, const struct cog_plan *plan)
{
    for (size_t i = 0; i < plan->check_count; i++) {
        const struct cog_plan_check *check = &plan->checks[i];
        cog_text_append_format(text, "  %-7s  %-13s ", finding_name(check->finding), check->name);
        cog_text_append_shown(text, check->text);
        cog_text_append(text, "\n");
    }
}

static void append_kinds(struct cog_text *text, const struct cog_plan *plan)
{
    struct cog_parity_kind kinds[COG_PARITY_KIND_COUNT];
    cog_parity_kinds(&plan->sides, kinds);
    cog_text_append(text, "what differs now:      source  target\n");
    for (size_t i = 0; i < COG_PARITY_KIND_COUNT; i++) {
        cog_text_append_format(text, "  %c %-16s  %8" PRId64 "%8" PRId64 "\n",
                               kinds[i].source == kinds[i].target ? ' ' : '*', kinds[i].name,
                               kinds[i].source, kinds[i].target);
    }
    cog_text_append_format(text, "    %-16s  %8s%8s\n", "version", plan->sides.source.version,
                           plan->sides.target.version);
}

enum cog_code cog_plan_format_text(const struct cog_plan *plan, char **out_text,
                                   struct cog_error *error)
{
    struct cog_text text = {0};
    bool is_good = plan->outcome == COG_OUTCOME_PROMOTED;
    cog_text_append_format(&text, "%s\n",
                           is_good ? "nothing stands against a promotion"
                                   : cog_outcome_description(plan->outcome));
    append_checks(&text, plan);
    if (plan->parity.is_measured) {
        append_kinds(&text, plan);
    }
    if (plan->preview != NULL) {
        cog_text_append(&text, "promote would send:\n  ");
        cog_text_append_shown(&text, plan->preview);
        cog_text_append(&text, "\n");
    }
    return cog_text_give(&text, out_text, error);
}

static bool add_checks(cJSON *object, const struct cog_plan *plan)
{
    cJSON *checks = cJSON_AddArrayToObject(object, "checks");
    for (size_t i = 0; i < plan->check_count; i++) {
        cJSON *check = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(checks, check) ||
            cJSON_AddStringToObject(check, "name", plan->checks[i].name) == NULL ||
            cJSON_AddStringToObject(check, "finding", finding_name(plan->checks[i].finding)) ==
                NULL ||
            cJSON_AddStringToObject(check, "text", plan->checks[i].text) == NULL) {
            return false;
        }
    }
    return checks != NULL;
}

static bool add_kinds(cJSON *object, const struct cog_plan *plan)
{
    if (!plan->parity.is_measured) {
        return cJSON_AddNullToObject(object, "parity_score") != NULL;
    }
    struct cog_parity_kind kinds[COG_PARITY_KIND_COUNT];
    cog_parity_kinds(&plan->sides, kinds);
    cJSON *differences = cJSON_AddObjectToObject(object, "kinds");
    for (size_t i = 0; i < COG_PARITY_KIND_COUNT; i++) {
        cJSON *kind = cJSON_AddObjectToObject(differences, kinds[i].name);
        if (cJSON_AddNumberToObject(kind, "source", (double)kinds[i].source) == NULL ||
            cJSON_AddNumberToObject(kind, "target", (double)kinds[i].target) == NULL) {
            return false;
        }
    }
    return cJSON_AddNumberToObject(object, "parity_score", plan->parity.score) != NULL;
}

enum cog_code cog_plan_format_json(const struct cog_plan *plan, char **out_text,
                                   struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    bool is_good = plan->outcome == COG_OUTCOME_PROMOTED;
    const bool is_whole =
        cJSON_AddBoolToObject(object, "ready", is_good) != NULL &&
        cJSON_AddStringToObject(object, "outcome", cog_outcome_name(plan->outcome)) != NULL &&
        add_checks(object, plan) && add_kinds(object, plan) &&
        (plan->preview == NULL ||
         cJSON_AddStringToObject(object, "preview", plan->preview) != NULL);
    return cog_json_print(is_whole ? object : NULL, out_text, error);
}
