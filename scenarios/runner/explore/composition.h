/**
 * A scenario made of a base and of what goes wrong besides: an ordinary file of the language, so
 * that whatever is found can be read, run and changed like one that somebody wrote.
 */
#ifndef SCN_COMPOSITION_H
#define SCN_COMPOSITION_H

#include "explore/faults/fault.h"

#include <cogbase/document.h>

#include <stdbool.h>

/** What the file says of itself, and what is put into the base. Everything is borrowed. */
struct scn_composition {
    const char *name;
    const cJSON *base; /**< A scenario without cases and calls. */
    const struct scn_fault *const *faults;
    size_t fault_count;
    int exit_code; /**< What is expected of the client: a scenario has to say something. */
};

/**
 * The scenario as a tree, to be deleted by the caller. A patch changes objects member by member
 * and replaces what is none, but adds its entries to the lists of faults, and of what happens to
 * the client. A list below `server` is replaced: a timeline is whole or wrong.
 *
 * @return NULL without memory
 */
cJSON *scn_compose(const struct scn_composition *composition);

/**
 * As text: one line, or as a person would want to read it.
 *
 * @return NULL without memory
 */
char *scn_compose_text(const struct scn_composition *composition, bool is_for_people);

#endif
