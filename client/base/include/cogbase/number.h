/** Conversions of numbers from text, where the whole text must be the number, and to text. */
#ifndef COGBASE_NUMBER_H
#define COGBASE_NUMBER_H

#include <cogpromote/error.h>

#include <stdint.h>

enum { COG_INTEGER_SIZE = 24 };

/** The largest whole number that a double, so any JSON number, surely holds exactly: 2^53 - 1. */
#define COG_NUMBER_INTEGER_MAX INT64_C(9007199254740991)

/** Decimal, optional '-'. @return COG_OK, or COG_ERROR_SYNTAX ("expected a whole number from … to
 * …") */
enum cog_code cog_number_parse_integer(const char *text, int64_t minimum, int64_t maximum,
                                       int64_t *out_number, struct cog_error *error) COG_CHECK;

/** Decimal with an optional fraction, in any locale a point. @return as above */
enum cog_code cog_number_parse_decimal(const char *text, double minimum, double maximum,
                                       double *out_number, struct cog_error *error) COG_CHECK;

/**
 * A JSON number as a whole one between the limits, both included.
 *
 * @return false, with `out_integer` untouched, for a fraction, NaN, infinity, and outside of the
 * limits or of COG_NUMBER_INTEGER_MAX
 */
bool cog_number_to_integer(double number, int64_t minimum, int64_t maximum,
                           int64_t *out_integer) COG_CHECK;

/**
 * In decimal digits, without the price of a format.
 *
 * @return where in `buffer` it begins, which need not be its front
 */
const char *cog_integer_format(int64_t number, char buffer[COG_INTEGER_SIZE]);

#endif
