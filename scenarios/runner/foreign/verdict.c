#include "foreign/verdict.h"

#include "foreign/ending.h"
#include "foreign/rules.h"
#include "judge/judgement.h"
#include "report/mask.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>
#include <cogmock/script.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
    EXIT_CANNOT_EXECUTE = 126,
    EXIT_NOT_FOUND = 127,
    EXIT_SIGNAL_BASE = 128,
    LINE_LENGTH_MAX = 200,
    SIGNAL_NAME_SIZE = 32,
};

/* Of the same name as the client's own; NULL for those that are not about every client. */
static const struct {
    const char *id;
    struct scn_judgement (*judge)(const struct scn_facts *facts);
    bool needs_meaning; /* Goes by what the exit code says. */
} rules[] = {
    {"I1", scn_judge_single_promotion, false},
    {"I2", scn_judge_sessions, false},
    {"I3", scn_judge_rollback_of_failure, true},
    {"I4", scn_judge_rollback_unasked, true},
    {"I5", scn_judge_exit_code, true},
    {"I8", scn_judge_foreign_pace, false},
    {"I9", scn_judge_secrets, false},
    {"I11", scn_judge_foreign_webhook, false},
    {"I16", scn_judge_foreign_keys, false},
    {"I17", scn_judge_foreign_mention, false},
};

static const char *name_signal(int number, char buffer[SIGNAL_NAME_SIZE])
{
    static const struct {
        int number;
        const char *name;
    } rows[] = {
        {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},
        {SIGILL, "SIGILL"},   {SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"}, {SIGPIPE, "SIGPIPE"},
        {SIGQUIT, "SIGQUIT"}, {SIGSEGV, "SIGSEGV"}, {SIGTERM, "SIGTERM"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].number == number) {
            return rows[i].name;
        }
    }
    (void)snprintf(buffer, SIGNAL_NAME_SIZE, "signal %d", number);
    return buffer;
}

/* The last line that the client printed on stderr, as it may be shown: it tends to say why. */
static void find_last_line(const struct scn_facts *facts, char out_line[LINE_LENGTH_MAX + 1])
{
    const char *text = facts->outputs[1].text;
    size_t end = strlen(text);
    out_line[0] = '\0';
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
        end--;
    }
    size_t start = end;
    while (start > 0 && text[start - 1] != '\n') {
        start--;
    }
    COG_CLEANUP(scn_mask_finish) struct scn_mask mask = {0};
    COG_CLEANUP(cog_string_finish) char *line = cog_string_clone(text + start, end - start);
    COG_CLEANUP(cog_string_finish)
    char *shown =
        line != NULL && scn_mask_init(&mask, facts) == COG_OK ? scn_mask_apply(&mask, line) : NULL;
    if (shown != NULL) {
        (void)snprintf(out_line, LINE_LENGTH_MAX + 1, "%s", shown);
    }
}

/* Nothing came of it, not even a request: what is to be judged never ran. */
static bool is_not_started(const struct scn_facts *facts)
{
    const int exit_code = facts->ending->process.exit_code;
    return facts->exchange_count == 0 && facts->ending->meaning == 0 &&
           (exit_code == EXIT_CANNOT_EXECUTE || exit_code == EXIT_NOT_FOUND);
}

static void judge_start(const struct scn_facts *facts, struct scn_findings *findings)
{
    char line[LINE_LENGTH_MAX + 1];
    find_last_line(facts, line);
    scn_findings_append(findings, SCN_INCONCLUSIVE, "client",
                        "cannot be started: exit %d, %s (it runs in a folder of its own: "
                        "$COGDRILL_DIRECTORY is where the runner was started)",
                        facts->ending->process.exit_code, line[0] != '\0' ? line : "no message");
}

/* A shell tells of a signal that ended what it ran; the one that was sent ends it rightly. */
static int find_death(const struct scn_facts *facts)
{
    const struct scn_ending *ending = facts->ending;
    int number = ending->process.signal_number;
    if (number == 0 && ending->meaning == 0 && ending->process.exit_code > EXIT_SIGNAL_BASE) {
        number = ending->process.exit_code - EXIT_SIGNAL_BASE;
    }
    return number != facts->signal_number && !ending->is_overdue ? number : 0;
}

