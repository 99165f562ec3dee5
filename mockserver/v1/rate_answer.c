#include "v1/rate_answer.h"

#include "v1/credentials.h"
#include "v1/problem.h"
#include "v1/retry_after.h"
#include "v1/routes.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>

enum {
    SECOND_MS = 1000,
    NUMBER_SIZE = 24,
};

/* A token tells its client as long as it is kept, though it may open nothing any more. */
static const char *token_client(const struct mock_visit *visit, const char *text)
{
    const struct mock_token *token = mock_tokens_find_ever(&visit->api->world->tokens, text);
    return token == NULL ? "" : token->client->id;
}

static enum cog_code secret_client(const struct mock_visit *visit, const char **out_id)
{
    struct mock_credentials credentials = {0};
    enum cog_code code = mock_credentials_read(visit, &credentials);
    if (code == COG_OK) {
        *out_id = credentials.client == NULL ? "" : credentials.client->id;
    }
    return code;
}

/* Leaves `out_key` without a client's id where no limit is about the request. */
static enum cog_code find_key(const struct mock_visit *visit, struct mock_rate_key *out_key)
{
    const struct mock_rate_limits *limits = &visit->api->behaviour->rate_limits;
    out_key->call = visit->route->call;
    unsigned calls = 0;
    for (size_t i = 0; i < limits->count; i++) {
        calls |= limits->items[i].calls;
    }
    if ((calls & 1U << out_key->call) == 0) {
        return COG_OK;
    }
    if (visit->route->access == MOCK_ACCESS_CLIENT) {
        return secret_client(visit, &out_key->client_id);
    }
    const char *text = mock_bearer_token(visit->request);
    if (text != NULL) {
        out_key->client_id = token_client(visit, text);
    }
    return COG_OK;
}

static enum cog_code answer_refusal(struct mock_plan *plan, const struct mock_rate_limit *limit)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_THROTTLED,
        .name = "too-many-requests",
    };
    if (limit->policy == MOCK_RATE_FIXED_WINDOW) {
        return mock_answer_problem(plan, &problem, "more than %d requests in %lld ms",
                                   limit->requests, (long long)limit->per_ms);
    }
    return mock_answer_problem(plan, &problem, "more than %d requests at once, and %d in %lld ms",
                               limit->burst, limit->requests, (long long)limit->per_ms);
}

static enum cog_code refuse(struct mock_visit *visit, struct mock_plan *plan,
                            const struct mock_rate_key *key,
                            const struct mock_rate_verdict *verdict)
{
    struct mock_api *api = visit->api;
    const struct mock_rate_limit *limit = &verdict->refusal->limit;
    int64_t now_ms = api->world->now_ms;
    enum cog_code code = answer_refusal(plan, limit);
    if (code != COG_OK || limit->retry_after == MOCK_RATE_NONE) {
        return code;
    }
    const struct mock_retry_after retry_after = {
        .form = limit->retry_after == MOCK_RATE_DATE ? MOCK_RETRY_AFTER_IMF_FIXDATE
                                                     : MOCK_RETRY_AFTER_SECONDS,
        .after_ms = verdict->wait_ms,
    };
    code = mock_answer_retry_after(plan, &retry_after, mock_api_unix_ms(api, now_ms));
    if (code != COG_OK) {
        return code;
    }
    return mock_rate_promise(&api->rate, verdict->refusal, key, now_ms + plan->retry_after_ms);
}

enum cog_code mock_rate_check(struct mock_visit *visit, struct mock_plan *plan)
{
    struct mock_api *api = visit->api;
    struct mock_rate_key key = {0};
    struct mock_rate_verdict verdict = {0};
    enum cog_code code = mock_rate_adopt(&api->rate, &api->behaviour->rate_limits);
    if (code == COG_OK && api->rate.slot_count > 0) {
        code = find_key(visit, &key);
    }
    if (code != COG_OK || key.client_id == NULL) {
        return code;
    }
    code = mock_rate_ask(&api->rate, &key, api->world->now_ms, &verdict);
    if (code != COG_OK || verdict.refusal == NULL) {
        return code;
    }
    return refuse(visit, plan, &key, &verdict);
}

