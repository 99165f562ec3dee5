/* The exit code against the truth. */
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/mandate.h"
#include "judge/rivalry.h"
#include "judge/unheard.h"

#include <string.h>

/* Below this a client may know that something is missing and still call it a success. */
#define PARITY_THRESHOLD_STRICT 0.95

enum { SIGNAL_EXIT_INT = 130, SIGNAL_EXIT_TERM = 143 };

/* As before its own promotion, or its own start; the other one may have been there earlier. */
static bool is_unchanged_beside(const struct scn_facts *facts)
{
    const char *before = facts->rivalry.content_before;
    int64_t since_ms = facts->started_ms;
    if (before != NULL && facts->deployment_count > 0) {
        since_ms = facts->deployments[facts->deployment_count - 1].created_ms;
    } else {
        before = facts->process_count > 0 ? facts->starts[0].content : facts->target.start;
    }
    return scn_rivalry_is_disturbed(facts, since_ms) || strcmp(facts->target.now, before) == 0;
}

/* As before the command; true where somebody else's job makes that a question of its own. */
static bool is_unchanged(const struct scn_facts *facts)
{
    if (facts->rivalry.other != NULL) {
        return is_unchanged_beside(facts);
    }
    const char *before = scn_mandate_read(facts).content;
    return before == NULL || strcmp(facts->target.now, before) == 0;
}

/* How many promotions the newest command to promote applied. */
static size_t count_applied(const struct scn_facts *facts)
{
    return facts->deployment_count - scn_mandate_read(facts).deployment_index;
}

/* The newest deployment, where there is one. */
static const struct mock_deployment_truth *last_deployment(const struct scn_facts *facts)
{
    return &facts->deployments[facts->deployment_count - 1];
}

static bool has_clean_answer_since(const struct scn_facts *facts, const char *call,
                                   int64_t since_ms)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (strcmp(exchange->call, call) == 0 && exchange->at_ms >= since_ms &&
            (scn_exchange_is_clean(exchange) || scn_exchange_is_match(exchange))) {
            return true;
        }
    }
    return false;
}

/* The environment answered, and not as it should: whoever sees that does not call it restored. */
static bool has_mismatch_since(const struct scn_facts *facts, int64_t since_ms)
{
    const struct mock_exchange *simulate = scn_exchange_find_last(facts, "simulate");
    return simulate != NULL && simulate->at_ms >= since_ms && simulate->answer_body != NULL &&
           simulate->answer_body[0] != '\0' &&
           strstr(simulate->answer_body, "health_check_ping") == NULL;
}

static size_t count_until(const struct scn_facts *facts, int64_t at_ms)
{
    size_t count = 0;
    while (count < facts->exchange_count && facts->exchanges[count].at_ms < at_ms) {
        count++;
    }
    return count;
}

/* Also when nobody was there to answer. */
static bool has_bad_answer_since(const struct scn_facts *facts, int64_t since_ms)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (strcmp(exchange->call, "webhook") != 0 && exchange->at_ms >= since_ms &&
            scn_exchange_may_be_bad(exchange)) {
            return true;
        }
    }
    return scn_unheard_is_behind(facts, count_until(facts, since_ms));
}

/* Whether the client asked for less than everything, so that the content may rightly differ. */
static bool is_partial(const struct cog_config *config)
{
    return !config->resolve_dependencies || !config->sync_configuration ||
           !config->include_webhooks || !config->include_integrations ||
           config->parity_threshold < PARITY_THRESHOLD_STRICT;
}

