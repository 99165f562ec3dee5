/** Somebody who runs the client: with settings, a disk, chance and a log of their own. */
#ifndef SCN_OPERATOR_H
#define SCN_OPERATOR_H

#include "language/scenario.h"
#include "simulation/common_folder.h"
#include "simulation/habitat.h"
#include "simulation/line.h"
#include "simulation/recorder.h"

#include <cogmock/server.h>

enum {
    SCN_HOST_SIZE = 32,
    SCN_PROCESSES_MAX = SCN_KILLS_MAX + SCN_THEN_MAX + 1,
};

/** What an operator works with. Everything is borrowed, and must outlive the operator. */
struct scn_operator_options {
    const struct scn_scenario *scenario;
    struct cog_clock_virtual *clock;
    struct mock_server *server;
    enum scn_transport transport;
    uint64_t seed;
    struct cog_storage storage; /**< The state folder. */
    struct scn_shift shift;
    /* Of one of two; NULL and zero for who is alone. */
    struct scn_door *door;
    struct scn_share *share;
    struct scn_seat seat;
    struct scn_operator *other; /**< With whom it has the state folder in common. */
};

/** Not to be moved once it is initialised. `{0}` is safe to finish. */
struct scn_operator {
    const struct scn_scenario *scenario;
    struct cog_clock_virtual *clock;
    struct mock_server *server;
    struct scn_line line;
    char host[SCN_HOST_SIZE]; /**< The line's, for longer than that lives. */
    struct cog_cancel *cancel;
    struct scn_signals signals;
    struct scn_shift shift;
    struct scn_share *share;
    struct scn_seat seat;
    struct cog_random_seeded random;
    struct cog_storage storage;
    struct scn_common_folder common; /**< Around it, where it is another one's too. */
    struct scn_habitat habitat;      /**< Around that. */
    struct scn_recorder recorder;
    struct cog_config config;
    struct scn_start starts[SCN_PROCESSES_MAX];
    int64_t process_count;
    int64_t living_pid; /**< Of the process that runs now; 0 for none. */
    bool is_killed;     /**< The newest process was. */
    bool is_torn;       /**< And within a write to its journal. */
    bool is_refused;    /**< The client did not even start: its settings are wrong. */
    bool is_moved;      /**< To another machine. */
    bool is_rolled_back_by_hand;
    size_t unused_kill_count;
    struct scn_cells strikes;
    struct cog_report report; /**< Of the newest process that came to its end. */
};

/**
 * @param out_operator to be finished by the caller, also on failure
 * @return COG_OK; COG_ERROR_SYNTAX, COG_ERROR_MEMORY, COG_ERROR_INTERNAL, COG_ERROR_CONFIGURATION
 *         (no port is free)
 */
enum cog_code scn_operator_init(struct scn_operator *out_operator,
                                const struct scn_operator_options *options,
                                struct cog_error *error) COG_CHECK;

/**
 * Promotes; a process that was killed is followed by one that resumes, and may be killed too.
 *
 * @return COG_OK whatever the client did; COG_ERROR_MEMORY, COG_ERROR_INTERNAL, COG_ERROR_STORAGE
 */
enum cog_code scn_operator_run(struct scn_operator *who, const struct scn_undertaking *undertaking,
                               struct cog_error *error) COG_CHECK;

/** What is known of it for the judges, borrowed from the operator. */
void scn_operator_tell(const struct scn_operator *who, struct scn_facts *inout_facts);

/** Closes all that has descriptors; what the facts borrow from stays. */
void scn_operator_end_sockets(struct scn_operator *who);

void scn_operator_finish(struct scn_operator *who);

#endif
