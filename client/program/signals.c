#include "signals.h"

#include <signal.h>
#include <stddef.h>

/* A handler has no argument for its context: the one place for file-scope variables. */
static struct cog_cancel *installed_cancel;
static volatile sig_atomic_t received;

static void handle(int signal_number)
{
    received = signal_number;
    /* The second signal, whichever of the two, ends the program. */
    cog_signals_restore();
    cog_cancel_request(installed_cancel);
}

void cog_signals_install(struct cog_cancel *cancel)
{
    installed_cancel = cancel;
    struct sigaction action = {.sa_handler = handle};
    (void)sigemptyset(&action.sa_mask);
    /* So that the other one waits until it has its default effect. */
    (void)sigaddset(&action.sa_mask, SIGINT);
    (void)sigaddset(&action.sa_mask, SIGTERM);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);

    /* A closed pipe is an error of the write, not the end of a promotion. */
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&ignore.sa_mask);
    (void)sigaction(SIGPIPE, &ignore, NULL);
}

void cog_signals_restore(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

int cog_signals_received(void)
{
    return received;
}
