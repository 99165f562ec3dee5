#include "judge/expectation.h"

#include <cogmock/script.h>

#include <assert.h>
#include <string.h>

/* Far more requests than any run sends, and still a number that reads as a slip when it is one. */
enum { COUNT_MAX = 100000 };

static const char *const expectation_keys[] = {
    "exit",  "outcome", "reason", "follow_up", "step", "calls",  "applied", "target",
    "audit", "webhook", "parity", "elapsed",   "log",  "second", NULL};

static const struct cog_document_range count_range = {0, COUNT_MAX};

/* A whole number means exactly that many. */
static enum cog_code parse_exact(const struct cog_document *document, const cJSON *parent,
                                 const char *key, struct scn_range *inout_range,
                                 struct cog_error *error)
{
    int64_t count = 0;
    enum cog_code code = cog_document_integer(document, parent, key, count_range, &count, error);
    if (code == COG_OK && cJSON_GetObjectItemCaseSensitive(parent, key) != NULL) {
        *inout_range = (struct scn_range){.is_set = true, .minimum = count, .maximum = count};
    }
    return code;
}

static enum cog_code fail_empty_range(const struct cog_document *document, const cJSON *node,
                                      const struct scn_range *range, struct cog_error *error)
{
    if (!range->is_set) {
        return cog_document_fail(document, node, error, "expected 'min', 'max' or both");
    }
    return cog_document_fail(document, node, error, "'min' is more than 'max'");
}

/* A whole number, or {"min": N, "max": N} with at least one of the two. */
static enum cog_code parse_count(const struct cog_document *document, const cJSON *parent,
                                 const cJSON *node, struct scn_range *out_range,
                                 struct cog_error *error)
{
    if (!cJSON_IsObject(node)) {
        if (!cJSON_IsNumber(node)) {
            return cog_document_fail(document, node, error,
                                     "expected a whole number, or an object with 'min' and 'max'");
        }
        return parse_exact(document, parent, node->string, out_range, error);
    }
    static const char *const keys[] = {"min", "max", NULL};
    struct scn_range range = {.is_set = node->child != NULL, .maximum = INT64_MAX};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_integer(document, node, "min", count_range, &range.minimum, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, node, "max", count_range, &range.maximum, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (!range.is_set || range.minimum > range.maximum) {
        return fail_empty_range(document, node, &range, error);
    }
    *out_range = range;
    return COG_OK;
}

/* The calls' names, and "others" behind them. */
static void list_count_keys(const char *out_keys[SCN_CALLS_MAX + 2])
{
    const char *const *names = mock_call_names();
    size_t count = 0;
    while (names[count] != NULL) {
        assert(count < SCN_CALLS_MAX);
        out_keys[count] = names[count];
        count++;
    }
    out_keys[count] = "others";
    out_keys[count + 1] = NULL;
}

static struct scn_range *find_count(struct scn_counts *counts, const char *name)
{
    const char *const *names = mock_call_names();
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return &counts->calls[i];
        }
    }
    return &counts->others;
}

static enum cog_code parse_counts(const struct cog_document *document, const cJSON *parent,
                                  const char *key, struct scn_counts *out_counts,
                                  struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, parent, key, &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    const char *keys[SCN_CALLS_MAX + 2];
    list_count_keys(keys);
    code = cog_document_check_keys(document, node, keys, error);
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, node)
    {
        if (code == COG_OK) {
            struct scn_range *range = find_count(out_counts, member->string);
            code = parse_count(document, node, member, range, error);
        }
    }
    return code;
}

static enum cog_code parse_audit(const struct cog_document *document, const cJSON *parent,
                                 struct scn_expectation *inout_expectation, struct cog_error *error)
{
    static const char *const keys[] = {"records", "status", "outcome", NULL};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, parent, "audit", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = parse_exact(document, node, "records", &inout_expectation->audit_records, error);
    }
    if (code == COG_OK) {
        code =
            cog_document_string(document, node, "status", &inout_expectation->audit_status, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, "outcome", &inout_expectation->audit_outcome,
                                   error);
    }
    return code;
}

static enum cog_code parse_webhook(const struct cog_document *document, const cJSON *parent,
                                   struct scn_expectation *inout_expectation,
                                   struct cog_error *error)
{
    static const char *const keys[] = {"delivered", "event", NULL};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, parent, "webhook", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = parse_exact(document, node, "delivered", &inout_expectation->deliveries, error);
    }
    if (code == COG_OK) {
        code =
            cog_document_string(document, node, "event", &inout_expectation->webhook_event, error);
    }
    return code;
}

static enum cog_code parse_elapsed(const struct cog_document *document, const cJSON *parent,
                                   struct scn_range *inout_range, struct cog_error *error)
{
    static const char *const keys[] = {"min", "max", NULL};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, parent, "elapsed", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    struct scn_range range = {.is_set = node->child != NULL, .maximum = INT64_MAX};
    code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "min", &range.minimum, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "max", &range.maximum, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (!range.is_set || range.minimum > range.maximum) {
        return fail_empty_range(document, node, &range, error);
    }
    *inout_range = range;
    return COG_OK;
}

static enum cog_code parse_parity(const struct cog_document *document, const cJSON *parent,
                                  struct scn_expectation *inout_expectation,
                                  struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(parent, "parity");
    if (node == NULL) {
        return COG_OK;
    }
    inout_expectation->parity_is_set = true;
    inout_expectation->parity_is_measured = false;
    if (cJSON_IsNull(node)) {
        return COG_OK;
    }
    if (!cJSON_IsNumber(node) || !(node->valuedouble >= 0 && node->valuedouble <= 1)) {
        return cog_document_fail(document, node, error, "expected a number from 0 to 1, or null");
    }
    inout_expectation->parity_is_measured = true;
    inout_expectation->parity_score = node->valuedouble;
    return COG_OK;
}

