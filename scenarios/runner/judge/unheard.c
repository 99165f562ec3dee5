#include "judge/unheard.h"

#include "coverage/field.h"

#include <cogpromote/error.h>

static bool is_unheard(const struct scn_event *event)
{
    return scn_event_is(event, "request") &&
           scn_event_field_is(event, "error", cog_code_name(COG_ERROR_UNREACHABLE));
}

bool scn_unheard_is_behind(const struct scn_facts *facts, size_t exchange_count)
{
    for (size_t i = facts->event_count; i > 0; i--) {
        const struct scn_event *event = &facts->events[i - 1];
        if (event->exchange_count < exchange_count) {
            break;
        }
        if (is_unheard(event) && !scn_event_field_is(event, "call", "webhook")) {
            return true;
        }
    }
    return false;
}
