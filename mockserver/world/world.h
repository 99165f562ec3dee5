/**
 * The world behind the API: environments with content, sessions, versions, deployments, tokens. It
 * knows no HTTP. Time only moves in `mock_world_advance`.
 */
#ifndef MOCK_WORLD_WORLD_H
#define MOCK_WORLD_WORLD_H

#include "world/deployment.h"
#include "world/environment.h"
#include "world/happening.h"
#include "world/setup.h"
#include "world/tokens.h"

/** One entry of the log of versions, oldest first. */
struct mock_version {
    int number;
    const struct mock_environment *environment;
    int64_t created_ms;
};

/** Times are milliseconds since the server's start. */
struct mock_world {
    const struct mock_setup *setup; /**< Borrowed. */
    int64_t now_ms;
    int64_t due_ms; /**< Nothing happens by itself before; INT64_MAX for never. */
    struct mock_world_observer observer;
    struct mock_environment **environments; /**< Owned, like each of them. */
    size_t environment_count;
    struct mock_gauge health; /**< The HTTP status that tells of it. */
    struct mock_version *versions;
    size_t version_count;
    size_t version_capacity;
    struct mock_deployment **deployments; /**< In the order in which they were applied. */
    size_t deployment_count;
    size_t deployment_capacity;
    int rollback_count;
    struct mock_tokens tokens;
};

/**
 * A world without environments.
 *
 * @param setup as below
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_world_create_empty(const struct mock_setup *setup, uint64_t seed,
                                      struct mock_world **out_world) COG_CHECK;

/**
 * @param setup must outlive the world, or be replaced by `mock_world_adopt`
 * @param seed of tokens
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_world_create(const struct mock_setup *setup, uint64_t seed,
                                struct mock_world **out_world) COG_CHECK;

/**
 * Lets a changed setup take over from now on. The times of what it changes (sessions, health) count
 * from now; what it leaves as it was goes on undisturbed. Environments keep their content and
 * version, those that it lacks stay; deployments keep the timeline that they began with.
 *
 * @param setup must outlive the world, or be replaced; the present one is read for the last time
 * @return COG_OK; COG_ERROR_ARGUMENT, there would be more than MOCK_ENVIRONMENTS_MAX;
 *         COG_ERROR_MEMORY, COG_ERROR_INTERNAL; after a failure nothing has changed
 */
enum cog_code mock_world_adopt(struct mock_world *world, const struct mock_setup *setup,
                               struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void mock_world_destroy(struct mock_world *world);

/** Lets everything happen that is due up to `now_ms`, in the order of its time. Cheap when nothing
 * is. */
void mock_world_advance(struct mock_world *world, int64_t now_ms);

/**
 * When something happens next by itself: a step of a job or rollback, of sessions or of health;
 * INT64_MAX for never. Tokens are not looked at.
 */
int64_t mock_world_next_due_ms(const struct mock_world *world);

/** To be called when something was changed from outside: what is due because of it happens. */
void mock_world_settle(struct mock_world *world);

/** Makes room for `count` more environments and their versions. @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_world_environments_reserve(struct mock_world *world, size_t count) COG_CHECK;

/** Adds an environment, which the world owns then, with its version; room was reserved. */
void mock_world_environment_place(struct mock_world *world, struct mock_environment *environment);

/** Tells the observer, if there is one. */
void mock_world_tell(const struct mock_world *world, const struct mock_happening *happening);

/** NULL when there is none of that id. */
struct mock_environment *mock_world_environment_find(const struct mock_world *world,
                                                     const char *id);

/** Active sessions of an environment now. */
int mock_world_sessions(const struct mock_world *world, const struct mock_environment *environment);

/**
 * Sets them from now on, whatever was to come.
 *
 * @param active 0 to MOCK_SESSIONS_MAX
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_world_set_sessions(struct mock_world *world,
                                      struct mock_environment *environment, int active) COG_CHECK;

/**
 * Replaces the level of an environment's sessions, or that of the health.
 *
 * @param environment NULL for health
 * @param gauge taken over; empty afterwards
 */
void mock_world_gauge_replace(struct mock_world *world, struct mock_environment *environment,
                              struct mock_gauge *gauge);

/** The HTTP status that tells of the platform's health now. */
int mock_world_health(const struct mock_world *world);

/** Whether any environment belongs to that bot. */
bool mock_world_has_bot(const struct mock_world *world, const char *bot_id);

/**
 * Makes sure that the log takes `count` more besides what can come of the deployments so far, so
 * that time can pass without memory.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_world_versions_reserve(struct mock_world *world, size_t count) COG_CHECK;

/** Logs that `environment` has another version from `at_ms` on; room was reserved. */
void mock_world_version_append(struct mock_world *world, struct mock_environment *environment,
                               int number, int64_t at_ms);

#endif
