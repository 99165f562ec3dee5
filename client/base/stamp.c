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

const char *cog_stamp_format_rfc3339(int64_t unix_ms, char buffer[COG_STAMP_RFC3339_SIZE])
{
    const struct moment moment = moment_of(unix_ms);
    char fraction[8] = "";
    if (moment.millisecond != 0) {
        (void)snprintf(fraction, sizeof fraction, ".%03u", moment.millisecond % 1000);
    }
    /* Roomy, because the compiler does not know how few digits the members have. */
    char text[96] = "";
    (void)snprintf(text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u%sZ", moment.year, moment.month,
                   moment.day, moment.hour, moment.minute, moment.second, fraction);
    memcpy(buffer, text, COG_STAMP_RFC3339_SIZE - 1);
    buffer[COG_STAMP_RFC3339_SIZE - 1] = '\0';
    return buffer;
}

const char *cog_stamp_format_http(int64_t unix_ms, enum cog_stamp_http_form form,
                                  char buffer[COG_STAMP_HTTP_SIZE])
{
    const struct moment moment = moment_of(unix_ms);
    const char *weekday = weekday_names[moment.weekday];
    const char *month = month_names[moment.month - 1];
    char time[16];
    (void)snprintf(time, sizeof time, "%02u:%02u:%02u", moment.hour % 24, moment.minute % 60,
                   moment.second % 60);
    switch (form) {
    case COG_STAMP_IMF_FIXDATE:
        (void)snprintf(buffer, COG_STAMP_HTTP_SIZE, "%.3s, %02u %s %04u %s GMT", weekday,
                       moment.day, month, moment.year, time);
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
