#include "program/program.h"

#include "program/announcement.h"
#include "program/service.h"

#include <signal.h>
#include <stddef.h>

/* A signal handler gets no context: these are set once, before it is installed. */
static struct cog_cancel *signal_stop;
static struct cog_cancel *signal_hurry;

static void signals_set(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    (void)sigemptyset(&action.sa_mask);
    /* The other one waits until the handler has seen which is the first. */
    (void)sigaddset(&action.sa_mask, SIGINT);
    (void)sigaddset(&action.sa_mask, SIGTERM);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

/* The first one stops it, a second one hurries it, and a third finds its default way. */
static void stop(int number)
{
    (void)number;
    if (!cog_cancel_is_requested(signal_stop)) {
        cog_cancel_request(signal_stop);
        return;
    }
    cog_cancel_request(signal_hurry);
    signals_set(SIG_DFL);
}

static enum cog_code serve(struct mock_service *service, struct cog_error *error)
{
    signal_stop = service->stop;
    signal_hurry = service->hurry;
    signals_set(stop);
    enum cog_code code = mock_service_announce(service, error);
    if (code == COG_OK) {
        code = mock_service_run(service, error);
    }
    /* After the service was released, a late signal must find its default way again. */
    signals_set(SIG_DFL);
    return code;
}

int mock_program_serve(int argc, char **argv)
{
    struct mock_serve_options options = {0};
    int exit_code = mock_serve_options_parse(argc, argv, &options);
    if (exit_code != MOCK_EXIT_DONE) {
        return exit_code;
    }
    struct mock_service service = {.watching = {.descriptor = -1}};
    struct cog_error error = {0};
    enum cog_code code = mock_service_init(&options, &service, &error);
    if (code == COG_OK) {
        code = serve(&service, &error);
    }
    mock_service_finish(&service);
    return code == COG_OK ? MOCK_EXIT_DONE : mock_program_fail("serve", &error);
}
