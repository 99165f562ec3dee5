/**
 * The world behind the API: environments with content, sessions, versions, deployments, tokens. It
 * knows no HTTP. Time only moves in `mock_world_advance`.
 */
#ifndef MOCK_WORLD_WORLD_H
#define MOCK_WORLD_WORLD_H

#include "world/deployment.h"
#include "world/setup.h"
#include "world/tokens.h"

/** One entry of the log of versions, oldest first. */
struct mock_version {
    int number;
    const struct mock_environment *environment;
    int64_t created_ms;
};

struct mock_environment {
    const struct mock_environment_setup *setup; /**< Borrowed. */
    struct mock_content content;
    int version;
    char start_digest[COG_DIGEST_SIZE];
};

/** Times are milliseconds since the server's start. */
struct mock_world {
    const struct mock_setup *setup; /**< Borrowed. */
    int64_t now_ms;
    struct mock_environment environments[MOCK_ENVIRONMENTS_MAX];
    size_t environment_count;
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
 * @param setup must outlive the world
 * @param seed of tokens
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_world_create(const struct mock_setup *setup, uint64_t seed,
                                struct mock_world **out_world) COG_CHECK;

/** NULL does nothing. */
void mock_world_destroy(struct mock_world *world);

/** Lets everything happen that is due up to `now_ms`, in the order of its time. */
void mock_world_advance(struct mock_world *world, int64_t now_ms);

/** NULL when there is none of that id. */
struct mock_environment *mock_world_environment_find(struct mock_world *world, const char *id);

/** Active sessions of an environment now. */
int mock_world_sessions(const struct mock_world *world, const struct mock_environment *environment);

/** The HTTP status that tells of the platform's health now. */
int mock_world_health(const struct mock_world *world);

/** Whether any environment belongs to that bot. */
bool mock_world_has_bot(const struct mock_world *world, const char *bot_id);

/** Makes sure that the log takes `count` more. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_world_versions_reserve(struct mock_world *world, size_t count) COG_CHECK;

/** Logs that `environment` has another version from `at_ms` on; room was reserved. */
void mock_world_version_append(struct mock_world *world, struct mock_environment *environment,
                               int number, int64_t at_ms);

#endif
