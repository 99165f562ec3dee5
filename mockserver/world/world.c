#include "world/world.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { VERSIONS_PER_DEPLOYMENT = 2 /**< One for its completion, one for its rollback. */ };

/* What is due next. One of the pointers says whose it is; none of them: health. */
struct due {
    int64_t at_ms;
    struct mock_deployment *deployment;
    struct mock_environment *environment;
};

static enum cog_code add_environments(struct mock_world *world)
{
    const struct mock_setup *setup = world->setup;
    enum cog_code code = mock_world_environments_reserve(world, setup->environment_count);
    for (size_t i = 0; code == COG_OK && i < setup->environment_count; i++) {
        struct mock_environment *environment = NULL;
        code = mock_environment_create(&setup->environments[i], world->now_ms, &environment);
        if (code == COG_OK) {
            mock_world_environment_place(world, environment);
        }
    }
    return code;
}

enum cog_code mock_world_create_empty(const struct mock_setup *setup, uint64_t seed,
                                      struct mock_world **out_world)
{
    struct mock_world *world = calloc(1, sizeof *world);
    if (world == NULL) {
        return COG_ERROR_MEMORY;
    }
    world->setup = setup;
    world->due_ms = INT64_MIN;
    enum cog_code code = mock_tokens_init(&world->tokens, &setup->oauth, seed);
    if (code == COG_OK) {
        code = mock_gauge_init(&setup->health, MOCK_HEALTHY_STATUS, 0, &world->health);
    }
    if (code != COG_OK) {
        mock_world_destroy(world);
        return code;
    }
    *out_world = world;
    return COG_OK;
}

enum cog_code mock_world_create(const struct mock_setup *setup, uint64_t seed,
                                struct mock_world **out_world)
{
    struct mock_world *world = NULL;
    enum cog_code code = mock_world_create_empty(setup, seed, &world);
    if (code != COG_OK) {
        return code;
    }
    code = add_environments(world);
    if (code != COG_OK) {
        mock_world_destroy(world);
        return code;
    }
    mock_world_settle(world);
    *out_world = world;
    return COG_OK;
}

void mock_world_destroy(struct mock_world *world)
{
    if (world == NULL) {
        return;
    }
    for (size_t i = 0; i < world->deployment_count; i++) {
        mock_deployment_destroy(world->deployments[i]);
    }
    for (size_t i = 0; i < world->environment_count; i++) {
        mock_environment_destroy(world->environments[i]);
    }
    free(world->deployments);
    free(world->environments);
    free(world->versions);
    mock_gauge_finish(&world->health);
    mock_tokens_finish(&world->tokens);
    free(world);
}

/* At the same time levels come first, so that a job finds them as they are from then on. */
static struct due earliest_due(const struct mock_world *world)
{
    struct due earliest = {.at_ms = mock_gauge_due_ms(&world->health)};
    for (size_t i = 0; i < world->environment_count; i++) {
        struct mock_environment *environment = world->environments[i];
        int64_t due_ms = mock_gauge_due_ms(&environment->sessions);
        if (due_ms < earliest.at_ms) {
            earliest = (struct due){.at_ms = due_ms, .environment = environment};
        }
    }
    for (size_t i = 0; i < world->deployment_count; i++) {
        int64_t due_ms = mock_deployment_due_ms(world->deployments[i]);
        if (due_ms < earliest.at_ms) {
            earliest = (struct due){.at_ms = due_ms, .deployment = world->deployments[i]};
        }
    }
    return earliest;
}

static struct mock_gauge *gauge_of(struct mock_world *world, struct mock_environment *environment)
{
    return environment == NULL ? &world->health : &environment->sessions;
}

static void tell_level(struct mock_world *world, struct mock_environment *environment,
                       int64_t at_ms)
{
    const struct mock_happening happening = {
        .kind = environment == NULL ? MOCK_HAPPENING_HEALTH : MOCK_HAPPENING_SESSIONS,
        .at_ms = at_ms,
        .environment = environment,
        .value = gauge_of(world, environment)->value,
    };
    mock_world_tell(world, &happening);
}

