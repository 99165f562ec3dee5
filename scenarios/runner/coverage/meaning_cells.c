/* meaning/WHAT: answers in good form that say something false, or that nobody hopes for. */
#include "coverage/dimension.h"
#include "judge/exchange.h"

#include <cogbase/json.h>
#include <cogbase/number.h>

#include <cjson/cJSON.h>
#include <string.h>

enum {
    STUCK_POLLS = 10, /* In a row with the same progress. */
    PROGRESS_MAX = 100,
    LIFE_HUGE_S = 86400 * 365,
    STATUS_REFUSED = 400,
    STATUS_NOT_FOUND = 404,
    STATUS_CONFLICT = 409,
};

void scn_list_meanings(struct scn_cells *cells)
{
    static const char *const names[] = {
        "progress_backwards",     "progress_above_100",
        "progress_stuck",         "completed_then_running",
        "job_vanishes",           "sessions_open_after_the_check",
        "sessions_never_drain",   "rollback_fails",
        "rollback_refused",       "rollback_restores_something_else",
        "rollback_restores_half", "expires_in_zero",
        "expires_in_one",         "expires_in_huge",
        "expires_in_missing",     "expires_in_string",
        "scope_narrower",         "introspection_inactive",
        "two_operators",          NULL,
    };
    for (int i = 0; names[i] != NULL; i++) {
        scn_cells_note(cells, "meaning/%s", names[i]);
    }
}

static void note(struct scn_cells *cells, bool is_so, const char *name)
{
    if (is_so) {
        scn_cells_note(cells, "meaning/%s", name);
    }
}

static cJSON *read_answer(const struct mock_exchange *exchange)
{
    return exchange->answer_body != NULL ? cJSON_Parse(exchange->answer_body) : NULL;
}

static bool is_answered(const struct mock_exchange *exchange, const char *call)
{
    return scn_exchange_is(exchange, call) && exchange->status / 100 == 2 && exchange->is_whole;
}

/* What the polls of one job have said so far. */
struct polls {
    double progress; /* -1 for none. */
    int same_count;
    bool was_completed;
};

static void reach_progress(struct polls *polls, const cJSON *node, struct scn_cells *cells)
{
    if (!cJSON_IsNumber(node)) {
        return;
    }
    const double progress = node->valuedouble;
    const bool is_same = progress >= polls->progress && progress <= polls->progress;
    polls->same_count = is_same ? polls->same_count + 1 : 1;
    note(cells, progress < polls->progress, "progress_backwards");
    note(cells, progress > PROGRESS_MAX, "progress_above_100");
    note(cells, polls->same_count >= STUCK_POLLS, "progress_stuck");
    polls->progress = progress;
}

static void reach_poll(struct polls *polls, const struct mock_exchange *exchange,
                       struct scn_cells *cells)
{
    COG_CLEANUP(cog_json_finish) cJSON *answer = read_answer(exchange);
    const char *status = cJSON_GetStringValue(cJSON_GetObjectItem(answer, "status"));
    reach_progress(polls, cJSON_GetObjectItem(answer, "progress"), cells);
    if (status == NULL) {
        return;
    }
    note(cells, polls->was_completed && strcmp(status, "running") == 0, "completed_then_running");
    note(cells, strcmp(status, "rollback_failed") == 0, "rollback_fails");
    polls->was_completed = polls->was_completed || strcmp(status, "completed") == 0;
}

static void reach_jobs(const struct scn_facts *facts, struct scn_cells *cells)
{
    struct polls polls = {.progress = -1};
    bool is_accepted = false;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        const bool is_rollback = scn_exchange_is(exchange, "rollback");
        is_accepted = is_accepted || is_answered(exchange, "promote");
        if (is_answered(exchange, "status")) {
            reach_poll(&polls, exchange, cells);
        }
        note(cells,
             is_accepted && exchange->status == STATUS_NOT_FOUND &&
                 scn_exchange_is(exchange, "status"),
             "job_vanishes");
        note(cells, is_rollback && exchange->status == STATUS_REFUSED, "rollback_refused");
    }
}