static void judge_end(const struct scn_facts *facts, struct scn_findings *findings)
{
    const struct scn_ending *ending = facts->ending;
    const int death = find_death(facts);
    char buffer[SIGNAL_NAME_SIZE];
    char line[LINE_LENGTH_MAX + 1];
    if (death != 0) {
        find_last_line(facts, line);
        scn_findings_append(findings, SCN_FAIL, "client", "died of %s%s%s",
                            name_signal(death, buffer), line[0] != '\0' ? ": " : "", line);
    }
    if (ending->process.left_processes) {
        scn_findings_append(findings, SCN_FAIL, "client",
                            "left processes behind, which were killed");
    }
    if (ending->lost_output > 0) {
        scn_findings_append(findings, SCN_FAIL, "client",
                            "printed more than anybody reads: %zu bytes are not kept",
                            ending->lost_output);
    }
}

static enum cog_outcome expected_outcome(const struct scn_expectation *expectation)
{
    for (int i = 0; i < COG_OUTCOME_INTERRUPTED; i++) {
        if (cog_outcome_exit_code((enum cog_outcome)i, 0) == expectation->exit_code) {
            return (enum cog_outcome)i;
        }
    }
    return COG_OUTCOME_INTERRUPTED;
}

static void compare_outcome(const struct scn_expectation *expectation,
                            const struct scn_facts *facts, struct scn_findings *findings)
{
    const struct scn_ending *ending = facts->ending;
    const enum cog_outcome expected = expected_outcome(expectation);
    char meaning[SCN_MEANING_TEXT_SIZE];
    if (ending->is_overdue || find_death(facts) != 0) {
        return; /* It said nothing. */
    }
    if (ending->meaning == 0) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "outcome",
                            "expected %s, got exit %d, which the exit map does not have",
                            cog_outcome_name(expected), ending->process.exit_code);
    } else if (!scn_exit_map_has(ending->meaning, expected)) {
        scn_findings_append(findings, SCN_FAIL, "outcome", "expected %s, got exit %d: %s",
                            cog_outcome_name(expected), ending->process.exit_code,
                            scn_exit_map_format(ending->meaning, meaning));
    }
}

/* What acts is everybody's business: how often it was applied, and that it was not even asked. */
static struct scn_expectation make_common(const struct scn_expectation *expectation)
{
    struct scn_expectation common = {.target = expectation->target};
    const char *const *names = mock_call_names();
    for (size_t i = 0; names[i] != NULL; i++) {
        const struct scn_range *calls = &expectation->calls.calls[i];
        if (strcmp(names[i], "promote") != 0 && strcmp(names[i], "rollback") != 0) {
            continue;
        }
        common.applied.calls[i] = expectation->applied.calls[i];
        if (calls->is_set && calls->maximum == 0) {
            common.calls.calls[i] = *calls;
        }
    }
    return common;
}

static struct scn_judgement judge_rule(size_t index, const struct scn_facts *facts)
{
    static const struct scn_judgement idle = {.is_idle = true};
    const struct scn_ending *ending = facts->ending;
    const bool said_nothing = ending->meaning == 0 || ending->is_overdue || find_death(facts) != 0;
    return rules[index].needs_meaning && said_nothing ? idle : rules[index].judge(facts);
}

static struct scn_judgement judge_duration(const struct scn_facts *facts)
{
    char limit[COG_DURATION_TEXT_SIZE];
    if (!facts->ending->is_overdue) {
        return scn_judgement_pass;
    }
    return scn_judgement_fail("it had not ended after %s of real time and was killed; "
                              "--client-timeout gives it longer",
                              cog_duration_format(facts->ending->limit_ms, limit));
}

static struct scn_judgement judge_invariant(const char *id, const struct scn_facts *facts)
{
    if (strcmp(id, "I7") == 0) {
        return judge_duration(facts);
    }
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (strcmp(rules[i].id, id) == 0) {
            return judge_rule(i, facts);
        }
    }
    return (struct scn_judgement){.is_idle = true};
}

