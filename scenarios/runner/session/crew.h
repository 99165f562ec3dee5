/** Some workers, and who listens to them. */
#ifndef SCN_CREW_H
#define SCN_CREW_H

#include "session/worker.h"

/** What the listener wants of the crew, having heard what became of a scenario. */
enum scn_wish {
    SCN_WISH_MORE,
    SCN_WISH_NO_MORE, /**< Nothing more is handed out; what runs may end. */
    SCN_WISH_END,     /**< All is known that is wanted: what still runs is ended. */
};

/** Who is told what happens, as it happens: in no certain order. */
struct scn_listener {
    void (*begin)(void *context, size_t index);

    /**
     * Each scenario that was handed out ends once, unless all is ended.
     *
     * @param outcome the listener may take it: what it leaves is finished
     */
    enum scn_wish (*end)(void *context, size_t index, struct scn_outcome *outcome);
    void *context;
};

struct scn_crew_options {
    size_t worker_count;          /**< At least 1. */
    int64_t stall_ms;             /**< Real time after which a run is ended; 0: never. */
    int interrupt_descriptor;     /**< When it can be read, all ends at once; -1 for none. */
    struct scn_listener listener; /**< Its calls come from this process. */
};

/**
 * Has all of the work done, each index once; ends without a process or descriptor left.
 *
 * @return COG_OK, COG_ERROR_CANCELLED (interrupted), COG_ERROR_MEMORY, COG_ERROR_INTERNAL (no
 *         process can be started, or one went wrong behind its last scenario)
 */
enum cog_code scn_crew_run(const struct scn_work *work, const struct scn_crew_options *options,
                           struct cog_error *error) COG_CHECK;

#endif
