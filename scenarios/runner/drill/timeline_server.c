/* The milestones by the server's truth. */
#include "drill/timeline_part.h"

#include "judge/exchange.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* What there is to know while the milestones are read, one by one. */
struct reading {
    const struct scn_evidence *evidence;
    const struct scn_facts *facts;
    struct scn_milestone *milestones;
    size_t sent_index; /* Of the rollback, or of the cancellation; SIZE_MAX for none. */
    bool is_rollback;  /* It is a rollback. */
};

const char *scn_timeline_request(const struct scn_facts *facts, size_t index,
                                 char buffer[SCN_REQUEST_TEXT_SIZE])
{
    const struct mock_exchange *exchange = &facts->exchanges[index];
    const uint64_t number = exchange->number > 0 ? exchange->number : index + 1;
    if (exchange->attempt > 1) {
        (void)snprintf(buffer, SCN_REQUEST_TEXT_SIZE, "request %llu (%s#%d, attempt %d)",
                       (unsigned long long)number, exchange->call, exchange->nth,
                       exchange->attempt);
    } else {
        (void)snprintf(buffer, SCN_REQUEST_TEXT_SIZE, "request %llu (%s#%d)",
                       (unsigned long long)number, exchange->call, exchange->nth);
    }
    return buffer;
}

static int64_t time_of(const struct reading *reading, enum scn_milestone_id id)
{
    return reading->milestones[id].server_ms;
}

/* Of two candidates for T0 the earlier one counts. */
static void offer(struct scn_milestone *applied, int64_t at_ms, const char *what, const char *name)
{
    if (at_ms >= 0 && (applied->server_ms < 0 || at_ms < applied->server_ms)) {
        scn_milestone_tell_server(applied, at_ms, "%s%s", what, name);
    }
}

static void offer_injects(const struct reading *reading, struct scn_milestone *applied)
{
    const struct scn_facts *facts = reading->facts;
    for (size_t i = 0; i < facts->inject_count; i++) {
        offer(applied, facts->injects[i].struck_ms, "inject ", facts->injects[i].name);
    }
}

/* Nobody noted when it died: with the last sign of its life. */
static void offer_deaths(const struct reading *reading, struct scn_milestone *applied)
{
    const struct scn_facts *facts = reading->facts;
    for (size_t i = 1; facts->starts != NULL && i < facts->process_count; i++) {
        const struct scn_start *start = &facts->starts[i];
        int64_t last_ms = facts->starts[i - 1].at_ms;
        if (!start->is_after_kill) {
            continue;
        }
        if (start->exchange_count > 0 && start->exchange_count <= facts->exchange_count) {
            const int64_t at_ms = facts->exchanges[start->exchange_count - 1].at_ms;
            last_ms = at_ms > last_ms ? at_ms : last_ms;
        }
        if (start->event_count > 0 && start->event_count <= facts->event_count) {
            const int64_t at_ms = facts->events[start->event_count - 1].at_ms;
            last_ms = at_ms > last_ms ? at_ms : last_ms;
        }
        offer(applied, last_ms, "the client died", "");
        return;
    }
}

static void offer_struck(const struct reading *reading, struct scn_milestone *applied)
{
    const struct scn_facts *facts = reading->facts;
    char request[SCN_REQUEST_TEXT_SIZE];
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (facts->exchanges[i].fault != NULL) {
            scn_milestone_tell_server(applied, facts->exchanges[i].at_ms, "%s: %s",
                                      scn_timeline_request(facts, i, request),
                                      facts->exchanges[i].fault);
            return;
        }
    }
}

static bool is_cancelled(const struct mock_deployment_truth *deployment)
{
    return deployment->error != NULL && strcmp(deployment->error, "cancelled") == 0;
}

/* The first own job that failed by itself since then; NULL for none. */
static const struct mock_deployment_truth *find_failure(const struct scn_facts *facts,
                                                        int64_t since_ms)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (deployment->error != NULL && !is_cancelled(deployment) &&
            deployment->ended_ms >= since_ms && deployment->ended_ms >= 0) {
            return deployment;
        }
    }
    return NULL;
}

