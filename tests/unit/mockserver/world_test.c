#include "scene.h"

TestSuite(world_promote, .timeout = 5.0);
TestSuite(world_rollback, .timeout = 5.0);
TestSuite(world_cancel, .timeout = 5.0);
TestSuite(world_sessions, .timeout = 5.0);
TestSuite(world_versions, .timeout = 5.0);

/* How many items of the target are not yet as in the source. */
static size_t left(const struct scene *scene)
{
    return mock_content_difference(&scene->promotion.target->content,
                                   &scene->promotion.source->content);
}

static bool kind_is_copied(const struct scene *scene, enum mock_kind kind)
{
    for (int i = 0; i < MOCK_ITEMS_MAX; i++) {
        if (mock_content_revision(&scene->promotion.target->content, kind, i) !=
            mock_content_revision(&scene->promotion.source->content, kind, i)) {
            return false;
        }
    }
    return true;
}

Test(world_promote, copies_content_in_proportion_to_the_progress)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    size_t total = left(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);

    static const int percents[] = {0, 20, 40, 60, 80, 100};
    for (int i = 0; i < 6; i++) {
        mock_world_advance(scene->world, INT64_C(12000) * i);
        EXPECT_INT(left(scene), total - total * (size_t)percents[i] / 100);
        EXPECT_INT(scene->deployment->progress, percents[i]);
    }

    EXPECT_INT(scene->deployment->status, MOCK_JOB_COMPLETED);
    EXPECT_INT(scene->deployment->ended_ms, 60000);
}

Test(world_promote, is_pending_before_the_first_step_of_its_timeline)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene->setup.job.steps[0].at_ms = 5000;
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    EXPECT_INT(scene->deployment->status, MOCK_JOB_PENDING);

    mock_world_advance(scene->world, 5000);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_RUNNING);
}

Test(world_promote, leaves_what_it_copied_when_it_fails)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene->setup.job.steps[4] =
        (struct mock_job_step){48000, MOCK_JOB_EVENT_FAIL, 0, "database lock contention"};
    scene->setup.job.step_count = 5;
    scene_start(scene);
    size_t total = left(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);

    mock_world_advance(scene->world, 1000000);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_FAILED);
    EXPECT_STR(scene->deployment->error, "database lock contention");
    EXPECT_INT(left(scene), total - total * 60 / 100);
}

Test(world_promote, hangs_when_its_timeline_has_no_end)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene->setup.job.step_count = 3;
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);

    mock_world_advance(scene->world, INT64_C(31536000000));

    EXPECT_INT(scene->deployment->status, MOCK_JOB_RUNNING);
    EXPECT_INT(scene->deployment->progress, 40);
}

Test(world_promote, copies_only_the_kinds_that_its_flags_name)
{
    static const struct {
        bool resolve, sync, webhooks, integrations;
        bool copied[MOCK_KIND_COUNT];
    } rows[] = {
        {true, true, true, true, {1, 1, 1, 1, 1, 1}},
        {false, false, true, true, {0, 0, 1, 0, 0, 0}},
        {true, false, true, true, {1, 1, 1, 0, 0, 0}},
        {false, true, true, true, {0, 0, 1, 1, 1, 1}},
        {false, true, false, true, {0, 0, 1, 0, 1, 1}},
        {false, true, true, false, {0, 0, 1, 1, 0, 1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
        scene_start(scene);
        scene->promotion.resolve_dependencies = rows[i].resolve;
        scene->promotion.sync_configuration = rows[i].sync;
        scene->promotion.include_webhooks = rows[i].webhooks;
        scene->promotion.include_integrations = rows[i].integrations;
        cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
        mock_world_advance(scene->world, 60000);
        for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
            bool is_copied = kind_is_copied(scene, (enum mock_kind)kind);
            cr_expect(is_copied == rows[i].copied[kind], "row %zu, kind %d", i, kind);
        }
    }
}

Test(world_promote, omits_silently_what_the_script_says)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene->setup.job.omitted[MOCK_KIND_INTENT] = true;
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);

    mock_world_advance(scene->world, 60000);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_COMPLETED);
    EXPECT_INT(mock_content_count(&scene->promotion.target->content, MOCK_KIND_INTENT), 12);
    EXPECT_INT(mock_content_count(&scene->promotion.target->content, MOCK_KIND_ENTITY), 6);
}

