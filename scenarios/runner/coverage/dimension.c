#include "coverage/dimension.h"

const struct scn_dimension *scn_dimensions(void)
{
    static const struct scn_dimension all[] = {
        {"fault", "fault kind by call", scn_list_faults, scn_reach_faults},
        {"meaning", "what the server says is false", scn_list_meanings, scn_reach_meanings},
        {"client", "what strikes the client itself", scn_list_client, scn_reach_client},
        {"state", "states of a promotion", scn_list_states, scn_reach_states},
        {"transition", "transitions", scn_list_transitions, scn_reach_transitions},
        {"exit", "exit codes", scn_list_exits, scn_reach_exits},
        {"outcome", "outcomes", scn_list_outcomes, scn_reach_outcomes},
        {"retry", "decisions about repeating", scn_list_retries, scn_reach_retries},
        {"timeout", "limits that ended something", scn_list_limits, scn_reach_limits},
        {"invariant", "invariants with something to judge", scn_list_invariants,
         scn_reach_invariants},
        {NULL, NULL, NULL, NULL},
    };
    return all;
}

enum cog_code scn_dimensions_list(struct scn_cells *cells)
{
    for (const struct scn_dimension *at = scn_dimensions(); at->name != NULL; at++) {
        at->list(cells);
    }
    return cells->failed ? COG_ERROR_MEMORY : COG_OK;
}

enum cog_code scn_dimensions_reach(const struct scn_facts *facts, const struct scn_rulings *rulings,
                                   struct scn_cells *cells)
{
    for (const struct scn_dimension *at = scn_dimensions(); at->name != NULL; at++) {
        at->reach(facts, rulings, cells);
    }
    return cells->failed ? COG_ERROR_MEMORY : COG_OK;
}
