/* What a person is told of a failure. */
#include "coverage/field.h"
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/mandate.h"
#include "judge/unheard.h"

#include <stdio.h>
#include <string.h>

enum { STATUS_TEXT_SIZE = 16, STATUS_CONFLICT = 409, STATUS_ERROR_MIN = 400 };

/* A rollback that somebody asked for is what they wanted. */
static bool is_failure(const struct scn_facts *facts)
{
    const enum cog_outcome outcome = facts->report->outcome;
    return outcome != COG_OUTCOME_PROMOTED && outcome != COG_OUTCOME_UNDELIVERED &&
           !(facts->is_rolled_back_by_hand && outcome == COG_OUTCOME_ROLLED_BACK);
}

/* By itself and in time: behind the deadline, that one is the first cause. */
static bool has_failed_first(const struct scn_facts *facts,
                             const struct mock_deployment_truth *deployment)
{
    return deployment->error != NULL && strcmp(deployment->error, "cancelled") != 0 &&
           deployment->ended_ms - facts->started_ms <= facts->config->timeout_ms;
}

/* The first request whose answer the last process can know: who was killed may have told nobody. */
static size_t find_first_heard(const struct scn_facts *facts)
{
    const size_t count = facts->starts != NULL ? facts->process_count : 0;
    const size_t first = scn_mandate_read(facts).exchange_index;
    if (count == 0 || !facts->starts[count - 1].is_after_kill) {
        return first;
    }
    const size_t start = facts->starts[count - 1].exchange_count;
    return start > first ? start : first;
}

/* Likewise of the job's state, where the outcome is that nobody can see it any more. */
static size_t find_first_seen(const struct scn_facts *facts)
{
    return facts->report->outcome == COG_OUTCOME_UNKNOWN ? find_first_heard(facts) : 0;
}

/* The error of a job that failed, if the client could see it, and where; else NULL. */
static const char *find_job_error(const struct scn_facts *facts, size_t *out_index)
{
    const size_t first = scn_mandate_read(facts).deployment_index;
    for (size_t i = first; !facts->seed_only && i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (!has_failed_first(facts, deployment)) {
            continue;
        }
        for (size_t k = find_first_seen(facts); k < facts->exchange_count; k++) {
            const struct mock_exchange *exchange = &facts->exchanges[k];
            if (scn_exchange_is(exchange, "status") && exchange->at_ms >= deployment->ended_ms &&
                !scn_exchange_may_be_bad(exchange)) {
                *out_index = k;
                return deployment->error;
            }
        }
    }
    return NULL;
}

/* Whether the client gave up, for a signal or a limit, before it had seen the job's end: that is
 * its reason then, and the job's error follows. */
static bool has_given_up_before(const struct scn_facts *facts, size_t exchange_index)
{
    for (size_t i = 0; i < facts->event_count; i++) {
        const struct scn_event *event = &facts->events[i];
        if (event->exchange_count <= exchange_index && scn_event_is(event, "transition") &&
            scn_event_field_is(event, "to", "stop")) {
            return true;
        }
    }
    return false;
}

static bool tells_job_error(const struct scn_facts *facts, const char *job_error,
                            size_t exchange_index)
{
    const struct cog_report *report = facts->report;
    return strstr(report->reason, job_error) != NULL ||
           (has_given_up_before(facts, exchange_index) &&
            strstr(report->follow_up, job_error) != NULL);
}

/* Whether the same was asked again, and answered. */
static bool is_overcome(const struct scn_facts *facts, size_t index)
{
    for (size_t i = index + 1; i < facts->exchange_count; i++) {
        if (scn_exchange_is_same_call(&facts->exchanges[index], &facts->exchanges[i]) &&
            scn_exchange_is_clean(&facts->exchanges[i])) {
            return true;
        }
    }
    return false;
}

/*
 * The status that everything bad in the run had, where all of it was an injected status before
 * anything was applied: then nothing else can be the cause. 0 when there is no such thing.
 */
static int find_only_status(const struct scn_facts *facts)
{
    int status = 0;
    for (size_t i = find_first_heard(facts); i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (scn_exchange_is(exchange, "webhook") || scn_exchange_is_clean(exchange) ||
            is_overcome(facts, i)) {
            continue;
        }
        const bool is_status = exchange->status >= STATUS_ERROR_MIN && exchange->fault != NULL &&
                               exchange->state != MOCK_EXCHANGE_ABANDONED &&
                               strncmp(exchange->fault, "status ", 7) == 0;
        if (!is_status || (status != 0 && exchange->status != status) ||
            scn_unheard_is_behind(facts, i + 1)) {
            return 0;
        }
        status = exchange->status;
    }
    return status;
}

/* A wait that nobody waits for is a cause of its own; 409 is the API's word for sessions. */
static bool tells_status(const char *reason, int status)
{
    char text[STATUS_TEXT_SIZE];
    (void)snprintf(text, sizeof text, "%d", status);
    return strstr(reason, text) != NULL || strstr(reason, "asks to wait") != NULL ||
           (status == STATUS_CONFLICT && strstr(reason, "active sessions") != NULL);
}

static bool is_untouched(enum cog_outcome outcome)
{
    return outcome == COG_OUTCOME_UNAUTHORIZED || outcome == COG_OUTCOME_NOT_READY ||
           outcome == COG_OUTCOME_REJECTED;
}

struct scn_judgement scn_judge_reason(const struct scn_facts *facts)
{
    const struct cog_report *report = facts->report;
    if (!is_failure(facts)) {
        return scn_judgement_idle;
    }
    const bool is_left = scn_mandate_is_left(facts);
    if (report->step[0] == '\0' || report->reason[0] == '\0') {
        return scn_judgement_fail("the report of '%s' names no %s",
                                  cog_outcome_name(report->outcome),
                                  report->step[0] == '\0' ? "step" : "reason");
    }
    size_t index = 0;
    const char *job_error = find_job_error(facts, &index);
    if (job_error != NULL && !is_left && !tells_job_error(facts, job_error, index)) {
        return scn_judgement_fail("the job failed with '%s', and the reason is '%s'", job_error,
                                  report->reason);
    }
    const int status = find_only_status(facts);
    if (is_untouched(report->outcome) && status != 0 && !tells_status(report->reason, status)) {
        return scn_judgement_fail("the server said %d, and the reason is '%s'", status,
                                  report->reason);
    }
    return scn_judgement_pass;
}
