#include "judge/invariant.h"

#include "judge/exchange.h"
#include "judge/journal.h"
#include "judge/judgement.h"
#include "judge/mandate.h"

#include <string.h>

static const struct scn_invariant invariants[] = {
    {"I1", "at most one promotion was applied", scn_judge_single_promotion},
    {"I2", "none was applied while sessions were active, unless overridden", scn_judge_sessions},
    {"I3", "a failed deployment was rolled back once, and the end was awaited",
     scn_judge_rollback_of_failure},
    {"I4", "nothing that completed, or is unknown, was rolled back unasked",
     scn_judge_rollback_unasked},
    {"I5", "the exit code is what the truth and the client's knowledge allow", scn_judge_exit_code},
    {"I6", "unknown only where the truth could not be seen", scn_judge_unknown},
    {"I7", "no longer than the limits and one request", scn_judge_duration},
    {"I8", "no call before its Retry-After, nor oftener than attempts and budget allow",
     scn_judge_pace},
    {"I9", "no secret in any output", scn_judge_secrets},
    {"I10", "the audit chain holds, its last record tells the end, and each act was journalled",
     scn_judge_records},
    {"I11", "one webhook, signed, of what is true by then", scn_judge_webhook},
    {"I12", "the target's lock is released, and another's is left alone", scn_judge_lock},
    {"I13", "a run that was killed and resumed ends like one that was not", scn_judge_kills},
    {"I14", "once faults stop, the run ends with the right verdict within its bound",
     scn_judge_recovery},
    {"I15", "no leak, and no descriptor left", scn_judge_leftovers},
    {"I16", "one idempotency key for each call that acts, over all its attempts", scn_judge_keys},
    {"I17", "a failure names its step and its first cause", scn_judge_reason},
    {"I18", "of two operators each minds its own job, and waits for its turn", scn_judge_rivalry},
    {0},
};

_Static_assert(sizeof invariants / sizeof invariants[0] <= SCN_INVARIANTS_MAX,
               "room for all of them");

const struct scn_invariant *scn_invariants(void)
{
    return invariants;
}

static void note(const char *id, const struct scn_judgement *judgement, struct scn_rulings *rulings)
{
    rulings->items[rulings->count++] = (struct scn_ruling){
        .id = id,
        .result = judgement->result,
        .is_idle = judgement->is_idle,
    };
}

void scn_invariants_judge(const struct scn_facts *facts, struct scn_findings *findings,
                          struct scn_rulings *out_rulings)
{
    struct scn_rulings rulings = {0};
    for (size_t i = 0; invariants[i].id != NULL; i++) {
        const struct scn_judgement judgement = invariants[i].judge(facts);
        note(invariants[i].id, &judgement, &rulings);
        if (judgement.result != SCN_PASS) {
            scn_findings_append(findings, judgement.result, invariants[i].id, "%s: %s",
                                invariants[i].rule, judgement.text);
        }
    }
    if (out_rulings != NULL) {
        *out_rulings = rulings;
    }
}

struct scn_judgement scn_judge_single_promotion(const struct scn_facts *facts)
{
    size_t first = 0;
    const struct scn_start *start = scn_mandate_find(facts, 0);
    do {
        /* From here to the next command. */
        start = start != NULL ? scn_mandate_find(facts, (size_t)(start - facts->starts) + 1) : NULL;
        const size_t end = start != NULL ? start->deployment_count : facts->deployment_count;
        if (end > first + 1) {
            return scn_judgement_fail("%zu promotions were applied", end - first);
        }
        first = end;
    } while (start != NULL);
    return scn_judgement_pass_if(scn_exchange_find_last(facts, "promote") != NULL);
}

struct scn_judgement scn_judge_sessions(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (deployment->sessions_at_start > 0 && !deployment->sessions_overridden) {
            return scn_judgement_fail("deployment '%s' was applied with %d active sessions",
                                      deployment->job_id, deployment->sessions_at_start);
        }
        if (deployment->sessions_overridden && !facts->config->override_active_sessions) {
            return scn_judgement_fail("deployment '%s' overrode the sessions, and nobody asked",
                                      deployment->job_id);
        }
    }
    return scn_judgement_pass_if(facts->deployment_count > 0 ||
                                 scn_exchange_find_last(facts, "sessions") != NULL);
}

static bool is_acting(const struct mock_exchange *exchange)
{
    return strcmp(exchange->call, "promote") == 0 || strcmp(exchange->call, "rollback") == 0;
}

