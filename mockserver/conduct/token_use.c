#include "conduct/rules.h"

#include <cogbase/json.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    STATUS_OK = 200,
    STATUS_UNAUTHORIZED = 401,
    SECOND_MS = 1000,
    LIFE_S_MAX = 1000000000, /* No clock is here for longer. */
};

static bool is_issue(const struct mock_exchange *exchange)
{
    return strcmp(exchange->call, "token") == 0 && exchange->token > 0 &&
           exchange->status == STATUS_OK;
}

/* How long the token lives by what its client was told; -1 for nothing that could be read. */
static int64_t told_life_ms(const struct mock_exchange *issue)
{
    COG_CLEANUP(cog_json_finish)
    cJSON *body = issue->answer_body == NULL ? NULL : cJSON_Parse(issue->answer_body);
    const cJSON *life = cJSON_GetObjectItemCaseSensitive(body, "expires_in");
    if (!cJSON_IsNumber(life) || !(life->valuedouble > 0) || life->valuedouble > LIFE_S_MAX) {
        return -1;
    }
    return (int64_t)(life->valuedouble * SECOND_MS);
}

static bool uses(const struct mock_exchange *exchange, int64_t token)
{
    return exchange->token == token && strcmp(exchange->call, "token") != 0;
}

/* By the clock that makes it less: a client in real time does not see the server's jump. */
static int64_t age_ms(const struct mock_exchange *issue, const struct mock_exchange *use)
{
    const int64_t told_ms = use->at_ms - mock_exchange_end_ms(issue);
    const int64_t base_ms = use->base_at_ms - issue->base_answered_ms;
    return told_ms < base_ms ? told_ms : base_ms;
}

/* The first use that came too late is enough. */
static void check_issue(struct mock_judgement *judgement, size_t index)
{
    const struct mock_exchange *issue = judgement->exchanges[index];
    const int64_t life_ms = told_life_ms(issue);
    for (size_t i = index + 1; i < judgement->count && life_ms >= 0; i++) {
        const struct mock_exchange *use = judgement->exchanges[i];
        const int64_t late_ms = age_ms(issue, use) - life_ms;
        if (uses(use, issue->token) && late_ms > judgement->options.tolerance_ms) {
            mock_judgement_find_pair(judgement, MOCK_CONDUCT_EXPIRED_TOKEN, issue, use,
                                     "%s was called with token t-%" PRId64 " %" PRId64
                                     " ms after its end",
                                     use->call, issue->token, late_ms);
            return;
        }
    }
}

void mock_conduct_check_expired_tokens(struct mock_judgement *judgement)
{
    for (size_t i = 0; i < judgement->count; i++) {
        if (is_issue(judgement->exchanges[i])) {
            check_issue(judgement, i);
        }
    }
}

/* Another thread's request may be on its way while the refusal is: not the same call's. */
static bool knew_better(const struct mock_judgement *judgement, const struct mock_exchange *refused,
                        const struct mock_exchange *use)
{
    const bool is_same_call = strcmp(use->call, refused->call) == 0 && use->nth == refused->nth;
    return mock_exchange_follows(use, refused) &&
           (is_same_call || use->at_ms > refused->done_ms + judgement->options.tolerance_ms);
}

/* @return whether something was found */
static bool check_refusal(struct mock_judgement *judgement, size_t index)
{
    const struct mock_exchange *refused = judgement->exchanges[index];
    for (size_t i = index + 1; i < judgement->count; i++) {
        const struct mock_exchange *use = judgement->exchanges[i];
        if (uses(use, refused->token) && knew_better(judgement, refused, use)) {
            mock_judgement_find_pair(judgement, MOCK_CONDUCT_DROPPED_TOKEN, refused, use,
                                     "%s was called with token t-%" PRId64
                                     ", which a 401 had refused before",
                                     use->call, refused->token);
            return true;
        }
    }
    return false;
}

void mock_conduct_check_dropped_tokens(struct mock_judgement *judgement)
{
    int64_t found_token = 0; /* Once a token is enough; others seldom come in between. */
    for (size_t i = 0; i < judgement->count; i++) {
        const struct mock_exchange *exchange = judgement->exchanges[i];
        if (exchange->status == STATUS_UNAUTHORIZED && exchange->token > 0 &&
            exchange->token != found_token && mock_exchange_is_received(exchange) &&
            check_refusal(judgement, i)) {
            found_token = exchange->token;
        }
    }
}
