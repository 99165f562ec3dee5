/* How the client was first told of the fault, by the answers that it got. */
#include "drill/timeline_part.h"

#include "judge/exchange.h"

#include <cogbase/json.h>

#include <stdint.h>
#include <string.h>

enum { HTTP_NOT_FOUND = 404, HTTP_ERROR_FIRST = 400 };

int64_t scn_timeline_end_ms(const struct mock_exchange *exchange)
{
    const int64_t answered_ms =
        exchange->answered_ms > exchange->at_ms ? exchange->answered_ms : exchange->at_ms;
    return exchange->done_ms > answered_ms ? exchange->done_ms : answered_ms;
}

static cJSON *parse_answer(const struct mock_exchange *exchange)
{
    return exchange->answer_body != NULL ? cJSON_Parse(exchange->answer_body) : NULL;
}

/* @return the word, static; NULL: it tells nothing bad */
static const char *find_bad_status(const struct mock_exchange *exchange)
{
    static const char *const words[] = {"failed", "rolling_back", "rolled_back", "rollback_failed"};
    if (!scn_exchange_is(exchange, "status") || exchange->status / 100 != 2) {
        return NULL;
    }
    COG_CLEANUP(cog_json_finish) cJSON *answer = parse_answer(exchange);
    const char *status = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "status"));
    for (size_t i = 0; status != NULL && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i], status) == 0) {
            return words[i];
        }
    }
    return NULL;
}

static bool has_sessions(const struct mock_exchange *exchange)
{
    if (!scn_exchange_is(exchange, "sessions") || exchange->status / 100 != 2) {
        return false;
    }
    COG_CLEANUP(cog_json_finish) cJSON *answer = parse_answer(exchange);
    const cJSON *active = cJSON_GetObjectItemCaseSensitive(answer, "active_sessions");
    return cJSON_IsNumber(active) && active->valuedouble > 0;
}

/* An API may lack what is only read: that is no news. */
static bool is_refusal(const struct mock_exchange *exchange)
{
    const bool is_act = scn_exchange_is(exchange, "promote") ||
                        scn_exchange_is(exchange, "rollback") ||
                        scn_exchange_is(exchange, "status");
    return exchange->status >= HTTP_ERROR_FIRST && (exchange->status != HTTP_NOT_FOUND || is_act);
}

static bool shows_another(const struct scn_facts *facts, const struct mock_exchange *exchange)
{
    const struct scn_facts *other = facts->rivalry.other;
    if (!scn_exchange_is(exchange, "deployments") || exchange->answer_body == NULL) {
        return false;
    }
    for (size_t i = 0; other != NULL && i < other->deployment_count; i++) {
        const char *job_id = other->deployments[i].job_id;
        if (job_id != NULL && strstr(exchange->answer_body, job_id) != NULL) {
            return true;
        }
    }
    return false;
}

static void tell_exchange(const struct scn_facts *facts, size_t index, const char *what,
                          struct scn_notice *notice)
{
    const struct mock_exchange *exchange = &facts->exchanges[index];
    char request[SCN_REQUEST_TEXT_SIZE];
    notice->index = index;
    notice->next_index = index + 1;
    scn_milestone_tell_server(&notice->told, scn_timeline_end_ms(exchange), "%s: %d%s%s",
                              scn_timeline_request(facts, index, request), exchange->status,
                              what[0] != '\0' ? " " : "", what);
}

/* @return false: it says nothing of it */
static bool tells(const struct scn_facts *facts, size_t index, struct scn_notice *notice)
{
    const struct mock_exchange *exchange = &facts->exchanges[index];
    const char *word = find_bad_status(exchange);
    notice->is_status = false;
    if (exchange->fault != NULL && !scn_exchange_is_clean(exchange)) {
        tell_exchange(facts, index, exchange->fault, notice);
    } else if (word != NULL) {
        notice->is_status = true;
        tell_exchange(facts, index, word, notice);
    } else if (is_refusal(exchange)) {
        tell_exchange(facts, index, "", notice);
    } else if (has_sessions(exchange)) {
        tell_exchange(facts, index, "sessions are active", notice);
    } else if (shows_another(facts, exchange)) {
        tell_exchange(facts, index, "another one's job", notice);
    } else {
        return false;
    }
    return true;
}

static bool is_deed(const struct mock_exchange *exchange)
{
    return scn_exchange_is(exchange, "cancel") || scn_exchange_is(exchange, "rollback");
}

/* Behind an own cancellation or rollback answers tell what that did, and no news. */
static bool find_answer(const struct scn_facts *facts, int64_t visible_ms,
                        struct scn_notice *notice)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (scn_timeline_end_ms(&facts->exchanges[i]) < visible_ms) {
            continue;
        }
        if (tells(facts, i, notice)) {
            return true;
        }
        if (is_deed(&facts->exchanges[i])) {
            return false;
        }
    }
    return false;
}

