#include "judge/expectation.h"

#include "judge/audit.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>
#include <cogmock/script.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Scores have four decimals at most. */
#define PARITY_TOLERANCE 0.0001

enum { RANGE_TEXT_SIZE = 96 };

/* One list of findings with what is needed to write into it. */
struct comparison {
    const struct scn_expectation *expectation;
    const struct scn_facts *facts;
    struct scn_findings *findings;
};

static void compare_text(const struct comparison *comparison, const char *subject,
                         const char *expected, const char *got)
{
    if (expected != NULL && strcmp(expected, got) != 0) {
        scn_findings_append(comparison->findings, SCN_FAIL, subject, "expected %s, got %s",
                            expected, got[0] != '\0' ? got : "nothing");
    }
}

static bool range_holds(const struct scn_range *range, int64_t number)
{
    return !range->is_set || (number >= range->minimum && number <= range->maximum);
}

static const char *format_range(const struct scn_range *range, char buffer[RANGE_TEXT_SIZE])
{
    if (range->minimum == range->maximum) {
        (void)snprintf(buffer, RANGE_TEXT_SIZE, "%" PRId64, range->minimum);
    } else if (range->maximum == INT64_MAX) {
        (void)snprintf(buffer, RANGE_TEXT_SIZE, "at least %" PRId64, range->minimum);
    } else {
        (void)snprintf(buffer, RANGE_TEXT_SIZE, "%" PRId64 " to %" PRId64, range->minimum,
                       range->maximum);
    }
    return buffer;
}

static void compare_count(const struct comparison *comparison, const char *subject,
                          const struct scn_range *expected, int64_t got)
{
    char text[RANGE_TEXT_SIZE];
    if (!range_holds(expected, got)) {
        scn_findings_append(comparison->findings, SCN_FAIL, subject, "expected %s, got %" PRId64,
                            format_range(expected, text), got);
    }
}

static int64_t count_exchanges(const struct scn_facts *facts, const char *call, bool only_applied)
{
    int64_t count = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (strcmp(exchange->call, call) == 0 && (exchange->applied || !only_applied)) {
            count++;
        }
    }
    return count;
}

static int64_t count_all(const struct scn_facts *facts, bool only_applied)
{
    int64_t count = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (facts->exchanges[i].applied || !only_applied) {
            count++;
        }
    }
    return count;
}

static void compare_counts(const struct comparison *comparison, const char *subject,
                           const struct scn_counts *expected, bool only_applied)
{
    const char *const *names = mock_call_names();
    int64_t others = count_all(comparison->facts, only_applied);
    char path[64];
    for (size_t i = 0; names[i] != NULL; i++) {
        if (expected->calls[i].is_set) {
            const int64_t count = count_exchanges(comparison->facts, names[i], only_applied);
            (void)snprintf(path, sizeof path, "%s.%s", subject, names[i]);
            compare_count(comparison, path, &expected->calls[i], count);
            others -= count;
        }
    }
    (void)snprintf(path, sizeof path, "%s.others", subject);
    compare_count(comparison, path, &expected->others, others);
}

/* Every text has the empty one in it: as an expectation it means that there is none. */
static void compare_part(const struct comparison *comparison, const char *subject,
                         const char *expected, const char *got)
{
    if (expected == NULL) {
        return;
    }
    if (expected[0] == '\0' && got[0] != '\0') {
        scn_findings_append(comparison->findings, SCN_FAIL, subject, "expected none, got '%s'",
                            got);
    } else if (strstr(got, expected) == NULL) {
        scn_findings_append(comparison->findings, SCN_FAIL, subject,
                            "expected '%s' in it, got '%s'", expected, got);
    }
}

static void compare_report(const struct comparison *comparison)
{
    const struct scn_expectation *expectation = comparison->expectation;
    const struct cog_report *report = comparison->facts->report;
    if (!expectation->exit_is_free && expectation->exit_code != comparison->facts->exit_code) {
        scn_findings_append(comparison->findings, SCN_FAIL, "exit", "expected %d, got %d (%s%s%s)",
                            expectation->exit_code, comparison->facts->exit_code,
                            cog_outcome_name(report->outcome),
                            report->reason[0] != '\0' ? ": " : "", report->reason);
    }
    compare_text(comparison, "outcome", expectation->outcome, cog_outcome_name(report->outcome));
    compare_text(comparison, "step", expectation->step, report->step);
    compare_part(comparison, "reason", expectation->reason, report->reason);
    compare_part(comparison, "follow_up", expectation->follow_up, report->follow_up);
}

static void compare_target(const struct comparison *comparison)
{
    const struct scn_content *source = &comparison->facts->source;
    const struct scn_content *target = &comparison->facts->target;
    const enum scn_target expected = comparison->expectation->target;
    if (expected == SCN_TARGET_ANY) {
        return;
    }
    if (!source->is_known || !target->is_known) {
        scn_findings_append(comparison->findings, SCN_INCONCLUSIVE, "target",
                            "the fake has no such environment");
        return;
    }
    enum scn_target got = SCN_TARGET_CHANGED;
    if (strcmp(target->now, target->start) == 0) {
        got = SCN_TARGET_UNCHANGED;
    } else if (strcmp(target->now, source->now) == 0) {
        got = SCN_TARGET_PROMOTED;
    }
    static const char *const names[] = {"any", "unchanged", "promoted", "changed"};
    if (got != expected) {
        scn_findings_append(comparison->findings, SCN_FAIL, "target", "expected %s, got %s",
                            names[expected], names[got]);
    }
}

