/** The times of a run at which it makes a difference whether something happens. */
#ifndef SCN_MOMENT_H
#define SCN_MOMENT_H

#include "explore/faults/site.h"

/**
 * Each time at which a request came, was answered or was over, and at which the client told of
 * something; and one between each two of them.
 *
 * @return whether there was memory for them
 */
bool scn_moments_read(const struct scn_facts *facts, struct scn_sites *sites);

#endif
