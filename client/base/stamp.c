#include <cogbase/stamp.h>

#include <stdio.h>
#include <string.h>

static const int64_t DAY_MS = INT64_C(86400000);

/* The first and last millisecond of the years 0 to 9999, which is what the formats can say. */
static const int64_t UNIX_MS_MIN = INT64_C(-62167219200000);
static const int64_t UNIX_MS_MAX = INT64_C(253402300799999);

static const char *const weekday_names[] = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};
static const char *const month_names[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

/* Unsigned and small, so that the compiler knows how many digits they have at most. */
struct moment {
    unsigned year;
    unsigned month; /* From 1. */
    unsigned day;   /* From 1. */
    unsigned weekday;
    unsigned hour;
    unsigned minute;
    unsigned second;
    unsigned millisecond;
};

/*
 * Days are counted from 1 March of year 0, so that a leap day ends its year and the months' lengths
 * follow one linear formula; an era is the 400 years after which the calendar repeats.
 */
static void set_date(struct moment *moment, int64_t days_since_1970)
{
    const int64_t days = days_since_1970 + 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const int64_t day_of_era = days - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    moment->day = (unsigned)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    moment->month = (unsigned)month;
    moment->year = (unsigned)(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
}

static struct moment moment_of(int64_t unix_ms)
{
    if (unix_ms < UNIX_MS_MIN) {
        unix_ms = UNIX_MS_MIN;
    }
    if (unix_ms > UNIX_MS_MAX) {
        unix_ms = UNIX_MS_MAX;
    }
    const int64_t days = (unix_ms >= 0 ? unix_ms : unix_ms - (DAY_MS - 1)) / DAY_MS;
    const unsigned rest_ms = (unsigned)(unix_ms - days * DAY_MS);
    struct moment moment = {
        .weekday = (unsigned)((days % 7 + 7 + 4) % 7), /* 1970 began on a Thursday. */
        .hour = rest_ms / 3600000,
        .minute = rest_ms / 60000 % 60,
        .second = rest_ms / 1000 % 60,
        .millisecond = rest_ms % 1000,
    };
    set_date(&moment, days);
    return moment;
}

/* @return behind the digits */
static char *put_digits(char *end, int count, unsigned number)
{
    for (int i = count - 1; i >= 0; i--) {
        end[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return end + count;
}

static char *put_time(char *end, const struct moment *moment)
{
    end = put_digits(end, 2, moment->hour);
    *end++ = ':';
    end = put_digits(end, 2, moment->minute);
    *end++ = ':';
    return put_digits(end, 2, moment->second);
}

/* Each line of a log has one: no place for formats. */
const char *cog_stamp_format_rfc3339(int64_t unix_ms, char buffer[COG_STAMP_RFC3339_SIZE])
{
    const struct moment moment = moment_of(unix_ms);
    char *end = put_digits(buffer, 4, moment.year);
    *end++ = '-';
    end = put_digits(end, 2, moment.month);
    *end++ = '-';
    end = put_digits(end, 2, moment.day);
    *end++ = 'T';
    end = put_time(end, &moment);
    if (moment.millisecond != 0) {
        *end++ = '.';
        end = put_digits(end, 3, moment.millisecond);
    }
    *end++ = 'Z';
    *end = '\0';
    return buffer;
}

/* Reads `count` digits and steps behind them; false when there are not as many. */
static bool take_digits(const char **text, int count, unsigned *out_number)
{
    unsigned number = 0;
    for (int i = 0; i < count; i++) {
        const char digit = (*text)[i];
        if (digit < '0' || digit > '9') {
            return false;
        }
        number = number * 10 + (unsigned)(digit - '0');
    }
    *text += count;
    *out_number = number;
    return true;
}

/* One of the characters in `candidates`. */
static bool take_one(const char **text, const char *candidates)
{
    if (**text == '\0' || strchr(candidates, **text) == NULL) {
        return false;
    }
    (*text)++;
    return true;
}

static unsigned month_length(unsigned year, unsigned month)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return lengths[month - 1] + (month == 2 && is_leap ? 1U : 0U);
}

static bool take_date(const char **text, struct moment *moment)
{
    return take_digits(text, 4, &moment->year) && take_one(text, "-") &&
           take_digits(text, 2, &moment->month) && take_one(text, "-") &&
           take_digits(text, 2, &moment->day) && moment->month >= 1 && moment->month <= 12 &&
           moment->day >= 1 && moment->day <= month_length(moment->year, moment->month);
}

static bool take_time(const char **text, struct moment *moment)
{
    return take_digits(text, 2, &moment->hour) && take_one(text, ":") &&
           take_digits(text, 2, &moment->minute) && take_one(text, ":") &&
           take_digits(text, 2, &moment->second) && moment->hour <= 23 && moment->minute <= 59 &&
           moment->second <= 60;
}

/* May be absent. */
static bool take_fraction(const char **text, struct moment *moment)
{
    if (!take_one(text, ".")) {
        return true;
    }
    unsigned digit = 0;
    int count = 0;
    for (unsigned unit_ms = 100; take_digits(text, 1, &digit); unit_ms /= 10) {
        moment->millisecond += digit * unit_ms;
        count++;
    }
    return count > 0;
}

/* "Z", "+02:00", "-00:30". */
static bool take_offset(const char **text, int64_t *out_offset_ms)
{
    if (take_one(text, "Zz")) {
        *out_offset_ms = 0;
        return true;
    }
    const int64_t sign = **text == '-' ? -1 : 1;
    unsigned hours = 0;
    unsigned minutes = 0;
    if (!take_one(text, "+-") || !take_digits(text, 2, &hours) || !take_one(text, ":") ||
        !take_digits(text, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *out_offset_ms = sign * (int64_t)(hours * 60 + minutes) * 60000;
    return true;
}

/* The reverse of set_date(), with the same years from March to February. */
static int64_t days_since_1970(const struct moment *moment)
{
    const int64_t year = (int64_t)moment->year - (moment->month <= 2 ? 1 : 0);
    const int64_t era = (year >= 0 ? year : year - 399) / 400;
    const int64_t year_of_era = year - era * 400;
    const int64_t month_from_march = (moment->month + 9) % 12;
    const int64_t day_of_year = (153 * month_from_march + 2) / 5 + moment->day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

enum cog_code cog_stamp_parse_rfc3339(const char *text, int64_t *out_unix_ms,
                                      struct cog_error *error)
{
    struct moment moment = {0};
    int64_t offset_ms = 0;
    const char *rest = text;
    if (!take_date(&rest, &moment) || !take_one(&rest, "Tt ") || !take_time(&rest, &moment) ||
        !take_fraction(&rest, &moment) || !take_offset(&rest, &offset_ms) || *rest != '\0') {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "expected a time such as 2026-01-31T12:00:00Z, not '%.40s'", text);
    }
    const int64_t seconds = (moment.hour * INT64_C(60) + moment.minute) * 60 + moment.second;
    *out_unix_ms =
        days_since_1970(&moment) * DAY_MS + seconds * 1000 + moment.millisecond - offset_ms;
    return COG_OK;
}

static char *put_text(char *end, const char *text, size_t length)
{
    memcpy(end, text, length);
    return end + length;
}

/* Each answer has one: no place for formats. */
static void format_imf_fixdate(const struct moment *moment, char buffer[COG_STAMP_HTTP_SIZE])
{
    char *end = put_text(buffer, weekday_names[moment->weekday], 3);
    end = put_text(end, ", ", 2);
    end = put_digits(end, 2, moment->day);
    *end++ = ' ';
    end = put_text(end, month_names[moment->month - 1], 3);
    *end++ = ' ';
    end = put_digits(end, 4, moment->year);
    *end++ = ' ';
    end = put_time(end, moment);
    (void)put_text(end, " GMT", sizeof " GMT");
}

const char *cog_stamp_format_http(int64_t unix_ms, enum cog_stamp_http_form form,
                                  char buffer[COG_STAMP_HTTP_SIZE])
{
    const struct moment moment = moment_of(unix_ms);
    const char *weekday = weekday_names[moment.weekday];
    const char *month = month_names[moment.month - 1];
    char time[sizeof "23:59:59"];
    *put_time(time, &moment) = '\0';
    switch (form) {
    case COG_STAMP_IMF_FIXDATE:
        format_imf_fixdate(&moment, buffer);
        break;
    case COG_STAMP_RFC850:
        (void)snprintf(buffer, COG_STAMP_HTTP_SIZE, "%s, %02u-%s-%02u %s GMT", weekday, moment.day,
                       month, moment.year % 100, time);
        break;
    case COG_STAMP_ASCTIME:
        (void)snprintf(buffer, COG_STAMP_HTTP_SIZE, "%.3s %s %2u %s %04u", weekday, month,
                       moment.day, time, moment.year);
        break;
    }
    return buffer;
}
