#include "foreign/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    EXIT_NOT_STARTED = 126,
    SIGNAL_EXIT_BASE = 128,
    DESCRIPTORS_MAX = 4096,
    GRACE_STEP_MS = 10,
    GRACE_STEPS = 30, /* What ends with the client may take a moment longer. */
};

struct pipes {
    int ends[SCN_CHILD_OUTPUTS][2]; /* To read, to write. */
};

static void close_pipes(const struct pipes *pipes, int end)
{
    for (int i = 0; i < SCN_CHILD_OUTPUTS; i++) {
        if (pipes->ends[i][end] >= 0) {
            (void)close(pipes->ends[i][end]);
        }
    }
}

static bool open_pipes(struct pipes *out_pipes)
{
    *out_pipes = (struct pipes){{{-1, -1}, {-1, -1}}};
    for (int i = 0; i < SCN_CHILD_OUTPUTS; i++) {
        if (pipe(out_pipes->ends[i]) != 0) {
            close_pipes(out_pipes, 0);
            close_pipes(out_pipes, 1);
            return false;
        }
        (void)fcntl(out_pipes->ends[i][0], F_SETFL, O_NONBLOCK);
        (void)fcntl(out_pipes->ends[i][0], F_SETFD, FD_CLOEXEC);
        (void)fcntl(out_pipes->ends[i][1], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

/* As a shell would start it: no signal is blocked or ignored, and nothing is open but its own. */
static void clear_inheritance(void)
{
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    static const int numbers[] = {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGCHLD, SIGQUIT};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)signal(numbers[i], SIG_DFL);
    }
    for (int i = STDERR_FILENO + 1; i < DESCRIPTORS_MAX; i++) {
        (void)close(i);
    }
}

/* In the new process. */
static void become(const struct scn_child_command *command, const struct pipes *pipes)
{
    static char shell[] = "/bin/sh";
    static char flag[] = "-c";
    const int empty = open("/dev/null", O_RDONLY);
    (void)setpgid(0, 0);
    if (empty < 0 || chdir(command->folder) != 0 || dup2(empty, STDIN_FILENO) < 0 ||
        dup2(pipes->ends[0][1], STDOUT_FILENO) < 0 || dup2(pipes->ends[1][1], STDERR_FILENO) < 0) {
        _exit(EXIT_NOT_STARTED);
    }
    clear_inheritance();
    char *text = strdup(command->text);
    char *words[] = {shell, flag, text, NULL};
    if (text != NULL) {
        (void)execve(shell, words, command->environment);
    }
    _exit(EXIT_NOT_STARTED);
}

/* In the process that outlives the runner, for as long as it takes to end what that had started. */
static void guard(pid_t group, int end_of_runner)
{
    char byte = 0;
    (void)setpgid(0, 0); /* Who interrupts the runner does not end its guard. */
    if (dup2(end_of_runner, STDIN_FILENO) == STDIN_FILENO) {
        clear_inheritance();
        (void)close(STDOUT_FILENO);
        (void)close(STDERR_FILENO);
        if (read(STDIN_FILENO, &byte, 1) <= 0) {
            (void)kill(-group, SIGKILL);
        }
    }
    _exit(0);
}

/* Without one the client is run all the same. */
static void start_guard(struct scn_child *child)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return;
    }
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    const pid_t pid = fork();
    if (pid == 0) {
        guard(child->pid, ends[0]);
    }
    (void)close(ends[0]);
    if (pid < 0) {
        (void)close(ends[1]);
        return;
    }
    child->guard = pid;
    child->guard_pipe = ends[1];
}

static void wait_for(pid_t pid, int *out_status)
{
    while (waitpid(pid, out_status, 0) < 0 && errno == EINTR) {
    }
}

static void end_guard(struct scn_child *child)
{
    int status = 0;
    if (child->guard > 0) {
        (void)kill(child->guard, SIGKILL);
        wait_for(child->guard, &status);
        (void)close(child->guard_pipe);
        child->guard = 0;
    }
}

enum cog_code scn_child_start(const struct scn_child_command *command, struct scn_child *out_child,
                              struct cog_error *error)
{
    struct pipes pipes;
    if (!open_pipes(&pipes)) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot make a pipe for the client: %s",
                             strerror(errno));
    }
    const pid_t pid = fork();
    if (pid < 0) {
        const int cause = errno;
        close_pipes(&pipes, 0);
        close_pipes(&pipes, 1);
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot start a process for the client: %s",
                             strerror(cause));
    }
    if (pid == 0) {
        become(command, &pipes);
    }
    /* Both set it: whoever comes first, from here on the group is there. */
    (void)setpgid(pid, pid);
    close_pipes(&pipes, 1);
    *out_child = (struct scn_child){
        .pid = pid,
        .outputs = {pipes.ends[0][0], pipes.ends[1][0]},
    };
    start_guard(out_child);
    return COG_OK;
}

void scn_child_signal(const struct scn_child *child, int signal_number)
{
    if (child->pid > 0) {
        (void)kill(-child->pid, signal_number);
    }
}

bool scn_child_has_ended(const struct scn_child *child)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == child->pid;
}

/* The shell's number cannot be another group's while one of its own is alive. */
static bool end_group(pid_t group)
{
    for (int i = 0; i < GRACE_STEPS; i++) {
        if (kill(-group, 0) != 0) {
            return false;
        }
        (void)poll(NULL, 0, GRACE_STEP_MS);
    }
    return kill(-group, SIGKILL) == 0;
}

struct scn_child_end scn_child_reap(struct scn_child *child)
{
    struct scn_child_end end = {0};
    int status = 0;
    const pid_t group = child->pid;
    wait_for(group, &status);
    child->pid = 0;
    end_guard(child);
    if (WIFSIGNALED(status)) {
        end.signal_number = WTERMSIG(status);
        end.exit_code = SIGNAL_EXIT_BASE + end.signal_number;
        /* Whatever ended it was meant for all of them. */
        (void)kill(-group, SIGKILL);
        return end;
    }
    end.exit_code = WEXITSTATUS(status);
    end.left_processes = end_group(group);
    return end;
}

void scn_child_finish(struct scn_child *child)
{
    if (child->pid > 0) {
        scn_child_signal(child, SIGKILL);
        (void)scn_child_reap(child);
    }
    /* 0 is nobody's: it is stdin. */
    for (int i = 0; i < SCN_CHILD_OUTPUTS; i++) {
        if (child->outputs[i] > STDIN_FILENO) {
            (void)close(child->outputs[i]);
        }
    }
    *child = (struct scn_child){.outputs = {-1, -1}};
}
