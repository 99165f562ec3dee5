/* Points of the checklist that are members of `expect`. */
#include "drill/checklist_part.h"

#include "foreign/verdict.h"

#include <stdio.h>
#include <string.h>

static void compare_second(const struct scn_expectation *expectation, const struct scn_facts *facts,
                           struct scn_findings *findings)
{
    if (!expectation->second.is_set) {
        return;
    }
    if (facts->rivalry.other == NULL) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "second", "there was no second operator");
        return;
    }
    scn_expectation_compare_second(&expectation->second, facts->rivalry.other, findings);
}

static void compare(const struct scn_check *check, const struct scn_facts *facts,
                    struct scn_findings *findings)
{
    struct scn_expectation expectation = check->expectation;
    struct scn_facts seen = *facts;
    expectation.exit_is_free = !check->has_exit;
    if (!scn_check_is_about_audit(&expectation)) {
        seen.audit = ""; /* A damaged file is no business of a point that does not ask for it. */
    }
    scn_expectation_compare(&expectation, &seen, findings);
    compare_second(&expectation, facts, findings);
}

static bool has_counts(const struct scn_counts *counts)
{
    for (size_t i = 0; i < SCN_CALLS_MAX; i++) {
        if (counts->calls[i].is_set) {
            return true;
        }
    }
    return counts->others.is_set;
}

/* The exit code that means that outcome. */
static int find_exit_code(const char *outcome)
{
    for (int i = 0; i < COG_OUTCOME_INTERRUPTED; i++) {
        if (strcmp(cog_outcome_name((enum cog_outcome)i), outcome) == 0) {
            return cog_outcome_exit_code((enum cog_outcome)i, 0);
        }
    }
    return 0;
}

/* Of a client that is not ours: what it did and what its exit code means, but not what it wrote. */
static bool compare_foreign(const struct scn_check *check, const struct scn_facts *facts,
                            struct scn_findings *findings)
{
    struct scn_expectation expectation = check->expectation;
    expectation.exit_is_free = !check->has_exit && expectation.outcome == NULL;
    if (!check->has_exit && expectation.outcome != NULL) {
        expectation.exit_code = find_exit_code(expectation.outcome);
    }
    if (expectation.exit_is_free && expectation.target == SCN_TARGET_ANY &&
        !has_counts(&expectation.calls) && !has_counts(&expectation.applied)) {
        return false;
    }
    scn_verdict_compare(&expectation, facts, findings);
    return true;
}

static void show_findings(const struct scn_findings *findings, struct cog_text *text)
{
    for (size_t i = 0; i < findings->count; i++) {
        cog_text_append_format(text, "%s%s: %s", i > 0 ? "; " : "", findings->items[i].subject,
                               findings->items[i].text);
    }
}

static struct scn_check_result make_idle(const char *why)
{
    struct scn_check_result result = {.is_idle = true};
    scn_check_tell(&result, why);
    return result;
}

void scn_check_judge_expect(const struct scn_check *check, const struct scn_evidence *evidence,
                            struct scn_check_result *out_result)
{
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const struct scn_facts *facts = evidence->facts;
    struct scn_check_result result = {0};
    struct scn_check known = *check;
    if (facts->events == NULL) {
        known.expectation.log = NULL; /* Nobody kept it. */
    }
    if (facts->ending == NULL || evidence->is_guided) {
        compare(&known, facts, &findings);
    } else if (!compare_foreign(&known, facts, &findings)) {
        *out_result = make_idle("it is about our own client's papers");
        return;
    }
    result.result = scn_findings_verdict(&findings);
    show_findings(&findings, &text);
    scn_check_show(&known, facts, &text);
    if (text.length == 0) {
        *out_result = make_idle("nothing of it can be seen");
        return;
    }
    scn_check_tell(&result, cog_text_string(&text));
    *out_result = result;
}
