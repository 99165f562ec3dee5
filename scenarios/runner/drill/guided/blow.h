/** What the fake cannot do to a person: their client dies, their machine is gone, another operator
 * comes. */
#ifndef SCN_BLOW_H
#define SCN_BLOW_H

#include "drill/guided/command_log.h"
#include "foreign/child.h"

/** Whom the other operator is told apart by; a W3C trace context. */
#define SCN_BLOW_SECOND_TRACE "00-5ec0d0000000000000000000000000d1-5ec0d000000000d1-01"

/** @return how many of the recorded clients that run got it, each with all that it started */
size_t scn_blow_signal_clients(struct scn_workplace *workplace, int signal_number);

/** Whether a recorded client runs. */
bool scn_blow_has_client(struct scn_workplace *workplace);

/**
 * Lets the client's state look as one that another machine left behind: who looks at a lock cannot
 * tell any more whether its holder lives.
 *
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_blow_move(struct scn_workplace *workplace, struct cog_error *error) COG_CHECK;

/**
 * Starts the other operator: the same client, with a state folder, and so with locks, of its own.
 *
 * @param variables of the person's client: "NAME=value", ends with NULL
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_blow_start_second(struct scn_workplace *workplace, const char *client_program,
                                    char *const *variables, struct scn_child *out_child,
                                    struct cog_error *error) COG_CHECK;

#endif
