#include "world/happening.h"

#include "world/world.h"

static const char *const names[] = {
    [MOCK_HAPPENING_JOB_CREATED] = "job-created",
    [MOCK_HAPPENING_JOB_PROGRESS] = "job-progress",
    [MOCK_HAPPENING_JOB_COMPLETED] = "job-completed",
    [MOCK_HAPPENING_JOB_FAILED] = "job-failed",
    [MOCK_HAPPENING_JOB_HELD] = "job-held",
    [MOCK_HAPPENING_JOB_RELEASED] = "job-released",
    [MOCK_HAPPENING_ROLLBACK_CREATED] = "rollback-created",
    [MOCK_HAPPENING_ROLLED_BACK] = "rolled-back",
    [MOCK_HAPPENING_ROLLBACK_FAILED] = "rollback-failed",
    [MOCK_HAPPENING_SESSIONS] = "sessions",
    [MOCK_HAPPENING_HEALTH] = "health",
    [MOCK_HAPPENING_VERSION] = "version",
    [MOCK_HAPPENING_ENVIRONMENT] = "environment",
};

const char *mock_happening_name(enum mock_happening_kind kind)
{
    return names[kind];
}

static void append_deployment(const struct mock_happening *happening, struct cog_text *text)
{
    static const char *const phrases[] = {
        [MOCK_HAPPENING_JOB_CREATED] = "was accepted",
        [MOCK_HAPPENING_JOB_COMPLETED] = "completed",
        [MOCK_HAPPENING_JOB_FAILED] = "failed",
        [MOCK_HAPPENING_JOB_HELD] = "is held",
        [MOCK_HAPPENING_JOB_RELEASED] = "goes on",
        [MOCK_HAPPENING_ROLLBACK_CREATED] = "is being rolled back",
        [MOCK_HAPPENING_ROLLED_BACK] = "is rolled back",
        [MOCK_HAPPENING_ROLLBACK_FAILED] = "could not be rolled back",
    };
    const struct mock_deployment *deployment = happening->deployment;
    if (happening->kind == MOCK_HAPPENING_JOB_PROGRESS) {
        cog_text_append_format(text, "%s is at %d %%", deployment->job_id, happening->value);
        return;
    }
    cog_text_append_format(text, "%s %s", deployment->job_id, phrases[happening->kind]);
    if (happening->kind == MOCK_HAPPENING_JOB_FAILED) {
        cog_text_append_format(text, ": %s", deployment->error);
    }
}

void mock_happening_append(const struct mock_happening *happening, struct cog_text *text)
{
    if (happening->deployment != NULL) {
        append_deployment(happening, text);
        return;
    }
    if (happening->environment == NULL) {
        cog_text_append_format(text, "health is %d", happening->value);
        return;
    }
    const char *id = happening->environment->setup->id;
    if (happening->kind == MOCK_HAPPENING_SESSIONS) {
        cog_text_append_format(text, "%s has %d active sessions", id, happening->value);
    } else if (happening->kind == MOCK_HAPPENING_VERSION) {
        cog_text_append_format(text, "%s has version %d", id, happening->value);
    } else {
        cog_text_append_format(text, "%s is new", id);
    }
}
