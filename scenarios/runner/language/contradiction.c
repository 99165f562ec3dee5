#include "language/contradiction.h"

#include <cogmock/script.h>

#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 64, STEP_SIZE = 32 };

static bool is_none(const struct scn_range *range)
{
    return range->is_set && range->maximum == 0;
}

static bool is_some(const struct scn_range *range)
{
    return range->is_set && range->minimum > 0;
}

static const struct scn_range *find_call(const struct scn_counts *counts, const char *name)
{
    const char *const *names = mock_call_names();
    size_t i = 0;
    while (names[i] != NULL && strcmp(names[i], name) != 0) {
        i++;
    }
    return &counts->calls[i];
}

static bool is_never_promoted(const struct scn_expectation *expectation)
{
    return is_none(find_call(&expectation->calls, "promote"));
}

/* Codes that no run has that did not promote. */
static bool needs_promotion(int exit_code)
{
    return exit_code == 0 || (exit_code >= 6 && exit_code != 9 && exit_code <= 11);
}

/* What the last process says is then not all that happened. */
static bool is_single(const struct scn_scenario *scenario)
{
    return scenario->undertaking.then_count == 0;
}

static bool exit_denies_outcome(const struct scn_scenario *scenario)
{
    const struct scn_expectation *expectation = &scenario->expectation;
    for (int i = 0; expectation->outcome != NULL && i < COG_OUTCOME_INTERRUPTED; i++) {
        if (strcmp(cog_outcome_name((enum cog_outcome)i), expectation->outcome) == 0) {
            return cog_outcome_exit_code((enum cog_outcome)i, 0) != expectation->exit_code;
        }
    }
    return expectation->outcome != NULL && expectation->exit_code != 130 &&
           expectation->exit_code != 143;
}

static bool exit_denies_target(const struct scn_scenario *scenario)
{
    const struct scn_expectation *expectation = &scenario->expectation;
    const int exit_code = expectation->exit_code;
    const bool is_as_before = (exit_code >= 2 && exit_code <= 6) || exit_code == 9;
    return is_single(scenario) && is_as_before &&
           (expectation->target == SCN_TARGET_PROMOTED ||
            expectation->target == SCN_TARGET_CHANGED);
}

static bool exit_denies_reason(const struct scn_scenario *scenario)
{
    const char *reason = scenario->expectation.reason;
    return scenario->expectation.exit_code == 0 && reason != NULL && reason[0] != '\0';
}

static bool exit_denies_step(const struct scn_scenario *scenario)
{
    const char *step = scenario->expectation.step;
    return scenario->expectation.exit_code == 0 && step != NULL && step[0] != '\0';
}

static bool calls_deny_exit(const struct scn_scenario *scenario)
{
    return is_never_promoted(&scenario->expectation) &&
           needs_promotion(scenario->expectation.exit_code);
}

static bool calls_deny_target(const struct scn_scenario *scenario)
{
    return is_never_promoted(&scenario->expectation) &&
           scenario->expectation.target == SCN_TARGET_PROMOTED;
}

static bool records_deny_status(const struct scn_scenario *scenario)
{
    return is_none(&scenario->expectation.audit_records) &&
           scenario->expectation.audit_status != NULL;
}

static bool records_deny_outcome(const struct scn_scenario *scenario)
{
    return is_none(&scenario->expectation.audit_records) &&
           scenario->expectation.audit_outcome != NULL;
}

static bool deliveries_deny_event(const struct scn_scenario *scenario)
{
    return is_none(&scenario->expectation.deliveries) &&
           scenario->expectation.webhook_event != NULL;
}

static bool calls_deny_deliveries(const struct scn_scenario *scenario)
{
    return is_none(find_call(&scenario->expectation.calls, "webhook")) &&
           is_some(&scenario->expectation.deliveries);
}

static bool client_denies_deliveries(const struct scn_scenario *scenario)
{
    return !scenario->has_webhook && is_some(&scenario->expectation.deliveries);
}

static bool client_denies_event(const struct scn_scenario *scenario)
{
    return !scenario->has_webhook && scenario->expectation.webhook_event != NULL;
}