/* A rollback that the fake says is done, and what of the content is as before. */
static void reach_restoring(const struct scn_facts *facts, struct scn_cells *cells)
{
    const struct scn_content *target = &facts->target;
    const bool is_other = target->is_known && strcmp(target->now, target->start) != 0;
    const bool is_new = strcmp(target->now, facts->source.now) == 0;
    for (size_t i = 0; is_other && i < facts->deployment_count; i++) {
        if (facts->deployments[i].rollback_ended_ms >= 0) {
            note(cells, strcmp(facts->deployments[i].status, "rolled_back") == 0,
                 "rollback_restores_something_else");
            note(cells, !is_new, "rollback_restores_half");
        }
    }
}

/* -1 for none that anybody could read. */
static int64_t active_sessions(const struct mock_exchange *exchange)
{
    COG_CLEANUP(cog_json_finish) cJSON *answer = read_answer(exchange);
    const cJSON *count = cJSON_GetObjectItem(answer, "active_sessions");
    int64_t number = -1;
    return cJSON_IsNumber(count) && cog_number_to_integer(count->valuedouble, 0, INT32_MAX, &number)
               ? number
               : -1;
}

static void reach_sessions(const struct scn_facts *facts, struct scn_cells *cells)
{
    int64_t count = -1;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (is_answered(exchange, "sessions")) {
            count = active_sessions(exchange);
        }
        const bool is_conflict =
            scn_exchange_is(exchange, "promote") && exchange->status == STATUS_CONFLICT;
        const bool is_other = exchange->answer_body != NULL &&
                              strstr(exchange->answer_body, "deployment-in-progress") != NULL;
        note(cells, is_conflict && count == 0 && !is_other, "sessions_open_after_the_check");
        note(cells, is_conflict && is_other, "two_operators");
    }
    note(cells, count > 0 && facts->report->outcome == COG_OUTCOME_NOT_READY,
         "sessions_never_drain");
}

static void reach_life(const cJSON *answer, struct scn_cells *cells)
{
    const cJSON *life = cJSON_GetObjectItem(answer, "expires_in");
    note(cells, life == NULL, "expires_in_missing");
    note(cells, cJSON_IsString(life), "expires_in_string");
    if (life != NULL && cJSON_IsNumber(life)) {
        /* As it stands there: it may be more than any integer. */
        const double seconds = life->valuedouble;
        note(cells, seconds >= 0 && seconds < 1, "expires_in_zero");
        note(cells, seconds >= 1 && seconds < 2, "expires_in_one");
        note(cells, seconds > LIFE_HUGE_S, "expires_in_huge");
    }
}

/* The four that a promotion needs. */
static bool is_narrow(const char *scope)
{
    static const char *const needed[] = {"environment:write", "bot:deploy", "deployment:execute",
                                         "conversation:simulate"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (strstr(scope, needed[i]) == NULL) {
            return true;
        }
    }
    return false;
}

static void reach_tokens(const struct scn_facts *facts, struct scn_cells *cells)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        const bool is_token = is_answered(exchange, "token");
        if (!is_token && !is_answered(exchange, "introspect")) {
            continue;
        }
        COG_CLEANUP(cog_json_finish) cJSON *answer = read_answer(exchange);
        const char *scope = cJSON_GetStringValue(cJSON_GetObjectItem(answer, "scope"));
        note(cells, scope != NULL && is_narrow(scope), "scope_narrower");
        note(cells, cJSON_IsFalse(cJSON_GetObjectItem(answer, "active")), "introspection_inactive");
        if (is_token && cJSON_HasObjectItem(answer, "access_token")) {
            reach_life(answer, cells);
        }
    }
}

void scn_reach_meanings(const struct scn_facts *facts, const struct scn_rulings *rulings,
                        struct scn_cells *cells)
{
    (void)rulings;
    reach_jobs(facts, cells);
    reach_restoring(facts, cells);
    reach_sessions(facts, cells);
    reach_tokens(facts, cells);
}
