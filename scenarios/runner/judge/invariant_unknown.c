/* "Unknown" is only for what could not be seen. */
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/unheard.h"

/* The last request of that call behind the last promotion; NULL for none. */
static const struct mock_exchange *find_last_look(const struct scn_facts *facts, const char *call)
{
    for (size_t i = facts->exchange_count; i > 0; i--) {
        const struct mock_exchange *exchange = &facts->exchanges[i - 1];
        if (scn_exchange_is(exchange, call)) {
            return exchange;
        }
        if (scn_exchange_is(exchange, "promote")) {
            break;
        }
    }
    return NULL;
}

/* Behind that look the client was refused a token, or found nobody: it could not look again. */
static bool is_shut_out_since(const struct scn_facts *facts, const struct mock_exchange *look)
{
    const struct mock_exchange *token = scn_exchange_find_last(facts, "token");
    return (token != NULL && token > look && token->status / 100 == 4) ||
           scn_unheard_is_behind(facts, (size_t)(look - facts->exchanges) + 1);
}

struct scn_judgement scn_judge_unknown(const struct scn_facts *facts)
{
    static const char *const looks[] = {"status", "deployments"};
    if (facts->report->outcome != COG_OUTCOME_UNKNOWN) {
        return scn_judgement_idle;
    }
    if (scn_exchange_find_last(facts, "promote") == NULL) {
        return scn_judgement_fail("unknown, and no promotion was sent");
    }
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        const struct mock_exchange *look = find_last_look(facts, looks[i]);
        if (look != NULL && !scn_exchange_may_be_bad(look) && !is_shut_out_since(facts, look)) {
            return scn_judgement_fail("unknown, and %s#%d showed how it stands", look->call,
                                      look->nth);
        }
    }
    return scn_judgement_pass;
}
