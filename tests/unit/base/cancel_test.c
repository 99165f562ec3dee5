#include <cogpromote/cancel.h>

#include "support/expect.h"

#include <criterion/criterion.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>

TestSuite(cancel_create, .timeout = 5.0);
TestSuite(cancel_request, .timeout = 5.0);

static struct cog_cancel *create_cancel(void)
{
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    return cancel;
}

static int ready_count(const struct cog_cancel *cancel)
{
    struct pollfd descriptor = {.fd = cog_cancel_descriptor(cancel), .events = POLLIN};
    return poll(&descriptor, 1, 0);
}

Test(cancel_create, starts_without_a_request)
{
    struct cog_cancel *cancel = create_cancel();

    const bool is_requested = cog_cancel_is_requested(cancel);

    EXPECT_INT(is_requested, false);
    EXPECT_INT(ready_count(cancel), 0);
    cog_cancel_destroy(cancel);
}

Test(cancel_create, keeps_its_descriptor_from_child_programs)
{
    struct cog_cancel *cancel = create_cancel();

    const int flags = fcntl(cog_cancel_descriptor(cancel), F_GETFD);

    EXPECT_INT(flags & FD_CLOEXEC, FD_CLOEXEC);
    cog_cancel_destroy(cancel);
}

Test(cancel_create, reports_that_no_descriptor_is_left)
{
    struct rlimit before = {0};
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    cr_assert(getrlimit(RLIMIT_NOFILE, &before) == 0);
    const struct rlimit nothing = {.rlim_cur = 0, .rlim_max = before.rlim_max};
    cr_assert(setrlimit(RLIMIT_NOFILE, &nothing) == 0);

    const enum cog_code code = cog_cancel_create(&cancel, &error);

    cr_assert(setrlimit(RLIMIT_NOFILE, &before) == 0);
    EXPECT_INT(code, COG_ERROR_INTERNAL);
    EXPECT_STR(error.message, "no pipe for the cancellation");
    EXPECT_INT(cancel == NULL, true);
}

Test(cancel_create, refuses_a_missing_output)
{
    EXPECT_INT(cog_cancel_create(NULL, NULL), COG_ERROR_ARGUMENT);
}

Test(cancel_request, is_seen_by_asking_and_by_polling)
{
    struct cog_cancel *cancel = create_cancel();

    cog_cancel_request(cancel);

    EXPECT_INT(cog_cancel_is_requested(cancel), true);
    EXPECT_INT(ready_count(cancel), 1);
    cog_cancel_destroy(cancel);
}

Test(cancel_request, never_blocks_however_often_it_is_made)
{
    struct cog_cancel *cancel = create_cancel();

    for (int i = 0; i < 100000; i++) {
        cog_cancel_request(cancel);
    }

    EXPECT_INT(ready_count(cancel), 1);
    cog_cancel_destroy(cancel);
}

static struct cog_cancel *signalled;

static void request_on_signal(int number)
{
    (void)number;
    cog_cancel_request(signalled);
}

Test(cancel_request, works_in_a_signal_handler_and_keeps_errno)
{
    const struct sigaction action = {.sa_handler = request_on_signal};
    signalled = create_cancel();
    for (int i = 0; i < 100000; i++) { /* A full pipe makes write() fail and set errno. */
        cog_cancel_request(signalled);
    }
    cr_assert(sigaction(SIGUSR1, &action, NULL) == 0);
    errno = EDOM;

    const int result = raise(SIGUSR1);

    EXPECT_INT(errno, EDOM);
    EXPECT_INT(result, 0);
    EXPECT_INT(cog_cancel_is_requested(signalled), true);
    cog_cancel_destroy(signalled);
}

Test(cancel_request, of_nobody_is_never_made)
{
    EXPECT_INT(cog_cancel_is_requested(NULL), false);
    EXPECT_INT(cog_cancel_descriptor(NULL), -1);
    cog_cancel_destroy(NULL);
}
