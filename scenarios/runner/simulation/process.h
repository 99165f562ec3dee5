/** One process of the client: from its start to its end, or to its death. */
#ifndef SCN_PROCESS_H
#define SCN_PROCESS_H

#include "language/undertaking.h"
#include "simulation/common_folder.h"
#include "simulation/line.h"

#include <cogpromote/promote.h>

/** Everything is borrowed. */
struct scn_process {
    enum scn_command command;
    const struct cog_config *config;
    struct cog_seams seams; /**< But for the transport, which is the process's own. */
    struct scn_line line;   /**< Which gives that. */
    struct scn_shift shift;
    struct scn_death death; /**< `{0}`: it lives to its end. */
    struct cog_watch watch;
    int64_t pid;
    const char *host;                       /**< The machine that it runs on. */
    const struct scn_common_folder *common; /**< Its state folder; NULL: nobody else's. */
};

/**
 * Runs it. A process that is to resume where nothing has begun promotes.
 *
 * @param inout_report of the process before, for a rollback by hand; of this one afterwards, unless
 * it died
 * @param out_is_dead whether its death came
 * @return COG_OK whatever the client did; COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_process_run(const struct scn_process *process, struct cog_report *inout_report,
                              bool *out_is_dead, struct cog_error *error) COG_CHECK;

#endif
