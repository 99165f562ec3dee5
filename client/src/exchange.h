/** What the layers do with a `struct cog_exchange` and with the headers of a request. */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <cogpromote/random.h>
#include <cogpromote/transport.h>

/** Names a new exchange; one that has its name keeps it. @return COG_OK or COG_ERROR_INTERNAL */
enum cog_code cog_exchange_begin(struct cog_exchange *exchange, struct cog_random random,
                                 struct cog_error *error) COG_CHECK;

/**
 * The request's headers and more behind them.
 *
 * @param out_headers owned by the caller, free() it; the strings stay borrowed
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code cog_request_headers_extend(const struct cog_request *request,
                                         const struct cog_header *additional, size_t count,
                                         struct cog_header **out_headers,
                                         struct cog_error *error) COG_CHECK;

/** For COG_CLEANUP on what `cog_request_headers_extend` returned. */
void cog_request_headers_finish(struct cog_header **headers);

#endif
