/** Where a request ends, and whose it is: what two readers could take for two things is refused. */
#ifndef MOCK_HTTP_FRAMING_H
#define MOCK_HTTP_FRAMING_H

#include <cogmock/plan.h>

/**
 * libmicrohttpd takes the first of several lengths, and ignores any that comes with chunks: whoever
 * is between it and the client may do otherwise, and see another request begin (RFC 9112, 6.3).
 *
 * @return what is wrong, for people; NULL when nothing is
 */
const char *mock_framing_problem(const struct mock_header *headers, size_t count);

#endif
