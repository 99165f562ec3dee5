#include "conduct/chains.h"

#include <stdlib.h>
#include <string.h>

enum {
    STATUS_UNAUTHORIZED = 401,
    STATUS_TIMEOUT = 408,
    STATUS_THROTTLED = 429,
    STATUS_SERVER_ERROR = 500,
};

static int compare(const void *left_item, const void *right_item)
{
    const struct mock_exchange *left = *(const struct mock_exchange *const *)left_item;
    const struct mock_exchange *right = *(const struct mock_exchange *const *)right_item;
    const int order = strcmp(left->call, right->call);
    if (order != 0) {
        return order;
    }
    if (left->nth != right->nth) {
        return left->nth < right->nth ? -1 : 1;
    }
    return left->number < right->number ? -1 : 1;
}

static bool is_same_call(const struct mock_exchange *left, const struct mock_exchange *right)
{
    return strcmp(left->call, right->call) == 0 && left->nth == right->nth;
}

static bool invites_repetition(const struct mock_exchange *exchange)
{
    return !mock_exchange_is_received(exchange) || exchange->fault != NULL ||
           exchange->status == STATUS_UNAUTHORIZED || exchange->status == STATUS_TIMEOUT ||
           exchange->status == STATUS_THROTTLED || exchange->status >= STATUS_SERVER_ERROR;
}

static void cut(struct mock_chains *chains, size_t count)
{
    size_t start = 0;
    for (size_t i = 1; i <= count; i++) {
        const bool goes_on = i < count &&
                             is_same_call(chains->exchanges[i - 1], chains->exchanges[i]) &&
                             invites_repetition(chains->exchanges[i - 1]);
        if (!goes_on) {
            chains->items[chains->count++] =
                (struct mock_chain){chains->exchanges + start, i - start};
            start = i;
        }
    }
}

enum cog_code mock_chains_init(struct mock_chains *chains, const struct mock_judgement *judgement)
{
    const size_t count = judgement->count;
    *chains = (struct mock_chains){0};
    if (count == 0) {
        return COG_OK;
    }
    chains->exchanges = malloc(count * sizeof(const struct mock_exchange *));
    chains->items = malloc(count * sizeof *chains->items);
    if (chains->exchanges == NULL || chains->items == NULL) {
        mock_chains_finish(chains);
        return COG_ERROR_MEMORY;
    }
    memcpy(chains->exchanges, judgement->exchanges, count * sizeof(const struct mock_exchange *));
    qsort(chains->exchanges, count, sizeof(const struct mock_exchange *), compare);
    cut(chains, count);
    return COG_OK;
}

void mock_chains_finish(struct mock_chains *chains)
{
    free(chains->exchanges);
    free(chains->items);
    *chains = (struct mock_chains){0};
}
