/**
 * The fake: a pure core. What it answers follows from world, script, clock and seed alone, so that
 * the same requests at the same times give the same answers, whatever carries them.
 */
#ifndef COGMOCK_SERVER_H
#define COGMOCK_SERVER_H

#include <cogmock/plan.h>
#include <cogmock/script.h>
#include <cogpromote/clock.h>

/** Not thread-safe: one thread calls it. */
struct mock_server;

/**
 * @param script borrowed; must outlive the server
 * @param clock everything timed follows it: jobs, sessions, tokens, rate windows, stamps
 * @param seed of tokens
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (the cryptographic library refused)
 */
enum cog_code mock_server_create(const struct mock_script *script, struct cog_clock clock,
                                 uint64_t seed, struct mock_server **out_server,
                                 struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void mock_server_destroy(struct mock_server *server);

/** Whether nobody listens now: connections are refused, those that are open are closed. */
bool mock_server_is_down(const struct mock_server *server);

/** When that changes next, on the clock; INT64_MAX for never. */
int64_t mock_server_next_turn_ms(const struct mock_server *server);

/**
 * Answers one request, at the time that the clock shows now.
 *
 * @return COG_OK, with a plan for every request however wrong; COG_ERROR_MEMORY; COG_ERROR_INTERNAL
 *         (the cryptographic library refused)
 */
enum cog_code mock_handle(struct mock_server *server, const struct mock_request *request,
                          struct mock_plan *out_plan, struct cog_error *error) COG_CHECK;

#endif
