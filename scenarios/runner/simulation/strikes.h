/** What struck in a run without being seen in any request, as cells of coverage. */
#ifndef SCN_STRIKES_H
#define SCN_STRIKES_H

#include "coverage/cells.h"
#include "language/undertaking.h"
#include "simulation/habitat.h"

#include <cogmock/server.h>

/** A process of the client has died as that kill says. */
void scn_strikes_add_kill(struct scn_cells *strikes, const struct scn_kill *kill);

/** What went wrong around the client and was met by it: on its disk, its clock, its lock. */
void scn_strikes_add_habitat(struct scn_cells *strikes, const struct scn_habitat *habitat);

/** The faults of connections that struck. */
void scn_strikes_add_connections(struct scn_cells *strikes, const struct mock_server *server);

#endif