static void judge_invariants(const struct scn_facts *facts, struct scn_findings *findings,
                             struct scn_rulings *out_rulings)
{
    struct scn_rulings rulings = {0};
    for (const struct scn_invariant *invariant = scn_invariants(); invariant->id != NULL;
         invariant++) {
        const struct scn_judgement judgement = judge_invariant(invariant->id, facts);
        rulings.items[rulings.count++] = (struct scn_ruling){
            .id = invariant->id,
            .result = judgement.result,
            .is_idle = judgement.is_idle,
        };
        if (judgement.result != SCN_PASS) {
            scn_findings_append(findings, judgement.result, invariant->id, "%s: %s",
                                invariant->rule, judgement.text);
        }
    }
    if (out_rulings != NULL) {
        *out_rulings = rulings;
    }
}

/* Its ways are its own: what it never did was not tried, and is not held against it either. */
static void judge_reach(const struct scn_facts *facts, struct scn_findings *findings)
{
    for (size_t i = 0; i < facts->unused_fault_count; i++) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "faults",
                            "fault '%s' never struck: the client did not come so far",
                            facts->unused_faults[i]);
    }
    for (size_t i = 0; i < facts->inject_count; i++) {
        if (facts->injects[i].struck_ms < 0) {
            scn_findings_append(findings, SCN_INCONCLUSIVE, "injects",
                                "inject '%s' struck nothing: the client did not come so far, or "
                                "was past it",
                                facts->injects[i].name);
        }
    }
    if (facts->unsent_signal != NULL) {
        char at[COG_DURATION_TEXT_SIZE];
        scn_findings_append(findings, SCN_INCONCLUSIVE, "events",
                            "the client ended before %s at %s",
                            scn_signal_name(facts->unsent_signal->number),
                            cog_duration_format(facts->unsent_signal->at_ms, at));
    }
    if (facts->unused_kill_count > 0) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "kills",
                            "the client ended before the last %zu of them",
                            facts->unused_kill_count);
    }
}

static size_t count_broken(const struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        count += rules[i].needs_meaning && rules[i].judge(facts).result == SCN_FAIL ? 1 : 0;
    }
    return count;
}

/* Whoever has one code for several outcomes is taken at the one that is best for him. */
static void choose_meaning(const struct scn_facts *facts, struct cog_report *report,
                           struct scn_facts *chosen)
{
    const uint32_t meaning = facts->ending->meaning;
    size_t fewest = meaning != 0 ? count_broken(facts) : 0;
    *report = *facts->report;
    *chosen = *facts;
    for (int i = 0; fewest > 0 && i < COG_OUTCOME_INTERRUPTED; i++) {
        struct cog_report other = *facts->report;
        struct scn_facts reading = *facts;
        other.outcome = (enum cog_outcome)i;
        reading.report = &other;
        reading.exit_code = cog_outcome_exit_code(other.outcome, 0);
        const size_t count =
            scn_exit_map_has(meaning, other.outcome) ? count_broken(&reading) : fewest;
        if (count < fewest) {
            fewest = count;
            *report = other;
            chosen->exit_code = reading.exit_code;
        }
    }
    chosen->report = report;
}

void scn_verdict_compare(const struct scn_expectation *expectation, const struct scn_facts *facts,
                         struct scn_findings *findings)
{
    const struct scn_expectation common = make_common(expectation);
    if (!expectation->exit_is_free) {
        compare_outcome(expectation, facts, findings);
    }
    scn_expectation_compare_world(&common, facts, findings);
}

struct scn_judgement scn_verdict_judge_rule(const char *id, const struct scn_facts *facts)
{
    struct cog_report report;
    struct scn_facts chosen;
    if (facts->ending == NULL) {
        return (struct scn_judgement){.is_idle = true};
    }
    choose_meaning(facts, &report, &chosen);
    return judge_invariant(id, &chosen);
}

void scn_verdict_judge(const struct scn_expectation *expectation, const struct scn_facts *facts,
                       struct scn_findings *findings, struct scn_rulings *out_rulings)
{
    if (facts->stop != NULL || facts->dropped_exchange_count > 0) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "run", "%s",
                            facts->stop != NULL ? facts->stop : "some requests were not kept");
        return;
    }
    if (is_not_started(facts)) {
        judge_start(facts, findings);
        return;
    }
    judge_end(facts, findings);
    scn_verdict_compare(expectation, facts, findings);
    judge_reach(facts, findings);
    struct cog_report report;
    struct scn_facts chosen;
    choose_meaning(facts, &report, &chosen);
    judge_invariants(&chosen, findings, out_rulings);
}
