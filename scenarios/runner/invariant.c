#include "invariant.h"

#include "exchange.h"
#include "judgement.h"

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
    {"I12", "the target's lock is released", scn_judge_lock},
    {"I16", "one idempotency key for each call that acts, over all its attempts", scn_judge_keys},
    {"I17", "a failure names its step and its first cause", scn_judge_reason},
    {0},
};

const struct scn_invariant *scn_invariants(void)
{
    return invariants;
}

void scn_invariants_judge(const struct scn_facts *facts, struct scn_findings *findings)
{
    for (size_t i = 0; invariants[i].id != NULL; i++) {
        const struct scn_judgement judgement = invariants[i].judge(facts);
        if (judgement.result != SCN_PASS) {
            scn_findings_append(findings, judgement.result, invariants[i].id, "%s: %s",
                                invariants[i].rule, judgement.text);
        }
    }
}

struct scn_judgement scn_judge_single_promotion(const struct scn_facts *facts)
{
    if (facts->deployment_count > 1) {
        return scn_judgement_fail("%zu promotions were applied", facts->deployment_count);
    }
    return scn_judgement_pass;
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
    return scn_judgement_pass;
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
    return exchange->status < 400 || exchange->status > 499 || exchange->status == 408;
}

static struct scn_judgement judge_key_pair(const struct mock_exchange *first,
                                           const struct mock_exchange *second)
{
    const bool is_same_call = is_same_text(first->request_id, second->request_id);
    const bool is_same_key = strcmp(first->idempotency_key, second->idempotency_key) == 0;
    if (is_same_call && !is_same_key) {
        return scn_judgement_fail("two attempts of %s have different keys", first->call);
    }
    if (is_same_key && !is_same_request(first, second)) {
        return scn_judgement_fail("%s#%d and %s#%d are different and have the same key",
                                  first->call, first->nth, second->call, second->nth);
    }
    if (!is_same_key && is_same_request(first, second) && is_open(first)) {
        return scn_judgement_fail(
            "%s#%d may have been applied, and %s#%d repeats it with a new key", first->call,
            first->nth, second->call, second->nth);
    }
    return scn_judgement_pass;
}

/* Refused for good: not for its token, and not to be sent again later. */
static bool is_refused(const struct mock_exchange *exchange)
{
    return !is_open(exchange) && exchange->status != 401 && exchange->status != 425 &&
           exchange->status != 429;
}

/*
 * A call that was refused has ended, and with it its key: a server that remembers keys would repeat
 * the refusal.
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
        if (is_refused(earlier) && !is_same_text(earlier->request_id, exchange->request_id)) {
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
            const struct scn_judgement judgement = judge_key_pair(&facts->exchanges[i], exchange);
            if (judgement.result != SCN_PASS) {
                return judgement;
            }
        }
    }
    return judge_key_reuse(facts, index);
}

struct scn_judgement scn_judge_keys(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (is_acting(&facts->exchanges[i])) {
            const struct scn_judgement judgement = judge_key(facts, i);
            if (judgement.result != SCN_PASS) {
                return judgement;
            }
        }
    }
    return scn_judgement_pass;
}
