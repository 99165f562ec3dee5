#include "conduct/rules.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

enum {
    STATUS_OK = 200,
    STATUS_REDIRECTION = 300,
};

static bool is_call(const struct mock_exchange *exchange, const char *call)
{
    return strcmp(exchange->call, call) == 0;
}

static bool is_success(const struct mock_exchange *exchange)
{
    return mock_exchange_is_received(exchange) && exchange->status >= STATUS_OK &&
           exchange->status < STATUS_REDIRECTION;
}

static cJSON *parse_answer(const struct mock_exchange *exchange)
{
    return exchange->answer_body == NULL ? NULL : cJSON_Parse(exchange->answer_body);
}

/* Whether the answer says that nothing more will happen: then the next look is no poll. */
static bool has_ended(const struct mock_exchange *exchange)
{
    static const char *const ends[] = {"completed",   "failed",          "cancelled",
                                       "rolled_back", "rollback_failed", NULL};
    COG_CLEANUP(cog_json_finish) cJSON *body = parse_answer(exchange);
    const cJSON *status = cJSON_GetObjectItemCaseSensitive(body, "status");
    for (size_t i = 0; cJSON_IsString(status) && ends[i] != NULL; i++) {
        if (strcmp(status->valuestring, ends[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Where the job is asked about that this answer told of; empty for none. */
static void append_poll_path(const struct mock_exchange *exchange, struct cog_text *path)
{
    COG_CLEANUP(cog_json_finish) cJSON *body = parse_answer(exchange);
    const cJSON *job_id = cJSON_GetObjectItemCaseSensitive(body, "job_id");
    if (is_call(exchange, "status")) {
        cog_text_append(path, exchange->path);
    } else if (cJSON_IsString(job_id)) {
        cog_text_append_format(path, "/deployments/%s/status", job_id->valuestring);
    }
}

static bool is_poll_of(const struct mock_exchange *exchange, const char *path)
{
    return is_call(exchange, "status") && strcmp(exchange->path, path) == 0;
}

static bool is_same_sender(const struct mock_exchange *left, const struct mock_exchange *right)
{
    return left->client == NULL || right->client == NULL ||
           strcmp(left->client, right->client) == 0;
}

/* Whoever rolls back or ends a job looks at it anew. */
static bool is_turn(const struct mock_exchange *exchange)
{
    return is_call(exchange, "rollback") || is_call(exchange, "cancel");
}

static void check_next(struct mock_judgement *judgement, size_t index, int64_t interval_ms)
{
    const struct mock_exchange *told = judgement->exchanges[index];
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    append_poll_path(told, &path);
    judgement->failed = judgement->failed || path.failed;
    for (size_t i = index + 1; i < judgement->count && path.length > 0; i++) {
        const struct mock_exchange *next = judgement->exchanges[i];
        const int64_t waited_ms = mock_exchange_waited_ms(told, next);
        if (is_turn(next) || waited_ms + judgement->options.tolerance_ms >= interval_ms) {
            return;
        }
        if (mock_exchange_follows(next, told) && is_poll_of(next, cog_text_string(&path)) &&
            is_same_sender(next, told)) {
            mock_judgement_find_pair(
                judgement, MOCK_CONDUCT_FAST_POLLING, told, next,
                "the job was asked about again after %" PRId64 " ms; %s %" PRId64 " ms", waited_ms,
                told->retry_after_ms > 0 ? "the answer before said" : "the interval to keep is",
                interval_ms);
            return;
        }
    }
}

static bool tells_of_job(const struct mock_exchange *exchange)
{
    const bool is_start = is_call(exchange, "promote") || is_call(exchange, "rollback");
    return is_success(exchange) &&
           (is_call(exchange, "status") || (is_start && exchange->retry_after_ms > 0));
}

void mock_conduct_check_polls(struct mock_judgement *judgement)
{
    for (size_t i = 0; i < judgement->count; i++) {
        const struct mock_exchange *exchange = judgement->exchanges[i];
        const int64_t interval_ms = exchange->retry_after_ms > 0
                                        ? exchange->retry_after_ms
                                        : judgement->options.poll_interval_ms;
        /* Of a spoilt answer only the header counts: a client may well ask again at once. */
        const bool is_readable = exchange->fault == NULL || exchange->retry_after_ms > 0;
        if (interval_ms > 0 && is_readable && tells_of_job(exchange) && !has_ended(exchange)) {
            check_next(judgement, i, interval_ms);
        }
    }
}
