/* What is changed by hand while the world runs. */
#include "scene.h"

TestSuite(hand_sessions, .timeout = 5.0);
TestSuite(hand_complete, .timeout = 5.0);
TestSuite(hand_fail, .timeout = 5.0);
TestSuite(hand_progress, .timeout = 5.0);
TestSuite(hand_hold, .timeout = 5.0);

/* A promotion that has run for 30 seconds: 40 of 100. */
static void start(struct scene *scene)
{
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 30000);
}

static size_t left(const struct scene *scene)
{
    return mock_content_difference(&scene->promotion.target->content,
                                   &scene->promotion.source->content);
}

Test(hand_sessions, hold_from_now_on_whatever_was_to_come)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    static const struct mock_level_step steps[] = {{0, 1}, {40000, 9}};
    scene_level(&scene->setup.environments[1].sessions, steps, 2);
    scene_start(scene);
    mock_world_advance(scene->world, 10000);

    cr_assert(mock_world_set_sessions(scene->world, scene->promotion.target, 3) == COG_OK);

    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.target), 3);
    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_SESSIONS);
    mock_world_advance(scene->world, 50000);
    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.target), 3);
    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.source), 0);
}

Test(hand_complete, copies_all_and_ends_now)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    start(scene);

    EXPECT_INT(mock_deployment_complete(scene->world, scene->deployment), MOCK_REFUSAL_NONE);

    EXPECT_INT(left(scene), 0);
    EXPECT_INT(scene->deployment->status, MOCK_JOB_COMPLETED);
    EXPECT_INT(scene->deployment->progress, 100);
    EXPECT_INT(scene->deployment->ended_ms, 30000);
    EXPECT_INT(scene->promotion.target->version, 7);
    EXPECT_INT(scene->world->versions[2].created_ms, 30000);
    EXPECT_INT(mock_world_next_due_ms(scene->world), INT64_MAX);
}

Test(hand_fail, leaves_the_target_half_made_and_says_why)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    const size_t total = left(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 30000);

    EXPECT_INT(mock_deployment_fail(scene->world, scene->deployment, "no disk"), MOCK_REFUSAL_NONE);

    EXPECT_INT(left(scene), total - total * 40 / 100);
    EXPECT_INT(scene->deployment->status, MOCK_JOB_FAILED);
    EXPECT_STR(scene->deployment->error, "no disk");
    EXPECT_INT(scene->deployment->ended_ms, 30000);
    mock_world_advance(scene->world, 90000);
    EXPECT_INT(scene->deployment->status, MOCK_JOB_FAILED);
    EXPECT_INT(left(scene), total - total * 40 / 100);
}

Test(hand_fail, leaves_a_snapshot_for_the_rollback)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    start(scene);
    cr_assert(mock_deployment_fail(scene->world, scene->deployment, "x") == MOCK_REFUSAL_NONE);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);

    mock_world_advance(scene->world, 50000);

    char digest[COG_DIGEST_SIZE];
    cr_assert(mock_content_digest(&scene->promotion.target->content, digest) == COG_OK);
    EXPECT_STR(digest, scene->promotion.target->digest_at_start);
}

Test(hand_progress, copies_as_far_and_goes_on_with_the_first_step_beyond)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    const size_t total = left(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 13000);

    EXPECT_INT(mock_deployment_progress(scene->world, scene->deployment, 60), MOCK_REFUSAL_NONE);

    EXPECT_INT(scene->deployment->progress, 60);
    EXPECT_INT(left(scene), total - total * 60 / 100);
    static const int64_t times[] = {24000, 36000, 47999};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        mock_world_advance(scene->world, times[i]);
        EXPECT_INT(scene->deployment->progress, 60);
    }
    mock_world_advance(scene->world, 48000);
    EXPECT_INT(scene->deployment->progress, 80);
}

Test(hand_progress, of_less_takes_nothing_back_of_what_was_copied)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    start(scene);
    const size_t before = left(scene);

    EXPECT_INT(mock_deployment_progress(scene->world, scene->deployment, 10), MOCK_REFUSAL_NONE);

    EXPECT_INT(scene->deployment->progress, 10);
    EXPECT_INT(left(scene), before);
}

Test(hand_hold, stops_a_job_until_it_is_released_and_moves_the_rest)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    start(scene);

    EXPECT_INT(mock_deployment_hold(scene->world, scene->deployment), MOCK_REFUSAL_NONE);

    EXPECT_INT(mock_world_next_due_ms(scene->world), INT64_MAX);
    mock_world_advance(scene->world, 130000);
    EXPECT_INT(scene->deployment->progress, 40);
    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_BUSY);
    EXPECT_INT(mock_deployment_release(scene->world, scene->deployment), MOCK_REFUSAL_NONE);
    EXPECT_INT(mock_world_next_due_ms(scene->world), 136000);
    mock_world_advance(scene->world, 1000000);
    EXPECT_INT(scene->deployment->status, MOCK_JOB_COMPLETED);
    EXPECT_INT(scene->deployment->ended_ms, 160000);
    EXPECT_INT(scene->deployment->created_ms, 0);
}

Test(hand_hold, of_a_job_leaves_its_rollback_at_its_own_time)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    start(scene);
    cr_assert(mock_deployment_hold(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 100000);
    cr_assert(mock_deployment_release(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    cr_assert(mock_deployment_complete(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    EXPECT_INT(mock_world_next_due_ms(scene->world), 120000);

    cr_assert(mock_deployment_hold(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 200000);
    cr_assert(mock_deployment_release(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 300000);

    EXPECT_INT(scene->deployment->rollback_ended_ms, 220000);
}

Test(hand_hold, twice_counts_once)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    start(scene);
    EXPECT_INT(mock_deployment_release(scene->world, scene->deployment), MOCK_REFUSAL_NONE);
    cr_assert(mock_deployment_hold(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 40000);
    cr_assert(mock_deployment_hold(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 50000);
    cr_assert(mock_deployment_release(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);

    EXPECT_INT(mock_world_next_due_ms(scene->world), 56000);
}

Test(hand_complete, and_all_else_is_refused_of_a_job_that_has_ended)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_complete(scene);
    struct mock_world *world = scene->world;

    EXPECT_INT(mock_deployment_complete(world, scene->deployment), MOCK_REFUSAL_JOB_ENDED);
    EXPECT_INT(mock_deployment_fail(world, scene->deployment, "x"), MOCK_REFUSAL_JOB_ENDED);
    EXPECT_INT(mock_deployment_progress(world, scene->deployment, 5), MOCK_REFUSAL_JOB_ENDED);
    EXPECT_INT(mock_deployment_hold(world, scene->deployment), MOCK_REFUSAL_JOB_ENDED);
    EXPECT_INT(mock_deployment_release(world, scene->deployment), MOCK_REFUSAL_JOB_ENDED);
    EXPECT_INT(scene->deployment->status, MOCK_JOB_COMPLETED);
    EXPECT_INT(scene->deployment->progress, 100);
}