static const char *read_member(const cJSON *object, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static void compare_audit(const struct comparison *comparison)
{
    const struct scn_expectation *expectation = comparison->expectation;
    COG_CLEANUP(scn_audit_finish) struct scn_audit audit = {0};
    struct cog_error error = {0};
    const bool is_asked = expectation->audit_records.is_set || expectation->audit_status != NULL ||
                          expectation->audit_outcome != NULL;
    if (!is_asked && comparison->facts->disk.audit_failed) {
        return; /* What a disk that fails leaves there is the invariants' to judge. */
    }
    if (scn_audit_parse(comparison->facts->audit, &audit, &error) != COG_OK) {
        scn_findings_append(comparison->findings, SCN_FAIL, "audit", "%s: %s", error.message,
                            error.cause);
        return;
    }
    compare_count(comparison, "audit.records", &expectation->audit_records,
                  (int64_t)audit.record_count);
    compare_text(comparison, "audit.status", expectation->audit_status,
                 read_member(audit.last, "status"));
    compare_text(comparison, "audit.outcome", expectation->audit_outcome,
                 read_member(audit.last, "outcome"));
}

static void compare_webhook(const struct comparison *comparison)
{
    const struct scn_expectation *expectation = comparison->expectation;
    const struct scn_facts *facts = comparison->facts;
    compare_count(comparison, "webhook.delivered", &expectation->deliveries,
                  (int64_t)facts->delivery_count);
    if (expectation->webhook_event == NULL) {
        return;
    }
    COG_CLEANUP(cog_json_finish) cJSON *body = NULL;
    if (facts->delivery_count > 0) {
        const char *text = facts->deliveries[facts->delivery_count - 1].body;
        if (cog_json_parse_object(text, strlen(text), &body, NULL) != COG_OK) {
            scn_findings_append(comparison->findings, SCN_FAIL, "webhook.event",
                                "the body is not a JSON object");
            return;
        }
    }
    compare_text(comparison, "webhook.event", expectation->webhook_event,
                 read_member(body, "event"));
}

static void compare_parity(const struct comparison *comparison)
{
    const struct scn_expectation *expectation = comparison->expectation;
    const struct cog_report *report = comparison->facts->report;
    if (!expectation->parity_is_set) {
        return;
    }
    if (expectation->parity_is_measured != report->parity_is_measured) {
        scn_findings_append(comparison->findings, SCN_FAIL, "parity", "expected %s, got %s",
                            expectation->parity_is_measured ? "a score" : "null",
                            report->parity_is_measured ? "a score" : "null");
        return;
    }
    const double difference = fabs(expectation->parity_score - report->parity_score);
    if (report->parity_is_measured && !(difference <= PARITY_TOLERANCE)) {
        scn_findings_append(comparison->findings, SCN_FAIL, "parity", "expected %.4f, got %.4f",
                            expectation->parity_score, report->parity_score);
    }
}

static void compare_elapsed(const struct comparison *comparison)
{
    const struct scn_range *range = &comparison->expectation->elapsed_ms;
    const int64_t elapsed_ms = comparison->facts->elapsed_ms;
    if (range_holds(range, elapsed_ms)) {
        return;
    }
    char limit[COG_DURATION_TEXT_SIZE];
    char got[COG_DURATION_TEXT_SIZE];
    const bool is_early = elapsed_ms < range->minimum;
    scn_findings_append(comparison->findings, SCN_FAIL, "elapsed", "expected at %s %s, got %s",
                        is_early ? "least" : "most",
                        cog_duration_format(is_early ? range->minimum : range->maximum, limit),
                        cog_duration_format(elapsed_ms, got));
}

/* The next event of that name from `*inout_index` on, which moves behind it. */
static bool find_event(const struct scn_facts *facts, const char *name, size_t *inout_index)
{
    for (size_t i = *inout_index; i < facts->event_count; i++) {
        if (strcmp(facts->events[i].name, name) == 0) {
            *inout_index = i + 1;
            return true;
        }
    }
    return false;
}

static void compare_log(const struct comparison *comparison)
{
    size_t index = 0;
    const char *previous = NULL;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, comparison->expectation->log)
    {
        const char *name = item->valuestring;
        if (!find_event(comparison->facts, name, &index)) {
            scn_findings_append(comparison->findings, SCN_FAIL, "log", "expected '%s'%s%s%s", name,
                                previous != NULL ? " after '" : "",
                                previous != NULL ? previous : "",
                                previous != NULL ? "', got none" : ", got none");
            return;
        }
        previous = name;
    }
}

void scn_expectation_compare_second(const struct scn_second_expectation *expectation,
                                    const struct scn_facts *facts, struct scn_findings *findings)
{
    const struct scn_expectation alone = {
        .exit_code = expectation->exit_code,
        .outcome = expectation->outcome,
        .reason = expectation->reason,
        .step = expectation->step,
    };
    const struct comparison comparison = {&alone, facts, findings};
    if (expectation->is_set) {
        compare_report(&comparison);
    }
}

void scn_expectation_compare_world(const struct scn_expectation *expectation,
                                   const struct scn_facts *facts, struct scn_findings *findings)
{
    const struct comparison comparison = {expectation, facts, findings};
    compare_counts(&comparison, "calls", &expectation->calls, false);
    compare_counts(&comparison, "applied", &expectation->applied, true);
    compare_target(&comparison);
}

void scn_expectation_compare(const struct scn_expectation *expectation,
                             const struct scn_facts *facts, struct scn_findings *findings)
{
    const struct comparison comparison = {expectation, facts, findings};
    compare_report(&comparison);
    scn_expectation_compare_world(expectation, facts, findings);
    compare_audit(&comparison);
    compare_webhook(&comparison);
    compare_parity(&comparison);
    compare_elapsed(&comparison);
    compare_log(&comparison);
}
