/* How long an exchange may take. */
#include <cogbase/patience.h>

#include "support/expect.h"

TestSuite(patience, .timeout = 5.0);

enum { START_MS = 1000, CONNECT_MS = 5000, IDLE_MS = 10000, REQUEST_MS = 30000 };

static const struct cog_request request = {
    .acting = true,
    .timeout_ms = REQUEST_MS,
    .deadline_ms = INT64_MAX,
};

static const struct cog_request hurried = {.timeout_ms = REQUEST_MS, .deadline_ms = START_MS + 1};

static struct cog_patience begin(const struct cog_request *of)
{
    return (struct cog_patience){
        .request = of,
        .connect_timeout_ms = CONNECT_MS,
        .idle_timeout_ms = IDLE_MS,
        .start_ms = START_MS,
        .active_ms = START_MS,
    };
}

Test(patience, ends_with_the_first_of_its_limits)
{
    struct cog_patience patience = begin(&request);
    EXPECT_INT(cog_patience_until_ms(&patience), START_MS + CONNECT_MS);
    patience.is_connected = true;
    EXPECT_INT(cog_patience_until_ms(&patience), START_MS + IDLE_MS);
    patience.active_ms = START_MS + 25000;
    EXPECT_INT(cog_patience_until_ms(&patience), START_MS + REQUEST_MS);
    patience.request = &hurried;
    EXPECT_INT(cog_patience_until_ms(&patience), START_MS + 1);
}

Test(patience, names_the_limit_and_its_flag)
{
    struct cog_patience patience = begin(&request);
    struct cog_error error = {0};

    EXPECT_INT(cog_patience_fail(&patience, &error), COG_ERROR_UNREACHABLE);
    EXPECT_STR(error.message, "no connection within 5s (--connect-timeout)");
    patience.is_connected = true;
    patience.is_sent = true;
    EXPECT_INT(cog_patience_fail(&patience, &error), COG_ERROR_TIMEOUT);
    EXPECT_STR(error.message, "not a byte moved for 10s (--idle-timeout)");
    patience.active_ms = START_MS + 25000;
    EXPECT_INT(cog_patience_fail(&patience, &error), COG_ERROR_TIMEOUT);
    EXPECT_STR(error.message, "no whole answer within 30s (--request-timeout)");
}

Test(patience, tells_a_deadline_that_was_missed_with_the_request_from_one_without)
{
    struct cog_patience patience = begin(&hurried);
    struct cog_error error = {0};

    EXPECT_INT(cog_patience_fail(&patience, &error), COG_ERROR_DEADLINE);
    patience.is_sent = true;
    EXPECT_INT(cog_patience_fail(&patience, &error), COG_ERROR_TIMEOUT);
    EXPECT_STR(error.message, "no answer before the deadline");
}

Test(patience, takes_what_acts_and_was_sent_for_perhaps_applied)
{
    struct cog_patience patience = begin(&request);
    struct cog_error error = {0};

    EXPECT_INT(cog_patience_fail_cancelled(&patience, &error), COG_ERROR_CANCELLED);
    patience.is_sent = true;
    EXPECT_INT(cog_patience_fail_cancelled(&patience, &error), COG_ERROR_NETWORK);
    EXPECT_STR(error.message, "interrupted after it was sent");
}

Test(patience, begins_nothing_at_its_deadline)
{
    struct cog_error error = {0};

    EXPECT_INT(cog_patience_check_start(&hurried, START_MS, &error), COG_OK);
    EXPECT_INT(cog_patience_check_start(&hurried, START_MS + 1, &error), COG_ERROR_DEADLINE);
}