static struct scn_judgement judge_completed(const struct scn_facts *facts)
{
    if (count_applied(facts) != 1) {
        return scn_judgement_fail("exit %d, and %zu promotions were applied", facts->exit_code,
                                  count_applied(facts));
    }
    if (strcmp(last_deployment(facts)->status, "completed") != 0) {
        return scn_judgement_fail("exit %d, and the deployment is '%s'", facts->exit_code,
                                  last_deployment(facts)->status);
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_promoted(const struct scn_facts *facts)
{
    const struct scn_judgement completed = judge_completed(facts);
    if (completed.result != SCN_PASS) {
        return completed;
    }
    /* In the first API nobody can look at the content. */
    const bool is_comparable = !facts->seed_only && !is_partial(facts->config);
    if (is_comparable && strcmp(facts->target.now, facts->source.now) != 0) {
        return scn_judgement_fail("exit %d, and the target's content is not the source's",
                                  facts->exit_code);
    }
    const int64_t ended_ms = last_deployment(facts)->ended_ms;
    if (facts->ending != NULL) {
        /* How a foreign client makes sure is its own business. */
        return scn_judgement_pass;
    }
    if (!has_clean_answer_since(facts, "health", ended_ms) ||
        !has_clean_answer_since(facts, "simulate", ended_ms)) {
        return scn_judgement_fail("exit %d, and the target was not verified after the end",
                                  facts->exit_code);
    }
    return scn_judgement_pass;
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

static struct scn_judgement judge_untouched(const struct scn_facts *facts)
{
    /* What the promotion before did is not of the run that was to undo it. */
    if (facts->is_rolled_back_by_hand && !has_rollback(facts)) {
        return scn_judgement_pass;
    }
    if (count_applied(facts) > 0) {
        return scn_judgement_fail("exit %d, and a promotion was applied", facts->exit_code);
    }
    if (!is_unchanged(facts)) {
        return scn_judgement_fail("exit %d, and the target's content changed", facts->exit_code);
    }
    return scn_judgement_pass;
}

/* The last of them, up to that time or since then; NULL for none. */
static const struct mock_exchange *find_metrics(const struct scn_facts *facts, int64_t from_ms,
                                                int64_t to_ms)
{
    const struct mock_exchange *found = NULL;
    for (size_t i = scn_mandate_read(facts).exchange_index; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (scn_exchange_is(exchange, "metrics") && exchange->at_ms >= from_ms &&
            exchange->at_ms <= to_ms) {
            found = exchange;
        }
    }
    return found;
}

/* Whether what the server told of the content, before or behind all, hid that it differs. */
static bool is_content_hidden(const struct scn_facts *facts)
{
    const struct mock_deployment_truth *deployment = last_deployment(facts);
    const struct mock_exchange *before = find_metrics(facts, 0, deployment->created_ms);
    const struct mock_exchange *now =
        find_metrics(facts, deployment->rollback_ended_ms, facts->elapsed_ms);
    return (before != NULL && scn_exchange_may_be_bad(before)) ||
           (now != NULL && scn_exchange_may_be_bad(now));
}

static struct scn_judgement judge_rolled_back(const struct scn_facts *facts)
{
    if (count_applied(facts) != 1 || strcmp(last_deployment(facts)->status, "rolled_back") != 0) {
        return scn_judgement_fail("exit 6, and no deployment is rolled back");
    }
    if (!is_unchanged(facts) && !is_content_hidden(facts)) {
        return scn_judgement_fail("exit 6, and the target's content is not as before");
    }
    return scn_judgement_pass;
}

/* Behind the last look at the job somebody could not be reached: not to verify what it said. */
static bool is_left_unverified(const struct scn_facts *facts)
{
    const struct mock_exchange *status = scn_exchange_find_last(facts, "status");
    return status != NULL && scn_unheard_is_behind(facts, (size_t)(status - facts->exchanges) + 1);
}

/* A completed job is to be rolled back then, too. */
static bool is_parity_low(const struct scn_facts *facts)
{
    return facts->config->rollback_on_low_parity && facts->report->parity_is_measured &&
           facts->report->parity_score < facts->config->parity_threshold;
}

/* Exit 7 calls an operator: not for a target that is restored, when nothing hid that. */
static struct scn_judgement judge_rollback_failed(const struct scn_facts *facts)
{
    if (count_applied(facts) == 0) {
        return scn_judgement_fail("exit 7, and no promotion was applied");
    }
    const struct mock_deployment_truth *deployment = last_deployment(facts);
    const bool is_completed = strcmp(deployment->status, "completed") == 0;
    const bool is_wanted = facts->is_rolled_back_by_hand || is_parity_low(facts);
    if (is_completed && !is_wanted &&
        has_clean_answer_since(facts, "status", deployment->ended_ms)) {
        return scn_judgement_fail("exit 7, and the deployment is completed");
    }
    const bool is_restored = strcmp(deployment->status, "rolled_back") == 0 && is_unchanged(facts);
    const int64_t since_ms = deployment->rollback_ended_ms;
    const bool is_known = !facts->seed_only && has_clean_answer_since(facts, "status", since_ms) &&
                          !has_bad_answer_since(facts, since_ms) &&
                          !has_mismatch_since(facts, since_ms) && !is_left_unverified(facts);
    if (is_restored && is_known) {
        return scn_judgement_fail("exit 7, and the client could see that the target is restored");
    }
    return scn_judgement_pass;
}

/* What the report says of the target, for the codes that say nothing of it. */
static struct scn_judgement judge_report(const struct scn_facts *facts)
{
    switch (facts->report->target) {
    case COG_TARGET_UNTOUCHED:
        return judge_untouched(facts);
    case COG_TARGET_NEW:
        return judge_completed(facts);
    case COG_TARGET_RESTORED:
        return judge_rolled_back(facts);
    case COG_TARGET_SUSPECT:
    case COG_TARGET_UNKNOWN:
        break;
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_code(const struct scn_facts *facts)
{
    switch (facts->exit_code) {
    case 0:
    case 11:
        return judge_promoted(facts);
    case 2:
    case 3:
    case 4:
    case 5:
        return judge_untouched(facts);
    case 6:
        return judge_rolled_back(facts);
    case 7:
        return judge_rollback_failed(facts);
    case 10:
        return judge_completed(facts);
    case 1:
    case 8:
    case 9:
    case SIGNAL_EXIT_INT:
    case SIGNAL_EXIT_TERM:
        return judge_report(facts);
    default:
        return scn_judgement_fail("exit %d is none of the client's codes", facts->exit_code);
    }
}

static bool code_fits_outcome(const struct scn_facts *facts)
{
    if (facts->report->outcome == COG_OUTCOME_INTERRUPTED) {
        return facts->exit_code == SIGNAL_EXIT_INT || facts->exit_code == SIGNAL_EXIT_TERM;
    }
    return facts->exit_code == cog_outcome_exit_code(facts->report->outcome, 0);
}

struct scn_judgement scn_judge_exit_code(const struct scn_facts *facts)
{
    if (!code_fits_outcome(facts)) {
        return scn_judgement_fail("exit %d does not belong to the outcome '%s'", facts->exit_code,
                                  cog_outcome_name(facts->report->outcome));
    }
    const struct scn_judgement judgement = judge_code(facts);
    if (judgement.result != SCN_PASS) {
        return judgement;
    }
    if (facts->deployment_count > 0 && (!facts->source.is_known || !facts->target.is_known)) {
        return scn_judgement_inconclusive("the fake has no such source or target");
    }
    return judge_report(facts);
}
