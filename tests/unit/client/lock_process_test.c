/* Locks between processes that really live, die and race. */
#include <cogpromote/lock.h>

#include "../base/folder.h"
#include "../base/storage_bench.h"
#include "lock_file.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    RACE_COUNT = 25,
    RACER_COUNT = 3,
    EXIT_WON = 0,
    EXIT_LOST = 1,
    EXIT_FAILED = 2,
};

static char folder[FOLDER_PATH_SIZE];

static void enter_folder(void)
{
    folder_enter(folder);
}

static void leave_folder(void)
{
    folder_leave(folder);
}

TestSuite(lock_process, .init = enter_folder, .fini = leave_folder, .timeout = 20.0);

static struct cog_storage state(void)
{
    static struct cog_storage_posix posix = {.directory = "state"};
    return cog_storage_posix(&posix);
}

static enum cog_code take(const char *run_id, const char *replaces, struct cog_lock *out_found)
{
    struct cog_clock_virtual wall;
    cog_clock_virtual_init(&wall, INT64_C(1767225600000));
    const struct cog_lock_claim claim = {"env-prod", run_id, "ci", replaces};
    return cog_lock_take(state(), cog_clock_virtual(&wall), &claim, out_found, NULL);
}

static struct cog_lock read_lock(void)
{
    struct cog_lock lock = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_lock_read(state(), "env-prod", &lock, &error), COG_OK, error);
    return lock;
}

/* Takes the lock and ends without giving it back. */
static void die_with_lock(const char *run_id)
{
    const pid_t child = fork();
    int status = -1;
    cr_assert(child >= 0);
    if (child == 0) {
        struct cog_lock found = {0};
        _exit(take(run_id, NULL, &found) == COG_OK ? 0 : 1);
    }
    cr_assert(waitpid(child, &status, 0) == child);
    EXPECT_INT(status, 0);
}

Test(lock_process, holds_while_the_process_lives)
{
    struct cog_lock found = {0};

    EXPECT_INT(take("run-1", NULL, &found), COG_OK);

    EXPECT_INT(read_lock().state, COG_LOCK_HELD);
    EXPECT_INT(read_lock().holder.pid, getpid());
    EXPECT_INT(take("run-2", NULL, &found), COG_ERROR_CONFLICT);
    EXPECT_INT(take("run-2", "run-1", &found), COG_ERROR_CONFLICT);
    EXPECT_STR(found.run_id, "run-1");
}

Test(lock_process, is_abandoned_when_the_process_has_died)
{
    struct cog_lock found = {0};
    die_with_lock("run-1");

    EXPECT_INT(read_lock().state, COG_LOCK_ABANDONED);
    EXPECT_INT(take("run-2", NULL, &found), COG_ERROR_CONFLICT);
    EXPECT_INT(found.state, COG_LOCK_ABANDONED);
    EXPECT_INT(take("run-1", NULL, &found), COG_OK);

    EXPECT_INT(read_lock().state, COG_LOCK_HELD);
}

/* Of a process of which one thing is different. */
static void write_lock(struct cog_holder holder)
{
    const struct cog_lock lock = {
        .target_environment_id = "env-prod",
        .run_id = "run-1",
        .holder = holder,
    };
    char name[LOCK_FILE_NAME_SIZE];
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_lock_file_name("env-prod", name, &error), COG_OK, error);
    ASSERT_CODE(cog_lock_file_print(&lock, &text, &error), COG_OK, error);
    EXPECT_INT(bench_update(state(), name, text), COG_OK);
}

static struct cog_holder self(void)
{
    struct cog_holder holder = {0};
    cog_storage_identify(state(), &holder);
    return holder;
}

Test(lock_process, is_not_held_by_whoever_has_the_pid_now)
{
    struct cog_holder holder = self();
    struct cog_lock found = {0};
    holder.start_ticks++;
    write_lock(holder);

    EXPECT_INT(read_lock().state, COG_LOCK_ABANDONED);
    EXPECT_INT(take("run-2", "run-1", &found), COG_OK);
}

Test(lock_process, does_not_outlive_a_boot)
{
    struct cog_holder holder = self();
    struct cog_lock found = {0};
    (void)snprintf(holder.boot_id, sizeof holder.boot_id, "00000000-0000-0000-0000-000000000000");
    write_lock(holder);

    EXPECT_INT(read_lock().state, COG_LOCK_ABANDONED);
    EXPECT_INT(take("run-2", "run-1", &found), COG_OK);
}

Test(lock_process, is_elsewhere_on_another_host)
{
    struct cog_holder holder = self();
    struct cog_lock found = {0};
    (void)snprintf(holder.host, sizeof holder.host, "no.such.host.example");
    write_lock(holder);

    EXPECT_INT(read_lock().state, COG_LOCK_ELSEWHERE);
    EXPECT_INT(take("run-2", NULL, &found), COG_ERROR_CONFLICT);
    EXPECT_INT(take("run-2", "run-1", &found), COG_OK);
}

/* Waits for the start, takes the lock once, says how it went, and lives until all have. */
static void race(int index, const char *replaces, const int start[2], const int done[2])
{
    char run_id[16];
    char byte = 0;
    struct cog_lock found = {0};
    (void)snprintf(run_id, sizeof run_id, "racer-%d", index);
    (void)close(start[1]);
    if (read(start[0], &byte, 1) != 0) { /* Everybody's ends when the starter closes it. */
        _exit(EXIT_FAILED);
    }
    const enum cog_code code = take(run_id, replaces, &found);
    (void)close(done[1]);
    (void)read(done[0], &byte, 1);
    _exit(code == COG_OK ? EXIT_WON : code == COG_ERROR_CONFLICT ? EXIT_LOST : EXIT_FAILED);
}

/* How many of all got the lock. */
static int race_all(const char *replaces)
{
    int start[2];
    int done[2];
    int won = 0;
    cr_assert(pipe(start) == 0 && pipe(done) == 0);
    for (int i = 0; i < RACER_COUNT; i++) {
        const pid_t child = fork();
        cr_assert(child >= 0);
        if (child == 0) {
            race(i, replaces, start, done);
        }
    }
    (void)close(start[0]);
    (void)close(start[1]);
    (void)close(done[0]);
    (void)close(done[1]);
    for (int i = 0; i < RACER_COUNT; i++) {
        int status = -1;
        cr_assert(wait(&status) > 0);
        cr_expect(WIFEXITED(status) && WEXITSTATUS(status) != EXIT_FAILED, "status %d", status);
        won += status == EXIT_WON ? 1 : 0;
    }
    return won;
}

Test(lock_process, is_won_by_exactly_one_of_those_who_race)
{
    for (int i = 0; i < RACE_COUNT; i++) {
        EXPECT_INT(race_all(NULL), 1);

        EXPECT_INT(cog_lock_release(state(), "env-prod", NULL, NULL), COG_OK);
    }
}

Test(lock_process, is_taken_over_by_exactly_one_of_those_who_race)
{
    for (int i = 0; i < RACE_COUNT; i++) {
        die_with_lock("run-dead");

        EXPECT_INT(race_all("run-dead"), 1);

        EXPECT_INT(cog_lock_release(state(), "env-prod", NULL, NULL), COG_OK);
    }
}
