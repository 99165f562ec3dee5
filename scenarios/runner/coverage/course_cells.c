/* state/NAME and transition/FROM/EVENT/TO: the way that the client's own table was gone. */
#include "coverage/dimension.h"
#include "coverage/field.h"

#include <cogpromote/transition.h>

void scn_list_states(struct scn_cells *cells)
{
    for (size_t i = 0; cog_transition_state(i) != NULL; i++) {
        scn_cells_note(cells, "state/%s", cog_transition_state(i));
    }
}

void scn_reach_states(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells)
{
    (void)rulings;
    char state[SCN_FIELD_SIZE];
    for (size_t i = 0; i < facts->event_count; i++) {
        if (scn_event_is(&facts->events[i], "transition")) {
            scn_cells_note(cells, "state/%s", scn_event_field(&facts->events[i], "from", state));
            scn_cells_note(cells, "state/%s", scn_event_field(&facts->events[i], "to", state));
        }
    }
}

void scn_list_transitions(struct scn_cells *cells)
{
    struct cog_transition row = cog_transition(0);
    for (size_t i = 0; row.from != NULL; row = cog_transition(++i)) {
        scn_cells_note(cells, "transition/%s/%s/%s", row.from, row.event, row.to);
    }
}

void scn_reach_transitions(const struct scn_facts *facts, const struct scn_rulings *rulings,
                           struct scn_cells *cells)
{
    (void)rulings;
    char from[SCN_FIELD_SIZE];
    char event[SCN_FIELD_SIZE];
    char to[SCN_FIELD_SIZE];
    for (size_t i = 0; i < facts->event_count; i++) {
        const struct scn_event *at = &facts->events[i];
        if (scn_event_is(at, "transition")) {
            scn_cells_note(cells, "transition/%s/%s/%s", scn_event_field(at, "from", from),
                           scn_event_field(at, "on", event), scn_event_field(at, "to", to));
        }
    }
}
