/* Whether the client got well once the world was. */
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/mandate.h"

#include <cogbase/duration.h>

#include <string.h>

enum {
    STATUS_UNAUTHORIZED = 401,
    STATUS_CONFLICT = 409,
    STATUS_THROTTLED = 429,
    STATUS_SERVER_ERROR_MIN = 500,
    BACKOFF_MAX_MS = 20000,
    LOOKS_MAX = 6, /* So often a client may look, with pauses, before it believes what it sees. */
};

static int64_t later(int64_t left_ms, int64_t right_ms)
{
    return left_ms > right_ms ? left_ms : right_ms;
}

/* Something that passes: not an answer that says no for good. */
static bool is_disturbed(const struct mock_exchange *exchange)
{
    return exchange->fault != NULL || exchange->status == STATUS_UNAUTHORIZED ||
           exchange->status == STATUS_THROTTLED || exchange->status >= STATUS_SERVER_ERROR_MIN;
}

/* When the last trouble was over, with the wait that it asked for. -1: there was none. */
static int64_t find_quiet_ms(const struct scn_facts *facts)
{
    int64_t quiet_ms = facts->settled_ms;
    for (size_t i = 0; i < facts->exchange_count && quiet_ms != INT64_MAX; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (is_disturbed(exchange)) {
            const int64_t end_ms = later(exchange->at_ms, exchange->done_ms);
            quiet_ms = later(quiet_ms, end_ms + exchange->retry_after_ms);
        }
    }
    return quiet_ms;
}

/* The end of all that the server did for the client; -1 when it does something yet. */
static int64_t find_work_end_ms(const struct scn_facts *facts)
{
    int64_t end_ms = 0;
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        const bool is_rolling_back =
            deployment->rollback_count > 0 && deployment->rollback_ended_ms < 0;
        if (deployment->ended_ms < 0 || is_rolling_back) {
            return -1;
        }
        end_ms = later(end_ms, later(deployment->ended_ms, deployment->rollback_ended_ms));
    }
    /* It may have had to wait for the other one. */
    return facts->rivalry.other != NULL ? later(end_ms, facts->rivalry.other->elapsed_ms) : end_ms;
}

/* Whoever takes up a run that was killed has the rollback's time anew. */
static int64_t find_rollback_limits_ms(const struct scn_facts *facts)
{
    int64_t limits_ms = facts->config->rollback_timeout_ms;
    for (size_t i = 0; facts->starts != NULL && i < facts->process_count; i++) {
        limits_ms += facts->starts[i].is_after_kill ? facts->config->rollback_timeout_ms : 0;
    }
    return limits_ms;
}

/* The first API never shows the end of a rollback: it is waited for as long as it may take. */
static int64_t find_rollback_wait_ms(const struct scn_facts *facts)
{
    for (size_t i = 0; facts->seed_only && i < facts->deployment_count; i++) {
        if (facts->deployments[i].rollback_count > 0) {
            return find_rollback_limits_ms(facts);
        }
    }
    return 0;
}

/* What a client may still wait, when nothing is in its way any more. */
static int64_t find_grace_ms(const struct scn_facts *facts)
{
    const struct cog_config *config = facts->config;
    int64_t asked_ms = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        asked_ms = later(asked_ms, facts->exchanges[i].retry_after_ms);
    }
    return later(later(config->poll_interval_ms, asked_ms), BACKOFF_MAX_MS) * LOOKS_MAX +
           config->request_timeout_ms + config->webhook_timeout_ms + find_rollback_wait_ms(facts);
}

/* No rollback was applied, and a fault said each time that one was: who has asked twice knows no
 * better. */
static bool is_deceived(const struct scn_facts *facts)
{
    int lie_count = 0;
    for (size_t i = 0; i < facts->deployment_count; i++) {
        if (facts->deployments[i].rollback_count > 0) {
            return false;
        }
    }
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        const bool is_yes = exchange->status / 100 == 2 || exchange->status == STATUS_CONFLICT;
        if (scn_exchange_is(exchange, "rollback") && is_yes) {
            lie_count += exchange->fault != NULL ? 1 : 0;
        }
    }
    return lie_count > 1;
}

static struct scn_judgement judge_end(const struct scn_facts *facts, int64_t quiet_ms)
{
    const int64_t work_end_ms = find_work_end_ms(facts);
    const int64_t bound_ms = later(quiet_ms, work_end_ms) + find_grace_ms(facts);
    char quiet[COG_DURATION_TEXT_SIZE];
    char bound[COG_DURATION_TEXT_SIZE];
    char end[COG_DURATION_TEXT_SIZE];
    if (work_end_ms < 0 || facts->elapsed_ms <= bound_ms || is_deceived(facts)) {
        return scn_judgement_pass;
    }
    return scn_judgement_fail("the last trouble was over at %s, and the run ended at %s, not by %s",
                              cog_duration_format(quiet_ms, quiet),
                              cog_duration_format(facts->elapsed_ms, end),
                              cog_duration_format(bound_ms, bound));
}

/* A clean look at the job, after the trouble and after the job's last change. */
static const struct mock_exchange *find_look(const struct scn_facts *facts, int64_t since_ms)
{
    for (size_t i = facts->exchange_count; i > 0; i--) {
        const struct mock_exchange *exchange = &facts->exchanges[i - 1];
        if (exchange->at_ms < since_ms) {
            break;
        }
        if (scn_exchange_is(exchange, "status") && !scn_exchange_may_be_bad(exchange)) {
            return exchange;
        }
    }
    return NULL;
}

static bool fits(const struct scn_facts *facts, const char *status)
{
    const enum cog_outcome outcome = facts->report->outcome;
    /* Whoever is told to stop, or cannot write, may leave a job that he sees. */
    if (outcome == COG_OUTCOME_INTERRUPTED || outcome == COG_OUTCOME_INTERNAL) {
        return true;
    }
    if (strcmp(status, "completed") == 0) {
        return outcome == COG_OUTCOME_PROMOTED || outcome == COG_OUTCOME_PARITY_LOW ||
               outcome == COG_OUTCOME_UNDELIVERED ||
               (outcome == COG_OUTCOME_ROLLBACK_FAILED &&
                (facts->is_rolled_back_by_hand || facts->config->rollback_on_low_parity));
    }
    return outcome == COG_OUTCOME_ROLLED_BACK || outcome == COG_OUTCOME_ROLLBACK_FAILED;
}

static struct scn_judgement judge_verdict(const struct scn_facts *facts, int64_t quiet_ms)
{
    const int64_t work_end_ms = find_work_end_ms(facts);
    const size_t first = scn_mandate_read(facts).deployment_index;
    if (facts->deployment_count != first + 1 || work_end_ms < 0) {
        return scn_judgement_pass;
    }
    const struct mock_deployment_truth *deployment = &facts->deployments[first];
    const struct mock_exchange *look = find_look(facts, later(quiet_ms, work_end_ms));
    if (look == NULL || fits(facts, deployment->status)) {
        return scn_judgement_pass;
    }
    return scn_judgement_fail("%s#%d showed that '%s' is '%s', and the client says '%s'",
                              look->call, look->nth, deployment->job_id, deployment->status,
                              cog_outcome_name(facts->report->outcome));
}

struct scn_judgement scn_judge_recovery(const struct scn_facts *facts)
{
    const int64_t quiet_ms = find_quiet_ms(facts);
    if (quiet_ms < 0 || quiet_ms == INT64_MAX) {
        return scn_judgement_idle;
    }
    const struct scn_judgement end = judge_end(facts, quiet_ms);
    return end.result == SCN_PASS ? judge_verdict(facts, quiet_ms) : end;
}
