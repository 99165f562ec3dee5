/* "Unknown" is only for what could not be seen. */
#include "coverage/field.h"
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/mandate.h"
#include "judge/unheard.h"

/* A process that died with its intent on disk, and nothing sent: only a look can tell that. Those
 * of the process itself came before the intent. 0: no process died. */
static size_t find_last_death(const struct scn_facts *facts)
{
    for (size_t i = facts->process_count; i > 0 && facts->starts != NULL; i--) {
        if (facts->starts[i - 1].is_after_kill) {
            return facts->starts[i - 1].exchange_count;
        }
    }
    return 0;
}

/* The last request of that call behind the last promotion; NULL for none. */
static const struct mock_exchange *find_last_look(const struct scn_facts *facts, const char *call)
{
    const bool has_promoted = scn_exchange_find_last(facts, "promote") != NULL;
    const size_t first = has_promoted ? 0 : find_last_death(facts);
    for (size_t i = facts->exchange_count; i > first; i--) {
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

/* No token until it is too late to look. */
static bool is_put_off_since(const struct scn_facts *facts, const struct mock_exchange *look)
{
    for (const struct mock_exchange *token = look + 1;
         token < facts->exchanges + facts->exchange_count; token++) {
        if (scn_exchange_is(token, "token") && token->retry_after_ms > facts->config->timeout_ms) {
            return true;
        }
    }
    return false;
}

/* Behind that look the client got no token, or found nobody: it could not look again. */
static bool is_shut_out_since(const struct scn_facts *facts, const struct mock_exchange *look)
{
    const struct mock_exchange *token = scn_exchange_find_last(facts, "token");
    return (token != NULL && token > look && scn_exchange_may_be_bad(token)) ||
           is_put_off_since(facts, look) ||
           scn_unheard_is_behind(facts, (size_t)(look - facts->exchanges) + 1);
}

/* What the list showed was found, and looked at itself from then on. */
static bool is_followed(const struct scn_facts *facts, const struct mock_exchange *look)
{
    const struct mock_exchange *status = scn_exchange_find_last(facts, "status");
    return scn_exchange_is(look, "deployments") && status != NULL && status > look;
}

/* Who has no list of before cannot tell from one of now what is new in it. */
static bool is_comparable(const struct scn_facts *facts, const struct mock_exchange *look)
{
    const struct mock_exchange *before = facts->exchanges;
    while (before < look && !scn_exchange_is(before, look->call)) {
        before++;
    }
    return !scn_exchange_is(look, "deployments") || before == look ||
           !scn_exchange_may_be_bad(before);
}

/* A list without the promotion shows nothing as long as that may come late, and there was no time
 * to look again. */
static bool is_hurried(const struct scn_facts *facts, const struct mock_exchange *look)
{
    bool is_late = false;
    for (size_t i = 0; i < facts->event_count && !is_late; i++) {
        is_late = scn_event_is(&facts->events[i], "limit") &&
                  scn_event_field_is(&facts->events[i], "name", "timeout");
    }
    return is_late && scn_exchange_is(look, "deployments") &&
           facts->deployment_count == scn_mandate_read(facts).deployment_index;
}

struct scn_judgement scn_judge_unknown(const struct scn_facts *facts)
{
    static const char *const looks[] = {"status", "deployments"};
    if (facts->report->outcome != COG_OUTCOME_UNKNOWN) {
        return scn_judgement_idle;
    }
    if (scn_exchange_find_last(facts, "promote") == NULL && find_last_death(facts) == 0) {
        return scn_judgement_fail("unknown, and no promotion was sent");
    }
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        const struct mock_exchange *look = find_last_look(facts, looks[i]);
        if (look != NULL && !scn_exchange_may_be_bad(look) && !is_followed(facts, look) &&
            is_comparable(facts, look) && !is_hurried(facts, look) &&
            !is_shut_out_since(facts, look)) {
            return scn_judgement_fail("unknown, and %s#%d showed how it stands", look->call,
                                      look->nth);
        }
    }
    return scn_judgement_pass;
}
