/**
 * Conducts a drill with a person: runs the fake as a process of its own, deals the blows that the
 * fake cannot, sees what the person does, and ends it in time. What the person sees is not its
 * business (guided/screen.h).
 */
#ifndef SCN_CONDUCTOR_H
#define SCN_CONDUCTOR_H

#include "drill/drill.h"
#include "drill/evidence.h"

struct scn_conductor;

/** Everything is borrowed, and must outlive the conductor. */
struct scn_conductor_options {
    const struct scn_drill *drill;
    const char *folder; /**< Of this drill alone, made by the caller; nothing of it is shared. */
    const char *mock_program;   /**< The path of `cogmock`. */
    const char *client_program; /**< The path of `cogpromote`, or of whatever stands in for it. */
    char *const *environment;   /**< Of the program: "NAME=value", ends with NULL. */
    uint64_t seed;              /**< Of the moments, and of all else that is drawn. */
    double time_scale;          /**< 0: the drill's. */
    const char *api_base; /**< Somebody else's server instead of an own fake; NULL for none. */
    bool is_real;         /**< That one is no fake: only the client's papers tell. */
};

enum scn_phase {
    SCN_PHASE_RUNNING,
    SCN_PHASE_DONE,    /**< The person says that it is over. */
    SCN_PHASE_ABORTED, /**< By the person, a stop condition, or because the fake died. */
};

/** What a person may ask for. */
enum scn_order {
    SCN_ORDER_HINT,
    SCN_ORDER_DONE,
    SCN_ORDER_ABORT,
};

/** What the screen shows: no more than an operator would know. Texts live until the next step. */
struct scn_conductor_status {
    enum scn_phase phase;
    int64_t now_ms;  /**< Of the fake's time since the start. */
    int64_t left_ms; /**< Until the limit. */
    int64_t t0_ms;   /**< When it struck; -1: it has not, or the client could not know yet. */
    const char *target_before; /**< Digests of the target's content; "" when it is not known. */
    const char *target_now;
    const char *job_id; /**< Of the newest job; "" for none. */
    const char *job_status;
    double job_progress;
    int sessions; /**< Active in the target; -1: not known. */
    const struct scn_typed *typed;
    size_t typed_count;
    const char *const *hints; /**< Those that were taken. */
    size_t hints_taken;
    size_t hints_left;
    const char
        *notice; /**< The last thing to be said: "the machine that you worked on is gone: …". */
    const char *abort_reason; /**< "" for none. */
};

/**
 * Starts the fake, and puts into the folder what the person's shell needs: `env` to be read by it,
 * `bin/` with the recorded client and the command `drill`, `state/` of the client.
 *
 * @return COG_OK; COG_ERROR_STORAGE (the folder), COG_ERROR_CONFIGURATION (the fake does not start,
 *         or nothing answers at `api_base`), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_conductor_create(const struct scn_conductor_options *options,
                                   struct scn_conductor **out_conductor,
                                   struct cog_error *error) COG_CHECK;

/**
 * Looks at everything and does what is due; some ten times a second. It never waits long.
 *
 * @return COG_OK, also when the drill has ended; COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_conductor_step(struct scn_conductor *conductor,
                                 struct cog_error *error) COG_CHECK;

/** Borrowed until the next step. */
const struct scn_conductor_status *scn_conductor_status(const struct scn_conductor *conductor);

/**
 * The page that shows the fake: to who has the token of the folder's file `control-token` what
 * strikes when, to everybody else what an operator would see. NULL: the fake is somebody else's.
 */
const char *scn_conductor_console_url(const struct scn_conductor *conductor);

/** Also given by the command `drill` in the person's shell. */
void scn_conductor_order(struct scn_conductor *conductor, enum scn_order order);

/**
 * Ends what still runs (the person's client, a second operator), and gathers all that is known.
 *
 * @param out_evidence borrowed from the conductor
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_conductor_gather(struct scn_conductor *conductor,
                                   const struct scn_evidence **out_evidence,
                                   struct cog_error *error) COG_CHECK;

/** Stops the fake and all processes of the drill. NULL does nothing. */
void scn_conductor_destroy(struct scn_conductor *conductor);

#endif
