/* How long a target served a mixture of old and new content, in a world that is made up. */
#include "drill/timeline.h"

#include "forged.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(exposure, .timeout = 5.0);

static struct scn_timeline read(const struct forged *world)
{
    const struct scn_evidence evidence = {.facts = &world->facts, .scale = 1};
    struct scn_timeline timeline = {0};
    struct cog_error error = {0};
    const enum cog_code code = scn_timeline_read(&evidence, &timeline, &error);
    ASSERT_CODE(code, COG_OK, error);
    return timeline;
}

/* Touched at 10 s, failed at 35 s, and rolled back to 45 s. */
static void init_rolled_back(struct forged *world)
{
    forged_init_rolled_back(world);
    world->deployments[0].touched_ms = 10000;
}

static void set_target(struct forged *world, const char *content)
{
    (void)snprintf(world->facts.target.now, sizeof world->facts.target.now, "%s", content);
}

Test(exposure, ends_with_the_rollback)
{
    struct forged world;
    init_rolled_back(&world);

    const struct scn_timeline timeline = read(&world);

    EXPECT_INT(timeline.mixed_ms, 35000);
    cr_expect(!timeline.is_mixed_yet);
}

Test(exposure, ends_with_the_promotion)
{
    struct forged world;
    forged_init_promoted(&world);
    world.deployments[0].touched_ms = 10000;

    EXPECT_INT(read(&world).mixed_ms, 50000);
}

Test(exposure, of_content_that_stays_mixed_lasts_to_the_end_of_the_run)
{
    struct forged world;
    init_rolled_back(&world);
    world.facts.elapsed_ms = 100000;
    set_target(&world, "half");

    const struct scn_timeline timeline = read(&world);

    EXPECT_INT(timeline.mixed_ms, 90000);
    cr_expect(timeline.is_mixed_yet);
}

Test(exposure, of_a_job_that_still_runs_lasts_to_the_end_of_the_run)
{
    struct forged world;
    init_rolled_back(&world);
    world.deployments[0].ended_ms = -1;
    world.facts.elapsed_ms = 30000;

    EXPECT_INT(read(&world).mixed_ms, 20000);
}

Test(exposure, of_a_target_that_was_never_touched_is_none)
{
    struct forged world;
    init_rolled_back(&world);
    world.deployments[0].touched_ms = -1;

    EXPECT_INT(read(&world).mixed_ms, 0);
}

Test(exposure, of_two_jobs_is_that_of_both)
{
    struct forged world;
    init_rolled_back(&world);
    world.facts.deployment_count = 2;
    world.deployments[1] = world.deployments[0];
    world.deployments[1].touched_ms = 60000;
    world.deployments[1].rollback_ended_ms = 65000;

    EXPECT_INT(read(&world).mixed_ms, 40000);
}
