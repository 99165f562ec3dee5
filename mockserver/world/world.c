#include "world/world.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { HEALTHY_STATUS = 200 };

static enum cog_code add_environment(struct mock_world *world,
                                     const struct mock_environment_setup *setup)
{
    struct mock_environment *environment = &world->environments[world->environment_count];
    environment->setup = setup;
    environment->content = mock_content_generate(setup->counts, setup->version);
    enum cog_code code = mock_content_digest(&environment->content, environment->start_digest);
    if (code == COG_OK) {
        code = mock_world_versions_reserve(world, 1);
    }
    if (code != COG_OK) {
        return code;
    }
    mock_world_version_append(world, environment, setup->version, 0);
    world->environment_count++;
    return COG_OK;
}

enum cog_code mock_world_create(const struct mock_setup *setup, uint64_t seed,
                                struct mock_world **out_world)
{
    struct mock_world *world = calloc(1, sizeof *world);
    if (world == NULL) {
        return COG_ERROR_MEMORY;
    }
    world->setup = setup;
    enum cog_code code = mock_tokens_init(&world->tokens, &setup->oauth, seed);
    for (size_t i = 0; code == COG_OK && i < setup->environment_count; i++) {
        code = add_environment(world, &setup->environments[i]);
    }
    if (code != COG_OK) {
        mock_world_destroy(world);
        return code;
    }
    *out_world = world;
    return COG_OK;
}

void mock_world_destroy(struct mock_world *world)
{
    if (world == NULL) {
        return;
    }
    for (size_t i = 0; i < world->deployment_count; i++) {
        free(world->deployments[i]);
    }
    free(world->deployments);
    free(world->versions);
    mock_tokens_finish(&world->tokens);
    free(world);
}

static struct mock_deployment *earliest_due(const struct mock_world *world, int64_t now_ms)
{
    struct mock_deployment *earliest = NULL;
    int64_t earliest_ms = now_ms;
    for (size_t i = 0; i < world->deployment_count; i++) {
        int64_t due_ms = mock_deployment_due_ms(world, world->deployments[i]);
        if (due_ms < earliest_ms || (due_ms == earliest_ms && earliest == NULL)) {
            earliest = world->deployments[i];
            earliest_ms = due_ms;
        }
    }
    return earliest;
}

void mock_world_advance(struct mock_world *world, int64_t now_ms)
{
    struct mock_deployment *deployment = earliest_due(world, now_ms);
    while (deployment != NULL) {
        mock_deployment_step(world, deployment);
        deployment = earliest_due(world, now_ms);
    }
    world->now_ms = now_ms;
}

struct mock_environment *mock_world_environment_find(struct mock_world *world, const char *id)
{
    for (size_t i = 0; i < world->environment_count; i++) {
        if (strcmp(world->environments[i].setup->id, id) == 0) {
            return &world->environments[i];
        }
    }
    return NULL;
}

int mock_world_sessions(const struct mock_world *world, const struct mock_environment *environment)
{
    return mock_level_at(&environment->setup->sessions, world->now_ms, 0);
}

int mock_world_health(const struct mock_world *world)
{
    return mock_level_at(&world->setup->health, world->now_ms, HEALTHY_STATUS);
}

bool mock_world_has_bot(const struct mock_world *world, const char *bot_id)
{
    for (size_t i = 0; i < world->environment_count; i++) {
        if (strcmp(world->environments[i].setup->bot_id, bot_id) == 0) {
            return true;
        }
    }
    return false;
}

enum cog_code mock_world_versions_reserve(struct mock_world *world, size_t count)
{
    size_t needed = world->version_count + count;
    if (needed <= world->version_capacity) {
        return COG_OK;
    }
    size_t capacity = needed * 2;
    struct mock_version *versions = realloc(world->versions, capacity * sizeof *versions);
    if (versions == NULL) {
        return COG_ERROR_MEMORY;
    }
    world->versions = versions;
    world->version_capacity = capacity;
    return COG_OK;
}

void mock_world_version_append(struct mock_world *world, struct mock_environment *environment,
                               int number, int64_t at_ms)
{
    assert(world->version_count < world->version_capacity);

    environment->version = number;
    world->versions[world->version_count++] = (struct mock_version){
        .number = number,
        .environment = environment,
        .created_ms = at_ms,
    };
}
