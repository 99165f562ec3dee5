/* What only two operators can break: each minds its own job, and waits for its turn. */
#include "judge/exchange.h"
#include "judge/judgement.h"

#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 160 };

static bool is_acting(const struct mock_exchange *exchange)
{
    return scn_exchange_is(exchange, "promote") || scn_exchange_is(exchange, "rollback") ||
           scn_exchange_is(exchange, "cancel");
}

static bool is_about(const struct mock_exchange *exchange, const char *job_id)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "/deployments/%s/", job_id);
    return strncmp(exchange->path, path, strlen(path)) == 0;
}

/* The job of the other one that a request of this one meant to change; NULL for none. */
static const struct mock_deployment_truth *find_meddling(const struct scn_facts *facts,
                                                         const struct scn_facts *other)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        for (size_t k = 0; is_acting(&facts->exchanges[i]) && k < other->deployment_count; k++) {
            if (is_about(&facts->exchanges[i], other->deployments[k].job_id)) {
                return &other->deployments[k];
            }
        }
    }
    return NULL;
}

static struct scn_judgement judge_job(const struct scn_facts *facts, const struct scn_facts *other)
{
    const struct mock_deployment_truth *meddled = find_meddling(facts, other);
    if (meddled != NULL) {
        return scn_judgement_fail("it acted on '%s', the job of the other operator",
                                  meddled->job_id);
    }
    for (size_t i = 0; i < other->deployment_count; i++) {
        if (strcmp(facts->report->job_id, other->deployments[i].job_id) == 0) {
            return scn_judgement_fail("it took '%s', the job of the other operator, for its own",
                                      facts->report->job_id);
        }
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_keys(const struct scn_facts *facts, const struct scn_facts *other)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const char *key =
            is_acting(&facts->exchanges[i]) ? facts->exchanges[i].idempotency_key : NULL;
        for (size_t k = 0; key != NULL && k < other->exchange_count; k++) {
            const char *other_key = other->exchanges[k].idempotency_key;
            if (other_key != NULL && strcmp(key, other_key) == 0) {
                return scn_judgement_fail("both operators used the key '%s'", key);
            }
        }
    }
    return scn_judgement_pass;
}

static bool is_same_target(const struct mock_deployment_truth *left,
                           const struct mock_deployment_truth *right)
{
    return strcmp(left->target_id, right->target_id) == 0;
}

/* Whether the second one began while the first one was at work. */
static bool begins_within(const struct mock_deployment_truth *first,
                          const struct mock_deployment_truth *second)
{
    return first->created_ms <= second->created_ms &&
           (first->ended_ms < 0 || second->created_ms < first->ended_ms);
}

static struct scn_judgement judge_overlap(const struct scn_facts *facts,
                                          const struct scn_facts *other)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *own = &facts->deployments[i];
        for (size_t k = 0; k < other->deployment_count; k++) {
            if (is_same_target(own, &other->deployments[k]) &&
                begins_within(own, &other->deployments[k])) {
                return scn_judgement_fail("'%s' began while '%s' worked on the target",
                                          other->deployments[k].job_id, own->job_id);
            }
        }
    }
    return scn_judgement_pass;
}

/* The request that began a deployment of those facts; NULL when no single one can have. */
static const struct mock_exchange *find_start(const struct scn_facts *facts,
                                              const struct mock_deployment_truth *deployment)
{
    for (size_t i = facts->exchange_count; i > 0; i--) {
        const struct mock_exchange *exchange = &facts->exchanges[i - 1];
        if (scn_exchange_is(exchange, "promote") && exchange->applied &&
            exchange->answered_ms == deployment->created_ms) {
            return exchange;
        }
    }
    return NULL;
}

static bool is_undone(const struct mock_deployment_truth *deployment, int64_t by_ms)
{
    return strcmp(deployment->status, "rolled_back") == 0 && deployment->rollback_ended_ms <= by_ms;
}

/* Whether a rollback took away what the other one had promoted since the job began. */
static bool undoes(const struct scn_facts *facts, const struct mock_deployment_truth *own,
                   const struct mock_exchange *rollback,
                   const struct mock_deployment_truth *deployment)
{
    const struct mock_exchange *start = find_start(facts->rivalry.other, deployment);
    return is_same_target(own, deployment) && start != NULL && own->created_ms <= start->at_ms &&
           start->number < rollback->number && !is_undone(deployment, rollback->at_ms);
}

static struct scn_judgement judge_rollback(const struct scn_facts *facts, size_t index,
                                           const struct mock_exchange *rollback)
{
    const struct mock_deployment_truth *own = &facts->deployments[index];
    const struct scn_facts *other = facts->rivalry.other;
    for (size_t i = 0; i < other->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &other->deployments[i];
        if (undoes(facts, own, rollback, deployment)) {
            return scn_judgement_fail("the rollback of '%s' undid '%s', the other operator's",
                                      own->job_id, deployment->job_id);
        }
        if (is_same_target(own, deployment) && deployment->created_ms > rollback->at_ms &&
            (own->rollback_ended_ms < 0 || deployment->created_ms < own->rollback_ended_ms)) {
            return scn_judgement_fail("'%s' began while '%s' was rolled back", deployment->job_id,
                                      own->job_id);
        }
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_rollbacks(const struct scn_facts *facts)
{
    struct scn_judgement judgement = scn_judgement_pass;
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *own = &facts->deployments[i];
        for (size_t k = 0; k < facts->exchange_count && judgement.result == SCN_PASS; k++) {
            const struct mock_exchange *exchange = &facts->exchanges[k];
            if (scn_exchange_is(exchange, "rollback") && exchange->status == 202 &&
                exchange->applied && is_about(exchange, own->job_id)) {
                judgement = judge_rollback(facts, i, exchange);
            }
        }
    }
    return judgement;
}

/* Refused for the other one's sake, and so neither accepted nor under way. */
static struct scn_judgement judge_claim(const struct scn_facts *facts)
{
    const struct mock_exchange *last = scn_exchange_find_last(facts, "rollback");
    const bool is_refused = last != NULL && last->status == 409 && last->fault == NULL;
    for (size_t i = 0; i < facts->deployment_count; i++) {
        if (facts->deployments[i].rollback_count > 0) {
            return scn_judgement_pass;
        }
    }
    if (is_refused && facts->report->rollback_end == COG_ROLLBACK_UNCONFIRMED) {
        return scn_judgement_fail("it reports a rollback as accepted that was refused: %s",
                                  last->why != NULL ? last->why : "409");
    }
    return scn_judgement_pass;
}

struct scn_judgement scn_judge_rivalry(const struct scn_facts *facts)
{
    const struct scn_facts *other = facts->rivalry.other;
    if (other == NULL) {
        return scn_judgement_idle;
    }
    struct scn_judgement judgement = judge_job(facts, other);
    if (judgement.result == SCN_PASS) {
        judgement = judge_keys(facts, other);
    }
    if (judgement.result == SCN_PASS) {
        judgement = judge_overlap(facts, other);
    }
    if (judgement.result == SCN_PASS) {
        judgement = judge_rollbacks(facts);
    }
    return judgement.result == SCN_PASS ? judge_claim(facts) : judgement;
}