static const struct contradiction {
    const char *first;
    const char *second;
    bool (*is_there)(const struct scn_scenario *scenario);
} contradictions[] = {
    {"expect.exit", "expect.outcome", exit_denies_outcome},
    {"expect.exit", "expect.target", exit_denies_target},
    {"expect.exit", "expect.reason", exit_denies_reason},
    {"expect.exit", "expect.step", exit_denies_step},
    {"expect.calls.promote", "expect.exit", calls_deny_exit},
    {"expect.calls.promote", "expect.target", calls_deny_target},
    {"expect.audit.records", "expect.audit.status", records_deny_status},
    {"expect.audit.records", "expect.audit.outcome", records_deny_outcome},
    {"expect.webhook.delivered", "expect.webhook.event", deliveries_deny_event},
    {"expect.calls.webhook", "expect.webhook.delivered", calls_deny_deliveries},
    {"client.webhook", "expect.webhook.delivered", client_denies_deliveries},
    {"client.webhook", "expect.webhook.event", client_denies_event},
};

/* Where `path`, of names with dots between them, leads; NULL for nowhere. */
static const cJSON *walk(const cJSON *node, const char *path)
{
    while (node != NULL && *path != '\0') {
        char step[STEP_SIZE];
        const size_t length = strcspn(path, ".");
        (void)snprintf(step, sizeof step, "%.*s", (int)length, path);
        node = cJSON_GetObjectItemCaseSensitive(node, step);
        path += length + (path[length] == '.' ? 1 : 0);
    }
    return node;
}

/* What counts: the case's, or else the file's. */
static const cJSON *find(const struct scn_scenario *scenario, const char *path)
{
    const cJSON *own = scenario->chosen.node != NULL ? walk(scenario->chosen.node, path) : NULL;
    const cJSON *node = own != NULL ? own : walk(scenario->file->document.root, path);
    return node != NULL ? node : scenario->file->document.root;
}

static bool is_behind(const struct cog_document *document, const cJSON *left, const cJSON *right)
{
    int left_line = 0;
    int left_column = 0;
    int right_line = 0;
    int right_column = 0;
    cog_document_locate(document, left, &left_line, &left_column);
    cog_document_locate(document, right, &right_line, &right_column);
    return left_line > right_line || (left_line == right_line && left_column > right_column);
}

static enum cog_code fail(const struct scn_scenario *scenario, const char *first,
                          const char *second, struct cog_error *error)
{
    const cJSON *first_node = find(scenario, first);
    const cJSON *second_node = find(scenario, second);
    const cJSON *later =
        is_behind(&scenario->file->document, first_node, second_node) ? first_node : second_node;
    return cog_document_fail(&scenario->file->document, later, error,
                             "'%s' and '%s' contradict each other: no run can have both; mend one",
                             first, second);
}

/* What was handled has arrived. */
static enum cog_code check_counts(const struct scn_scenario *scenario, struct cog_error *error)
{
    const char *const *names = mock_call_names();
    for (size_t i = 0; names[i] != NULL; i++) {
        const struct scn_range *calls = &scenario->expectation.calls.calls[i];
        const struct scn_range *applied = &scenario->expectation.applied.calls[i];
        if (calls->is_set && applied->is_set && applied->minimum > calls->maximum) {
            char first[PATH_SIZE];
            char second[PATH_SIZE];
            (void)snprintf(first, sizeof first, "expect.calls.%s", names[i]);
            (void)snprintf(second, sizeof second, "expect.applied.%s", names[i]);
            return fail(scenario, first, second, error);
        }
    }
    return COG_OK;
}

/* What is said of the second operator has to be about one. */
static enum cog_code check_second(const struct scn_scenario *scenario, struct cog_error *error)
{
    const struct cog_document *document = &scenario->file->document;
    if (scenario->expectation.second.is_set && !scenario->second.is_there) {
        return cog_document_fail(document, find(scenario, "expect.second"), error,
                                 "'expect.second' is about an operator that 'client.second' would"
                                 " have to bring in");
    }
    if (scenario->second.is_there && scenario->wire_reason != NULL) {
        return cog_document_fail(document, find(scenario, "transport"), error,
                                 "two operators cannot share a wire: leave 'transport' out");
    }
    return COG_OK;
}

enum cog_code scn_contradictions_check(const struct scn_scenario *scenario, struct cog_error *error)
{
    for (size_t i = 0; i < sizeof contradictions / sizeof contradictions[0]; i++) {
        if (contradictions[i].is_there(scenario)) {
            return fail(scenario, contradictions[i].first, contradictions[i].second, error);
        }
    }
    const enum cog_code code = check_counts(scenario, error);
    return code == COG_OK ? check_second(scenario, error) : code;
}
