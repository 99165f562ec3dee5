/* Processes of this host, living, dead and mistaken for each other. */
#include <cogpromote/storage.h>

#include "support/expect.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(storage_holder, .timeout = 5.0);

static struct cog_storage state(void)
{
    static struct cog_storage_posix posix = {.directory = "."};
    return cog_storage_posix(&posix);
}

static struct cog_holder self(void)
{
    struct cog_holder holder = {0};
    cog_storage_identify(state(), &holder);
    return holder;
}

static enum cog_holder_life ask_life(struct cog_holder holder)
{
    return cog_storage_ask_life(state(), &holder);
}

/* The child describes itself and ends; it stays a zombie until somebody waits for it. */
static struct cog_holder make_dead_child(pid_t *out_child)
{
    int ends[2];
    struct cog_holder holder = {0};
    cr_assert(pipe(ends) == 0);
    *out_child = fork();
    cr_assert(*out_child >= 0);
    if (*out_child == 0) {
        holder = self();
        _exit(write(ends[1], &holder, sizeof holder) == sizeof holder ? 0 : 1);
    }
    siginfo_t info = {0};
    cr_assert(waitid(P_PID, (id_t)*out_child, &info, WEXITED | WNOWAIT) == 0);
    cr_assert(read(ends[0], &holder, sizeof holder) == sizeof holder);
    (void)close(ends[0]);
    (void)close(ends[1]);
    return holder;
}

Test(storage_holder, says_which_process_it_is)
{
    char host[COG_HOST_SIZE] = "";
    cr_assert(gethostname(host, sizeof host - 1) == 0);

    const struct cog_holder holder = self();

    EXPECT_STR(holder.host, host);
    EXPECT_INT(holder.pid, getpid());
    EXPECT_INT(strlen(holder.boot_id), access("/proc/sys/kernel/random/boot_id", R_OK) ? 0 : 36);
    EXPECT_INT(holder.start_ticks > 0, access("/proc/self/stat", R_OK) == 0);
}

Test(storage_holder, tells_the_living_from_the_dead)
{
    const struct cog_holder me = self();
    struct cog_holder unknown_start = me;
    struct cog_holder unknown_boot = me;
    struct cog_holder pid_reused = me;
    struct cog_holder other_boot = me;
    struct cog_holder other_host = me;
    struct cog_holder no_pid = me;
    struct cog_holder huge_pid = me;
    unknown_start.start_ticks = 0;
    unknown_boot.boot_id[0] = '\0';
    pid_reused.start_ticks++;
    (void)snprintf(other_boot.boot_id, sizeof other_boot.boot_id,
                   "00000000-0000-0000-0000-000000000000");
    (void)snprintf(other_host.host, sizeof other_host.host, "no.such.host.example");
    no_pid.pid = 0;
    huge_pid.pid = INT64_MAX;

    EXPECT_INT(ask_life(me), COG_HOLDER_ALIVE);
    EXPECT_INT(ask_life(unknown_start), COG_HOLDER_ALIVE);
    EXPECT_INT(ask_life(unknown_boot), COG_HOLDER_ALIVE);
    EXPECT_INT(ask_life(pid_reused), COG_HOLDER_DEAD);
    EXPECT_INT(ask_life(other_boot), COG_HOLDER_DEAD);
    EXPECT_INT(ask_life(other_host), COG_HOLDER_ELSEWHERE);
    EXPECT_INT(ask_life(no_pid), COG_HOLDER_ELSEWHERE);
    EXPECT_INT(ask_life(huge_pid), COG_HOLDER_DEAD);
}

Test(storage_holder, counts_who_has_ended_as_dead)
{
    pid_t child = -1;
    const struct cog_holder holder = make_dead_child(&child);

    EXPECT_INT(holder.pid, child);
    EXPECT_INT(ask_life(holder), COG_HOLDER_DEAD); /* A zombie. */
    EXPECT_INT(waitpid(child, NULL, 0), child);
    EXPECT_INT(ask_life(holder), COG_HOLDER_DEAD);
}

/* A process of another user answers a signal with EPERM, and lives. */
Test(storage_holder, counts_others_processes_as_alive)
{
    struct cog_holder holder = self();
    int status = -1;
    holder.pid = getuid() == 0 ? getpid() : 1;
    holder.start_ticks = 0;

    const pid_t child = fork();
    cr_assert(child >= 0);
    if (child == 0) {
        const bool is_other = getuid() != 0 || setuid(65534) == 0;
        _exit(is_other && ask_life(holder) == COG_HOLDER_ALIVE ? 0 : 1);
    }

    cr_assert(waitpid(child, &status, 0) == child);
    EXPECT_INT(status, 0);
}

Test(storage_holder, is_not_led_astray_by_a_program_s_name)
{
    const int64_t start_ticks = self().start_ticks;
    FILE *name = fopen("/proc/self/comm", "w");
    if (name == NULL) {
        cr_skip_test("no /proc here");
    }
    (void)fputs("a) Z 1 2 (b) Z", name);
    cr_assert(fclose(name) == 0);

    EXPECT_INT(self().start_ticks, start_ticks);
    EXPECT_INT(ask_life(self()), COG_HOLDER_ALIVE);
}