Test(world_promote, refuses_with_the_reason_that_comes_first)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    static const struct mock_level_step steps[] = {{0, 3}};
    scene_level(&scene->setup.environments[1].sessions, steps, 1);
    scene_start(scene);
    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_SESSIONS);

    scene->promotion.override_active_sessions = true;
    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_NONE);
    EXPECT_INT(scene->deployment->sessions_at_start, 3);
    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_BUSY);

    scene->promotion.needs.minor_number = 19;
    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_PLATFORM);
    scene->promotion.source = scene->promotion.target;
    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_SAME_ENVIRONMENT);
}

Test(world_promote, ends_at_its_limit)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene->setup.job.steps[0] = (struct mock_job_step){.event = MOCK_JOB_EVENT_COMPLETE};
    scene->setup.job.step_count = 1;
    scene_start(scene);
    for (int i = 0; i < MOCK_DEPLOYMENTS_MAX; i++) {
        cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    }

    EXPECT_INT(scene_promote(scene), MOCK_REFUSAL_FULL);
}

static bool target_is_restored(const struct scene *scene)
{
    char digest[COG_DIGEST_SIZE];
    cr_assert(mock_content_digest(&scene->promotion.target->content, digest) == COG_OK);
    return strcmp(digest, scene->promotion.target->digest_at_start) == 0;
}

Test(world_rollback, restores_the_snapshot_at_its_end_and_not_before)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_complete(scene);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);

    mock_world_advance(scene->world, 79999);
    cr_expect_not(target_is_restored(scene));
    EXPECT_INT(scene->deployment->status, MOCK_JOB_ROLLING_BACK);

    mock_world_advance(scene->world, 80000);
    cr_expect(target_is_restored(scene));
    EXPECT_INT(scene->deployment->status, MOCK_JOB_ROLLED_BACK);
    EXPECT_INT(scene->deployment->rollback_ended_ms, 80000);
    EXPECT_STR(scene->deployment->rollback_id, "rollback-1");
}

Test(world_rollback, restores_half_or_nothing_when_told_so)
{
    static const enum mock_restore restores[] = {MOCK_RESTORE_HALF, MOCK_RESTORE_NONE};
    for (size_t i = 0; i < 2; i++) {
        COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
        scene->setup.rollback.restore = restores[i];
        scene_complete(scene);
        COG_CLEANUP(mock_content_finish) struct mock_content before = {0};
        cr_assert(mock_content_copy(&scene->deployment->before, &before) == COG_OK);
        size_t total = mock_content_difference(&scene->promotion.target->content, &before);
        cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);

        mock_world_advance(scene->world, 80000);

        size_t expected = restores[i] == MOCK_RESTORE_HALF ? total - total / 2 : total;
        EXPECT_INT(mock_content_difference(&scene->promotion.target->content, &before), expected);
        EXPECT_INT(scene->deployment->status, MOCK_JOB_ROLLED_BACK);
    }
}

Test(world_rollback, is_refused_where_another_deployment_has_come_since)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    struct mock_deployment *first = scene->deployment;
    mock_world_advance(scene->world, 60000);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    struct mock_deployment *second = scene->deployment;
    cr_expect(mock_world_rollback(scene->world, first) == MOCK_REFUSAL_BUSY);
    mock_world_advance(scene->world, 120000);

    cr_expect(mock_world_rollback(scene->world, first) == MOCK_REFUSAL_SUPERSEDED);

    /* Once that one is undone, the target is as the first one left it. */
    cr_assert(mock_world_rollback(scene->world, second) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 140000);
    cr_expect(mock_world_rollback(scene->world, first) == MOCK_REFUSAL_NONE);
}