static enum cog_code parse_log(const struct cog_document *document, const cJSON *parent,
                               const cJSON **inout_log, struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_array(document, parent, "log", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, node)
    {
        if (!cJSON_IsString(item) || item->valuestring[0] == '\0') {
            return cog_document_fail(document, item, error, "expected the name of an event");
        }
    }
    *inout_log = node;
    return COG_OK;
}

static enum cog_code parse_exit(const struct cog_document *document, const cJSON *parent,
                                int *inout_exit_code, struct cog_error *error)
{
    const struct cog_document_range range = {0, 255};
    int64_t exit_code = *inout_exit_code;
    enum cog_code code = cog_document_integer(document, parent, "exit", range, &exit_code, error);
    *inout_exit_code = (int)exit_code;
    return code;
}

/* An outcome that no client has would be a difference in each run: better said at once. */
static enum cog_code parse_outcome(const struct cog_document *document, const cJSON *parent,
                                   const char **inout_outcome, struct cog_error *error)
{
    const char *names[COG_OUTCOME_INTERRUPTED + 2] = {NULL};
    for (int i = 0; i <= COG_OUTCOME_INTERRUPTED; i++) {
        names[i] = cog_outcome_name((enum cog_outcome)i);
    }
    int index = -1;
    enum cog_code code = cog_document_word(document, parent, "outcome", names, &index, error);
    if (code == COG_OK && index >= 0) {
        *inout_outcome = names[index];
    }
    return code;
}

static enum cog_code parse_target(const struct cog_document *document, const cJSON *parent,
                                  enum scn_target *inout_target, struct cog_error *error)
{
    static const char *const words[] = {"unchanged", "promoted", "changed", NULL};
    int index = -1;
    enum cog_code code = cog_document_word(document, parent, "target", words, &index, error);
    if (code == COG_OK && index >= 0) {
        *inout_target = (enum scn_target)(SCN_TARGET_UNCHANGED + index);
    }
    return code;
}

static enum cog_code parse_words(const struct cog_document *document, const cJSON *node,
                                 struct scn_expectation *inout_expectation, struct cog_error *error)
{
    enum cog_code code = parse_exit(document, node, &inout_expectation->exit_code, error);
    if (code == COG_OK) {
        code = parse_outcome(document, node, &inout_expectation->outcome, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, "reason", &inout_expectation->reason, error);
    }
    if (code == COG_OK) {
        code =
            cog_document_string(document, node, "follow_up", &inout_expectation->follow_up, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, "step", &inout_expectation->step, error);
    }
    if (code == COG_OK) {
        code = parse_target(document, node, &inout_expectation->target, error);
    }
    return code;
}

static enum cog_code parse_figures(const struct cog_document *document, const cJSON *node,
                                   struct scn_expectation *inout_expectation,
                                   struct cog_error *error)
{
    enum cog_code code = parse_counts(document, node, "calls", &inout_expectation->calls, error);
    if (code == COG_OK) {
        code = parse_counts(document, node, "applied", &inout_expectation->applied, error);
    }
    if (code == COG_OK) {
        code = parse_parity(document, node, inout_expectation, error);
    }
    if (code == COG_OK) {
        code = parse_elapsed(document, node, &inout_expectation->elapsed_ms, error);
    }
    return code;
}

static enum cog_code parse_second(const struct cog_document *document, const cJSON *parent,
                                  struct scn_second_expectation *inout_second,
                                  struct cog_error *error)
{
    static const char *const keys[] = {"exit", "outcome", "reason", "step", NULL};
    const cJSON *node = NULL;
    const cJSON *required = NULL;
    enum cog_code code = cog_document_object(document, parent, "second", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    struct scn_second_expectation second = {.is_set = true};
    code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, node, "exit", &required, error);
    }
    if (code == COG_OK) {
        code = parse_exit(document, node, &second.exit_code, error);
    }
    if (code == COG_OK) {
        code = parse_outcome(document, node, &second.outcome, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, "reason", &second.reason, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, "step", &second.step, error);
    }
    if (code == COG_OK) {
        *inout_second = second;
    }
    return code;
}

enum cog_code scn_expectation_parse(const struct cog_document *document, const cJSON *node,
                                    struct scn_expectation *out_expectation,
                                    struct cog_error *error)
{
    struct scn_expectation expectation = {0};
    const cJSON *required = NULL;
    enum cog_code code = scn_expectation_apply(document, node, &expectation, error);
    if (code == COG_OK) {
        code = cog_document_require(document, node, "exit", &required, error);
    }
    if (code == COG_OK) {
        *out_expectation = expectation;
    }
    return code;
}

enum cog_code scn_expectation_apply(const struct cog_document *document, const cJSON *node,
                                    struct scn_expectation *inout_expectation,
                                    struct cog_error *error)
{
    enum cog_code code = cog_document_check_keys(document, node, expectation_keys, error);
    if (code == COG_OK) {
        code = parse_words(document, node, inout_expectation, error);
    }
    if (code == COG_OK) {
        code = parse_figures(document, node, inout_expectation, error);
    }
    if (code == COG_OK) {
        code = parse_audit(document, node, inout_expectation, error);
    }
    if (code == COG_OK) {
        code = parse_webhook(document, node, inout_expectation, error);
    }
    if (code == COG_OK) {
        code = parse_log(document, node, &inout_expectation->log, error);
    }
    if (code == COG_OK) {
        code = parse_second(document, node, &inout_expectation->second, error);
    }
    return code;
}
