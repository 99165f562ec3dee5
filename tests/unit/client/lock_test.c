/* Who may take a lock, and what its file says; the processes are made up. */
#include <cogpromote/lock.h>

#include "../base/storage_bench.h"
#include "support/expect.h"

static const struct cog_holder ME = {"here", "boot-2", 100, 1000};
static const struct cog_holder NEIGHBOUR = {"here", "boot-2", 200, 2000};
static const struct cog_holder DEAD = {"here", "boot-2", 300, 3000};
static const struct cog_holder STRANGER = {"there", "boot-7", 100, 1000};

static const char RUN_A[] = "00000000-0000-4000-8000-00000000000a";
static const char RUN_B[] = "00000000-0000-4000-8000-00000000000b";

/* SHA-256 of "env-prod". */
static const char PROD_FILE[] =
    "locks/e2b0f0beb921099d2f7b82b38733231688b6d062979b59cd0b7e3d6f938a9b09.json";

static const char EMPTY_FILE[] =
    "locks/0000000000000000000000000000000000000000000000000000000000000000.json";

static struct cog_storage_memory memory;
static struct cog_clock_virtual wall;

static void set_up(void)
{
    memory = (struct cog_storage_memory){.self = ME, .living = &NEIGHBOUR, .living_count = 1};
    cog_clock_virtual_init(&wall, INT64_C(1767225600000));
}

static void tear_down(void)
{
    cog_storage_memory_finish(&memory);
}

TestSuite(lock_take, .init = set_up, .fini = tear_down, .timeout = 5.0);
TestSuite(lock_read, .init = set_up, .fini = tear_down, .timeout = 5.0);
TestSuite(lock_release, .init = set_up, .fini = tear_down, .timeout = 5.0);
TestSuite(lock_list_read, .init = set_up, .fini = tear_down, .timeout = 5.0);
TestSuite(lock_state_name, .timeout = 5.0);

static struct cog_storage state(void)
{
    return cog_storage_memory(&memory);
}

/* As the process that `holder` describes. */
static enum cog_code take_as(struct cog_holder holder, const char *run_id, const char *replaces,
                             struct cog_lock *out_found, struct cog_error *error)
{
    const struct cog_lock_claim claim = {
        .target_environment_id = "env-prod",
        .run_id = run_id,
        .actor = "ci",
        .replaces_run_id = replaces,
    };
    memory.self = holder;
    const enum cog_code code =
        cog_lock_take(state(), cog_clock_virtual(&wall), &claim, out_found, error);
    memory.self = ME;
    return code;
}

static void hold_as(struct cog_holder holder, const char *run_id)
{
    struct cog_lock found = {0};
    struct cog_error error = {0};
    ASSERT_CODE(take_as(holder, run_id, NULL, &found, &error), COG_OK, error);
}

static struct cog_lock read_prod(void)
{
    struct cog_lock lock = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_lock_read(state(), "env-prod", &lock, &error), COG_OK, error);
    return lock;
}

Test(lock_read, gives_a_lock_that_nobody_has_as_free)
{
    const struct cog_lock lock = read_prod();

    EXPECT_INT(lock.state, COG_LOCK_FREE);
    EXPECT_STR(lock.run_id, "");
}

Test(lock_take, writes_who_has_it_since_when)
{
    struct cog_lock found = {.state = COG_LOCK_HELD};
    struct cog_error error = {0};

    ASSERT_CODE(take_as(ME, RUN_A, NULL, &found, &error), COG_OK, error);

    EXPECT_INT(found.state, COG_LOCK_FREE);
    const struct cog_lock lock = read_prod();
    EXPECT_INT(lock.state, COG_LOCK_HELD);
    EXPECT_STR(lock.target_environment_id, "env-prod");
    EXPECT_STR(lock.run_id, RUN_A);
    EXPECT_STR(lock.actor, "ci");
    EXPECT_INT(cog_holder_is_same(&lock.holder, &ME), true);
    EXPECT_INT(lock.since_unix_ms, INT64_C(1767225600000));
}

Test(lock_take, writes_a_file_that_people_and_programs_can_read)
{
    hold_as(ME, RUN_A);

    bench_expect_content(
        state(), PROD_FILE,
        "{\"actor\":\"ci\",\"boot_id\":\"boot-2\",\"host\":\"here\",\"pid\":100,"
        "\"run_id\":\"00000000-0000-4000-8000-00000000000a\",\"since\":\"2026-01-01T00:00:00Z\","
        "\"start_ticks\":1000,\"target_env_id\":\"env-prod\",\"version\":1}\n");
}

