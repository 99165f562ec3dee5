#include "conduct/rules.h"

#include <inttypes.h>
#include <string.h>

enum {
    STATUS_REDIRECTION = 300,
    STATUS_UNAUTHORIZED = 401,
    NO_WAIT_MS = 5,
    EVEN_WAIT_MS_MIN = 100,
    GAPS_MAX = 8,
    GAPS_HALVED_MIN = 6,
};

/* The refusals that told when to come back. */
static bool tells_to_wait(const struct mock_exchange *exchange)
{
    return mock_exchange_is_received(exchange) && exchange->retry_after_ms > 0 &&
           exchange->status >= STATUS_REDIRECTION;
}

static void check_next(struct mock_judgement *judgement, size_t index)
{
    const struct mock_exchange *told = judgement->exchanges[index];
    for (size_t i = index + 1; i < judgement->count; i++) {
        const struct mock_exchange *next = judgement->exchanges[i];
        const int64_t waited_ms = mock_exchange_waited_ms(told, next);
        if (waited_ms + judgement->options.tolerance_ms >= told->retry_after_ms) {
            return;
        }
        if (mock_exchange_follows(next, told) && mock_exchanges_are_alike(next, told)) {
            mock_judgement_find_pair(judgement, MOCK_CONDUCT_EARLY_RETRY, told, next,
                                     "%s was called again %" PRId64 " ms after the %d, which said "
                                     "%" PRId64 " ms",
                                     next->call, waited_ms, told->status, told->retry_after_ms);
            return;
        }
    }
}

void mock_conduct_check_early_retries(struct mock_judgement *judgement)
{
    for (size_t i = 0; i < judgement->count; i++) {
        if (tells_to_wait(judgement->exchanges[i])) {
            check_next(judgement, i);
        }
    }
}

/* The first waits that were the client's own choice. */
static size_t free_gaps(const struct mock_chain *chain, int64_t gaps_ms[GAPS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < chain->count && count < GAPS_MAX; i++) {
        const struct mock_exchange *exchange = chain->exchanges[i];
        if (exchange->retry_after_ms == 0 && exchange->status != STATUS_UNAUTHORIZED) {
            gaps_ms[count++] = mock_exchange_gap_ms(exchange, chain->exchanges[i + 1]);
        }
    }
    return count;
}

static bool is_even(int64_t minimum_ms, int64_t maximum_ms, size_t count)
{
    if (count == 2) {
        return minimum_ms >= EVEN_WAIT_MS_MIN && maximum_ms - minimum_ms <= maximum_ms / 100;
    }
    return maximum_ms * 4 <= minimum_ms * 5;
}

static bool has_grown(const int64_t *gaps_ms, size_t count)
{
    const size_t half = count / 2;
    int64_t first_ms = 0;
    int64_t second_ms = 0;
    for (size_t i = 0; i < half; i++) {
        first_ms += gaps_ms[i];
        second_ms += gaps_ms[count - 1 - i];
    }
    return second_ms > first_ms;
}

static bool is_flat(const int64_t *gaps_ms, size_t count)
{
    int64_t minimum_ms = INT64_MAX;
    int64_t maximum_ms = 0;
    for (size_t i = 0; i < count; i++) {
        minimum_ms = gaps_ms[i] < minimum_ms ? gaps_ms[i] : minimum_ms;
        maximum_ms = gaps_ms[i] > maximum_ms ? gaps_ms[i] : maximum_ms;
    }
    if (count < 2) {
        return false;
    }
    return maximum_ms <= NO_WAIT_MS || is_even(minimum_ms, maximum_ms, count) ||
           (count >= GAPS_HALVED_MIN && !has_grown(gaps_ms, count));
}

static bool is_call(const struct mock_exchange *exchange, const char *call)
{
    return strcmp(exchange->call, call) == 0;
}

void mock_conduct_check_backoff(struct mock_judgement *judgement, const struct mock_chain *chain)
{
    int64_t gaps_ms[GAPS_MAX] = {0};
    const size_t count = free_gaps(chain, gaps_ms);
    /* A poll that failed comes again with the next one. */
    if (is_call(chain->exchanges[0], "status") || !is_flat(gaps_ms, count)) {
        return;
    }
    mock_judgement_find(judgement, MOCK_CONDUCT_FLAT_BACKOFF,
                        (struct mock_evidence){chain->exchanges, chain->count},
                        "%s was tried %zu times, and the waits did not grow: %" PRId64
                        " ms at first, %" PRId64 " ms at last",
                        chain->exchanges[0]->call, chain->count, gaps_ms[0], gaps_ms[count - 1]);
}

void mock_conduct_check_attempts(struct mock_judgement *judgement, const struct mock_chain *chain)
{
    int64_t count = 0;
    for (size_t i = 0; i < chain->count; i++) {
        const bool is_renewed = i > 0 && chain->exchanges[i - 1]->status == STATUS_UNAUTHORIZED;
        count += is_renewed ? 0 : 1;
    }
    if (is_call(chain->exchanges[0], "status") || is_call(chain->exchanges[0], "webhook") ||
        count <= judgement->options.attempts_max) {
        return;
    }
    mock_judgement_find(judgement, MOCK_CONDUCT_TOO_MANY_ATTEMPTS,
                        (struct mock_evidence){chain->exchanges, chain->count},
                        "%s was tried %" PRId64 " times; %" PRId64 " are enough",
                        chain->exchanges[0]->call, count, judgement->options.attempts_max);
}