/* The n-th of a list in a header begins with ", " from the second on. */
static void begin_item(struct cog_text *text)
{
    cog_text_append(text, text->length == 0 ? "" : ", ");
}

/* The time in which the quota comes in full; a part of a second cannot be said. */
static void append_policy(const struct mock_rate_limit *limit, struct cog_text *text)
{
    int64_t quota_ms = limit->per_ms * limit->burst / limit->requests;
    bool is_whole =
        limit->per_ms * limit->burst % limit->requests == 0 && quota_ms % SECOND_MS == 0;
    begin_item(text);
    cog_text_append_format(text, "\"%s\";q=%d", limit->name, limit->burst);
    if (is_whole) {
        cog_text_append_format(text, ";w=%" PRId64, quota_ms / SECOND_MS);
    }
}

static enum cog_code tell_ietf(const struct mock_rate_reading *readings, size_t count,
                               struct mock_plan *plan)
{
    COG_CLEANUP(cog_text_finish) struct cog_text policy = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text state = {0};
    for (size_t i = 0; i < count; i++) {
        const struct mock_rate_reading *reading = &readings[i];
        if ((reading->limit->headers & MOCK_RATE_HEADERS_IETF) == 0) {
            continue;
        }
        append_policy(reading->limit, &policy);
        begin_item(&state);
        cog_text_append_format(&state, "\"%s\";r=%" PRId64 ";t=%" PRId64, reading->limit->name,
                               reading->remaining, mock_seconds_up(reading->reset_ms));
    }
    if (policy.failed || state.failed) {
        return COG_ERROR_MEMORY;
    }
    if (state.length == 0) {
        return COG_OK;
    }
    enum cog_code code =
        mock_plan_header_append(plan, "RateLimit-Policy", cog_text_string(&policy));
    return code == COG_OK ? mock_plan_header_append(plan, "RateLimit", cog_text_string(&state))
                          : code;
}

/* The one that lets a client wait longest, or has least left. */
static bool is_stricter(const struct mock_rate_reading *left, const struct mock_rate_reading *right)
{
    return left->wait_ms != right->wait_ms ? left->wait_ms > right->wait_ms
                                           : left->remaining < right->remaining;
}

static enum cog_code append_number(struct mock_plan *plan, const char *name, int64_t number)
{
    char text[NUMBER_SIZE];
    (void)snprintf(text, sizeof text, "%" PRId64, number);
    return mock_plan_header_append(plan, name, text);
}

static enum cog_code tell_x(const struct mock_rate_reading *readings, size_t count, int64_t unix_ms,
                            struct mock_plan *plan)
{
    const struct mock_rate_reading *strictest = NULL;
    for (size_t i = 0; i < count; i++) {
        bool is_told = (readings[i].limit->headers & MOCK_RATE_HEADERS_X) != 0;
        if (is_told && (strictest == NULL || is_stricter(&readings[i], strictest))) {
            strictest = &readings[i];
        }
    }
    if (strictest == NULL) {
        return COG_OK;
    }
    enum cog_code code = append_number(plan, "X-RateLimit-Limit", strictest->limit->burst);
    if (code == COG_OK) {
        code = append_number(plan, "X-RateLimit-Remaining", strictest->remaining);
    }
    if (code == COG_OK) {
        code = append_number(plan, "X-RateLimit-Reset",
                             mock_seconds_up(unix_ms + strictest->reset_ms));
    }
    return code;
}

enum cog_code mock_rate_tell(const struct mock_visit *visit, struct mock_plan *plan)
{
    const struct mock_api *api = visit->api;
    struct mock_rate_key key = {0};
    enum cog_code code = api->rate.slot_count == 0 ? COG_OK : find_key(visit, &key);
    if (code != COG_OK || key.client_id == NULL) {
        return code;
    }
    struct mock_rate_reading readings[MOCK_RATE_LIMITS_MAX];
    int64_t now_ms = api->world->now_ms;
    size_t count = mock_rate_read(&api->rate, &key, now_ms, readings);
    code = tell_ietf(readings, count, plan);
    return code == COG_OK ? tell_x(readings, count, mock_api_unix_ms(api, now_ms), plan) : code;
}
