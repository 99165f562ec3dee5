/* How long, how often, and how soon again. */
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/mandate.h"

#include <cogbase/duration.h>

#include <string.h>

enum {
    STATUS_UNAUTHORIZED = 401,
    STATUS_THROTTLED = 429,
    STATUS_UNAVAILABLE = 503,
    BUDGET = 500,
    COST_TRANSIENT = 14,
    COST_THROTTLED = 5,
};

static bool has_promoted(const struct scn_facts *facts, size_t exchange_count)
{
    for (size_t i = 0; i < exchange_count && i < facts->exchange_count; i++) {
        if (scn_exchange_is(&facts->exchanges[i], "promote")) {
            return true;
        }
    }
    return false;
}

/*
 * Who takes up a run that was killed begins anew where nothing was promoted; else what is left of
 * the promotion's time is for a look, but a rollback is not given up for the death of a process.
 */
static int64_t find_limit_ms(const struct scn_facts *facts)
{
    const struct cog_config *config = facts->config;
    const int64_t behind_ms = config->rollback_timeout_ms + config->webhook_timeout_ms +
                              config->lock_wait_ms + config->request_timeout_ms;
    const int64_t whole_ms = config->timeout_ms + config->drain_wait_ms + behind_ms;
    int64_t limit_ms = whole_ms;
    for (size_t i = 0; facts->starts != NULL && i < facts->process_count; i++) {
        const struct scn_start *start = &facts->starts[i];
        if (start->is_after_kill) {
            limit_ms += has_promoted(facts, start->exchange_count) ? behind_ms : whole_ms;
        }
    }
    return limit_ms;
}

struct scn_judgement scn_judge_duration(const struct scn_facts *facts)
{
    const int64_t limit_ms = find_limit_ms(facts);
    char limit[COG_DURATION_TEXT_SIZE];
    char got[COG_DURATION_TEXT_SIZE];
    const int64_t taken_ms = facts->elapsed_ms - facts->started_ms;
    if (taken_ms <= limit_ms) {
        return scn_judgement_pass_if(facts->process_count > 0);
    }
    return scn_judgement_fail("the run took %s, and its limits and one request are %s",
                              cog_duration_format(taken_ms, got),
                              cog_duration_format(limit_ms, limit));
}

static bool is_success(const struct mock_exchange *exchange)
{
    return exchange->status / 100 == 2;
}

/* Whether the answer to `first` is what `second` had to wait for. */
static bool has_to_wait(const struct mock_exchange *first, const struct mock_exchange *second)
{
    if (scn_exchange_is_same_call(first, second)) {
        return true;
    }
    if (!scn_exchange_is(second, "status")) {
        return false;
    }
    const bool is_poll = scn_exchange_is(first, "status") && strcmp(first->path, second->path) == 0;
    const bool is_start = scn_exchange_is(first, "promote") || scn_exchange_is(first, "rollback");
    return is_poll || (is_start && is_success(first));
}

static bool asks_to_wait(const struct mock_exchange *exchange)
{
    return exchange->retry_after_ms > 0 && !scn_exchange_is_broken(exchange) &&
           exchange->state != MOCK_EXCHANGE_ABANDONED &&
           (is_success(exchange) || exchange->status == STATUS_THROTTLED ||
            exchange->status == STATUS_UNAVAILABLE);
}

static struct scn_judgement judge_wait(const struct scn_facts *facts, size_t index)
{
    const struct mock_exchange *first = &facts->exchanges[index];
    for (size_t i = index + 1; asks_to_wait(first) && i < facts->exchange_count; i++) {
        const struct mock_exchange *second = &facts->exchanges[i];
        if (!has_to_wait(first, second)) {
            continue;
        }
        if (second->at_ms < first->at_ms + first->retry_after_ms &&
            !scn_mandate_has_died(facts, index, i)) {
            return scn_judgement_fail(
                "%s#%d/a%d came %lld ms after %s#%d/a%d, which asked for %lld", second->call,
                second->nth, second->attempt, (long long)(second->at_ms - first->at_ms),
                first->call, first->nth, first->attempt, (long long)first->retry_after_ms);
        }
        break;
    }
    return scn_judgement_pass;
}

