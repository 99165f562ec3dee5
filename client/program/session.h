/** Everything that a command needs which talks to the platform or to a webhook's receiver. */
#ifndef PROGRAM_SESSION_H
#define PROGRAM_SESSION_H

#include "console.h"
#include "event_file.h"
#include "log_pair.h"

#include <cogpromote/client.h>
#include <cogpromote/promote.h>
#include <cogpromote/transport_curl.h>

/** Its parts point at each other: it stays where it was started. `{0}` is safe to end. */
struct cog_session {
    struct cog_cancel *cancel; /**< What SIGINT, SIGTERM and SIGHUP request. */
    struct cog_console console;
    struct cog_event_file events;
    struct cog_log_pair log;
    struct cog_transport_curl *transport;
    struct cog_storage_posix storage;
    struct cog_client *client;
};

/**
 * Opens the events file, takes the signals, makes the client; sends nothing.
 *
 * @param command borrowed until the end
 * @param session to be ended on failure as well
 * @return COG_OK, COG_ERROR_CONFIGURATION (a file of the settings), COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL
 */
enum cog_code cog_session_start(struct cog_session *session, const struct cog_command *command,
                                struct cog_error *error) COG_CHECK;

/** Stop when asked to, and tell nobody but the client's log. */
struct cog_watch cog_session_watch(const struct cog_session *session);

/** Limits of calls that are made now: the settings' time, and the signals. */
struct cog_limits cog_session_limits(struct cog_session *session,
                                     const struct cog_command *command);

/** Nothing more is to be told: stderr is at the begin of a line, and stdout may be written. */
void cog_session_hush(struct cog_session *session);

void cog_session_end(struct cog_session *session);

#endif
