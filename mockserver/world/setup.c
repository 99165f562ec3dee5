#include "world/setup.h"

#include <assert.h>
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

void mock_setup_init(struct mock_setup *setup)
{
    *setup = (struct mock_setup){
        .environment_count = sizeof default_environments / sizeof default_environments[0],
        .job = {.step_count = sizeof default_job_steps / sizeof default_job_steps[0]},
        .rollback = {.reversible = true, .ends = true, .end_ms = 20000, .succeeds = true},
        .oauth = {.client_id = "dev-client",
                  .client_secret = "dev-secret",
                  .expires_in_ms = 3600000,
                  .scopes = MOCK_SCOPE_ALL},
    };
    memcpy(setup->environments, default_environments, sizeof default_environments);
    memcpy(setup->job.steps, default_job_steps, sizeof default_job_steps);
}

void mock_environment_setup_init(struct mock_environment_setup *environment, const char *id)
{
    size_t length = strlen(id);
    assert(length < MOCK_ID_SIZE);

    *environment = (struct mock_environment_setup){
        .platform_version = "v1.18.0",
        .bot_id = "bot-1",
        .version = 1,
    };
    memcpy(environment->id, id, length + 1);
    memcpy(environment->name, id, length + 1);
}

struct mock_environment_setup *mock_setup_environment_find(struct mock_setup *setup, const char *id)
{
    for (size_t i = 0; i < setup->environment_count; i++) {
        if (strcmp(setup->environments[i].id, id) == 0) {
            return &setup->environments[i];
        }
    }
    return NULL;
}

int mock_level_at(const struct mock_level *level, int64_t now_ms, int initial)
{
    int value = initial;
    for (size_t i = 0; i < level->step_count && level->steps[i].at_ms <= now_ms; i++) {
        value = level->steps[i].value;
    }
    return value;
}
