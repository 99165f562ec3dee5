#include "drill/guided/panes.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    EXIT_NOT_STARTED = 126,
    LOOK_MS = 100, /* How soon the end is seen. */
    WORDS_MAX = 128,
    EXIT_TEXT_SIZE = 16,
    EXIT_CODE_MAX = 255,
    UPPER_ROWS_MAX = 18,
    ROWS_USUAL = 24,
};

/*
 * Nothing of the user's own settings. Who closes the terminal has left the drill: its program is
 * told by a hangup, and ends everything.
 */
static const char settings[] =
    "set -g default-terminal screen-256color\n"
    "set -g mouse on\n"
    "set -g destroy-unattached on\n"
    "set -g set-titles off\n"
    "set -g allow-rename off\n"
    "set -g automatic-rename off\n"
    "set -g history-limit 10000\n"
    "set -g escape-time 10\n"
    "set -g status-position bottom\n"
    "set -g status-style reverse\n"
    "set -g status-left ' '\n"
    "set -g status-left-length 2\n"
    "set -g status-right ''\n"
    "set -g window-status-current-format 'other pane: C-b o, or the mouse"
    "  -  drill hint | status | done | abort'\n"
    "set -g window-status-format ''\n"
    "unbind d\n"
    "unbind x\n"
    "unbind c\n"
    "unbind &\n"
    "unbind !\n"
    "unbind %\n"
    "unbind '\"'\n";

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static char *join_path(const char *folder, const char *name)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s/%s", folder, name);
    return cog_text_take(&text);
}

static enum cog_code write_file(const char *folder, const char *name, const char *content,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = join_path(folder, name);
    FILE *stream = path != NULL ? fopen(path, "w") : NULL;
    if (path == NULL) {
        return fail_memory(error);
    }
    if (stream == NULL || fputs(content, stream) < 0 || fclose(stream) != 0) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot write '%s': %s", path,
                             strerror(errno));
    }
    return COG_OK;
}

/* In the new process. As a shell would start it: no signal is blocked or ignored. */
static void become(char **words, bool is_silent)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGCHLD, SIGQUIT};
    sigset_t none;
    /* It would not begin inside of another one. */
    (void)unsetenv("TMUX");
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)signal(numbers[i], SIG_DFL);
    }
    if (is_silent) {
        const int nothing = open("/dev/null", O_RDWR);
        (void)dup2(nothing, STDOUT_FILENO);
        (void)dup2(nothing, STDERR_FILENO);
    }
    (void)execv(words[0], words);
    _exit(EXIT_NOT_STARTED);
}

static enum cog_code start(char **words, bool is_silent, pid_t *out_pid, struct cog_error *error)
{
    (void)fflush(stdout);
    const pid_t pid = fork();
    if (pid < 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot start '%s': %s", words[0],
                             strerror(errno));
    }
    if (pid == 0) {
        become(words, is_silent);
    }
    *out_pid = pid;
    return COG_OK;
}

static int wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* One of tmux's own commands, to the drill's server. */
static int command(const char *tmux, const char *folder, const char *const *extra)
{
    COG_CLEANUP(cog_string_finish) char *socket_path = join_path(folder, "tmux");
    const char *words[WORDS_MAX] = {tmux, "-S", socket_path};
    size_t count = 3;
    pid_t pid = 0;
    for (size_t i = 0; extra[i] != NULL && count < WORDS_MAX - 1; i++) {
        words[count++] = extra[i];
    }
    if (socket_path == NULL || start((char **)words, true, &pid, NULL) != COG_OK) {
        return -1;
    }
    return wait_for(pid);
}

static int read_exit(const char *folder)
{
    COG_CLEANUP(cog_string_finish) char *path = join_path(folder, SCN_PANES_EXIT);
    char text[EXIT_TEXT_SIZE] = "";
    int64_t number = -1;
    FILE *stream = path != NULL ? fopen(path, "r") : NULL;
    if (stream == NULL) {
        return -1;
    }
    if (fgets(text, sizeof text, stream) != NULL) {
        text[strcspn(text, "\n")] = '\0';
        if (cog_number_parse_integer(text, 0, EXIT_CODE_MAX, &number, NULL) != COG_OK) {
            number = -1;
        }
    }
    (void)fclose(stream);
    return (int)number;
}

