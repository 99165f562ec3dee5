/* When something happens by itself, and who hears of it. */
#include "scene.h"

#include <malloc.h>

TestSuite(world_next_due, .timeout = 5.0);
TestSuite(world_observer, .timeout = 5.0);
TestSuite(world_size, .timeout = 10.0);

enum { HEARD_MAX = 64 };

struct heard {
    struct cog_text lines;
    int64_t at_ms[HEARD_MAX];
    size_t count;
};

static void heard_finish(struct heard *heard)
{
    cog_text_finish(&heard->lines);
}

static void listen(void *context, const struct mock_happening *happening)
{
    struct heard *heard = context;
    cr_assert(heard->count < HEARD_MAX);
    heard->at_ms[heard->count++] = happening->at_ms;
    cog_text_append_format(&heard->lines, "%d %s: ", (int)happening->at_ms,
                           mock_happening_name(happening->kind));
    mock_happening_append(happening, &heard->lines);
    cog_text_append(&heard->lines, "\n");
}

static void observe(struct scene *scene, struct heard *heard)
{
    scene->world->observer = (struct mock_world_observer){listen, heard};
}

Test(world_next_due, is_never_while_nothing_is_to_come)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    EXPECT_INT(mock_world_next_due_ms(scene->world), INT64_MAX);

    mock_world_advance(scene->world, INT64_MAX);

    EXPECT_INT(mock_world_next_due_ms(scene->world), INT64_MAX);
}

Test(world_next_due, is_the_earliest_of_sessions_health_jobs_and_rollbacks)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    static const struct mock_level_step sessions[] = {{0, 0}, {5000, 3}, {6000, 0}};
    static const struct mock_level_step health[] = {{7000, 503}};
    scene_level(&scene->setup.environments[1].sessions, sessions, 3);
    scene_level(&scene->setup.health, health, 1);
    scene_start(scene);
    EXPECT_INT(mock_world_next_due_ms(scene->world), 5000);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    static const int64_t dues[] = {5000, 6000, 7000, 12000, 24000};
    for (size_t i = 0; i < sizeof dues / sizeof dues[0]; i++) {
        EXPECT_INT(mock_world_next_due_ms(scene->world), dues[i]);
        mock_world_advance(scene->world, dues[i] - 1);
        EXPECT_INT(mock_world_next_due_ms(scene->world), dues[i]);
        mock_world_advance(scene->world, dues[i]);
    }
    mock_world_advance(scene->world, 60000);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    EXPECT_INT(mock_world_next_due_ms(scene->world), 80000);
}

Test(world_next_due, lets_time_pass_without_a_look_at_anything_before)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    struct mock_deployment *unseen = scene->world->deployments[0];
    scene->world->deployments[0] = NULL;

    mock_world_advance(scene->world, 11999);

    EXPECT_INT(scene->world->now_ms, 11999);
    scene->world->deployments[0] = unseen;
}

Test(world_observer, hears_everything_in_the_order_of_its_time)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(heard_finish) struct heard heard = {0};
    static const struct mock_level_step sessions[] = {{12000, 3}, {50000, 0}};
    static const struct mock_level_step health[] = {{13000, 503}, {14000, 503}};
    scene_level(&scene->setup.environments[1].sessions, sessions, 2);
    scene_level(&scene->setup.health, health, 2);
    scene_start(scene);
    observe(scene, &heard);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);

    mock_world_advance(scene->world, 1000000);

    EXPECT_STR(cog_text_string(&heard.lines), "0 job-created: job-1 was accepted\n"
                                              "0 job-progress: job-1 is at 0 %\n"
                                              "12000 sessions: env-target has 3 active sessions\n"
                                              "12000 job-progress: job-1 is at 20 %\n"
                                              "13000 health: health is 503\n"
                                              "24000 job-progress: job-1 is at 40 %\n"
                                              "36000 job-progress: job-1 is at 60 %\n"
                                              "48000 job-progress: job-1 is at 80 %\n"
                                              "50000 sessions: env-target has 0 active sessions\n"
                                              "60000 job-completed: job-1 completed\n"
                                              "60000 version: env-target has version 7\n");
}

Test(world_observer, hears_of_rollbacks_and_cancelled_jobs)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(heard_finish) struct heard heard = {0};
    scene_start(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    observe(scene, &heard);

    cr_assert(mock_world_cancel(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 1000000);

    EXPECT_STR(cog_text_string(&heard.lines), "0 job-failed: job-1 failed: cancelled\n"
                                              "0 rollback-created: job-1 is being rolled back\n"
                                              "20000 rolled-back: job-1 is rolled back\n"
                                              "20000 version: env-target has version 6\n");
}

Test(world_observer, finds_the_world_at_the_time_of_what_happens)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    static const struct mock_level_step sessions[] = {{5000, 3}, {9000, 0}};
    scene_level(&scene->setup.environments[1].sessions, sessions, 2);
    scene_start(scene);

    mock_world_advance(scene->world, 7000);

    EXPECT_INT(mock_world_sessions(scene->world, scene->promotion.target), 3);
    EXPECT_INT(mock_world_next_due_ms(scene->world), 9000);
}

/* With the setup of its own that a tenant has whose setup was changed. */
Test(world_size, of_the_default_world_and_its_setup_is_at_most_16_kib)
{
    enum { COUNT = 200, LIMIT = 16 * 1024 };
    struct scene *scenes[COUNT];
    const size_t before = mallinfo2().uordblks;
    for (size_t i = 0; i < COUNT; i++) {
        scenes[i] = scene_create();
        scene_start(scenes[i]);
    }
    const size_t size = (mallinfo2().uordblks - before) / COUNT;
    for (size_t i = 0; i < COUNT; i++) {
        scene_destroy(&scenes[i]);
    }

    cr_expect(size <= LIMIT, "a world takes %zu bytes", size);
}
