#include "signals.h"

#include <signal.h>
#include <stddef.h>

enum { SIGNAL_COUNT = 3 };

static const int SIGNALS[SIGNAL_COUNT] = {SIGINT, SIGTERM, SIGHUP};

/* A handler has no argument for its context: the one place for file-scope variables. */
static struct cog_cancel *installed_cancel;
static volatile sig_atomic_t is_installed[SIGNAL_COUNT];
static volatile sig_atomic_t received;

static void handle(int signal_number)
{
    received = signal_number;
    /* The second signal, whichever it is, ends the program. */
    cog_signals_restore();
    cog_cancel_request(installed_cancel);
}

static bool is_ignored(int signal_number)
{
    struct sigaction present = {0};
    return signal_number != SIGTERM && sigaction(signal_number, NULL, &present) == 0 &&
           present.sa_handler == SIG_IGN;
}

void cog_signals_ignore_pipe(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&ignore.sa_mask);
    (void)sigaction(SIGPIPE, &ignore, NULL);
}

void cog_signals_install(struct cog_cancel *cancel)
{
    installed_cancel = cancel;
    struct sigaction action = {.sa_handler = handle};
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        /* So that another one waits until it has its default effect. */
        (void)sigaddset(&action.sa_mask, SIGNALS[i]);
    }
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        if (!is_ignored(SIGNALS[i])) {
            is_installed[i] = 1;
            (void)sigaction(SIGNALS[i], &action, NULL);
        }
    }
}

void cog_signals_restore(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        if (is_installed[i] != 0) {
            (void)sigaction(SIGNALS[i], &action, NULL);
        }
    }
}

int cog_signals_received(void)
{
    return received;
}
