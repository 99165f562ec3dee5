/** SHA-256 as lower-case hex. */
#ifndef COGBASE_DIGEST_H
#define COGBASE_DIGEST_H

#include <cogpromote/error.h>

#include <stddef.h>

enum { COG_DIGEST_SIZE = 65 };

/** @return COG_OK or COG_ERROR_INTERNAL (the cryptographic library refused) */
enum cog_code cog_digest_sha256(const void *bytes, size_t length,
                                char out_digest[COG_DIGEST_SIZE]) COG_CHECK;

#endif
