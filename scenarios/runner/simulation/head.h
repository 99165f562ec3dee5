/** A request as libcurl would put it on the wire. */
#ifndef SCN_HEAD_H
#define SCN_HEAD_H

#include <cogmock/plan.h>
#include <cogpromote/transport.h>

enum {
    SCN_HEAD_HEADERS_MAX = 64,
    SCN_HEAD_LENGTH_SIZE = 24,
};

/** Everything is borrowed from the request and its URL, but for the length's text. */
struct scn_head {
    struct mock_header headers[SCN_HEAD_HEADERS_MAX];
    size_t header_count;
    char length_text[SCN_HEAD_LENGTH_SIZE];
};

/**
 * @param host for the header of that name
 * @return COG_OK, or COG_ERROR_ARGUMENT as of libcurl's transport (a line break in a header, or
 *         more headers than anybody sends)
 */
enum cog_code scn_head_compose(const struct cog_request *request, const char *host,
                               struct scn_head *out_head, struct cog_error *error) COG_CHECK;

#endif
