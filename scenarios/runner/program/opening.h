/** How a verb with a command line of its own begins. */
#ifndef SCN_OPENING_H
#define SCN_OPENING_H

#include <cogpromote/error.h>

#include <stdbool.h>

/** Nothing ended the verb before it began. */
enum { SCN_OPENING_GO_ON = -1 };

/** Room for as many paths as there are words; NULL without memory. For COG_CLEANUP below. */
const char **scn_opening_paths(int count);

void scn_opening_paths_finish(const char ***paths);

/**
 * After the command line was read, prints help, or what is wrong.
 *
 * @param code of reading it, or COG_ERROR_MEMORY
 * @return the exit code of a verb that ends so; SCN_OPENING_GO_ON
 */
int scn_opening_decide(enum cog_code code, bool is_help, const struct cog_error *error);

#endif
