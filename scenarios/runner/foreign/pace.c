/* How soon a foreign client asks again. */
#include "foreign/ending.h"
#include "foreign/rules.h"
#include "judge/exchange.h"
#include "judge/judgement.h"

#include <cogbase/duration.h>

#include <string.h>

enum {
    STATUS_THROTTLED = 429,
    STATUS_UNAVAILABLE = 503,
    CLOCKS_MS = 2, /* Of real time: what two clocks that count whole milliseconds may differ by. */
};

static bool asks_to_wait(const struct mock_exchange *exchange)
{
    return exchange->retry_after_ms > 0 && !scn_exchange_is_broken(exchange) &&
           (exchange->status / 100 == 2 || exchange->status == STATUS_THROTTLED ||
            exchange->status == STATUS_UNAVAILABLE);
}

/* A client without request ids says no more than what it asks for. */
static bool is_again(const struct mock_exchange *first, const struct mock_exchange *second)
{
    const bool is_start = scn_exchange_is(first, "promote") || scn_exchange_is(first, "rollback");
    if (is_start && first->status / 100 == 2) {
        return scn_exchange_is(second, "status");
    }
    return strcmp(first->method, second->method) == 0 && strcmp(first->path, second->path) == 0;
}

static struct scn_judgement judge_wait(const struct scn_facts *facts, size_t index)
{
    const struct mock_exchange *first = &facts->exchanges[index];
    for (size_t i = index + 1; i < facts->exchange_count; i++) {
        const struct mock_exchange *second = &facts->exchanges[i];
        if (!is_again(first, second)) {
            continue;
        }
        const int64_t waited_ms =
            second->at_ms - first->at_ms + (int64_t)(CLOCKS_MS * facts->ending->scale);
        char waited[COG_DURATION_TEXT_SIZE];
        char asked[COG_DURATION_TEXT_SIZE];
        return waited_ms >= first->retry_after_ms
                   ? scn_judgement_pass
                   : scn_judgement_fail("%s#%d/a%d came %s after %s#%d/a%d, which asked for %s",
                                        second->call, second->nth, second->attempt,
                                        cog_duration_format(second->at_ms - first->at_ms, waited),
                                        first->call, first->nth, first->attempt,
                                        cog_duration_format(first->retry_after_ms, asked));
    }
    return scn_judgement_pass;
}

struct scn_judgement scn_judge_foreign_pace(const struct scn_facts *facts)
{
    struct scn_judgement judgement = {.is_idle = true};
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (asks_to_wait(&facts->exchanges[i])) {
            judgement = judge_wait(facts, i);
        }
        if (judgement.result != SCN_PASS) {
            break;
        }
    }
    return judgement;
}
