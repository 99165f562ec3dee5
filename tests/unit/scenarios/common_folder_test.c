/* A state folder that two operators of one machine have in common. */
#include "simulation/common_folder.h"
#include "simulation/mortal.h"

#include "support/expect.h"

TestSuite(common_folder, .timeout = 5.0);

static const char target[] = "env-target";

struct rig {
    struct cog_storage_memory memory;
    struct cog_clock_virtual clock;
    int64_t pids[2];
    struct scn_common_folder folders[2];
};

static void init(struct rig *rig)
{
    *rig = (struct rig){.pids = {1, 1001}};
    cog_clock_virtual_init(&rig->clock, 1000);
    for (int i = 0; i < 2; i++) {
        rig->folders[i] = (struct scn_common_folder){
            .inner = cog_storage_memory(&rig->memory),
            .target_environment_id = target,
            .own_pid = &rig->pids[i],
            .other_pid = &rig->pids[1 - i],
        };
    }
}

static void rig_finish(struct rig *rig)
{
    scn_common_folder_finish(&rig->folders[0]);
    scn_common_folder_finish(&rig->folders[1]);
    cog_storage_memory_finish(&rig->memory);
}

/* As the first one's process writes it. */
static void write_lock(struct rig *rig)
{
    struct scn_mortal process = {
        .inner.storage = scn_common_folder(&rig->folders[0]),
        .self = {.host = "machine", .boot_id = "boot", .pid = 1},
    };
    const struct cog_lock_claim claim = {
        .target_environment_id = target,
        .run_id = "01980000-0000-4000-8000-000000000001",
        .actor = "somebody",
    };
    struct cog_lock found = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_lock_take(scn_mortal_seams(&process).storage, cog_clock_virtual(&rig->clock),
                              &claim, &found, &error),
                COG_OK, error);
}

Test(common_folder, sees_who_takes_the_lock_from_a_process_that_lives)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    struct cog_error error = {0};
    init(&rig);
    write_lock(&rig);

    ASSERT_CODE(cog_lock_release(scn_common_folder(&rig.folders[1]), target, NULL, &error), COG_OK,
                error);

    cr_expect(rig.folders[1].has_robbed);
    cr_expect_not(rig.folders[0].has_robbed);
}

Test(common_folder, lets_the_holder_and_the_heirs_of_a_dead_one_have_it)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    struct cog_error error = {0};
    init(&rig);
    write_lock(&rig);
    rig.pids[0] = 0;

    ASSERT_CODE(cog_lock_release(scn_common_folder(&rig.folders[1]), target, NULL, &error), COG_OK,
                error);
    write_lock(&rig);
    ASSERT_CODE(cog_lock_release(scn_common_folder(&rig.folders[0]), target, NULL, &error), COG_OK,
                error);

    cr_expect_not(rig.folders[0].has_robbed);
    cr_expect_not(rig.folders[1].has_robbed);
}

Test(common_folder, knows_the_processes_of_both_for_alive)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    init(&rig);
    const struct cog_storage storage = scn_common_folder(&rig.folders[0]);

    EXPECT_INT(cog_storage_ask_life(storage, &(struct cog_holder){.pid = 1001}), COG_HOLDER_ALIVE);
    rig.pids[1] = 0;
    cr_expect(cog_storage_ask_life(storage, &(struct cog_holder){.pid = 1001}) != COG_HOLDER_ALIVE);
}

static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error)
{
    (void)context;
    (void)existing;
    (void)existing_length;
    *out_text = strdup("x\n");
    return *out_text != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

Test(common_folder, knows_whose_a_run_is_by_who_wrote_its_journal)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    struct cog_error error = {0};
    init(&rig);

    ASSERT_CODE(cog_storage_append(scn_common_folder(&rig.folders[0]), "journal/1-run-a.jsonl",
                                   (struct cog_storage_composer){.compose = compose}, &error),
                COG_OK, error);

    cr_expect(scn_common_folder_has_run(&rig.folders[0], "run-a"));
    cr_expect_not(scn_common_folder_has_run(&rig.folders[1], "run-a"));
}
