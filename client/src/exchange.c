#include "exchange.h"

#include <stdlib.h>
#include <string.h>

enum cog_code cog_exchange_begin(struct cog_exchange *exchange, struct cog_random random,
                                 struct cog_error *error)
{
    if (exchange->request_id[0] != '\0') {
        return COG_OK;
    }
    if (cog_random_uuid(random, exchange->request_id) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random bytes for a request id");
    }
    return COG_OK;
}

enum cog_code cog_request_headers_extend(const struct cog_request *request,
                                         const struct cog_header *additional, size_t count,
                                         struct cog_header **out_headers, struct cog_error *error)
{
    struct cog_header *headers = calloc(request->header_count + count, sizeof *headers);
    if (headers == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (request->header_count > 0) {
        memcpy(headers, request->headers, request->header_count * sizeof *headers);
    }
    memcpy(headers + request->header_count, additional, count * sizeof *headers);
    *out_headers = headers;
    return COG_OK;
}

void cog_request_headers_finish(struct cog_header **headers)
{
    free(*headers);
    *headers = NULL;
}