static void read_applied(struct reading *reading)
{
    struct scn_milestone *applied = &reading->milestones[SCN_MILESTONE_APPLIED];
    const struct scn_facts *other = reading->facts->rivalry.other;
    offer_injects(reading, applied);
    offer_deaths(reading, applied);
    if (other != NULL) {
        offer(applied, other->started_ms, "the second operator began", "");
    }
    if (applied->server_ms < 0) {
        offer_struck(reading, applied);
    }
    if (applied->server_ms < 0) {
        const struct mock_deployment_truth *failed = find_failure(reading->facts, 0);
        offer(applied, failed != NULL ? failed->ended_ms : -1,
              "job failed: ", failed != NULL ? failed->error : "");
    }
}

/* Whether another process had taken up the run of a dead one by then. */
static bool is_taken_up(const struct scn_facts *facts, int64_t since_ms, int64_t until_ms)
{
    for (size_t i = 1; facts->starts != NULL && i < facts->process_count; i++) {
        const struct scn_start *start = &facts->starts[i];
        if (start->is_after_kill && start->at_ms >= since_ms && start->at_ms <= until_ms) {
            return true;
        }
    }
    return false;
}

static void read_visible(struct reading *reading)
{
    const struct scn_facts *facts = reading->facts;
    const struct scn_facts *other = facts->rivalry.other;
    const int64_t applied_ms = time_of(reading, SCN_MILESTONE_APPLIED);
    struct scn_milestone *visible = &reading->milestones[SCN_MILESTONE_VISIBLE];
    if (applied_ms < 0) {
        return;
    }
    const struct mock_deployment_truth *failed = find_failure(facts, applied_ms);
    if (failed != NULL && !is_taken_up(facts, applied_ms, failed->ended_ms)) {
        scn_milestone_tell_server(visible, failed->ended_ms, "job '%s' failed: %s", failed->job_id,
                                  failed->error);
        return;
    }
    for (size_t i = 0; other != NULL && i < other->deployment_count; i++) {
        if (other->deployments[i].created_ms >= applied_ms) {
            scn_milestone_tell_server(visible, other->deployments[i].created_ms,
                                      "the second operator's job '%s'",
                                      other->deployments[i].job_id);
            return;
        }
    }
    scn_milestone_tell_server(visible, applied_ms, "at once");
}

static bool is_routine(const struct mock_exchange *exchange)
{
    return scn_exchange_is(exchange, "status") || scn_exchange_is(exchange, "token");
}

static void read_recognised(struct reading *reading)
{
    const struct scn_facts *facts = reading->facts;
    struct scn_notice notice = {0};
    char request[SCN_REQUEST_TEXT_SIZE];
    if (!scn_notice_find(reading->evidence, reading->milestones, &notice)) {
        return;
    }
    scn_milestone_tell_server(&reading->milestones[SCN_MILESTONE_SEEN], notice.told.server_ms, "%s",
                              notice.told.server_evidence);
    for (size_t i = notice.next_index; i < facts->exchange_count; i++) {
        if (!notice.is_status || !is_routine(&facts->exchanges[i])) {
            scn_milestone_tell_server(&reading->milestones[SCN_MILESTONE_RECOGNISED],
                                      facts->exchanges[i].at_ms, "%s",
                                      scn_timeline_request(facts, i, request));
            return;
        }
    }
}

