#include "conduct/conduct.h"

#include "conduct/rules.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { INTERVALS_MAX = 1000 };

static void judgement_finish(struct mock_judgement *judgement)
{
    free(judgement->exchanges);
}

static bool is_asked_for(const struct mock_conduct_options *options,
                         const struct mock_exchange *exchange)
{
    return (int64_t)exchange->number > options->since &&
           (options->client == NULL ||
            (exchange->client != NULL && strcmp(exchange->client, options->client) == 0));
}

static enum cog_code collect(struct mock_judgement *judgement, const struct mock_server *server)
{
    const size_t count = mock_truth_exchange_count(server);
    judgement->exchanges = malloc((count + 1) * sizeof(const struct mock_exchange *));
    if (judgement->exchanges == NULL) {
        return COG_ERROR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        const struct mock_exchange *exchange = mock_truth_exchange(server, i);
        if (is_asked_for(&judgement->options, exchange)) {
            judgement->exchanges[judgement->count++] = exchange;
        }
    }
    return COG_OK;
}

static void check_request_ids(struct mock_judgement *judgement)
{
    size_t count = 0;
    const struct mock_exchange *first = NULL;
    for (size_t i = 0; i < judgement->count; i++) {
        const struct mock_exchange *exchange = judgement->exchanges[i];
        if (exchange->request_id == NULL && strcmp(exchange->call, "webhook") != 0) {
            first = first == NULL ? exchange : first;
            count++;
        }
    }
    if (count > 0) {
        mock_judgement_find(judgement, MOCK_CONDUCT_NO_REQUEST_ID,
                            (struct mock_evidence){&first, 1},
                            "%zu requests had no X-Request-Id: what is a repetition had to be "
                            "guessed",
                            count);
    }
}

static void add_numbers(struct mock_body *item, const struct mock_chain *chain)
{
    cJSON *numbers = cJSON_CreateArray();
    cJSON *intervals = cJSON_CreateArray();
    for (size_t i = 0; i < chain->count && i < MOCK_FINDING_REQUESTS_MAX; i++) {
        cJSON *number = cJSON_CreateNumber((double)chain->exchanges[i]->number);
        item->failed = item->failed || number == NULL || !cJSON_AddItemToArray(numbers, number);
        if (i > 0) {
            cJSON *gap = cJSON_CreateNumber(
                (double)mock_exchange_gap_ms(chain->exchanges[i - 1], chain->exchanges[i]));
            item->failed = item->failed || gap == NULL || !cJSON_AddItemToArray(intervals, gap);
        }
    }
    mock_body_json(item, "requests", numbers);
    mock_body_json(item, "intervals_ms", intervals);
}

static void add_intervals(const struct mock_chains *chains, struct mock_body *body)
{
    size_t added_count = 0;
    mock_body_array(body, "intervals");
    for (size_t i = 0; i < chains->count && added_count < INTERVALS_MAX; i++) {
        const struct mock_chain *chain = &chains->items[i];
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        if (chain->count < 2) {
            continue;
        }
        const char *path = chain->exchanges[0]->path;
        COG_CLEANUP(cog_string_finish) char *shown = cog_string_clone(path, strcspn(path, "?"));
        mock_body_string(&item, "call", chain->exchanges[0]->call);
        mock_body_integer(&item, "nth", chain->exchanges[0]->nth);
        mock_body_string(&item, "path", shown);
        add_numbers(&item, chain);
        mock_body_array_append(body, &item);
        added_count++;
    }
}

static void check(struct mock_judgement *judgement, const struct mock_chains *chains)
{
    mock_conduct_check_early_retries(judgement);
    mock_conduct_check_repeats(judgement);
    for (size_t i = 0; i < chains->count; i++) {
        mock_conduct_check_backoff(judgement, &chains->items[i]);
        mock_conduct_check_attempts(judgement, &chains->items[i]);
    }
    mock_conduct_check_polls(judgement);
    mock_conduct_check_expired_tokens(judgement);
    mock_conduct_check_dropped_tokens(judgement);
    check_request_ids(judgement);
}

enum cog_code mock_conduct_judge(const struct mock_server *server,
                                 const struct mock_conduct_options *options, struct mock_body *body)
{
    COG_CLEANUP(judgement_finish)
    struct mock_judgement judgement = {.options = *options, .body = body};
    COG_CLEANUP(mock_chains_finish) struct mock_chains chains = {0};
    enum cog_code code = collect(&judgement, server);
    if (code == COG_OK) {
        code = mock_chains_init(&chains, &judgement);
    }
    if (code != COG_OK) {
        return code;
    }
    mock_body_array(body, "findings");
    check(&judgement, &chains);
    mock_body_string(body, "verdict", judgement.is_bad ? "bad" : "good");
    mock_body_integer(body, "finding_count", (int64_t)judgement.finding_count);
    mock_body_integer(body, "requests", (int64_t)judgement.count);
    add_intervals(&chains, body);
    return judgement.failed || body->failed ? COG_ERROR_MEMORY : COG_OK;
}