Test(world_rollback, can_fail_or_never_end)
{
    COG_CLEANUP(scene_destroy) struct scene *failing = scene_create();
    failing->setup.rollback.succeeds = false;
    scene_complete(failing);
    cr_assert(mock_world_rollback(failing->world, failing->deployment) == MOCK_REFUSAL_NONE);
    COG_CLEANUP(scene_destroy) struct scene *endless = scene_create();
    endless->setup.rollback.ends = false;
    scene_complete(endless);
    cr_assert(mock_world_rollback(endless->world, endless->deployment) == MOCK_REFUSAL_NONE);

    mock_world_advance(failing->world, 80000);
    mock_world_advance(endless->world, INT64_C(31536000000));

    EXPECT_INT(failing->deployment->status, MOCK_JOB_ROLLBACK_FAILED);
    EXPECT_INT(endless->deployment->status, MOCK_JOB_ROLLING_BACK);
}

Test(world_rollback, is_refused_while_the_job_runs_twice_and_without_a_snapshot)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    EXPECT_INT(mock_world_rollback(scene->world, scene->deployment), MOCK_REFUSAL_JOB_RUNNING);

    mock_world_advance(scene->world, 60000);
    scene->setup.rollback.reversible = false;
    EXPECT_INT(mock_world_rollback(scene->world, scene->deployment), MOCK_REFUSAL_NOT_REVERSIBLE);
    scene->setup.rollback.reversible = true;
    EXPECT_INT(mock_world_rollback(scene->world, scene->deployment), MOCK_REFUSAL_NONE);
    EXPECT_INT(mock_world_rollback(scene->world, scene->deployment), MOCK_REFUSAL_ROLLED_BACK);
    mock_world_advance(scene->world, 80000);
    EXPECT_INT(mock_world_rollback(scene->world, scene->deployment), MOCK_REFUSAL_ROLLED_BACK);
    EXPECT_INT(scene->deployment->rollback_count, 1);
}

Test(world_rollback, is_refused_while_another_deployment_works_on_the_target)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_complete(scene);
    struct mock_deployment *first = scene->deployment;
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);

    EXPECT_INT(mock_world_rollback(scene->world, first), MOCK_REFUSAL_BUSY);
}

Test(world_cancel, fails_the_job_at_once_and_only_while_it_runs)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 30000);

    EXPECT_INT(mock_world_cancel(scene->world, scene->deployment), MOCK_REFUSAL_NONE);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_FAILED);
    EXPECT_STR(scene->deployment->error, "cancelled");
    EXPECT_INT(scene->deployment->ended_ms, 30000);
    EXPECT_INT(mock_world_cancel(scene->world, scene->deployment), MOCK_REFUSAL_JOB_ENDED);
    mock_world_advance(scene->world, 60000);
    EXPECT_INT(scene->deployment->status, MOCK_JOB_FAILED);
}

Test(world_sessions, follow_their_timeline)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    static const struct mock_level_step steps[] = {{10000, 3}, {40000, 0}};
    scene_level(&scene->setup.environments[1].sessions, steps, 2);
    scene_start(scene);
    static const struct mock_level_step rows[] = {{0, 0},     {9999, 0},  {10000, 3},
                                                  {39999, 3}, {40000, 0}, {50000, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mock_world_advance(scene->world, rows[i].at_ms);
        EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.target), rows[i].value);
    }
}

Test(world_versions, gain_the_source_version_and_after_a_rollback_the_old_one_again)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_complete(scene);
    EXPECT_INT(scene->promotion.target->version, 7);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);

    mock_world_advance(scene->world, 90000);

    EXPECT_INT(scene->promotion.target->version, 6);
    EXPECT_INT(scene->world->version_count, 4);
    EXPECT_INT(scene->world->versions[2].number, 7);
    EXPECT_INT(scene->world->versions[2].created_ms, 60000);
    EXPECT_INT(scene->world->versions[3].number, 6);
    EXPECT_INT(scene->world->versions[3].created_ms, 80000);
}
