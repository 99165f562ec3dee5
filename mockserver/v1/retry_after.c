#include "v1/retry_after.h"

#include "v1/answer.h"

#include <cogbase/number.h>
#include <cogbase/stamp.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SECOND_MS = 1000 };

#define SECONDS_MAX (COG_NUMBER_INTEGER_MAX / SECOND_MS)

int64_t mock_seconds_up(int64_t ms)
{
    return (ms + SECOND_MS - 1) / SECOND_MS;
}

static const char *format_date(int64_t unix_ms, enum cog_stamp_http_form form,
                               char buffer[COG_STAMP_HTTP_SIZE])
{
    return cog_stamp_format_http(mock_seconds_up(unix_ms) * SECOND_MS, form, buffer);
}

/* What a client must read out of a text of the scenario's: however many digits, it is a wait. */
static int64_t read_wait_ms(const char *text)
{
    if (*text == '\0' || text[strspn(text, "0123456789")] != '\0') {
        return 0;
    }
    int64_t seconds = SECONDS_MAX;
    const enum cog_code code = cog_number_parse_integer(text, 0, SECONDS_MAX, &seconds, NULL);
    return (code == COG_OK ? seconds : SECONDS_MAX) * SECOND_MS;
}

enum cog_code mock_answer_retry_after(struct mock_plan *plan,
                                      const struct mock_retry_after *retry_after, int64_t unix_ms)
{
    char buffer[COG_STAMP_HTTP_SIZE] = "";
    const char *value = buffer;
    int64_t due_ms = unix_ms + retry_after->after_ms;
    int64_t wait_ms = mock_seconds_up(due_ms) * SECOND_MS - unix_ms;
    switch (retry_after->form) {
    case MOCK_RETRY_AFTER_NONE:
        return COG_OK;
    case MOCK_RETRY_AFTER_SECONDS:
        (void)snprintf(buffer, sizeof buffer, "%" PRId64, mock_seconds_up(retry_after->after_ms));
        wait_ms = mock_seconds_up(retry_after->after_ms) * SECOND_MS;
        break;
    case MOCK_RETRY_AFTER_IMF_FIXDATE:
        (void)format_date(due_ms, COG_STAMP_IMF_FIXDATE, buffer);
        break;
    case MOCK_RETRY_AFTER_RFC850:
        (void)format_date(due_ms, COG_STAMP_RFC850, buffer);
        break;
    case MOCK_RETRY_AFTER_ASCTIME:
        (void)format_date(due_ms, COG_STAMP_ASCTIME, buffer);
        break;
    case MOCK_RETRY_AFTER_RAW:
        value = retry_after->raw;
        wait_ms = read_wait_ms(value);
        break;
    }
    plan->retry_after_ms = wait_ms;
    return mock_plan_header_append(plan, "Retry-After", value);
}
