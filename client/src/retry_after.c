#include "retry_after.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <curl/curl.h>
#include <stdbool.h>

/*
 * The three forms of RFC 9110 5.6.7; curl_getdate() alone accepts nearly anything, "5" too.
 * 'a' is a letter, '*' one or more of them, '0' a digit, '_' a digit or a space.
 */
static const char *const DATE_FORMS[] = {
    "aaa, 00 aaa 0000 00:00:00 GMT",
    "*, 00-aaa-00 00:00:00 GMT",
    "aaa aaa _0 00:00:00 0000",
};

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static bool is_letter(char character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

/* How many characters of `text` the first one of a form stands for; 0 when they do not fit. */
static size_t match_one(const char *text, char symbol)
{
    size_t count = 0;
    switch (symbol) {
    case 'a':
        return is_letter(*text) ? 1 : 0;
    case '0':
        return is_digit(*text) ? 1 : 0;
    case '_':
        return is_digit(*text) || *text == ' ' ? 1 : 0;
    case '*':
        while (is_letter(text[count])) {
            count++;
        }
        return count;
    default:
        return *text == symbol ? 1 : 0;
    }
}

static bool has_form(const char *text, const char *form)
{
    while (*form != '\0') {
        const size_t count = match_one(text, *form);
        if (count == 0) {
            return false;
        }
        text += count;
        form++;
    }
    return *text == '\0';
}

static bool parse_date(const char *text, int64_t *out_unix_ms)
{
    for (size_t i = 0; i < sizeof DATE_FORMS / sizeof DATE_FORMS[0]; i++) {
        if (!has_form(text, DATE_FORMS[i])) {
            continue;
        }
        const int64_t seconds = (int64_t)curl_getdate(text, NULL);
        if (seconds < 0) {
            return false;
        }
        *out_unix_ms = seconds * 1000;
        return true;
    }
    return false;
}

static bool parse_seconds(const char *text, int64_t *out_delay_ms)
{
    int64_t seconds = 0;
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (!is_digit(*text)) {
            return false;
        }
        if (seconds * 1000 < COG_DURATION_MS_MAX) {
            seconds = seconds * 10 + (*text - '0');
        }
    }
    *out_delay_ms = seconds * 1000;
    return true;
}

static int64_t parse_delay(const char *text, int64_t server_unix_ms)
{
    int64_t delay_ms = -1;
    int64_t due_unix_ms = 0;
    if (parse_seconds(text, &delay_ms)) {
        return delay_ms;
    }
    if (!parse_date(text, &due_unix_ms)) {
        return -1;
    }
    return due_unix_ms > server_unix_ms ? due_unix_ms - server_unix_ms : 0;
}

/* What the server's clock showed; ours where it does not say. */
static int64_t read_server_time(const struct cog_response *response, int64_t now_unix_ms)
{
    int64_t server_unix_ms = now_unix_ms;
    const char *date = cog_response_header(response, "Date");
    return date != NULL && parse_date(date, &server_unix_ms) ? server_unix_ms : now_unix_ms;
}

int64_t cog_retry_after_ms(const struct cog_response *response, int64_t now_unix_ms)
{
    int64_t longest_ms = -1;
    for (size_t i = 0; i < response->header_count; i++) {
        const struct cog_response_header *header = &response->headers[i];
        if (!cog_string_equals_ignoring_case(header->name, "Retry-After")) {
            continue;
        }
        const int64_t delay_ms =
            parse_delay(header->value, read_server_time(response, now_unix_ms));
        longest_ms = delay_ms > longest_ms ? delay_ms : longest_ms;
    }
    return longest_ms < COG_DURATION_MS_MAX ? longest_ms : COG_DURATION_MS_MAX;
}
