/** What happens in the world, for somebody who looks on: by itself or because it was asked for. */
#ifndef MOCK_WORLD_HAPPENING_H
#define MOCK_WORLD_HAPPENING_H

#include <cogbase/text.h>

#include <stdint.h>

struct mock_deployment;
struct mock_environment;

enum mock_happening_kind {
    MOCK_HAPPENING_JOB_CREATED,
    MOCK_HAPPENING_JOB_PROGRESS,
    MOCK_HAPPENING_JOB_COMPLETED,
    MOCK_HAPPENING_JOB_FAILED,
    MOCK_HAPPENING_JOB_HELD,
    MOCK_HAPPENING_JOB_RELEASED,
    MOCK_HAPPENING_ROLLBACK_CREATED,
    MOCK_HAPPENING_ROLLED_BACK,
    MOCK_HAPPENING_ROLLBACK_FAILED,
    MOCK_HAPPENING_SESSIONS,
    MOCK_HAPPENING_HEALTH,
    MOCK_HAPPENING_VERSION,
    MOCK_HAPPENING_ENVIRONMENT, /**< Another one is there. */
};

struct mock_happening {
    enum mock_happening_kind kind;
    int64_t at_ms;                              /**< By the world's time. */
    const struct mock_deployment *deployment;   /**< Of a job or rollback; else NULL. */
    const struct mock_environment *environment; /**< Whose it is; NULL for health. */
    int value; /**< Of progress: percent. Of sessions, health and a version: the new number. */
};

/** `{0}` is nobody. It looks on and changes nothing. */
struct mock_world_observer {
    void (*happened)(void *context, const struct mock_happening *happening);
    void *context;
};

/** "job-progress", "sessions", … */
const char *mock_happening_name(enum mock_happening_kind kind);

/** Appends it for a person: "job-1 is at 40 %", "env-target has 3 active sessions". */
void mock_happening_append(const struct mock_happening *happening, struct cog_text *text);

#endif
