/** What a world starts with and how it will behave: filled from a scenario, and then left alone. */
#ifndef MOCK_WORLD_SETUP_H
#define MOCK_WORLD_SETUP_H

#include "world/clients.h"
#include "world/content.h"
#include "world/level.h"
#include "world/scope.h"

#include <stdbool.h>

enum {
    MOCK_ID_SIZE = 129,
    MOCK_REASON_SIZE = 257,
    MOCK_ENVIRONMENTS_MAX = 16,
    MOCK_STEPS_MAX = 64, /**< Of any timeline. */
    MOCK_SESSIONS_MAX = 1000000,
    MOCK_VERSION_MAX = 65535,
};

struct mock_environment_setup {
    char id[MOCK_ID_SIZE];
    char name[MOCK_ID_SIZE];
    char platform_version[MOCK_ID_SIZE];
    char bot_id[MOCK_ID_SIZE];
    int version;
    int counts[MOCK_KIND_COUNT];
    struct mock_level sessions; /**< Active ones; 0 before the first step. */
};

enum mock_job_event {
    MOCK_JOB_EVENT_PROGRESS,
    MOCK_JOB_EVENT_COMPLETE,
    MOCK_JOB_EVENT_FAIL,
};

struct mock_job_step {
    int64_t at_ms; /**< Since the job was accepted. */
    enum mock_job_event event;
    int progress;                  /**< Of a PROGRESS: 0 to 100. */
    char reason[MOCK_REASON_SIZE]; /**< Of a FAIL. */
};

/** Of the steps only the last can be an end. */
struct mock_job_setup {
    struct mock_job_step *steps; /**< Owned. */
    size_t step_count;
    bool omitted[MOCK_KIND_COUNT]; /**< Kinds that a job silently does not copy. */
};

/** What the end of a rollback really restores, whatever it says. */
enum mock_restore {
    MOCK_RESTORE_ALL,
    MOCK_RESTORE_HALF,
    MOCK_RESTORE_NONE,
};

/** "all", "half", "none", in the order of the enum; ends with NULL. */
const char *const *mock_restore_names(void);

struct mock_rollback_setup {
    bool reversible;
    bool
        automatic; /**< The server begins it by itself when a job's timeline says that it failed. */
    bool ends;
    int64_t end_ms; /**< Since the rollback was accepted. */
    bool succeeds;
    enum mock_restore restore;
};

struct mock_oauth_setup {
    char client_id[MOCK_ID_SIZE];
    char client_secret[MOCK_ID_SIZE];
    int64_t expires_in_ms;
    unsigned scopes; /**< Bits of `enum mock_scope`. */
    int64_t revoke_at_ms[MOCK_STEPS_MAX];
    size_t revoke_count;
    struct mock_clients clients; /**< Others. Owned; one of the id above stands in its place. */
};

/** `{0}` is safe to finish. */
struct mock_setup {
    struct mock_environment_setup *environments; /**< Owned. */
    size_t environment_count;
    struct mock_job_setup job;
    struct mock_rollback_setup rollback;
    struct mock_level health; /**< HTTP statuses; 200 before the first step. */
    struct mock_oauth_setup oauth;
};

/** The default world. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_setup_init(struct mock_setup *out_setup) COG_CHECK;

void mock_setup_finish(struct mock_setup *setup);

/**
 * Adds an environment without content, named as its id, as a scenario adds it.
 *
 * @param id shorter than MOCK_ID_SIZE
 * @param out_environment borrowed until the next one is added
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code
mock_setup_environment_append(struct mock_setup *setup, const char *id,
                              struct mock_environment_setup **out_environment) COG_CHECK;

/** NULL when there is none of that id. */
struct mock_environment_setup *mock_setup_environment_find(const struct mock_setup *setup,
                                                           const char *id);

/** The statuses of a platform that nothing is said of. */
enum { MOCK_HEALTHY_STATUS = 200 };

/** @param steps copied @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_job_steps_copy(const struct mock_job_step *steps, size_t step_count,
                                  struct mock_job_step **out_steps) COG_CHECK;

#endif
