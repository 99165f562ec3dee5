/* The idempotency keys of a foreign client. */
#include "foreign/rules.h"
#include "judge/exchange.h"
#include "judge/judgement.h"

#include <string.h>

static bool has_key(const struct mock_exchange *exchange)
{
    const bool is_acting =
        scn_exchange_is(exchange, "promote") || scn_exchange_is(exchange, "rollback");
    return is_acting && exchange->idempotency_key != NULL && exchange->idempotency_key[0] != '\0' &&
           !scn_exchange_is_half_sent(exchange);
}

/* It may have been applied, for all that its client could know. */
static bool is_open(const struct mock_exchange *exchange)
{
    return exchange->status / 100 != 4;
}

static struct scn_judgement judge_pair(const struct mock_exchange *first,
                                       const struct mock_exchange *second)
{
    const bool is_same_key = strcmp(first->idempotency_key, second->idempotency_key) == 0;
    const bool is_same_request =
        strcmp(first->path, second->path) == 0 && strcmp(first->body, second->body) == 0;
    if (is_same_key && !is_same_request) {
        return scn_judgement_fail("%s#%d and %s#%d are different and have the same key",
                                  first->call, first->nth, second->call, second->nth);
    }
    if (!is_same_key && is_same_request && is_open(first)) {
        return scn_judgement_fail(
            "%s#%d/a%d may have been applied, and %s#%d/a%d repeats it with a new key", first->call,
            first->nth, first->attempt, second->call, second->nth, second->attempt);
    }
    return scn_judgement_pass;
}

struct scn_judgement scn_judge_foreign_keys(const struct scn_facts *facts)
{
    struct scn_judgement judgement = {.is_idle = true};
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *second = &facts->exchanges[i];
        if (!has_key(second)) {
            continue;
        }
        judgement.is_idle = false;
        for (size_t k = 0; k < i && judgement.result == SCN_PASS; k++) {
            if (has_key(&facts->exchanges[k])) {
                judgement = judge_pair(&facts->exchanges[k], second);
            }
        }
    }
    return judgement;
}
