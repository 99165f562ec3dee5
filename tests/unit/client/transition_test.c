#include <cogpromote/transition.h>

#include "promotion_bench.h"
#include "support/expect.h"

#include <string.h>

TestSuite(transition, .timeout = 5.0);

static bool is_state(const char *name)
{
    for (size_t i = 0; cog_transition_state(i) != NULL; i++) {
        if (strcmp(cog_transition_state(i), name) == 0) {
            return true;
        }
    }
    return false;
}

Test(transition, goes_from_a_state_to_a_state_by_one_event_once)
{
    size_t count = 0;
    for (struct cog_transition row = cog_transition(0); row.from != NULL;
         row = cog_transition(++count)) {
        cr_expect(is_state(row.from), "%s", row.from);
        cr_expect(is_state(row.to), "%s", row.to);
        for (size_t i = 0; i < count; i++) {
            const struct cog_transition other = cog_transition(i);
            const bool is_same =
                strcmp(other.from, row.from) == 0 && strcmp(other.event, row.event) == 0;
            cr_expect(!is_same, "%s on %s twice", row.from, row.event);
        }
    }

    cr_expect(count > COG_STATE_COUNT, "%zu", count);
    cr_expect(cog_transition(count + 1).from == NULL);
}

Test(transition, leads_into_each_state_but_the_first_and_out_of_each_but_the_last)
{
    for (size_t i = 0; cog_transition_state(i) != NULL; i++) {
        const char *state = cog_transition_state(i);
        bool is_entered = i == COG_STATE_AUTHENTICATE;
        bool is_left = i == COG_STATE_END;
        for (size_t j = 0; cog_transition(j).from != NULL; j++) {
            is_entered = is_entered || strcmp(cog_transition(j).to, state) == 0;
            is_left = is_left || strcmp(cog_transition(j).from, state) == 0;
        }
        cr_expect(is_entered, "%s is never entered", state);
        cr_expect(is_left, "%s is never left", state);
    }
}
