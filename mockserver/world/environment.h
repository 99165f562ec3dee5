/** An environment of the world. */
#ifndef MOCK_WORLD_ENVIRONMENT_H
#define MOCK_WORLD_ENVIRONMENT_H

#include "world/setup.h"

#include <cogbase/digest.h>

struct mock_environment {
    /** What it is called. Owned; its sessions are below. */
    struct mock_environment_setup *setup;
    struct mock_content content;
    int version;
    char digest_at_start[COG_DIGEST_SIZE]; /**< Of its content; empty before that changes. */
    struct mock_gauge sessions;            /**< Active ones. */
};

/**
 * As a setup has it, with its content generated.
 *
 * @param setup copied
 * @param now_ms from here its sessions' times count
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_environment_create(const struct mock_environment_setup *setup, int64_t now_ms,
                                      struct mock_environment **out_environment) COG_CHECK;

/** Without content, named as `setup` says. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_environment_create_empty(const struct mock_environment_setup *setup,
                                            struct mock_environment **out_environment) COG_CHECK;

/** The digest of its content as it was at the start. @return COG_OK, COG_ERROR_MEMORY, _INTERNAL */
enum cog_code mock_environment_start_digest(const struct mock_environment *environment,
                                            char out_digest[COG_DIGEST_SIZE]) COG_CHECK;

/** Its content is about to change: from now on its start is remembered. @return as above */
enum cog_code mock_environment_keep_start(struct mock_environment *environment) COG_CHECK;

/** NULL does nothing. */
void mock_environment_destroy(struct mock_environment *environment);

#endif