static bool is_same_text(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

static bool is_same_request(const struct mock_exchange *first, const struct mock_exchange *second)
{
    const bool is_half = scn_exchange_is_half_sent(first) || scn_exchange_is_half_sent(second);
    return strcmp(first->path, second->path) == 0 &&
           (is_half || strcmp(first->body, second->body) == 0);
}

/* Whether a client that saw this answer, or saw none, must reckon with its having been applied. */
static bool is_open(const struct mock_exchange *exchange)
{
    return exchange->status < 400 || exchange->status > 499 || exchange->status == 408 ||
           scn_exchange_is_broken(exchange);
}

/* Refused for good: not for its token, and not to be sent again later. */
static bool is_refused(const struct mock_exchange *exchange)
{
    return !is_open(exchange) && exchange->status != 401 && exchange->status != 425 &&
           exchange->status != 429;
}

/* A server that keeps keys would not have refused one with which it had accepted something. */
static bool is_refused_between(const struct scn_facts *facts, size_t first_index,
                               size_t second_index)
{
    const char *key = facts->exchanges[first_index].idempotency_key;
    for (size_t i = first_index + 1; i < second_index; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (is_acting(exchange) && is_refused(exchange) &&
            is_same_text(exchange->idempotency_key, key)) {
            return true;
        }
    }
    return false;
}

static struct scn_judgement judge_key_pair(const struct scn_facts *facts, size_t first_index,
                                           size_t second_index)
{
    const struct mock_exchange *first = &facts->exchanges[first_index];
    const struct mock_exchange *second = &facts->exchanges[second_index];
    /* Somebody asked for another promotion between the two. */
    const bool is_divided = scn_mandate_divides(facts, first_index, second_index);
    const bool is_same_call = is_same_text(first->request_id, second->request_id);
    const bool is_same_key = strcmp(first->idempotency_key, second->idempotency_key) == 0;
    if (is_same_call && !is_same_key) {
        return scn_judgement_fail("two attempts of %s have different keys", first->call);
    }
    if (is_same_key && !is_same_request(first, second)) {
        return scn_judgement_fail("%s#%d and %s#%d are different and have the same key",
                                  first->call, first->nth, second->call, second->nth);
    }
    if (is_divided && is_same_key) {
        return scn_judgement_fail("%s#%d and %s#%d are of different commands and have the same key",
                                  first->call, first->nth, second->call, second->nth);
    }
    if (!is_divided && !is_same_key && is_same_request(first, second) && is_open(first) &&
        !is_refused_between(facts, first_index, second_index)) {
        return scn_judgement_fail(
            "%s#%d may have been applied, and %s#%d repeats it with a new key", first->call,
            first->nth, second->call, second->nth);
    }
    return scn_judgement_pass;
}

/* The answer died with the process, or the disk did not take it. */
static bool is_unnoted(const struct scn_facts *facts, size_t index, size_t next_index)
{
    return scn_journal_lacks_answer(facts, index) ||
           (facts->disk.journal_failed && scn_mandate_has_died(facts, index, next_index));
}

/*
 * A call that was refused has ended, and with it its key: a server that remembers keys would repeat
 * the refusal. Who died with the refusal unread repeats the call.
 */
static struct scn_judgement judge_key_reuse(const struct scn_facts *facts, size_t index)
{
    const struct mock_exchange *exchange = &facts->exchanges[index];
    const struct mock_exchange *refused = NULL;
    for (size_t i = 0; i < index; i++) {
        const struct mock_exchange *earlier = &facts->exchanges[i];
        if (!is_acting(earlier) ||
            !is_same_text(earlier->idempotency_key, exchange->idempotency_key)) {
            continue;
        }
        if (is_open(earlier)) {
            return scn_judgement_pass;
        }
        if (is_refused(earlier) && !is_same_text(earlier->request_id, exchange->request_id) &&
            !is_unnoted(facts, i, index)) {
            refused = earlier;
        }
    }
    if (refused != NULL) {
        return scn_judgement_fail("%s#%d was refused, and %s#%d has its key again", refused->call,
                                  refused->nth, exchange->call, exchange->nth);
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_key(const struct scn_facts *facts, size_t index)
{
    const struct mock_exchange *exchange = &facts->exchanges[index];
    if (exchange->idempotency_key == NULL || exchange->idempotency_key[0] == '\0') {
        return scn_judgement_fail("%s#%d has no key", exchange->call, exchange->nth);
    }
    if (exchange->request_id == NULL) {
        return scn_judgement_inconclusive("%s#%d has no request id to tell its attempts by",
                                          exchange->call, exchange->nth);
    }
    for (size_t i = 0; i < index; i++) {
        if (is_acting(&facts->exchanges[i])) {
            const struct scn_judgement judgement = judge_key_pair(facts, i, index);
            if (judgement.result != SCN_PASS) {
                return judgement;
            }
        }
    }
    return judge_key_reuse(facts, index);
}

struct scn_judgement scn_judge_keys(const struct scn_facts *facts)
{
    bool is_about = false;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (is_acting(&facts->exchanges[i])) {
            const struct scn_judgement judgement = judge_key(facts, i);
            if (judgement.result != SCN_PASS) {
                return judgement;
            }
            is_about = true;
        }
    }
    return scn_judgement_pass_if(is_about);
}
