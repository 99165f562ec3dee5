/** What a world starts with and how it will behave: plain data, filled from a scenario. */
#ifndef MOCK_WORLD_SETUP_H
#define MOCK_WORLD_SETUP_H

#include "world/content.h"
#include "world/scope.h"

#include <stdbool.h>

enum {
    MOCK_ID_SIZE = 129,
    MOCK_REASON_SIZE = 257,
    MOCK_ENVIRONMENTS_MAX = 16,
    MOCK_STEPS_MAX = 64, /**< Of any timeline. */
};

/** From `at_ms` on, `value` holds: a number of sessions, or an HTTP status. */
struct mock_level_step {
    int64_t at_ms;
    int value;
};

/** A number that changes over time. Times ascend. */
struct mock_level {
    struct mock_level_step steps[MOCK_STEPS_MAX];
    size_t step_count;
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

struct mock_job_setup {
    struct mock_job_step steps[MOCK_STEPS_MAX];
    size_t step_count;
    bool omitted[MOCK_KIND_COUNT]; /**< Kinds that a job silently does not copy. */
};

/** What the end of a rollback really restores, whatever it says. */
enum mock_restore {
    MOCK_RESTORE_ALL,
    MOCK_RESTORE_HALF,
    MOCK_RESTORE_NONE,
};

struct mock_rollback_setup {
    bool reversible;
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
};

struct mock_setup {
    struct mock_environment_setup environments[MOCK_ENVIRONMENTS_MAX];
    size_t environment_count;
    struct mock_job_setup job;
    struct mock_rollback_setup rollback;
    struct mock_level health; /**< HTTP statuses; 200 before the first step. */
    struct mock_oauth_setup oauth;
};

/** The default world. */
void mock_setup_init(struct mock_setup *setup);

/** An environment without content, named as its id, as a scenario adds it. */
void mock_environment_setup_init(struct mock_environment_setup *environment, const char *id);

/** NULL when there is none of that id. */
struct mock_environment_setup *mock_setup_environment_find(struct mock_setup *setup,
                                                           const char *id);

/** The value at `now_ms`; `initial` before the first step. */
int mock_level_at(const struct mock_level *level, int64_t now_ms, int initial);

#endif