static size_t find_call(const struct reading *reading, const char *call)
{
    const struct scn_facts *facts = reading->facts;
    const int64_t applied_ms = time_of(reading, SCN_MILESTONE_APPLIED);
    for (size_t i = 0; applied_ms >= 0 && i < facts->exchange_count; i++) {
        if (scn_exchange_is(&facts->exchanges[i], call) &&
            facts->exchanges[i].at_ms >= applied_ms) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void read_sent(struct reading *reading)
{
    char request[SCN_REQUEST_TEXT_SIZE];
    reading->sent_index = find_call(reading, "rollback");
    reading->is_rollback = reading->sent_index != SIZE_MAX;
    if (!reading->is_rollback) {
        reading->sent_index = find_call(reading, "cancel");
    }
    if (reading->sent_index != SIZE_MAX) {
        scn_milestone_tell_server(
            &reading->milestones[SCN_MILESTONE_SENT],
            reading->facts->exchanges[reading->sent_index].at_ms, "%s",
            scn_timeline_request(reading->facts, reading->sent_index, request));
    }
}

static bool has_rollback(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        if (facts->deployments[i].rollback_count > 0) {
            return true;
        }
    }
    return false;
}

/* The world took it, also where a fault hid that from whoever sent it. */
static bool is_taken(const struct reading *reading, const struct mock_exchange *exchange)
{
    const bool is_done = !reading->is_rollback || has_rollback(reading->facts);
    return exchange->applied && (exchange->fault != NULL ? is_done : exchange->status / 100 == 2);
}

static void read_accepted(struct reading *reading)
{
    const struct scn_facts *facts = reading->facts;
    char request[SCN_REQUEST_TEXT_SIZE];
    for (size_t i = reading->sent_index; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (scn_exchange_is(exchange, reading->is_rollback ? "rollback" : "cancel") &&
            is_taken(reading, exchange)) {
            const int64_t at_ms =
                exchange->answered_ms > exchange->at_ms ? exchange->answered_ms : exchange->at_ms;
            scn_milestone_tell_server(&reading->milestones[SCN_MILESTONE_ACCEPTED], at_ms,
                                      "%s: %d%s%s", scn_timeline_request(facts, i, request),
                                      exchange->status,
                                      exchange->fault != NULL ? ", hidden by " : "",
                                      exchange->fault != NULL ? exchange->fault : "");
            return;
        }
    }
}

static void read_ended(struct reading *reading)
{
    const struct scn_facts *facts = reading->facts;
    struct scn_milestone *ended = &reading->milestones[SCN_MILESTONE_ENDED];
    const int64_t applied_ms = time_of(reading, SCN_MILESTONE_APPLIED);
    const bool is_rolled_back = has_rollback(facts);
    if (applied_ms < 0 || (reading->is_rollback && !is_rolled_back)) {
        return; /* A rollback that was refused ended nothing. */
    }
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        const bool is_by_rollback = deployment->rollback_count > 0;
        const int64_t ended_ms =
            is_by_rollback ? deployment->rollback_ended_ms : deployment->ended_ms;
        if (ended_ms >= applied_ms && is_by_rollback == is_rolled_back) {
            scn_milestone_tell_server(ended, ended_ms, "job '%s': %s", deployment->job_id,
                                      deployment->status);
        }
    }
}

static bool is_look(const struct mock_exchange *exchange)
{
    static const char *const calls[] = {"status",      "health",   "simulate",   "metrics",
                                        "environment", "versions", "deployments"};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (scn_exchange_is(exchange, calls[i])) {
            return true;
        }
    }
    return false;
}

/* Where what a command does ends, which a person typed; INT64_MAX for no limit. */
static int64_t find_command_end_ms(const struct scn_evidence *evidence, int64_t at_ms)
{
    for (size_t i = 0; i < evidence->typed_count; i++) {
        const struct scn_typed *typed = &evidence->typed[i];
        if (typed->at_ms <= at_ms && typed->until_ms >= at_ms) {
            return typed->until_ms;
        }
    }
    return INT64_MAX;
}

/* Where another command's requests begin: one that follows on a dead process goes on with it. */
static size_t find_next_command(const struct scn_facts *facts, size_t index)
{
    for (size_t i = 1; facts->starts != NULL && i < facts->process_count; i++) {
        if (facts->starts[i].exchange_count > index && !facts->starts[i].is_after_kill) {
            return facts->starts[i].exchange_count;
        }
    }
    return facts->exchange_count;
}