/* Without waiting. */
static bool has_ended(pid_t pid)
{
    int status = 0;
    return waitpid(pid, &status, WNOHANG) != 0;
}

static bool wait_interruptibly(pid_t pid, const struct scn_panes_options *options)
{
    struct pollfd descriptor = {.fd = options->interrupt_descriptor, .events = POLLIN};
    while (!has_ended(pid)) {
        if (poll(&descriptor, 1, LOOK_MS) > 0) {
            static const char *const kill_words[] = {"kill-server", NULL};
            (void)command(options->tmux, options->folder, kill_words);
            (void)wait_for(pid);
            return true;
        }
    }
    return false;
}

/* Its stderr would be gone with the pane, and so would its exit code, also after Ctrl-C. */
static const char script[] =
    "trap : INT; folder=$1; tmux=$2; shift 2; \"$@\" 2>\"$folder/" SCN_PANES_ERRORS
    "\"; echo $? >\"$folder/" SCN_PANES_EXIT "\"; exec \"$tmux\" -S \"$folder/tmux\" kill-server";

static enum cog_code show(const struct scn_panes_options *options, const char *settings_path,
                          const char *socket_path, struct scn_panes_end *out_end,
                          struct cog_error *error)
{
    const char *words[WORDS_MAX] = {
        options->tmux, "-S", socket_path, "-f", settings_path,   "new-session", "-n", "drill",
        "/bin/sh",     "-c", script,      "sh", options->folder, options->tmux,
    };
    size_t count = 14;
    pid_t pid = 0;
    for (size_t i = 0; options->words[i] != NULL && count < WORDS_MAX - 1; i++) {
        words[count++] = options->words[i];
    }
    const enum cog_code code = start((char **)words, false, &pid, error);
    if (code != COG_OK) {
        return code;
    }
    out_end->is_interrupted = wait_interruptibly(pid, options);
    out_end->exit_code = read_exit(options->folder);
    return COG_OK;
}

enum cog_code scn_panes_run(const struct scn_panes_options *options, struct scn_panes_end *out_end,
                            struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *settings_path = join_path(options->folder, "tmux.conf");
    COG_CLEANUP(cog_string_finish) char *socket_path = join_path(options->folder, "tmux");
    if (settings_path == NULL || socket_path == NULL) {
        return fail_memory(error);
    }
    const enum cog_code code = write_file(options->folder, "tmux.conf", settings, error);
    return code == COG_OK ? show(options, settings_path, socket_path, out_end, error) : code;
}

/*
 * Another shell when the person has ended one. Bash has its prompt from the file that it reads
 * instead of the user's own.
 */
static const char shell_script[] =
    "file=$1; while :; do"
    " if [ -x /bin/bash ]; then HISTFILE= /bin/bash --noprofile --rcfile \"$file\" -i;"
    " else ENV=\"$file\" /bin/sh -i; fi;"
    " echo 'The shell has ended; the drill has not. Enter opens another one: drill done ends it.';"
    " read -r nothing || exit 0; done";

/* What is left of the terminal's rows for the shell: the screen needs few of them. */
static int choose_shell_rows(void)
{
    struct winsize size = {0};
    const int rows =
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : ROWS_USUAL;
    const int half = rows / 2;
    return rows - (half > UPPER_ROWS_MAX ? UPPER_ROWS_MAX : half) - 1;
}

enum cog_code scn_panes_split(const char *tmux, const char *folder, const char *environment_path,
                              struct cog_error *error)
{
    char rows[EXIT_TEXT_SIZE];
    const int row_count = choose_shell_rows();
    (void)snprintf(rows, sizeof rows, "%d", row_count > 0 ? row_count : 1);
    const char *const words[] = {"split-window",   "-v", "-l",         rows,
                                 "/bin/sh",        "-c", shell_script, "sh",
                                 environment_path, NULL};
    return command(tmux, folder, words) == 0
               ? COG_OK
               : cog_error_set(error, COG_ERROR_INTERNAL,
                               "tmux does not open a pane for the shell");
}

void scn_panes_join(const char *tmux, const char *folder)
{
    /* The upper pane has the first number; all others are gone. */
    static const char *const words[] = {"kill-pane", "-a", "-t", "{top}", NULL};
    (void)command(tmux, folder, words);
}
