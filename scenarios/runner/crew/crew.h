/** Some workers, and who listens to them. */
#ifndef SCN_CREW_H
#define SCN_CREW_H

#include "crew/worker.h"

/** What the listener wants of the crew, having heard what came of some work. */
enum scn_wish {
    SCN_WISH_MORE,
    SCN_WISH_NO_MORE, /**< Nothing more is handed out; what runs may end. */
    SCN_WISH_END,     /**< All is known that is wanted: what still runs is ended. */
};

/** What came of one piece of work. Borrowed for the call. */
struct scn_answer {
    const char *bytes; /**< What the worker answered. */
    size_t length;
    const char *failure; /**< Why there is no answer: it crashed, or did not end. NULL: it has. */
    int64_t real_ms;     /**< How long it took. */
};

/** Who is told what happens, as it happens: in no certain order. */
struct scn_listener {
    void (*begin)(void *context, size_t index);

    /** Each index that was handed out ends once, unless all is ended. */
    enum scn_wish (*end)(void *context, size_t index, const struct scn_answer *answer);
    void *context;
};

struct scn_crew_options {
    size_t worker_count;          /**< At least 1. */
    int64_t stall_ms;             /**< Real time after which a run is ended; 0: never. */
    int interrupt_descriptor;     /**< When it can be read, all ends at once; -1 for none. */
    struct scn_listener listener; /**< Its calls come from this process. */
};

/** How many workers there are to be. @param wanted 0: as many as there are processors */
size_t scn_crew_choose_size(size_t wanted, size_t work_count);

/**
 * Has all of the work done, each index once; ends without a process or descriptor left.
 *
 * @return COG_OK, COG_ERROR_CANCELLED (interrupted), COG_ERROR_MEMORY, COG_ERROR_INTERNAL (no
 *         process can be started, or one went wrong behind its last work)
 */
enum cog_code scn_crew_run(const struct scn_work *work, const struct scn_crew_options *options,
                           struct cog_error *error) COG_CHECK;

#endif
