#include "scene.h"

#include <stdlib.h>

struct scene *scene_create(void)
{
    struct scene *scene = calloc(1, sizeof *scene);
    cr_assert_not_null(scene);
    cr_assert(mock_setup_init(&scene->setup) == COG_OK);
    return scene;
}

void scene_start(struct scene *scene)
{
    cr_assert(mock_world_create(&scene->setup, 1, &scene->world) == COG_OK);
    scene->promotion = (struct mock_promotion){
        .source = mock_world_environment_find(scene->world, "env-source"),
        .target = mock_world_environment_find(scene->world, "env-target"),
        .needs = {1, 18, 0},
        .resolve_dependencies = true,
        .sync_configuration = true,
        .include_webhooks = true,
        .include_integrations = true,
    };
}

enum mock_refusal scene_promote(struct scene *scene)
{
    enum mock_refusal refusal = MOCK_REFUSAL_NONE;
    cr_assert(mock_world_promote(scene->world, &scene->promotion, &refusal, &scene->deployment) ==
              COG_OK);
    return refusal;
}

void scene_complete(struct scene *scene)
{
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 60000);
}

void scene_destroy(struct scene **scene)
{
    mock_world_destroy((*scene)->world);
    mock_setup_finish(&(*scene)->setup);
    free(*scene);
}

void scene_level(struct mock_level *level, const struct mock_level_step *steps, size_t step_count)
{
    struct mock_level_step copy[MOCK_STEPS_MAX];
    cr_assert(step_count <= MOCK_STEPS_MAX);
    memcpy(copy, steps, step_count * sizeof *copy);
    mock_level_finish(level);
    const struct mock_level source = {.steps = copy, .step_count = step_count};
    cr_assert(mock_level_copy(&source, level) == COG_OK);
}
