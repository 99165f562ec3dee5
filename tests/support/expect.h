/** Expectations that print both values. */
#ifndef SUPPORT_EXPECT_H
#define SUPPORT_EXPECT_H

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#define EXPECT_INT(actual, expected)                                                               \
    cr_expect((int64_t)(actual) == (int64_t)(expected), "%s is %" PRId64 ", expected %" PRId64,    \
              #actual, (int64_t)(actual), (int64_t)(expected))

#define EXPECT_STR(actual, expected)                                                               \
    cr_expect(strcmp((actual), (expected)) == 0, "%s is \"%s\", expected \"%s\"", #actual,         \
              (actual), (expected))

#define EXPECT_CONTAINS(actual, part)                                                              \
    cr_expect(strstr((actual), (part)) != NULL, "%s is \"%s\", expected \"%s\" in it", #actual,    \
              (actual), (part))

#define EXPECT_LACKS(actual, part)                                                                 \
    cr_expect(strstr((actual), (part)) == NULL, "%s is \"%s\", with \"%s\" in it", #actual,        \
              (actual), (part))

/** Stops the test when a call did not return `expected`; shows the error. */
#define ASSERT_CODE(actual, expected, error)                                                       \
    cr_assert((actual) == (expected), "%s is %d (%s: %s), expected %d", #actual, (int)(actual),    \
              (error).message, (error).cause, (int)(expected))

#endif
