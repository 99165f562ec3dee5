#include "coverage/retry_after.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    STATUS_ERROR_MIN = 400,
    STATUS_THROTTLED = 429,
    STATUS_UNAVAILABLE = 503,
    SECONDS_PER_DAY = 86400,
    MS_PER_DAY = 86400000,
};

enum form {
    FORM_SECONDS,
    FORM_IMF_FIXDATE,
    FORM_RFC850,
    FORM_ASCTIME,
    FORM_ZERO,
    FORM_PAST,
    FORM_HUGE,
    FORM_NEGATIVE,
    FORM_GARBAGE,
    FORM_TWICE,
    FORM_RATELIMIT_ONLY,
    FORM_NONE,
};

/* Those up to FORM_HUGE can be obeyed. */
static const char *const names[] = {
    [FORM_SECONDS] = "retry_after_seconds",
    [FORM_IMF_FIXDATE] = "retry_after_imf_fixdate",
    [FORM_RFC850] = "retry_after_rfc850",
    [FORM_ASCTIME] = "retry_after_asctime",
    [FORM_ZERO] = "retry_after_zero",
    [FORM_PAST] = "retry_after_past",
    [FORM_HUGE] = "retry_after_huge",
    [FORM_NEGATIVE] = "retry_after_negative",
    [FORM_GARBAGE] = "retry_after_garbage",
    [FORM_TWICE] = "retry_after_twice",
    [FORM_RATELIMIT_ONLY] = "retry_after_ratelimit_only",
    [FORM_NONE] = "retry_after_none",
    NULL,
};

const char *const *scn_retry_after_forms(void)
{
    return names;
}

static bool is_number(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static enum form form_of_seconds(const char *text)
{
    int64_t seconds = 0;
    if (cog_number_parse_integer(text, 0, SECONDS_PER_DAY, &seconds, NULL) != COG_OK) {
        return FORM_HUGE;
    }
    return seconds == 0 ? FORM_ZERO : FORM_SECONDS;
}

/* By its shape: "Sun, 06 Nov 1994 …", "Sunday, 06-Nov-94 …", "Sun Nov  6 …"; anything else is
 * garbage. */
static enum form form_of_date(const char *text)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    enum { DAY_LENGTH = 3 };
    bool is_day = false;
    for (size_t i = 0; i + DAY_LENGTH < sizeof days; i += DAY_LENGTH) {
        is_day = is_day || strncmp(text, &days[i], DAY_LENGTH) == 0;
    }
    const char *comma = strchr(text, ',');
    if (!is_day || strchr(text, ':') == NULL) {
        return FORM_GARBAGE;
    }
    if (comma == NULL) {
        return FORM_ASCTIME;
    }
    return comma - text == DAY_LENGTH ? FORM_IMF_FIXDATE : FORM_RFC850;
}

static enum form form_of_text(const struct mock_exchange *exchange, const char *text)
{
    if (is_number(text)) {
        return form_of_seconds(text);
    }
    if (text[0] == '-' && is_number(text + 1)) {
        return FORM_NEGATIVE;
    }
    const enum form form = form_of_date(text);
    if (form == FORM_GARBAGE || exchange->retry_after_ms > 0) {
        return exchange->retry_after_ms > MS_PER_DAY ? FORM_HUGE : form;
    }
    return FORM_PAST;
}

static bool is_ratelimit(const char *name)
{
    return strncasecmp(name, "RateLimit", strlen("RateLimit")) == 0 ||
           strncasecmp(name, "X-RateLimit", strlen("X-RateLimit")) == 0;
}

static enum form form_of_answer(const struct mock_exchange *exchange)
{
    const char *text = NULL;
    bool has_ratelimit = false;
    for (size_t i = 0; i < exchange->answer_header_count; i++) {
        const struct mock_header *header = &exchange->answer_headers[i];
        has_ratelimit = has_ratelimit || is_ratelimit(header->name);
        if (!cog_string_equals_ignoring_case(header->name, "Retry-After")) {
            continue;
        }
        if (text != NULL) {
            return FORM_TWICE;
        }
        text = header->value;
    }
    if (text != NULL) {
        return form_of_text(exchange, text);
    }
    return has_ratelimit ? FORM_RATELIMIT_ONLY : FORM_NONE;
}

const char *scn_retry_after_form(const struct mock_exchange *exchange)
{
    if (exchange->status < STATUS_ERROR_MIN) {
        return NULL;
    }
    const enum form form = form_of_answer(exchange);
    const bool may_lack =
        exchange->status == STATUS_THROTTLED || exchange->status == STATUS_UNAVAILABLE;
    const bool is_lacking = form == FORM_NONE || form == FORM_RATELIMIT_ONLY;
    return is_lacking && !may_lack ? NULL : names[form];
}

bool scn_retry_after_is_valid(const char *form)
{
    for (int i = 0; form != NULL && i <= FORM_HUGE; i++) {
        if (strcmp(form, names[i]) == 0) {
            return true;
        }
    }
    return false;
}