/* From when on a look tells the end: -1 where nothing has ended yet. */
static int64_t find_base_ms(const struct reading *reading)
{
    const int64_t ended_ms = time_of(reading, SCN_MILESTONE_ENDED);
    const int64_t sent_ms = time_of(reading, SCN_MILESTONE_SENT);
    const int64_t seen_ms = time_of(reading, SCN_MILESTONE_SEEN);
    if (ended_ms >= 0 || time_of(reading, SCN_MILESTONE_ACCEPTED) >= 0) {
        return ended_ms;
    }
    if (sent_ms >= 0) {
        return sent_ms;
    }
    return seen_ms >= 0 ? seen_ms : time_of(reading, SCN_MILESTONE_APPLIED);
}

/* Whether an answer can be the last that was needed. */
static bool is_sure_of(const struct reading *reading, const struct mock_exchange *exchange)
{
    const bool has_ended = time_of(reading, SCN_MILESTONE_ENDED) >= 0;
    const bool is_act =
        scn_exchange_is(exchange, "rollback") || scn_exchange_is(exchange, "cancel");
    const bool is_final =
        !scn_exchange_is(exchange, "token") && !scn_exchange_is(exchange, "webhook");
    return has_ended ? is_look(exchange) && scn_exchange_is_clean(exchange)
                     : is_final && (is_look(exchange) || is_act || exchange->status > 0);
}

static bool is_unsure(const struct scn_facts *facts)
{
    const struct cog_report *report = facts->report;
    return report != NULL &&
           (report->outcome == COG_OUTCOME_UNKNOWN || report->outcome == COG_OUTCOME_INTERRUPTED ||
            report->outcome == COG_OUTCOME_INTERNAL);
}

static void read_verified(struct reading *reading)
{
    const struct scn_facts *facts = reading->facts;
    const int64_t base_ms = find_base_ms(reading);
    int64_t limit_ms = INT64_MAX;
    size_t end = facts->exchange_count;
    size_t last = SIZE_MAX;
    char request[SCN_REQUEST_TEXT_SIZE];
    if (base_ms < 0 || is_unsure(facts)) {
        return;
    }
    for (size_t i = 0; i < end && facts->exchanges[i].at_ms <= limit_ms; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (scn_timeline_end_ms(exchange) < base_ms) {
            continue;
        }
        if (last != SIZE_MAX && scn_exchange_is(exchange, "webhook")) {
            break;
        }
        if (last == SIZE_MAX && is_sure_of(reading, exchange)) {
            end = find_next_command(facts, i);
            limit_ms = find_command_end_ms(reading->evidence, exchange->at_ms);
        }
        last = is_sure_of(reading, exchange) ? i : last;
    }
    if (last != SIZE_MAX) {
        scn_milestone_tell_server(&reading->milestones[SCN_MILESTONE_VERIFIED],
                                  scn_timeline_end_ms(&facts->exchanges[last]), "%s: %d",
                                  scn_timeline_request(facts, last, request),
                                  facts->exchanges[last].status);
    }
}

static void read_notified(struct reading *reading)
{
    const struct scn_facts *facts = reading->facts;
    const int64_t verified_ms = time_of(reading, SCN_MILESTONE_VERIFIED);
    const int64_t ended_ms = time_of(reading, SCN_MILESTONE_ENDED);
    const int64_t applied_ms = time_of(reading, SCN_MILESTONE_APPLIED);
    const int64_t last_ms = ended_ms >= 0 ? ended_ms : applied_ms;
    const int64_t since_ms = verified_ms >= 0 ? verified_ms : last_ms;
    for (size_t i = 0; since_ms >= 0 && i < facts->delivery_count; i++) {
        if (facts->deliveries[i].at_ms >= since_ms) {
            scn_milestone_tell_server(&reading->milestones[SCN_MILESTONE_NOTIFIED],
                                      facts->deliveries[i].at_ms, "delivery %zu", i + 1);
            return;
        }
    }
}

void scn_timeline_read_server(const struct scn_evidence *evidence, struct scn_milestone *milestones)
{
    struct reading reading = {
        .evidence = evidence,
        .facts = evidence->facts,
        .milestones = milestones,
        .sent_index = SIZE_MAX,
    };
    read_applied(&reading);
    read_visible(&reading);
    read_recognised(&reading);
    read_sent(&reading);
    read_accepted(&reading);
    read_ended(&reading);
    read_verified(&reading);
    read_notified(&reading);
}
