#include "world/setup.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct mock_environment_setup default_environments[] = {
    {
        .id = "env-source",
        .name = "Source",
        .platform_version = "v1.18.0",
        .bot_id = "bot-1",
        .version = 7,
        .counts = {14, 6, 5, 3, 2, 7},
    },
    {
        .id = "env-target",
        .name = "Target",
        .platform_version = "v1.18.0",
        .bot_id = "bot-1",
        .version = 6,
        .counts = {12, 5, 4, 2, 2, 6},
    },
};

/* Sixty seconds in five steps; the last one is the end. */
static const struct mock_job_step default_job_steps[] = {
    {.at_ms = 0, .event = MOCK_JOB_EVENT_PROGRESS, .progress = 0},
    {.at_ms = 12000, .event = MOCK_JOB_EVENT_PROGRESS, .progress = 20},
    {.at_ms = 24000, .event = MOCK_JOB_EVENT_PROGRESS, .progress = 40},
    {.at_ms = 36000, .event = MOCK_JOB_EVENT_PROGRESS, .progress = 60},
    {.at_ms = 48000, .event = MOCK_JOB_EVENT_PROGRESS, .progress = 80},
    {.at_ms = 60000, .event = MOCK_JOB_EVENT_COMPLETE},
};

const char *const *mock_restore_names(void)
{
    static const char *const names[] = {
        [MOCK_RESTORE_ALL] = "all",
        [MOCK_RESTORE_HALF] = "half",
        [MOCK_RESTORE_NONE] = "none",
        NULL,
    };
    return names;
}

enum cog_code mock_job_steps_copy(const struct mock_job_step *steps, size_t step_count,
                                  struct mock_job_step **out_steps)
{
    struct mock_job_step *copy = calloc(step_count + 1, sizeof *copy);
    if (copy == NULL) {
        return COG_ERROR_MEMORY;
    }
    if (step_count > 0) {
        memcpy(copy, steps, step_count * sizeof *copy);
    }
    *out_steps = copy;
    return COG_OK;
}

enum cog_code mock_setup_init(struct mock_setup *out_setup)
{
    struct mock_setup setup = {
        .environment_count = sizeof default_environments / sizeof default_environments[0],
        .job = {.step_count = sizeof default_job_steps / sizeof default_job_steps[0]},
        .rollback = {.reversible = true, .ends = true, .end_ms = 20000, .succeeds = true},
        .oauth = {.client_id = "dev-client",
                  .client_secret = "dev-secret",
                  .expires_in_ms = 3600000,
                  .scopes = MOCK_SCOPE_ALL},
    };
    setup.environments = calloc(1, sizeof default_environments);
    if (setup.environments == NULL) {
        return COG_ERROR_MEMORY;
    }
    memcpy(setup.environments, default_environments, sizeof default_environments);
    enum cog_code code =
        mock_job_steps_copy(default_job_steps, setup.job.step_count, &setup.job.steps);
    if (code != COG_OK) {
        mock_setup_finish(&setup);
        return code;
    }
    *out_setup = setup;
    return COG_OK;
}

void mock_setup_finish(struct mock_setup *setup)
{
    for (size_t i = 0; i < setup->environment_count && setup->environments != NULL; i++) {
        mock_level_finish(&setup->environments[i].sessions);
    }
    free(setup->environments);
    free(setup->job.steps);
    mock_level_finish(&setup->health);
    mock_clients_finish(&setup->oauth.clients);
    *setup = (struct mock_setup){0};
}

enum cog_code mock_setup_environment_append(struct mock_setup *setup, const char *id,
                                            struct mock_environment_setup **out_environment)
{
    const size_t length = strlen(id);
    assert(length < MOCK_ID_SIZE);

    struct mock_environment_setup *environments =
        realloc(setup->environments, (setup->environment_count + 1) * sizeof *environments);
    if (environments == NULL) {
        return COG_ERROR_MEMORY;
    }
    setup->environments = environments;
    struct mock_environment_setup *environment = &environments[setup->environment_count++];
    *environment = (struct mock_environment_setup){
        .platform_version = "v1.18.0",
        .bot_id = "bot-1",
        .version = 1,
    };
    memcpy(environment->id, id, length + 1);
    memcpy(environment->name, id, length + 1);
    *out_environment = environment;
    return COG_OK;
}

struct mock_environment_setup *mock_setup_environment_find(const struct mock_setup *setup,
                                                           const char *id)
{
    for (size_t i = 0; i < setup->environment_count; i++) {
        if (strcmp(setup->environments[i].id, id) == 0) {
            return &setup->environments[i];
        }
    }
    return NULL;
}
