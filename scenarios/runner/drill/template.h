/** A drill to begin with: small, whole, and told member by member. */
#ifndef SCN_DRILL_TEMPLATE_H
#define SCN_DRILL_TEMPLATE_H

#include <cogbase/text.h>

/**
 * The text of a file that `check` finds good, and that our client passes.
 *
 * @param name of the drill, which becomes that of the scenario
 */
void scn_drill_template_append(struct cog_text *text, const char *name);

#endif
