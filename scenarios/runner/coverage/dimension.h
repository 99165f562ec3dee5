/**
 * The dimensions of coverage: each knows all the cells that it has, and which of them a run
 * reached. Both go by what happened, as the fake's truth and the client's events tell it, and not
 * by what a scenario says it is about.
 */
#ifndef SCN_DIMENSION_H
#define SCN_DIMENSION_H

#include "coverage/cells.h"
#include "judge/facts.h"
#include "judge/invariant.h"

struct scn_dimension {
    const char *name;  /**< What its cells' names begin with, before the first '/'. */
    const char *title; /**< For people: "fault kind by call". */
    void (*list)(struct scn_cells *cells);
    void (*reach)(const struct scn_facts *facts, const struct scn_rulings *rulings,
                  struct scn_cells *cells);
};

/** All of them; ends with a NULL name. */
const struct scn_dimension *scn_dimensions(void);

/** Adds every cell that there is. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_dimensions_list(struct scn_cells *cells) COG_CHECK;

/** Adds what a run reached, also cells that nobody asks for. @return as above */
enum cog_code scn_dimensions_reach(const struct scn_facts *facts, const struct scn_rulings *rulings,
                                   struct scn_cells *cells) COG_CHECK;

/* One pair a dimension. */
void scn_list_faults(struct scn_cells *cells);
void scn_reach_faults(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells);
void scn_list_meanings(struct scn_cells *cells);
void scn_reach_meanings(const struct scn_facts *facts, const struct scn_rulings *rulings,
                        struct scn_cells *cells);
void scn_list_client(struct scn_cells *cells);
void scn_reach_client(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells);
void scn_list_states(struct scn_cells *cells);
void scn_reach_states(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells);
void scn_list_transitions(struct scn_cells *cells);
void scn_reach_transitions(const struct scn_facts *facts, const struct scn_rulings *rulings,
                           struct scn_cells *cells);
void scn_list_exits(struct scn_cells *cells);
void scn_reach_exits(const struct scn_facts *facts, const struct scn_rulings *rulings,
                     struct scn_cells *cells);
void scn_list_outcomes(struct scn_cells *cells);
void scn_reach_outcomes(const struct scn_facts *facts, const struct scn_rulings *rulings,
                        struct scn_cells *cells);
void scn_list_retries(struct scn_cells *cells);
void scn_reach_retries(const struct scn_facts *facts, const struct scn_rulings *rulings,
                       struct scn_cells *cells);
void scn_list_limits(struct scn_cells *cells);
void scn_reach_limits(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells);
void scn_list_invariants(struct scn_cells *cells);
void scn_reach_invariants(const struct scn_facts *facts, const struct scn_rulings *rulings,
                          struct scn_cells *cells);

#endif
