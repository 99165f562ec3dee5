/* What seeds draw, and what comes of many. */
#include "explore/swarm/swarm.h"

#include "../base/folder.h"
#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

TestSuite(sample, .timeout = 60.0);
TestSuite(swarm, .timeout = 120.0);

/* A base, and all that there is to draw from. */
struct ground {
    struct scn_catalogue catalogue;
    struct scn_base base;
    struct scn_sample_ground parts;
};

static const struct scn_experiment_options in_memory = {
    .seed = 1,
    .repeat_count = 1,
    .transport = SCN_TRANSPORT_MEMORY,
};

static void ground_init(struct ground *ground)
{
    static const struct scn_catalogue_filter everything;
    static const char text[] =
        "{\"name\": \"base\", \"server\": {\"job\": {\"timeline\": [{\"at\": \"0s\", \"progress\": "
        "0},"
        " {\"at\": \"9s\", \"complete\": true}]}}, \"expect\": {\"exit\": 0}}";
    struct cog_error error = {0};
    char folder[FOLDER_PATH_SIZE];
    folder_enter(folder);
    FILE *file = fopen("base.jsonc", "w");
    cr_assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
    cr_assert(scn_catalogue_init(&ground->catalogue, &everything) == COG_OK);
    const struct scn_base_source source = {.path = "base.jsonc"};
    ASSERT_CODE(scn_base_read(&source, &ground->catalogue, &in_memory, &ground->base, &error),
                COG_OK, error);
    ground->parts = (struct scn_sample_ground){&ground->base, 1, &ground->catalogue};
    folder_leave(folder);
}

static void ground_finish(struct ground *ground)
{
    scn_base_finish(&ground->base);
    scn_catalogue_finish(&ground->catalogue);
}

static char *compose(const struct ground *ground, uint64_t seed)
{
    COG_CLEANUP(scn_sample_finish) struct scn_sample sample = {0};
    cr_assert(scn_sample_draw(&ground->parts, seed, &sample) == COG_OK);
    return scn_sample_compose(&sample, &ground->parts, 0);
}

Test(sample, is_the_same_for_the_same_seed_and_brings_it)
{
    struct ground ground = {0};
    ground_init(&ground);

    COG_CLEANUP(cog_string_finish) char *first = compose(&ground, 41);
    COG_CLEANUP(cog_string_finish) char *again = compose(&ground, 41);
    COG_CLEANUP(cog_string_finish) char *other = compose(&ground, 42);

    EXPECT_STR(first, again);
    EXPECT_CONTAINS(first, "\"seed\":41");
    EXPECT_CONTAINS(first, "\"name\":\"base, seed 41\"");
    cr_expect(strcmp(first, other) != 0);
    ground_finish(&ground);
}

Test(sample, has_three_faults_or_more_and_each_ends)
{
    struct ground ground = {0};
    ground_init(&ground);

    for (uint64_t seed = 1; seed <= 200; seed++) {
        COG_CLEANUP(cog_string_finish) char *text = compose(&ground, seed);
        COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Parse(text);
        const cJSON *faults = cJSON_GetObjectItem(scenario, "faults");
        const cJSON *fault = NULL;
        cr_expect(cJSON_GetArraySize(faults) >= 3, "seed %d", (int)seed);
        cJSON_ArrayForEach(fault, faults)
        {
            cr_expect(cJSON_GetObjectItem(fault, "for") != NULL, "seed %d: %s", (int)seed, text);
        }
    }
    ground_finish(&ground);
}

Test(sample, has_other_kinds_on_under_another_seed)
{
    size_t on_count = 0;
    size_t same_count = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        on_count += scn_dice_is_on(seed, "status_503") ? 1 : 0;
        same_count += scn_dice_is_on(seed, "status_503") == scn_dice_is_on(seed, "body") ? 1 : 0;
    }
    cr_expect(on_count > 400 && on_count < 600, "%zu", on_count);
    cr_expect(same_count > 400 && same_count < 600, "%zu", same_count);
}

static void run_swarm(const struct ground *ground, size_t worker_count,
                      struct scn_exploration *out_exploration)
{
    const struct scn_swarm_options options = {
        .ground = ground->parts,
        .first_seed = 1,
        .seed_count = 350,
        .experiment = in_memory,
        .worker_count = worker_count,
        .interrupt_descriptor = -1,
    };
    struct cog_error error = {0};
    ASSERT_CODE(scn_swarm_run(&options, out_exploration, &error), COG_OK, error);
}

Test(swarm, finds_the_same_however_many_processes_look)
{
    struct ground ground = {0};
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration alone = {0};
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration together = {0};
    ground_init(&ground);

    run_swarm(&ground, 1, &alone);
    run_swarm(&ground, 3, &together);

    const struct scn_effort sum = scn_exploration_sum(&alone, 1);
    const struct scn_effort other = scn_exploration_sum(&together, 1);
    EXPECT_INT(sum.possible_count, 350);
    EXPECT_INT(sum.run_count + sum.idle_count, 350);
    EXPECT_INT(other.run_count, sum.run_count);
    EXPECT_INT(other.failed_count, sum.failed_count);
    EXPECT_INT(other.virtual_ms, sum.virtual_ms);
    EXPECT_INT(together.discovery_count, alone.discovery_count);
    for (size_t i = 0; i < alone.discovery_count; i++) {
        EXPECT_STR(together.discoveries[i].scenario, alone.discoveries[i].scenario);
    }
    ground_finish(&ground);
}

static void interrupt_at_once(void *context, const struct scn_swarm_progress *progress)
{
    const int *pipe_end = context;
    cr_assert(progress->done_count > 0 && write(*pipe_end, "x", 1) == 1);
}

Test(swarm, tells_what_is_known_when_it_is_interrupted)
{
    struct ground ground = {0};
    int ends[2];
    cr_assert(pipe(ends) == 0);
    ground_init(&ground);
    const struct scn_swarm_options options = {
        .ground = ground.parts,
        .seed_count = 100000,
        .experiment = in_memory,
        .worker_count = 1,
        .interrupt_descriptor = ends[0],
        .progress = interrupt_at_once,
        .progress_context = &ends[1],
    };
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration = {0};
    struct cog_error error = {0};

    EXPECT_INT(scn_swarm_run(&options, &exploration, &error), COG_ERROR_CANCELLED);

    cr_expect(exploration.is_interrupted);
    cr_expect(scn_exploration_sum(&exploration, 1).possible_count >= 100);
    ground_finish(&ground);
}