/* Every holder, claimed by every kind of claim from ME. */
Test(lock_take, decides_by_who_has_it_and_who_wants_it)
{
    static const struct {
        const struct cog_holder *holder;
        const char *run_id;
        const char *replaces;
        enum cog_code code;
        enum cog_lock_state found;
    } rows[] = {
        /* Its own run's. */
        {&ME, RUN_A, NULL, COG_OK, COG_LOCK_HELD},
        {&DEAD, RUN_A, NULL, COG_OK, COG_LOCK_ABANDONED},
        {&STRANGER, RUN_A, NULL, COG_OK, COG_LOCK_ELSEWHERE},
        {&NEIGHBOUR, RUN_A, NULL, COG_ERROR_CONFLICT, COG_LOCK_HELD},
        {&NEIGHBOUR, RUN_A, RUN_A, COG_ERROR_CONFLICT, COG_LOCK_HELD},
        /* Another run's. */
        {&ME, RUN_B, NULL, COG_ERROR_CONFLICT, COG_LOCK_HELD},
        {&DEAD, RUN_B, NULL, COG_ERROR_CONFLICT, COG_LOCK_ABANDONED},
        {&STRANGER, RUN_B, NULL, COG_ERROR_CONFLICT, COG_LOCK_ELSEWHERE},
        {&NEIGHBOUR, RUN_B, NULL, COG_ERROR_CONFLICT, COG_LOCK_HELD},
        /* Another run's, which is named. */
        {&ME, RUN_B, RUN_B, COG_ERROR_CONFLICT, COG_LOCK_HELD},
        {&DEAD, RUN_B, RUN_B, COG_OK, COG_LOCK_ABANDONED},
        {&STRANGER, RUN_B, RUN_B, COG_OK, COG_LOCK_ELSEWHERE},
        {&NEIGHBOUR, RUN_B, RUN_B, COG_ERROR_CONFLICT, COG_LOCK_HELD},
        /* Another run's than the one that is named. */
        {&DEAD, RUN_B, "00000000-0000-4000-8000-00000000000c", COG_ERROR_CONFLICT,
         COG_LOCK_ABANDONED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_lock found = {0};
        struct cog_error error = {0};
        struct cog_error cleared = {0};
        ASSERT_CODE(cog_lock_release(state(), "env-prod", NULL, &cleared), COG_OK, cleared);
        hold_as(*rows[i].holder, rows[i].run_id);

        const enum cog_code code = take_as(ME, RUN_A, rows[i].replaces, &found, &error);

        const struct cog_lock after = read_prod();
        const char *run_id = code == COG_OK ? RUN_A : rows[i].run_id;
        cr_expect(code == rows[i].code, "row %zu: %s", i, cog_code_name(code));
        cr_expect(found.state == rows[i].found, "row %zu found %d", i, (int)found.state);
        cr_expect(cog_holder_is_same(&found.holder, rows[i].holder), "row %zu", i);
        cr_expect(strcmp(after.run_id, run_id) == 0, "row %zu left %s", i, after.run_id);
        cr_expect(cog_holder_is_same(&after.holder, code == COG_OK ? &ME : rows[i].holder),
                  "row %zu left %d", i, (int)after.holder.pid);
    }
}

Test(lock_take, lets_only_one_take_over)
{
    struct cog_lock found = {0};
    struct cog_error error = {0};
    hold_as(DEAD, RUN_B);
    ASSERT_CODE(take_as(NEIGHBOUR, "first", RUN_B, &found, &error), COG_OK, error);

    EXPECT_INT(take_as(ME, "second", RUN_B, &found, &error), COG_ERROR_CONFLICT);

    EXPECT_STR(read_prod().run_id, "first");
}

Test(lock_take, says_who_has_it_and_what_to_do)
{
    static const struct {
        const struct cog_holder *holder;
        const char *who;
        const char *advice;
    } rows[] = {
        {&NEIGHBOUR,
         "target 'env-prod' is locked since 2026-01-01T00:00:00Z by 'ci', run "
         "'00000000-0000-4000-8000-00000000000b' (process 200 on host 'here')",
         "'--lock-wait'"},
        {&DEAD, "(process 300 on host 'here')", "that process is dead"},
        {&STRANGER, "(process 100 on host 'there')", "can only be seen on its host"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_lock found = {0};
        struct cog_error error = {0};
        struct cog_error cleared = {0};
        ASSERT_CODE(cog_lock_release(state(), "env-prod", NULL, &cleared), COG_OK, cleared);
        hold_as(*rows[i].holder, RUN_B);

        EXPECT_INT(take_as(ME, RUN_A, NULL, &found, &error), COG_ERROR_CONFLICT);

        EXPECT_CONTAINS(error.message, rows[i].who);
        EXPECT_CONTAINS(error.cause, rows[i].advice);
        EXPECT_INT(error.code, COG_ERROR_CONFLICT);
    }
}

Test(lock_take, keeps_targets_apart)
{
    struct cog_lock found = {0};
    struct cog_error error = {0};
    const struct cog_lock_claim claim = {"../env/prod é", RUN_A, "", NULL};
    hold_as(NEIGHBOUR, RUN_B);

    enum cog_code code = cog_lock_take(state(), cog_clock_virtual(&wall), &claim, &found, &error);

    ASSERT_CODE(code, COG_OK, error);
    ASSERT_CODE(cog_lock_read(state(), "../env/prod é", &found, &error), COG_OK, error);
    EXPECT_STR(found.target_environment_id, "../env/prod é");
    EXPECT_STR(found.actor, "");
    EXPECT_STR(read_prod().run_id, RUN_B);
}

Test(lock_take, refuses_claims_that_do_not_fit_a_lock)
{
    char long_id[COG_ID_SIZE + 1];
    memset(long_id, 'x', sizeof long_id);
    long_id[COG_ID_SIZE] = '\0';
    const struct {
        struct cog_lock_claim claim;
        const char *message;
    } rows[] = {
        {{NULL, RUN_A, "ci", NULL}, "target_environment_id is required"},
        {{"", RUN_A, "ci", NULL}, "target_environment_id is required"},
        {{long_id, RUN_A, "ci", NULL}, "target_environment_id is longer than 255 bytes"},
        {{"env", NULL, "ci", NULL}, "run_id is required"},
        {{"env", "", "ci", NULL}, "run_id is required"},
        {{"env", long_id, "ci", NULL}, "run_id is longer than 36 bytes"},
        {{"env", RUN_A, NULL, NULL}, "actor is required"},
        {{"env", RUN_A, long_id, NULL}, "actor is longer than 255 bytes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_lock found = {0};
        struct cog_error error = {0};

        const enum cog_code code =
            cog_lock_take(state(), cog_clock_virtual(&wall), &rows[i].claim, &found, &error);

        EXPECT_INT(code, COG_ERROR_ARGUMENT);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(memory.file_count, 0);
    }
}

Test(lock_take, passes_on_what_the_disk_says)
{
    struct cog_lock found = {.state = COG_LOCK_ELSEWHERE};
    struct cog_error error = {0};
    memory.fails = true;

    EXPECT_INT(take_as(ME, RUN_A, NULL, &found, &error), COG_ERROR_STORAGE);

    EXPECT_INT(found.state, COG_LOCK_ELSEWHERE);
    EXPECT_CONTAINS(error.message, "no space left on device");
}

/* What is wrong, and what else the file says. */
Test(lock_read, names_a_file_that_is_damaged)
{
    static const struct {
        const char *bytes;
        const char *cause;
    } rows[] = {
        {" ", "expected a JSON object"},
        {"{\"actor\":\"ci\"", "expected a JSON object, found an error at byte"},
        {"[]", "expected a JSON object, not an array"},
        {"{\"version\":2}", "field 'version' is 2"},
        {"{\"version\":1}", "field 'target_env_id' is missing"},
        {"{\"version\":1,\"target_env_id\":7}", "field 'target_env_id' is a number"},
        {"{\"version\":1,\"target_env_id\":\"env-prod\",\"run_id\":\"r\",\"actor\":\"a\","
         "\"host\":\"h\",\"boot_id\":\"b\",\"pid\":-1,\"start_ticks\":1,"
         "\"since\":\"2026-01-01T00:00:00Z\"}",
         "field 'pid' is -1"},
        {"{\"version\":1,\"target_env_id\":\"env-prod\",\"run_id\":\"r\",\"actor\":\"a\","
         "\"host\":\"h\",\"boot_id\":\"b\",\"pid\":1,\"start_ticks\":1,\"since\":\"today\"}",
         "expected a time such as 2026-01-31T12:00:00Z, not 'today'"},
        {"{\"version\":1,\"target_env_id\":\"env-test\",\"run_id\":\"r\",\"actor\":\"a\","
         "\"host\":\"h\",\"boot_id\":\"b\",\"pid\":1,\"start_ticks\":1,"
         "\"since\":\"2026-01-01T00:00:00Z\"}",
         "it is the lock of another target, 'env-test'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_lock lock = {.state = COG_LOCK_ELSEWHERE};
        struct cog_error errors[3] = {0};
        EXPECT_INT(bench_update(state(), PROD_FILE, rows[i].bytes), COG_OK);

        EXPECT_INT(cog_lock_read(state(), "env-prod", &lock, &errors[0]), COG_ERROR_SYNTAX);
        EXPECT_INT(take_as(ME, RUN_A, NULL, &lock, &errors[1]), COG_ERROR_SYNTAX);
        EXPECT_INT(cog_lock_release(state(), "env-prod", RUN_A, &errors[2]), COG_ERROR_SYNTAX);

        for (size_t k = 0; k < sizeof errors / sizeof errors[0]; k++) {
            EXPECT_CONTAINS(errors[k].message, PROD_FILE);
            EXPECT_CONTAINS(errors[k].message, "'cogpromote lock release'");
            EXPECT_CONTAINS(errors[k].cause, rows[i].cause);
        }
        EXPECT_INT(lock.state, COG_LOCK_ELSEWHERE);
        bench_expect_content(state(), PROD_FILE, rows[i].bytes);
    }
}

Test(lock_release, gives_back_what_the_run_has)
{
    struct cog_error error = {0};
    hold_as(ME, RUN_A);

    ASSERT_CODE(cog_lock_release(state(), "env-prod", RUN_A, &error), COG_OK, error);

    EXPECT_INT(read_prod().state, COG_LOCK_FREE);
    EXPECT_INT(memory.file_count, 0);
}

Test(lock_release, leaves_another_run_s_lock_alone)
{
    struct cog_error error = {0};
    hold_as(ME, RUN_B);

    ASSERT_CODE(cog_lock_release(state(), "env-prod", RUN_A, &error), COG_OK, error);

    EXPECT_STR(read_prod().run_id, RUN_B);
}

Test(lock_release, does_nothing_to_a_free_lock)
{
    struct cog_error error = {0};

    ASSERT_CODE(cog_lock_release(state(), "env-prod", RUN_A, &error), COG_OK, error);
    ASSERT_CODE(cog_lock_release(state(), "env-prod", NULL, &error), COG_OK, error);

    EXPECT_INT(memory.file_count, 0);
}

Test(lock_release, removes_anybody_s_lock_by_hand)
{
    struct cog_error error = {0};
    hold_as(NEIGHBOUR, RUN_B);

    ASSERT_CODE(cog_lock_release(state(), "env-prod", NULL, &error), COG_OK, error);
    EXPECT_INT(memory.file_count, 0);

    EXPECT_INT(bench_update(state(), PROD_FILE, "{\"damaged"), COG_OK);
    ASSERT_CODE(cog_lock_release(state(), "env-prod", NULL, &error), COG_OK, error);
    EXPECT_INT(memory.file_count, 0);
}

Test(lock_list_read, gives_all_that_are_not_free)
{
    COG_CLEANUP(cog_lock_list_finish) struct cog_lock_list list = {0};
    struct cog_lock found = {0};
    struct cog_error error = {0};
    const struct cog_lock_claim claim = {"env-a", RUN_A, "ci", NULL};
    hold_as(DEAD, RUN_B);
    ASSERT_CODE(cog_lock_take(state(), cog_clock_virtual(&wall), &claim, &found, &error), COG_OK,
                error);
    EXPECT_INT(bench_update(state(), "locks/notes.txt", "not a lock"), COG_OK);
    EXPECT_INT(bench_append(state(), EMPTY_FILE, ""), COG_OK);

    ASSERT_CODE(cog_lock_list_read(state(), &list, &error), COG_OK, error);

    EXPECT_INT(list.count, 2);
    const size_t prod = strcmp(list.items[0].run_id, RUN_B) == 0 ? 0 : 1;
    EXPECT_INT(list.items[prod].state, COG_LOCK_ABANDONED);
    EXPECT_STR(list.items[prod].target_environment_id, "env-prod");
    EXPECT_INT(list.items[1 - prod].state, COG_LOCK_HELD);
    EXPECT_STR(list.items[1 - prod].target_environment_id, "env-a");
}

Test(lock_list_read, gives_nothing_where_there_is_none)
{
    COG_CLEANUP(cog_lock_list_finish) struct cog_lock_list list = {0};
    struct cog_error error = {0};

    ASSERT_CODE(cog_lock_list_read(state(), &list, &error), COG_OK, error);

    EXPECT_INT(list.count, 0);
}

Test(lock_list_read, names_the_file_that_is_damaged)
{
    struct cog_lock_list list = {0};
    struct cog_error error = {0};
    EXPECT_INT(bench_update(state(), PROD_FILE, "{}"), COG_OK);

    EXPECT_INT(cog_lock_list_read(state(), &list, &error), COG_ERROR_SYNTAX);

    EXPECT_CONTAINS(error.message, PROD_FILE);
}

Test(lock_state_name, knows_each_state)
{
    EXPECT_STR(cog_lock_state_name(COG_LOCK_FREE), "free");
    EXPECT_STR(cog_lock_state_name(COG_LOCK_HELD), "held");
    EXPECT_STR(cog_lock_state_name(COG_LOCK_ABANDONED), "abandoned");
    EXPECT_STR(cog_lock_state_name(COG_LOCK_ELSEWHERE), "elsewhere");
}
