#include <cogbase/duration.h>

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SECOND_MS = 1000,
    MINUTE_MS = 60 * SECOND_MS,
    HOUR_MS = 60 * MINUTE_MS,
    DAY_MS = 24 * HOUR_MS,
};

/* Nine digits of a fraction: more cannot be whole milliseconds, and products stay in range. */
#define SCALE_MAX INT64_C(10000000000)

struct unit {
    const char *name;
    int64_t ms;
};

static const struct unit units[] = {
    {"ms", 1}, {"s", SECOND_MS}, {"m", MINUTE_MS}, {"h", HOUR_MS}, {"d", DAY_MS},
};

static int64_t unit_find(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(units[i].name, name) == 0) {
            return units[i].ms;
        }
    }
    return 0;
}

/* Reads a run of digits, up to a number that no duration has. Returns what follows. */
static const char *read_digits(const char *text, int64_t *out_number, int64_t *out_scale)
{
    int64_t number = 0;
    int64_t scale = 1;
    for (; *text >= '0' && *text <= '9'; text++) {
        if (scale < SCALE_MAX) {
            scale *= 10;
        }
        if (number <= COG_DURATION_MS_MAX) {
            number = number * 10 + (*text - '0');
        }
    }
    *out_number = number;
    *out_scale = scale;
    return text;
}

/* A decimal number and what follows it. */
struct amount {
    int64_t whole;
    int64_t fraction; /* In units of 1 / scale. */
    int64_t scale;
    const char *unit;
};

static bool read_amount(const char *text, struct amount *out_amount)
{
    struct amount amount = {.scale = 1};
    int64_t ignored = 0;
    const char *rest = read_digits(text, &amount.whole, &ignored);
    if (rest == text) {
        return false;
    }
    if (*rest == '.') {
        const char *fraction = rest + 1;
        rest = read_digits(fraction, &amount.fraction, &amount.scale);
        if (rest == fraction || amount.scale >= SCALE_MAX) {
            return false;
        }
    }
    amount.unit = rest;
    *out_amount = amount;
    return true;
}

enum cog_code cog_duration_parse(const char *text, int64_t *out_ms, struct cog_error *error)
{
    assert(text != NULL && out_ms != NULL);
    if (strcmp(text, "0") == 0) {
        *out_ms = 0;
        return COG_OK;
    }
    struct amount amount = {0};
    const int64_t unit_ms = read_amount(text, &amount) ? unit_find(amount.unit) : 0;
    if (unit_ms == 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "expected a duration such as \"30s\", \"250ms\" or \"15m\", not '%s'",
                             text);
    }
    if (amount.fraction * unit_ms % amount.scale != 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "expected a duration in whole milliseconds, not '%s'", text);
    }
    /* Bounded before it is multiplied: a year of days is more than int64_t holds in digits. */
    if (amount.whole > COG_DURATION_MS_MAX / unit_ms ||
        amount.whole * unit_ms + amount.fraction * unit_ms / amount.scale > COG_DURATION_MS_MAX) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "expected a duration of at most 365d, not '%s'", text);
    }
    *out_ms = amount.whole * unit_ms + amount.fraction * unit_ms / amount.scale;
    return COG_OK;
}

/* Always fits: the longest text, of INT64_MIN, has 26 characters. */
struct writer {
    char text[COG_DURATION_TEXT_SIZE];
    size_t length;
};

COG_PRINTF(2, 3) static void append(struct writer *writer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const size_t room = sizeof writer->text - writer->length;
    const int length = vsnprintf(writer->text + writer->length, room, format, list);
    va_end(list);
    assert(length >= 0 && (size_t)length < room);
    writer->length += (size_t)length;
}

/* Below a minute: "30s", "1.5s", "250ms"; nothing for 0. */
static void append_seconds(struct writer *writer, uint64_t rest_ms, bool is_first)
{
    const uint64_t seconds = rest_ms / SECOND_MS;
    uint64_t fraction = rest_ms % SECOND_MS;
    if (rest_ms == 0) {
        return;
    }
    if (seconds == 0 && is_first) {
        append(writer, "%" PRIu64 "ms", fraction);
        return;
    }
    append(writer, "%" PRIu64, seconds);
    if (fraction > 0) {
        int digits = 3;
        for (; fraction % 10 == 0; fraction /= 10) {
            digits--;
        }
        append(writer, ".%0*" PRIu64, digits, fraction);
    }
    append(writer, "s");
}

static void append_duration(struct writer *writer, uint64_t rest_ms)
{
    static const struct unit larger[] = {{"d", DAY_MS}, {"h", HOUR_MS}, {"m", MINUTE_MS}};
    bool is_first = true;
    for (size_t i = 0; i < sizeof larger / sizeof larger[0]; i++) {
        const uint64_t count = rest_ms / (uint64_t)larger[i].ms;
        if (count > 0) {
            append(writer, "%" PRIu64 "%s", count, larger[i].name);
            is_first = false;
        }
        rest_ms %= (uint64_t)larger[i].ms;
    }
    append_seconds(writer, rest_ms, is_first);
}

const char *cog_duration_format(int64_t duration_ms, char buffer[COG_DURATION_TEXT_SIZE])
{
    struct writer writer = {0};
    /* Unsigned, because INT64_MIN has no positive counterpart. */
    if (duration_ms == 0) {
        append(&writer, "0s");
    } else if (duration_ms < 0) {
        append(&writer, "-");
        append_duration(&writer, 0 - (uint64_t)duration_ms);
    } else {
        append_duration(&writer, (uint64_t)duration_ms);
    }
    memcpy(buffer, writer.text, writer.length + 1);
    return buffer;
}
