#include "drill/checklist.h"

#include "drill/checklist_part.h"
#include "foreign/verdict.h"

#include <cogbase/duration.h>
#include <cogbase/utf8.h>

#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void scn_check_tell(struct scn_check_result *result, const char *text)
{
    (void)snprintf(result->evidence, sizeof result->evidence, "%s", text);
    cog_utf8_cut(result->evidence);
}

static struct scn_check_result make_idle(const char *why)
{
    struct scn_check_result result = {.is_idle = true};
    scn_check_tell(&result, why);
    return result;
}

static const char *format_figure(enum scn_figure_id id, int64_t value,
                                 char buffer[COG_DURATION_TEXT_SIZE])
{
    if (scn_figure_is_duration(id)) {
        return cog_duration_format(value, buffer);
    }
    (void)snprintf(buffer, COG_DURATION_TEXT_SIZE, "%" PRId64, value);
    return buffer;
}

static struct scn_check_result judge_within(const struct scn_check *check,
                                            const struct scn_evidence *evidence,
                                            const struct scn_figures *figures,
                                            const int64_t *targets)
{
    struct scn_check_result result = {0};
    const int64_t value = figures->items[check->figure].server;
    const bool is_open = figures->items[check->figure].is_open;
    const int64_t target = targets[check->figure];
    char got[COG_DURATION_TEXT_SIZE];
    char limit[COG_DURATION_TEXT_SIZE];
    const char *name = scn_figure_names()[check->figure];
    if (check->figure == SCN_FIGURE_STEPS && !evidence->is_guided) {
        return make_idle("nobody typed anything");
    }
    if (target < 0) {
        result.result = SCN_INCONCLUSIVE;
        (void)snprintf(result.evidence, sizeof result.evidence, "%s has no target", name);
    } else if (value < 0) {
        result.result = SCN_FAIL;
        (void)snprintf(result.evidence, sizeof result.evidence,
                       "%s cannot be told: it never came so far", name);
    } else {
        result.result = value <= target && !is_open ? SCN_PASS : SCN_FAIL;
        (void)snprintf(result.evidence, sizeof result.evidence, "%s: %s of %s%s", name,
                       format_figure(check->figure, value, got),
                       format_figure(check->figure, target, limit),
                       is_open ? ", and it had not ended" : "");
    }
    return result;
}

/* Nobody watched the processes from inside, but our client's own papers are there. */
static struct scn_judgement judge_guided_rule(const char *id, const struct scn_facts *facts)
{
    if (strcmp(id, "I10") == 0) {
        return scn_judge_records(facts);
    }
    if (strcmp(id, "I12") == 0) {
        return scn_judge_lock(facts);
    }
    return scn_verdict_judge_rule(id, facts);
}

/* Beside a second operator a rule holds where it holds for both: what one of them breaks counts. */
static struct scn_judgement judge_each(const struct scn_invariant *rule,
                                       const struct scn_facts *facts)
{
    const struct scn_facts *second = facts->rivalry.other;
    const struct scn_judgement first = rule->judge(facts);
    if (first.result != SCN_PASS || second == NULL || second->stop != NULL) {
        return first;
    }
    const struct scn_judgement other = rule->judge(second);
    return other.result != SCN_PASS || first.is_idle ? other : first;
}

static struct scn_judgement judge_rule(const char *id, const struct scn_evidence *evidence)
{
    const struct scn_facts *facts = evidence->facts;
    if (evidence->is_guided) {
        return judge_guided_rule(id, facts);
    }
    if (facts->ending != NULL) {
        return scn_verdict_judge_rule(id, facts);
    }
    for (const struct scn_invariant *rule = scn_invariants(); rule->id != NULL; rule++) {
        if (strcmp(rule->id, id) == 0) {
            return judge_each(rule, facts);
        }
    }
    return (struct scn_judgement){.is_idle = true};
}

static bool is_worse(enum scn_result left, enum scn_result right)
{
    return left != SCN_PASS && (right == SCN_PASS || (left == SCN_FAIL && right != SCN_FAIL));
}

