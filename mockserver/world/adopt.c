/* A changed setup takes over. */
#include "world/world.h"

#include <assert.h>
#include <string.h>

/* What becomes of one environment of the changed setup. */
struct change {
    struct mock_environment *present; /**< Borrowed from the world; NULL for a new one. */
    struct mock_environment *added;   /**< Owned; NULL for none. */
    const struct mock_environment_setup *before; /**< In the present setup; NULL for none. */
    const struct mock_environment_setup *after;
    bool has_sessions;
    struct mock_gauge sessions; /**< Owned. */
};

/* All that needs memory is made first, so that a failure leaves the world as it was. */
struct adoption {
    struct change changes[MOCK_ENVIRONMENTS_MAX];
    size_t change_count;
    size_t added_count;
    bool has_health;
    struct mock_gauge health; /**< Owned. */
};

static void adoption_finish(struct adoption *adoption)
{
    for (size_t i = 0; i < adoption->change_count; i++) {
        mock_environment_destroy(adoption->changes[i].added);
        mock_gauge_finish(&adoption->changes[i].sessions);
    }
    mock_gauge_finish(&adoption->health);
}

static enum cog_code prepare_change(const struct mock_world *world, struct change *change)
{
    if (change->present == NULL) {
        return change->before != NULL
                   ? COG_OK
                   : mock_environment_create(change->after, world->now_ms, &change->added);
    }
    change->has_sessions = change->before == NULL ||
                           !mock_level_equals(&change->before->sessions, &change->after->sessions);
    if (!change->has_sessions) {
        return COG_OK;
    }
    return mock_gauge_init(&change->after->sessions, 0, world->now_ms, &change->sessions);
}

static enum cog_code prepare_health(const struct mock_world *world, const struct mock_setup *setup,
                                    struct adoption *adoption)
{
    adoption->has_health = !mock_level_equals(&world->setup->health, &setup->health);
    if (!adoption->has_health) {
        return COG_OK;
    }
    return mock_gauge_init(&setup->health, MOCK_HEALTHY_STATUS, world->now_ms, &adoption->health);
}

static enum cog_code prepare(const struct mock_world *world, const struct mock_setup *setup,
                             struct adoption *adoption)
{
    assert(setup->environment_count <= MOCK_ENVIRONMENTS_MAX);

    enum cog_code code = prepare_health(world, setup, adoption);
    for (size_t i = 0; code == COG_OK && i < setup->environment_count; i++) {
        const struct mock_environment_setup *after = &setup->environments[i];
        struct change *change = &adoption->changes[adoption->change_count++];
        *change = (struct change){
            .present = mock_world_environment_find(world, after->id),
            .before = mock_setup_environment_find(world->setup, after->id),
            .after = after,
        };
        code = prepare_change(world, change);
        adoption->added_count += change->added != NULL;
    }
    return code;
}

/* Each text that the changed setup has otherwise than the present one. */
static void rename_environment(struct mock_environment *environment, const struct change *change)
{
    const struct mock_environment_setup *before = change->before;
    const struct mock_environment_setup *after = change->after;
    struct mock_environment_setup *own = environment->setup;
    if (before == NULL || strcmp(before->name, after->name) != 0) {
        memcpy(own->name, after->name, sizeof own->name);
    }
    if (before == NULL || strcmp(before->platform_version, after->platform_version) != 0) {
        memcpy(own->platform_version, after->platform_version, sizeof own->platform_version);
    }
    if (before == NULL || strcmp(before->bot_id, after->bot_id) != 0) {
        memcpy(own->bot_id, after->bot_id, sizeof own->bot_id);
    }
}

static void tell_added(const struct mock_world *world, const struct mock_environment *environment)
{
    const struct mock_happening happening = {
        .kind = MOCK_HAPPENING_ENVIRONMENT,
        .at_ms = world->now_ms,
        .environment = environment,
    };
    mock_world_tell(world, &happening);
}

/* There is room for what is added. */
static void apply(struct mock_world *world, const struct mock_setup *setup,
                  struct adoption *adoption)
{
    for (size_t i = 0; i < adoption->change_count; i++) {
        struct change *change = &adoption->changes[i];
        if (change->added != NULL) {
            tell_added(world, change->added);
            mock_world_environment_place(world, change->added);
            change->added = NULL;
        } else if (change->present != NULL) {
            rename_environment(change->present, change);
        }
        if (change->has_sessions) {
            mock_world_gauge_replace(world, change->present, &change->sessions);
        }
    }
    if (adoption->has_health) {
        mock_world_gauge_replace(world, NULL, &adoption->health);
    }
    world->setup = setup;
    mock_world_settle(world);
}

enum cog_code mock_world_adopt(struct mock_world *world, const struct mock_setup *setup,
                               struct cog_error *error)
{
    COG_CLEANUP(adoption_finish) struct adoption adoption = {0};
    enum cog_code code = prepare(world, setup, &adoption);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot prepare the changed setup");
    }
    if (world->environment_count + adoption.added_count > MOCK_ENVIRONMENTS_MAX) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "more than %d environments, with those that are there already",
                             MOCK_ENVIRONMENTS_MAX);
    }
    code = mock_world_environments_reserve(world, adoption.added_count);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot adopt the changed setup");
    }
    code = mock_tokens_use_setup(&world->tokens, &setup->oauth, world->now_ms);
    if (code != COG_OK) {
        return cog_error_set(error, code, "the changed clients cannot be adopted");
    }
    apply(world, setup, &adoption);
    return COG_OK;
}
