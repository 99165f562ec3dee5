#include "retry_after.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(retry_after, .timeout = 5.0);

#define NOW_UNIX_MS INT64_C(784111777000) /* Sun, 06 Nov 1994 08:49:37 GMT */
#define YEAR_MS     INT64_C(31536000000)

static void add(struct cog_response *response, const char *name, const char *value)
{
    cr_assert(cog_response_header_append(response, name, strlen(name), value, strlen(value)) ==
              COG_OK);
}

/* The wait for one header, with the answer's `Date` where that is not NULL. */
static int64_t wait_ms(const char *value, const char *date)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    if (date != NULL) {
        add(&response, "Date", date);
    }
    add(&response, "Retry-After", value);
    return cog_retry_after_ms(&response, NOW_UNIX_MS);
}

Test(retry_after, absent_is_none)
{
    const struct cog_response response = {0};

    EXPECT_INT(cog_retry_after_ms(&response, NOW_UNIX_MS), -1);
}

Test(retry_after, takes_seconds)
{
    EXPECT_INT(wait_ms("0", NULL), 0);
    EXPECT_INT(wait_ms("120", NULL), 120000);
    EXPECT_INT(wait_ms("0007", NULL), 7000);
}

Test(retry_after, takes_all_three_forms_of_a_date)
{
    EXPECT_INT(wait_ms("Sun, 06 Nov 1994 08:50:37 GMT", NULL), 60000);
    EXPECT_INT(wait_ms("Sunday, 06-Nov-94 08:50:37 GMT", NULL), 60000);
    EXPECT_INT(wait_ms("Sun Nov  6 08:50:37 1994", NULL), 60000);
    EXPECT_INT(wait_ms("Wed Nov 16 08:49:37 1994", NULL), 864000000);
}

Test(retry_after, counts_a_date_from_the_answer_s_own)
{
    EXPECT_INT(wait_ms("Fri, 01 Jan 2010 00:00:30 GMT", "Fri, 01 Jan 2010 00:00:00 GMT"), 30000);
    EXPECT_INT(wait_ms("30", "Fri, 01 Jan 2010 00:00:00 GMT"), 30000);
}

Test(retry_after, counts_from_the_local_clock_when_the_answer_s_date_is_malformed)
{
    EXPECT_INT(wait_ms("Sun, 06 Nov 1994 08:49:57 GMT", "yesterday"), 20000);
}

Test(retry_after, takes_a_past_date_for_now)
{
    EXPECT_INT(wait_ms("Sun, 06 Nov 1994 08:49:36 GMT", NULL), 0);
    EXPECT_INT(wait_ms("Thu, 01 Jan 1970 00:00:00 GMT", NULL), 0);
}

Test(retry_after, takes_more_than_a_year_for_a_year)
{
    EXPECT_INT(wait_ms("31536000", NULL), YEAR_MS);
    EXPECT_INT(wait_ms("31536001", NULL), YEAR_MS);
    EXPECT_INT(wait_ms("99999999999999999999999999999999", NULL), YEAR_MS);
    EXPECT_INT(wait_ms("Fri, 31 Dec 9999 23:59:59 GMT", NULL), YEAR_MS);
}

Test(retry_after, takes_nothing_else)
{
    static const char *const values[] = {
        "",
        "-5",
        "+5",
        "1.5",
        "5s",
        "soon",
        "5 parrots",
        "5, 10",
        "0x10",
        "1994-11-06T08:50:37Z",
        "Sun, 06 Nov 1994 08:50:37 +0000",
        "Sun, 06 Nov 1994 08:50:37 EST",
        "Sun, 06 Nov 1994 08:50:37",
        "Sun, 99 Foo 1994 08:50:37 GMT",
        "06 Nov 1994 08:50:37 GMT",
        "Sun, 06 Nov 1994 08:50:37 GMT or later",
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const int64_t delay_ms = wait_ms(values[i], NULL);

        cr_expect(delay_ms == -1, "\"%s\" was taken for %" PRId64 " ms", values[i], delay_ms);
    }
}

Test(retry_after, counts_the_longer_one_of_two)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    add(&response, "Retry-After", "5");
    add(&response, "retry-after", "60");
    add(&response, "RETRY-AFTER", "soon");

    EXPECT_INT(cog_retry_after_ms(&response, NOW_UNIX_MS), 60000);
}