/* All of them must hold; it is idle where all are. */
static struct scn_check_result judge_invariants(const struct scn_check *check,
                                                const struct scn_evidence *evidence)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct scn_check_result result = {.is_idle = true};
    const cJSON *name = NULL;
    cJSON_ArrayForEach(name, check->names)
    {
        const struct scn_judgement judgement = judge_rule(name->valuestring, evidence);
        const char *word = judgement.is_idle ? "idle" : "holds";
        const bool is_bad = judgement.result != SCN_PASS;
        cog_text_append_format(&text, "%s%s: %s", text.length > 0 ? "; " : "", name->valuestring,
                               is_bad ? judgement.text : word);
        result.is_idle = result.is_idle && judgement.is_idle && !is_bad;
        result.result =
            is_worse(judgement.result, result.result) ? judgement.result : result.result;
    }
    scn_check_tell(&result, cog_text_string(&text));
    return result;
}

static struct scn_check_result judge_log(const struct scn_check *check,
                                         const struct scn_evidence *evidence)
{
    const struct scn_facts *facts = evidence->facts;
    struct scn_check_result result = {.result = SCN_FAIL};
    char at[COG_DURATION_TEXT_SIZE];
    if (facts->events == NULL) {
        return make_idle("nobody reads its log");
    }
    for (size_t i = 0; i < facts->event_count; i++) {
        const cJSON *name = NULL;
        cJSON_ArrayForEach(name, check->names)
        {
            if (strcmp(name->valuestring, facts->events[i].name) == 0) {
                result.result = SCN_PASS;
                (void)snprintf(result.evidence, sizeof result.evidence, "event %zu: %s at %s",
                               i + 1, name->valuestring,
                               cog_duration_format(facts->events[i].at_ms, at));
                return result;
            }
        }
    }
    scn_check_tell(&result, "it was never logged");
    return result;
}

static struct scn_check_result judge_command(const struct scn_check *check,
                                             const struct scn_evidence *evidence)
{
    struct scn_check_result result = {.result = SCN_FAIL};
    if (!evidence->is_guided) {
        return make_idle("nobody typed anything");
    }
    for (size_t i = 0; i < evidence->typed_count; i++) {
        const cJSON *pattern = NULL;
        cJSON_ArrayForEach(pattern, check->names)
        {
            if (fnmatch(pattern->valuestring, evidence->typed[i].line, 0) == 0) {
                result.result = SCN_PASS;
                (void)snprintf(result.evidence, sizeof result.evidence, "command %zu: %s", i + 1,
                               evidence->typed[i].line);
                cog_utf8_cut(result.evidence);
                return result;
            }
        }
    }
    scn_check_tell(&result, "it was never typed");
    return result;
}

static struct scn_check_result judge_check(const struct scn_check *check,
                                           const struct scn_evidence *evidence,
                                           const struct scn_figures *figures,
                                           const int64_t *targets)
{
    struct scn_check_result result = {.result = SCN_INCONCLUSIVE};
    switch (check->kind) {
    case SCN_CHECK_EXPECT:
        scn_check_judge_expect(check, evidence, &result);
        break;
    case SCN_CHECK_WITHIN:
        result = judge_within(check, evidence, figures, targets);
        break;
    case SCN_CHECK_INVARIANT:
        result = judge_invariants(check, evidence);
        break;
    case SCN_CHECK_LOG:
        result = judge_log(check, evidence);
        break;
    case SCN_CHECK_COMMAND:
        result = judge_command(check, evidence);
        break;
    }
    return result;
}

/* Why nothing of the run can be judged; NULL when it can. */
static const char *find_stop(const struct scn_facts *facts)
{
    if (facts->stop != NULL) {
        return facts->stop;
    }
    return facts->dropped_exchange_count > 0 ? "some requests were not kept" : NULL;
}

void scn_checklist_judge(const struct scn_checklist *checklist, const struct scn_evidence *evidence,
                         const struct scn_figures *figures, const int64_t *targets,
                         struct scn_check_results *out_results)
{
    const char *stop = find_stop(evidence->facts);
    struct scn_check_results results = {.count = checklist->count};
    for (size_t i = 0; i < checklist->count; i++) {
        results.items[i].result = SCN_INCONCLUSIVE;
        if (stop != NULL) {
            scn_check_tell(&results.items[i], stop);
        } else {
            results.items[i] = judge_check(&checklist->items[i], evidence, figures, targets);
        }
    }
    *out_results = results;
}
