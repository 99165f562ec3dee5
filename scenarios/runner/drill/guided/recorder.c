#include "drill/guided/recorder.h"

#include "drill/guided/bounds.h"
#include "drill/guided/command_log.h"
#include "drill/guided/workplace.h"

#include <cogbase/text.h>
#include <cogpromote/clock.h>

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    EXIT_REFUSED = 2, /* As the client says of settings that it cannot take. */
    EXIT_NOT_FOUND = 127,
    EXIT_CANNOT_EXECUTE = 126,
    EXIT_SIGNAL_BASE = 128,
    EXIT_SOFTWARE = 70,
    ID_SIZE = 64,
};

/* One command, on both sides of the fork. */
struct recording {
    const struct scn_recorder_options *options;
    struct scn_workplace workplace;
    char id[ID_SIZE];
    sigset_t mask_before;
    sigset_t watched;
};

static int64_t now_unix_ms(void)
{
    return cog_clock_unix_ms(cog_clock_posix());
}

/* A drill whose folder is gone is no reason to keep the client from running. */
static void note_start(struct recording *recording)
{
    struct cog_holder self = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text entry = {0};
    cog_storage_identify(scn_workplace_storage(&recording->workplace), &self);
    scn_command_log_append_line(&line, recording->options->words);
    const struct scn_recorded command = {
        .id = recording->id,
        .line = (char *)cog_text_string(&line),
        .at_unix_ms = now_unix_ms(),
        .process = self,
    };
    scn_command_log_append_start(&entry, &command);
    (void)!scn_command_log_write(&recording->workplace, &entry);
}

static void note_end(struct recording *recording, int exit_code)
{
    COG_CLEANUP(cog_text_finish) struct cog_text entry = {0};
    scn_command_log_append_end(&entry, recording->id, exit_code, now_unix_ms());
    (void)!scn_command_log_write(&recording->workplace, &entry);
}

/* In the new process. */
static void become(struct recording *recording)
{
    const struct scn_recorder_options *options = recording->options;
    static char name[] = "cogpromote";
    size_t count = 0;
    (void)setpgid(0, 0);
    /* It writes to the terminal although it is not in front. */
    (void)signal(SIGTTOU, SIG_IGN);
    note_start(recording);
    struct cog_error error = {0};
    if (scn_bounds_check(options->words, options->environment, &error) != COG_OK) {
        (void)fprintf(stderr, "cogpromote: %s\n", error.message);
        _exit(EXIT_REFUSED);
    }
    while (options->words[count] != NULL) {
        count++;
    }
    char **words = calloc(count + 2, sizeof *words);
    if (words == NULL) {
        _exit(EXIT_SOFTWARE);
    }
    words[0] = name;
    memcpy(words + 1, options->words, count * sizeof *words);
    (void)sigprocmask(SIG_SETMASK, &recording->mask_before, NULL);
    (void)execve(options->program, words, options->environment);
    const int reason = errno;
    (void)fprintf(stderr, "cogpromote: cannot run '%s': %s\n", options->program, strerror(reason));
    _exit(reason == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_EXECUTE);
}

static void watch_signals(struct recording *recording)
{
    static const int numbers[] = {SIGINT,  SIGTERM,  SIGHUP,  SIGQUIT, SIGTSTP,
                                  SIGCONT, SIGWINCH, SIGUSR1, SIGUSR2, SIGCHLD};
    (void)sigemptyset(&recording->watched);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)sigaddset(&recording->watched, numbers[i]);
    }
    (void)sigprocmask(SIG_BLOCK, &recording->watched, &recording->mask_before);
}

/* @return whether it has ended; when it has stopped, so do we, until somebody lets us go on */
static bool see_child(pid_t pid, int *out_status)
{
    int status = 0;
    while (waitpid(pid, &status, WNOHANG | WUNTRACED) == pid) {
        if (!WIFSTOPPED(status)) {
            *out_status = status;
            return true;
        }
        (void)kill(getpid(), SIGSTOP);
        /* Whoever stopped the client alone finds us stopped; both go on together. */
        (void)kill(-pid, SIGCONT);
    }
    return false;
}

static int accompany(const struct recording *recording, pid_t pid)
{
    int status = 0;
    int number = 0;
    while (sigwait(&recording->watched, &number) == 0) {
        if (number != SIGCHLD) {
            (void)kill(-pid, number);
        } else if (see_child(pid, &status)) {
            break;
        }
    }
    return status;
}

/* So that our shell says of us what it would have said of the client. */
static int end_like(const struct recording *recording, int status)
{
    if (!WIFSIGNALED(status)) {
        return WEXITSTATUS(status);
    }
    const int number = WTERMSIG(status);
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)signal(number, SIG_DFL);
    (void)sigprocmask(SIG_SETMASK, &recording->mask_before, NULL);
    (void)raise(number);
    return EXIT_SIGNAL_BASE + number;
}

int scn_recorder_run_client(const struct scn_recorder_options *options)
{
    struct recording recording = {
        .options = options,
        .workplace = scn_workplace_of(options->folder),
    };
    (void)snprintf(recording.id, sizeof recording.id, "%" PRId64 "-%" PRId64, (int64_t)getpid(),
                   now_unix_ms());
    watch_signals(&recording);
    const pid_t pid = fork();
    if (pid < 0) {
        (void)fprintf(stderr, "cogpromote: cannot start a process: %s\n", strerror(errno));
        return EXIT_SOFTWARE;
    }
    if (pid == 0) {
        become(&recording);
    }
    (void)setpgid(pid, pid);
    const int status = accompany(&recording, pid);
    note_end(&recording,
             WIFSIGNALED(status) ? EXIT_SIGNAL_BASE + WTERMSIG(status) : WEXITSTATUS(status));
    return end_like(&recording, status);
}