/* The attempt of the same call before this one; NULL for a first one. */
static const struct mock_exchange *find_earlier(const struct scn_facts *facts, size_t index)
{
    for (size_t i = index; i > 0; i--) {
        if (scn_exchange_is_same_call(&facts->exchanges[i - 1], &facts->exchanges[index])) {
            return &facts->exchanges[i - 1];
        }
    }
    return NULL;
}

/* Whether the transport sent this one again by itself. */
static bool is_resent(const struct scn_facts *facts, size_t index)
{
    for (size_t i = index + 1; i < facts->exchange_count; i++) {
        if (scn_exchange_is_same_call(&facts->exchanges[index], &facts->exchanges[i])) {
            return scn_exchange_is_resent(&facts->exchanges[index], &facts->exchanges[i]);
        }
    }
    return false;
}

/* A token that was renewed is worth one more attempt. */
static struct scn_judgement judge_attempts(const struct scn_facts *facts, size_t index)
{
    const struct mock_exchange *last = &facts->exchanges[index];
    int attempt_count = 1;
    for (size_t i = 0; i < index; i++) {
        if (scn_exchange_is_same_call(&facts->exchanges[i], last) &&
            facts->exchanges[i].status != STATUS_UNAUTHORIZED && !is_resent(facts, i)) {
            attempt_count++;
        }
    }
    if (attempt_count > facts->config->max_attempts) {
        return scn_judgement_fail("%s#%d was tried %d times, and %d are allowed", last->call,
                                  last->nth, attempt_count, facts->config->max_attempts);
    }
    return scn_judgement_pass;
}

/* What this request took from the budget, and gave back; in doubt to the client's favour. */
static int charge(const struct scn_facts *facts, size_t index, int spent)
{
    const struct mock_exchange *exchange = &facts->exchanges[index];
    const struct mock_exchange *earlier = find_earlier(facts, index);
    const bool is_retry = earlier != NULL && earlier->status != STATUS_UNAUTHORIZED &&
                          !scn_exchange_is_resent(earlier, exchange);
    if (is_retry) {
        const bool is_throttled =
            earlier->status == STATUS_THROTTLED || earlier->status == STATUS_UNAVAILABLE;
        spent += is_throttled ? COST_THROTTLED : COST_TRANSIENT;
    }
    if (spent <= BUDGET && is_success(exchange)) {
        spent -= is_retry ? COST_TRANSIENT : 1;
    }
    return spent > 0 ? spent : 0;
}

/* Each process has a budget of its own. */
static bool is_first_of_process(const struct scn_facts *facts, size_t index)
{
    for (size_t i = 0; facts->starts != NULL && i < facts->process_count; i++) {
        if (facts->starts[i].exchange_count == index) {
            return true;
        }
    }
    return false;
}

struct scn_judgement scn_judge_pace(const struct scn_facts *facts)
{
    bool is_about = false;
    int spent = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        struct scn_judgement judgement = judge_wait(facts, i);
        if (judgement.result == SCN_PASS) {
            judgement = judge_attempts(facts, i);
        }
        if (judgement.result != SCN_PASS) {
            return judgement;
        }
        is_about = is_about || asks_to_wait(&facts->exchanges[i]) || find_earlier(facts, i) != NULL;
        spent = is_first_of_process(facts, i) ? 0 : spent;
        /* The webhook's receiver is another server, with a budget of its own. */
        if (!scn_exchange_is(&facts->exchanges[i], "webhook")) {
            spent = charge(facts, i, spent);
        }
        if (spent > BUDGET) {
            return scn_judgement_fail(
                "%s#%d is a repeat that the retry budget of %d does not allow",
                facts->exchanges[i].call, facts->exchanges[i].nth, BUDGET);
        }
    }
    return scn_judgement_pass_if(is_about);
}
