/* A changed setup takes over while the world runs. */
#include "scene.h"

#include <stdio.h>

TestSuite(world_adopt, .timeout = 5.0);

static void setup_create(struct mock_setup *setup)
{
    cr_assert(mock_setup_init(setup) == COG_OK);
}

static void adopt(struct scene *scene, const struct mock_setup *setup)
{
    struct cog_error error = {0};
    ASSERT_CODE(mock_world_adopt(scene->world, setup, &error), COG_OK, error);
}

Test(world_adopt, counts_the_times_of_what_has_changed_from_now)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(mock_setup_finish) struct mock_setup changed = {0};
    setup_create(&changed);
    static const struct mock_level_step sessions[] = {{0, 3}, {30000, 0}};
    static const struct mock_level_step health[] = {{5000, 503}};
    scene_level(&changed.environments[1].sessions, sessions, 2);
    scene_level(&changed.health, health, 1);
    scene_start(scene);
    mock_world_advance(scene->world, 100000);

    adopt(scene, &changed);

    const struct mock_environment *target = scene->promotion.target;
    EXPECT_INT(mock_world_sessions(scene->world, target), 3);
    EXPECT_INT(mock_world_health(scene->world), 200);
    mock_world_advance(scene->world, 105000);
    EXPECT_INT(mock_world_health(scene->world), 503);
    mock_world_advance(scene->world, 129999);
    EXPECT_INT(mock_world_sessions(scene->world, target), 3);
    mock_world_advance(scene->world, 130000);
    EXPECT_INT(mock_world_sessions(scene->world, target), 0);
}

Test(world_adopt, leaves_levels_undisturbed_that_have_not_changed)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(mock_setup_finish) struct mock_setup changed = {0};
    setup_create(&changed);
    static const struct mock_level_step steps[] = {{0, 3}, {30000, 0}};
    scene_level(&scene->setup.environments[1].sessions, steps, 2);
    scene_level(&changed.environments[1].sessions, steps, 2);
    scene_start(scene);
    mock_world_advance(scene->world, 20000);
    cr_assert(mock_world_set_sessions(scene->world, scene->promotion.source, 5) == COG_OK);

    adopt(scene, &changed);

    mock_world_advance(scene->world, 30000);
    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.target), 0);
    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.source), 5);
}

static void count(void *context, const struct mock_happening *happening)
{
    int *count = context;
    *count += happening->kind == MOCK_HAPPENING_SESSIONS;
}

Test(world_adopt, tells_only_of_a_number_that_is_another_now)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(mock_setup_finish) struct mock_setup changed = {0};
    setup_create(&changed);
    static const struct mock_level_step steps[] = {{0, 3}, {30000, 0}};
    scene_level(&scene->setup.environments[1].sessions, steps, 1);
    scene_level(&changed.environments[0].sessions, steps, 1);
    scene_level(&changed.environments[1].sessions, steps, 2);
    scene_start(scene);
    int told = 0;
    scene->world->observer = (struct mock_world_observer){count, &told};

    adopt(scene, &changed);

    EXPECT_INT(told, 1);
    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.target), 3);
    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.source), 3);
}

Test(world_adopt, leaves_running_jobs_the_timeline_that_they_began_with)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(mock_setup_finish) struct mock_setup changed = {0};
    setup_create(&changed);
    changed.job.steps[0].event = MOCK_JOB_EVENT_COMPLETE;
    changed.job.step_count = 1;
    changed.rollback.end_ms = 1000;
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 30000);

    adopt(scene, &changed);
    mock_setup_finish(&scene->setup);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_RUNNING);
    mock_world_advance(scene->world, 60000);
    EXPECT_INT(scene->deployment->ended_ms, 60000);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    EXPECT_INT(scene->deployment->ended_ms, 60000);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    EXPECT_INT(mock_world_next_due_ms(scene->world), 61000);
}

Test(world_adopt, leaves_a_running_rollback_as_it_began)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(mock_setup_finish) struct mock_setup changed = {0};
    setup_create(&changed);
    changed.rollback.succeeds = false;
    changed.rollback.restore = MOCK_RESTORE_NONE;
    scene_complete(scene);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);

    adopt(scene, &changed);
    mock_world_advance(scene->world, 80000);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_ROLLED_BACK);
    EXPECT_INT(scene->promotion.target->version, 6);
}

Test(world_adopt, keeps_content_adds_new_environments_and_removes_none)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(mock_setup_finish) struct mock_setup changed = {0};
    setup_create(&changed);
    changed.environments[1].version = 40;
    changed.environments[1].counts[MOCK_KIND_INTENT] = 99;
    (void)strcpy(changed.environments[1].name, "Renamed");
    struct mock_environment_setup *added = NULL;
    cr_assert(mock_setup_environment_append(&changed, "env-new", &added) == COG_OK);
    added->counts[MOCK_KIND_FLOW] = 3;
    changed.environments[0] = changed.environments[2];
    changed.environment_count = 2;
    scene_complete(scene);

    adopt(scene, &changed);

    const struct mock_environment *target = scene->promotion.target;
    EXPECT_INT(scene->world->environment_count, 3);
    EXPECT_STR(target->setup->name, "Renamed");
    EXPECT_STR(target->setup->platform_version, "v1.18.0");
    EXPECT_INT(target->version, 7);
    EXPECT_INT(mock_content_count(&target->content, MOCK_KIND_INTENT), 14);
    cr_expect_not_null(mock_world_environment_find(scene->world, "env-source"));
    const struct mock_environment *new = mock_world_environment_find(scene->world, "env-new");
    cr_assert_not_null(new);
    EXPECT_INT(mock_content_count(&new->content, MOCK_KIND_FLOW), 3);
    EXPECT_INT(scene->world->versions[3].created_ms, 60000);
}

Test(world_adopt, of_too_many_environments_changes_nothing)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(mock_setup_finish) struct mock_setup changed = {0};
    static const struct mock_level_step health[] = {{0, 503}};
    setup_create(&changed);
    scene_level(&changed.health, health, 1);
    for (int i = 0; i < MOCK_ENVIRONMENTS_MAX - 2; i++) {
        char id[MOCK_ID_SIZE];
        (void)snprintf(id, sizeof id, "env-%d", i);
        struct mock_environment_setup *added = NULL;
        cr_assert(mock_setup_environment_append(&changed, id, &added) == COG_OK);
    }
    (void)strcpy(changed.environments[0].id, "another");
    scene_start(scene);
    struct cog_error error = {0};

    enum cog_code code = mock_world_adopt(scene->world, &changed, &error);

    ASSERT_CODE(code, COG_ERROR_ARGUMENT, error);
    EXPECT_CONTAINS(error.message, "more than 16 environments");
    EXPECT_INT(scene->world->environment_count, 2);
    EXPECT_INT(mock_world_health(scene->world), 200);
    cr_expect(scene->world->setup == &scene->setup);
}
