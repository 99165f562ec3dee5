#include "crew/interrupt.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum cog_code scn_interrupt_init(struct scn_interrupt *out_interrupt, struct cog_error *error)
{
    struct scn_interrupt interrupt = {.descriptor = -1};
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGHUP);
    interrupt.descriptor = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (interrupt.descriptor < 0 || sigprocmask(SIG_BLOCK, &signals, &interrupt.before) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot wait for signals: %s",
                             strerror(errno));
    }
    *out_interrupt = interrupt;
    return COG_OK;
}

int scn_interrupt_take(const struct scn_interrupt *interrupt)
{
    struct signalfd_siginfo information;
    const ssize_t length = read(interrupt->descriptor, &information, sizeof information);
    return length == (ssize_t)sizeof information ? (int)information.ssi_signo : 0;
}

bool scn_interrupt_is_pending(const struct scn_interrupt *interrupt)
{
    struct pollfd descriptor = {.fd = interrupt->descriptor, .events = POLLIN};
    return poll(&descriptor, 1, 0) > 0;
}

void scn_interrupt_finish(struct scn_interrupt *interrupt)
{
    /* One that has come was heard: it must not end the program now. */
    while (scn_interrupt_take(interrupt) != 0) {
    }
    (void)close(interrupt->descriptor);
    (void)sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
}