/* A process that follows on a dead one is told by the journal of that. */
static bool find_successor(const struct scn_facts *facts, int64_t applied_ms,
                           struct scn_notice *notice)
{
    for (size_t i = 1; facts->starts != NULL && i < facts->process_count; i++) {
        const struct scn_start *start = &facts->starts[i];
        if (start->is_after_kill && start->at_ms >= applied_ms) {
            notice->index = SIZE_MAX;
            notice->next_index = start->exchange_count;
            scn_milestone_tell_server(&notice->told, start->at_ms, "process %zu: %s", i + 1,
                                      start->command != NULL ? start->command : "it began");
            return true;
        }
    }
    return false;
}

/* What nothing tells but the end of the time for it: a job that stands still. */
static bool find_end_of_patience(const struct scn_facts *facts, int64_t visible_ms,
                                 struct scn_notice *notice)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        const bool is_since = scn_timeline_end_ms(exchange) >= visible_ms;
        if (is_since && is_deed(exchange)) {
            if (last != SIZE_MAX) {
                tell_exchange(facts, last, "for the last time as if nothing were wrong", notice);
                notice->next_index = i;
            }
            return last != SIZE_MAX;
        }
        last = is_since && scn_exchange_is(exchange, "status") ? i : last;
    }
    return false;
}

static bool is_measuring(const struct mock_exchange *exchange)
{
    return scn_exchange_is(exchange, "metrics") || scn_exchange_is(exchange, "environment") ||
           scn_exchange_is(exchange, "versions");
}

/* When a job that did what it was to do had ended; INT64_MAX for none. */
static int64_t find_completion_ms(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (deployment->ended_ms >= 0 && deployment->error == NULL) {
            return deployment->ended_ms;
        }
    }
    return INT64_MAX;
}

/* Content that is not as it should be shows only by measuring both sides. */
static bool find_measurement(const struct scn_facts *facts, int64_t visible_ms,
                             struct scn_notice *notice)
{
    const int64_t completed_ms = find_completion_ms(facts);
    const int64_t since_ms = completed_ms > visible_ms ? completed_ms : visible_ms;
    bool is_found = false;
    if (facts->report == NULL || facts->report->outcome == COG_OUTCOME_PROMOTED) {
        return false;
    }
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (is_found && !is_measuring(exchange)) {
            notice->next_index = i;
            return true;
        }
        if (scn_exchange_is(exchange, "metrics") && exchange->at_ms >= since_ms) {
            tell_exchange(facts, i, "the content, measured", notice);
            is_found = true;
        }
    }
    return is_found;
}

/* Where the API tells nothing at all, a person learns of it by what was asked of the client. */
static bool find_command(const struct scn_evidence *evidence, int64_t applied_ms,
                         struct scn_notice *notice)
{
    const struct scn_facts *facts = evidence->facts;
    for (size_t i = 0; evidence->is_guided && i < evidence->typed_count; i++) {
        const struct scn_typed *typed = &evidence->typed[i];
        if (typed->at_ms < applied_ms) {
            continue;
        }
        notice->index = SIZE_MAX;
        notice->next_index = 0;
        while (notice->next_index < facts->exchange_count &&
               facts->exchanges[notice->next_index].at_ms < typed->at_ms) {
            notice->next_index++;
        }
        scn_milestone_tell_server(&notice->told, typed->at_ms, "command %zu: %s", i + 1,
                                  typed->line);
        return true;
    }
    return false;
}

bool scn_notice_find(const struct scn_evidence *evidence, const struct scn_milestone *milestones,
                     struct scn_notice *out_notice)
{
    const struct scn_facts *facts = evidence->facts;
    const int64_t applied_ms = milestones[SCN_MILESTONE_APPLIED].server_ms;
    const int64_t visible_ms = milestones[SCN_MILESTONE_VISIBLE].server_ms;
    struct scn_notice answer = {0};
    struct scn_notice successor = {0};
    if (visible_ms < 0) {
        return false;
    }
    const bool is_answered = find_answer(facts, visible_ms, &answer);
    const bool is_succeeded = find_successor(facts, applied_ms, &successor);
    if (is_answered && (!is_succeeded || answer.told.server_ms <= successor.told.server_ms)) {
        *out_notice = answer;
        return true;
    }
    if (is_succeeded) {
        *out_notice = successor;
        return true;
    }
    return find_measurement(facts, visible_ms, out_notice) ||
           find_end_of_patience(facts, visible_ms, out_notice) ||
           find_command(evidence, applied_ms, out_notice);
}
