#include <cogpromote/transition.h>

#include "promotion.h"

struct transition {
    enum cog_state state;
    enum cog_event event;
    enum cog_state next;
};

/* Everything that can follow on anything; what is not here cannot happen. */
static const struct transition TRANSITIONS[] = {
    {COG_STATE_AUTHENTICATE, COG_EVENT_PASSED, COG_STATE_LOCK},
    {COG_STATE_AUTHENTICATE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_LOCK, COG_EVENT_PASSED, COG_STATE_DRAIN},
    {COG_STATE_LOCK, COG_EVENT_UNWANTED, COG_STATE_INSPECT},
    {COG_STATE_LOCK, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_DRAIN, COG_EVENT_PASSED, COG_STATE_CHECK},
    {COG_STATE_DRAIN, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_CHECK, COG_EVENT_PASSED, COG_STATE_BASELINE},
    {COG_STATE_CHECK, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_BASELINE, COG_EVENT_PASSED, COG_STATE_PROMOTE},
    {COG_STATE_BASELINE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_PROMOTE, COG_EVENT_PASSED, COG_STATE_FOLLOW},
    {COG_STATE_PROMOTE, COG_EVENT_OCCUPIED, COG_STATE_DRAIN},
    {COG_STATE_PROMOTE, COG_EVENT_AMBIGUOUS, COG_STATE_SETTLE},
    {COG_STATE_PROMOTE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_SETTLE, COG_EVENT_PASSED, COG_STATE_FOLLOW},
    {COG_STATE_SETTLE, COG_EVENT_ABSENT, COG_STATE_PROMOTE},
    {COG_STATE_SETTLE, COG_EVENT_OCCUPIED, COG_STATE_DRAIN},
    {COG_STATE_SETTLE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_FOLLOW, COG_EVENT_COMPLETED, COG_STATE_VERIFY},
    {COG_STATE_FOLLOW, COG_EVENT_FAILED, COG_STATE_ROLL_BACK},
    {COG_STATE_FOLLOW, COG_EVENT_OVERDUE, COG_STATE_STOP},
    {COG_STATE_FOLLOW, COG_EVENT_ROLLING_BACK, COG_STATE_FOLLOW_ROLLBACK},
    {COG_STATE_FOLLOW, COG_EVENT_RESTORED, COG_STATE_VERIFY_RESTORED},
    {COG_STATE_FOLLOW, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_INSPECT, COG_EVENT_OVERDUE, COG_STATE_STOP},
    {COG_STATE_INSPECT, COG_EVENT_FAILED, COG_STATE_ROLL_BACK},
    {COG_STATE_INSPECT, COG_EVENT_ROLLING_BACK, COG_STATE_FOLLOW_ROLLBACK},
    {COG_STATE_INSPECT, COG_EVENT_RESTORED, COG_STATE_VERIFY_RESTORED},
    {COG_STATE_INSPECT, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_STOP, COG_EVENT_COMPLETED, COG_STATE_VERIFY},
    {COG_STATE_STOP, COG_EVENT_FAILED, COG_STATE_ROLL_BACK},
    {COG_STATE_STOP, COG_EVENT_ROLLING_BACK, COG_STATE_FOLLOW_ROLLBACK},
    {COG_STATE_STOP, COG_EVENT_RESTORED, COG_STATE_VERIFY_RESTORED},
    {COG_STATE_STOP, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_ROLL_BACK, COG_EVENT_PASSED, COG_STATE_FOLLOW_ROLLBACK},
    {COG_STATE_ROLL_BACK, COG_EVENT_COMPLETED, COG_STATE_VERIFY},
    {COG_STATE_ROLL_BACK, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_FOLLOW_ROLLBACK, COG_EVENT_RESTORED, COG_STATE_VERIFY_RESTORED},
    {COG_STATE_FOLLOW_ROLLBACK, COG_EVENT_UNMOVED, COG_STATE_ROLL_BACK},
    {COG_STATE_FOLLOW_ROLLBACK, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_VERIFY, COG_EVENT_UNWANTED, COG_STATE_ROLL_BACK},
    {COG_STATE_VERIFY, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_VERIFY_RESTORED, COG_EVENT_ENDED, COG_STATE_END},
};

enum { TRANSITION_COUNT = sizeof TRANSITIONS / sizeof TRANSITIONS[0] };

const char *cog_event_name(enum cog_event event)
{
    static const char *const names[] = {
        [COG_EVENT_PASSED] = "passed",
        [COG_EVENT_ENDED] = "ended",
        [COG_EVENT_OCCUPIED] = "occupied",
        [COG_EVENT_AMBIGUOUS] = "ambiguous",
        [COG_EVENT_ABSENT] = "absent",
        [COG_EVENT_COMPLETED] = "completed",
        [COG_EVENT_FAILED] = "failed",
        [COG_EVENT_OVERDUE] = "overdue",
        [COG_EVENT_ROLLING_BACK] = "rolling_back",
        [COG_EVENT_RESTORED] = "restored",
        [COG_EVENT_UNMOVED] = "unmoved",
        [COG_EVENT_UNWANTED] = "unwanted",
    };
    return names[event];
}

bool cog_transition_find(enum cog_state state, enum cog_event event, enum cog_state *out_next)
{
    for (size_t i = 0; i < TRANSITION_COUNT; i++) {
        if (TRANSITIONS[i].state == state && TRANSITIONS[i].event == event) {
            *out_next = TRANSITIONS[i].next;
            return true;
        }
    }
    return false;
}

struct cog_transition cog_transition(size_t index)
{
    if (index >= TRANSITION_COUNT) {
        return (struct cog_transition){0};
    }
    const struct transition *row = &TRANSITIONS[index];
    return (struct cog_transition){
        .from = cog_state_key(row->state),
        .event = cog_event_name(row->event),
        .to = cog_state_key(row->next),
    };
}

const char *cog_transition_state(size_t index)
{
    return index < COG_STATE_COUNT ? cog_state_key((enum cog_state)index) : NULL;
}