static void take(struct mock_world *world, const struct due *due)
{
    if (due->deployment != NULL) {
        mock_deployment_step(world, due->deployment);
    } else if (mock_gauge_step(gauge_of(world, due->environment))) {
        tell_level(world, due->environment, due->at_ms);
    }
}

void mock_world_advance(struct mock_world *world, int64_t now_ms)
{
    if (now_ms >= world->due_ms) {
        struct due due = earliest_due(world);
        while (due.at_ms <= now_ms && due.at_ms != INT64_MAX) {
            world->now_ms = due.at_ms > world->now_ms ? due.at_ms : world->now_ms;
            take(world, &due);
            due = earliest_due(world);
        }
        world->due_ms = due.at_ms;
    }
    world->now_ms = now_ms;
}

int64_t mock_world_next_due_ms(const struct mock_world *world)
{
    return world->due_ms;
}

void mock_world_settle(struct mock_world *world)
{
    world->due_ms = INT64_MIN;
    mock_world_advance(world, world->now_ms);
}

enum cog_code mock_world_environments_reserve(struct mock_world *world, size_t count)
{
    enum cog_code code = mock_world_versions_reserve(world, count);
    if (code != COG_OK) {
        return code;
    }
    size_t size = (world->environment_count + count + 1) * sizeof(struct mock_environment *);
    struct mock_environment **environments = realloc(world->environments, size);
    if (environments == NULL) {
        return COG_ERROR_MEMORY;
    }
    world->environments = environments;
    return COG_OK;
}

void mock_world_environment_place(struct mock_world *world, struct mock_environment *environment)
{
    world->environments[world->environment_count++] = environment;
    mock_world_version_append(world, environment, environment->version, world->now_ms);
}

void mock_world_tell(const struct mock_world *world, const struct mock_happening *happening)
{
    if (world->observer.happened != NULL) {
        world->observer.happened(world->observer.context, happening);
    }
}

struct mock_environment *mock_world_environment_find(const struct mock_world *world, const char *id)
{
    for (size_t i = 0; i < world->environment_count; i++) {
        if (strcmp(world->environments[i]->setup->id, id) == 0) {
            return world->environments[i];
        }
    }
    return NULL;
}

int mock_world_sessions(const struct mock_world *world, const struct mock_environment *environment)
{
    (void)world;
    return environment->sessions.value;
}

enum cog_code mock_world_set_sessions(struct mock_world *world,
                                      struct mock_environment *environment, int active)
{
    assert(active >= 0 && active <= MOCK_SESSIONS_MAX);

    struct mock_level_step step = {.at_ms = 0, .value = active};
    const struct mock_level level = {.steps = &step, .step_count = 1};
    struct mock_gauge gauge = {0};
    enum cog_code code = mock_gauge_init(&level, 0, world->now_ms, &gauge);
    if (code == COG_OK) {
        mock_world_gauge_replace(world, environment, &gauge);
        mock_world_settle(world);
    }
    return code;
}

void mock_world_gauge_replace(struct mock_world *world, struct mock_environment *environment,
                              struct mock_gauge *gauge)
{
    struct mock_gauge *present = gauge_of(world, environment);
    const bool has_changed = present->value != gauge->value;
    mock_gauge_finish(present);
    *present = *gauge;
    *gauge = (struct mock_gauge){0};
    if (has_changed) {
        tell_level(world, environment, world->now_ms);
    }
}

int mock_world_health(const struct mock_world *world)
{
    return world->health.value;
}

bool mock_world_has_bot(const struct mock_world *world, const char *bot_id)
{
    for (size_t i = 0; i < world->environment_count; i++) {
        if (strcmp(world->environments[i]->setup->bot_id, bot_id) == 0) {
            return true;
        }
    }
    return false;
}

enum cog_code mock_world_versions_reserve(struct mock_world *world, size_t count)
{
    size_t needed =
        world->version_count + count + VERSIONS_PER_DEPLOYMENT * world->deployment_count;
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
    const struct mock_happening happening = {
        .kind = MOCK_HAPPENING_VERSION,
        .at_ms = at_ms,
        .environment = environment,
        .value = number,
    };
    mock_world_tell(world, &happening);
}
