/* exit/N, outcome/NAME and invariant/ID: how a run ended, and what could be judged of it. */
#include "coverage/dimension.h"

#include <signal.h>

static const int signals[] = {SIGINT, SIGTERM};

void scn_list_exits(struct scn_cells *cells)
{
    for (int i = COG_OUTCOME_PROMOTED; i < COG_OUTCOME_INTERRUPTED; i++) {
        scn_cells_note(cells, "exit/%d", cog_outcome_exit_code((enum cog_outcome)i, 0));
    }
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        scn_cells_note(cells, "exit/%d",
                       cog_outcome_exit_code(COG_OUTCOME_INTERRUPTED, signals[i]));
    }
}

void scn_reach_exits(const struct scn_facts *facts, const struct scn_rulings *rulings,
                     struct scn_cells *cells)
{
    (void)rulings;
    scn_cells_note(cells, "exit/%d", facts->exit_code);
}

void scn_list_outcomes(struct scn_cells *cells)
{
    for (int i = COG_OUTCOME_PROMOTED; i <= COG_OUTCOME_INTERRUPTED; i++) {
        scn_cells_note(cells, "outcome/%s", cog_outcome_name((enum cog_outcome)i));
    }
}

void scn_reach_outcomes(const struct scn_facts *facts, const struct scn_rulings *rulings,
                        struct scn_cells *cells)
{
    (void)rulings;
    scn_cells_note(cells, "outcome/%s", cog_outcome_name(facts->report->outcome));
}

void scn_list_invariants(struct scn_cells *cells)
{
    for (const struct scn_invariant *at = scn_invariants(); at->id != NULL; at++) {
        scn_cells_note(cells, "invariant/%s", at->id);
    }
}

void scn_reach_invariants(const struct scn_facts *facts, const struct scn_rulings *rulings,
                          struct scn_cells *cells)
{
    (void)facts;
    for (size_t i = 0; i < rulings->count; i++) {
        const struct scn_ruling *ruling = &rulings->items[i];
        if (ruling->result == SCN_PASS && !ruling->is_idle) {
            scn_cells_note(cells, "invariant/%s", ruling->id);
        }
    }
}
