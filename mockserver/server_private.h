/** The server's inside, for its own files: answering (hearing.c) and telling (truth.c). */
#ifndef MOCK_SERVER_PRIVATE_H
#define MOCK_SERVER_PRIVATE_H

#include "injects.h"
#include "journal.h"
#include "metrics.h"
#include "script/armed.h"
#include "script/scenario.h"
#include "script/tracker.h"
#include "v1/api.h"

#include <cogmock/server.h>

struct mock_server {
    int holder_count;
    struct mock_script *script;  /**< Held: whose faults strike. */
    struct mock_script *present; /**< Held: all else, as it was changed since. */
    int64_t outages_since_ms;    /**< The times of its outages count from here. */
    uint64_t seed;
    struct mock_clock clock; /**< All times of the world count from its start. */
    int64_t base_now_ms;     /**< The base clock\'s time at which the world is. */
    struct mock_api api;
    struct mock_tracker tracker;
    struct mock_journal journal;
    struct mock_watcher watcher;
    struct mock_arsenal arsenal;
    struct mock_inject_records injects;
    struct mock_world_observer witness; /**< Hears of the world besides; `{0}` for nobody. */
    struct mock_metrics *metrics;       /**< Borrowed. */
    struct mock_metrics own_metrics;    /**< Of a server that shares none. */
};

/**
 * Nobody can reach it any more but by requests that are under way: it forgets what they do not
 * need, tells nobody, and its clock runs, which nobody could turn.
 */
void mock_server_retire(struct mock_server *server);

/** Tells the watcher, if there is one. */
void mock_server_tell(const struct mock_server *server, const struct mock_event *event);

/** Likewise, what became of a fault. @param exchange that it strikes; NULL for none */
void mock_server_tell_fault(const struct mock_server *server, const struct mock_armed *armed,
                            const char *change, const struct mock_exchange *exchange);
/** The observer of the server's world. @param context the server */
void mock_server_happened(void *context, const struct mock_happening *happening);

/** Tells of the newest delivery to a receiver of webhooks. @param code of its recording */
void mock_server_tell_delivery(const struct mock_server *server, enum cog_code code);

/**
 * Lets some members of the script's `server` take over as changed, from now on: times in them count
 * from now, what is not changed goes on undisturbed.
 *
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_REFUSED (too many clients, environments, changes),
 *         COG_ERROR_ARGUMENT (likewise), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_server_adopt(struct mock_server *server, const struct cog_document *patch,
                                struct cog_error *error) COG_CHECK;

/** The same, at the time at which the world is already: whoever brought it there calls this. */
enum cog_code mock_server_change(struct mock_server *server, const struct cog_document *patch,
                                 struct cog_error *error) COG_CHECK;

/** As `mock_server_faults_arm`, at the time at which the world is already. */
enum cog_code mock_server_faults_add(struct mock_server *server,
                                     const struct cog_document *document, const cJSON *node,
                                     struct mock_arming arming, size_t *out_count,
                                     struct cog_error *error) COG_CHECK;

/**
 * The state of world, tokens and rate limits, with its digest.
 *
 * @param out_state owned by the caller
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_server_snapshot(struct mock_server *server, cJSON **out_state) COG_CHECK;

/**
 * Goes on from such a state, its clock too. Of injects the state says nothing: they begin anew, and
 * those that come after the start come after that.
 *
 * @param server to which nothing has happened yet
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY, COG_ERROR_INTERNAL; on failure nothing has
 *         changed
 */
enum cog_code mock_server_restore(struct mock_server *server, const struct cog_document *document,
                                  struct cog_error *error) COG_CHECK;

/**
 * When something happens next by itself, by the server's clock: in the world, to the port, to a
 * token, or an answer is due that is held back. INT64_MAX for never.
 */
int64_t mock_server_next_due_ms(const struct mock_server *server);

#endif
