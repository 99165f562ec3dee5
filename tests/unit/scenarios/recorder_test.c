#include "drill/guided/recorder.h"

#include "../base/folder.h"
#include "drill/guided/command_log.h"
#include "support/expect.h"

#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(client_recorder, .timeout = 10.0);

/* A shell stands in for the client; it runs in a process of its own, as a person's does. */
static int run(const char *folder, const char *script)
{
    char flag[] = "-c";
    char text[256];
    char *words[] = {flag, text, NULL};
    char path[] = "PATH=/usr/bin:/bin";
    char *environment[] = {path, NULL};
    int status = 0;
    (void)snprintf(text, sizeof text, "%s", script);
    const struct scn_recorder_options options = {
        .folder = folder,
        .program = "/bin/sh",
        .words = words,
        .environment = environment,
    };
    const pid_t pid = fork();
    if (pid == 0) {
        _exit(scn_recorder_run_client(&options));
    }
    cr_assert(waitpid(pid, &status, 0) == pid);
    return status;
}

static void read_log(const char *folder, struct scn_command_list *out_list)
{
    struct scn_workplace workplace = scn_workplace_of(folder);
    struct cog_error error = {0};
    ASSERT_CODE(scn_command_log_read(&workplace, out_list, &error), COG_OK, error);
}

Test(client_recorder, ends_with_the_exit_code_of_the_client)
{
    char folder[FOLDER_PATH_SIZE];
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};
    folder_create(folder);

    const int status = run(folder, "exit 6");
    read_log(folder, &list);

    cr_expect(WIFEXITED(status));
    EXPECT_INT(WEXITSTATUS(status), 6);
    EXPECT_INT(list.count, 1);
    EXPECT_INT(list.items[0].exit_code, 6);
    cr_expect(list.items[0].until_unix_ms >= list.items[0].at_unix_ms);
    EXPECT_STR(list.items[0].line, "cogpromote -c 'exit 6'");
    folder_remove(folder);
}

Test(client_recorder, ends_by_the_signal_that_ended_the_client)
{
    char folder[FOLDER_PATH_SIZE];
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};
    folder_create(folder);

    const int status = run(folder, "kill -9 $$");
    read_log(folder, &list);

    cr_expect(WIFSIGNALED(status));
    EXPECT_INT(WTERMSIG(status), SIGKILL);
    EXPECT_INT(list.items[0].exit_code, 137);
    folder_remove(folder);
}

Test(client_recorder, hands_a_signal_on_once)
{
    char folder[FOLDER_PATH_SIZE];
    folder_create(folder);

    /* The client sends it to its recorder, as a shell does that knows no other process of it. */
    const int status =
        run(folder, "n=0; trap 'n=$((n+1))' TERM; kill -TERM $PPID; i=0; while [ $n = 0 ] && "
                    "[ $i -lt 100000 ]; do i=$((i+1)); done; kill -0 $$; exit $((40 + n))");

    EXPECT_INT(WEXITSTATUS(status), 41);
    folder_remove(folder);
}

Test(client_recorder, runs_the_client_in_a_group_of_its_own)
{
    char folder[FOLDER_PATH_SIZE];
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};
    folder_create(folder);

    const int status = run(folder, "kill -0 -$$ && exit 3");
    read_log(folder, &list);

    EXPECT_INT(WEXITSTATUS(status), 3);
    cr_expect(list.items[0].process.pid > 0);
    folder_remove(folder);
}

Test(client_recorder, runs_the_client_also_without_its_folder)
{
    const int status = run("/proc/no-such-folder", "exit 5");

    EXPECT_INT(WEXITSTATUS(status), 5);
}

Test(client_recorder, says_that_there_is_no_client)
{
    char folder[FOLDER_PATH_SIZE];
    char *words[] = {NULL};
    const struct scn_recorder_options options = {
        .folder = folder,
        .program = "/no/such/client",
        .words = words,
        .environment = words,
    };
    int status = 0;
    folder_create(folder);

    const pid_t pid = fork();
    if (pid == 0) {
        (void)close(STDERR_FILENO);
        _exit(scn_recorder_run_client(&options));
    }
    cr_assert(waitpid(pid, &status, 0) == pid);

    EXPECT_INT(WEXITSTATUS(status), 127);
    folder_remove(folder);
}
