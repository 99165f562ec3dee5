/* "Unknown" is only for what could not be seen. */
#include "exchange.h"
#include "judgement.h"

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

static bool has_promoted(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (scn_exchange_is(&facts->exchanges[i], "promote")) {
            return true;
        }
    }
    return false;
}

struct scn_judgement scn_judge_unknown(const struct scn_facts *facts)
{
    static const char *const looks[] = {"status", "deployments"};
    if (facts->report->outcome != COG_OUTCOME_UNKNOWN) {
        return scn_judgement_pass;
    }
    if (!has_promoted(facts)) {
        return scn_judgement_fail("unknown, and no promotion was sent");
    }
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        const struct mock_exchange *look = find_last_look(facts, looks[i]);
        if (look != NULL && !scn_exchange_may_be_bad(look)) {
            return scn_judgement_fail("unknown, and %s#%d showed how it stands", look->call,
                                      look->nth);
        }
    }
    return scn_judgement_pass;
}
