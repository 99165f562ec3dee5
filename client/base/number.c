#include <cogbase/number.h>

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DECIMAL_LENGTH_MAX = 40 };

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/* strtoll() alone would take white space, '+' and an empty text. */
static bool parse_whole(const char *text, int64_t *out_number)
{
    const char *digits = text[0] == '-' ? text + 1 : text;
    if (!is_digit(digits[0])) {
        return false;
    }
    char *end = NULL;
    errno = 0;
    const long long number = strtoll(text, &end, 10);
    if (errno != 0 || *end != '\0') {
        return false;
    }
    *out_number = number;
    return true;
}

enum cog_code cog_number_parse_integer(const char *text, int64_t minimum, int64_t maximum,
                                       int64_t *out_number, struct cog_error *error)
{
    assert(text != NULL && out_number != NULL);
    assert(minimum <= maximum);
    int64_t number = 0;
    if (!parse_whole(text, &number) || number < minimum || number > maximum) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "expected a whole number from %" PRId64 " to %" PRId64 ", not '%s'",
                             minimum, maximum, text);
    }
    *out_number = number;
    return COG_OK;
}

/* Length of a run of digits. */
static size_t digits_length(const char *text)
{
    size_t length = 0;
    while (is_digit(text[length])) {
        length++;
    }
    return length;
}

/*
 * strtod() takes the locale's decimal point, whatever that is. So the point is taken out and put
 * back as an exponent: "-12.5" is read as "-125e-1".
 */
static bool parse_decimal(const char *text, double *out_number)
{
    char scientific[DECIMAL_LENGTH_MAX + 8];
    const size_t sign = text[0] == '-' ? 1 : 0;
    const size_t whole = digits_length(text + sign);
    const char *rest = text + sign + whole;
    const size_t fraction = rest[0] == '.' ? digits_length(rest + 1) : 0;
    if (whole == 0 || (rest[0] == '.' && fraction == 0) || strlen(text) > DECIMAL_LENGTH_MAX) {
        return false;
    }
    if (rest[rest[0] == '.' ? fraction + 1 : 0] != '\0') {
        return false;
    }
    memcpy(scientific, text, sign + whole);
    memcpy(scientific + sign + whole, rest + (fraction > 0 ? 1 : 0), fraction);
    size_t length = sign + whole + fraction;
    scientific[length++] = 'e';
    scientific[length++] = '-';
    scientific[length++] = (char)('0' + fraction / 10);
    scientific[length++] = (char)('0' + fraction % 10);
    scientific[length] = '\0';
    *out_number = strtod(scientific, NULL);
    return true;
}

enum cog_code cog_number_parse_decimal(const char *text, double minimum, double maximum,
                                       double *out_number, struct cog_error *error)
{
    assert(text != NULL && out_number != NULL);
    assert(minimum <= maximum);
    double number = 0;
    if (!parse_decimal(text, &number) || number < minimum || number > maximum) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "expected a number from %g to %g, not '%s'",
                             minimum, maximum, text);
    }
    *out_number = number;
    return COG_OK;
}

bool cog_number_to_integer(double number, int64_t minimum, int64_t maximum, int64_t *out_integer)
{
    if (!isfinite(number) || number < (double)-COG_NUMBER_INTEGER_MAX ||
        number > (double)COG_NUMBER_INTEGER_MAX) {
        return false;
    }
    const int64_t integer = (int64_t)number;
    if ((double)integer < number || (double)integer > number) {
        return false;
    }
    if (integer < minimum || integer > maximum) {
        return false;
    }
    *out_integer = integer;
    return true;
}

const char *cog_integer_format(int64_t number, char buffer[COG_INTEGER_SIZE])
{
    char *start = buffer + COG_INTEGER_SIZE - 1;
    *start = '\0';
    /* Of the lowest number there is no positive one. */
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--start = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        *--start = '-';
    }
    return start;
}
