/** The certificates that the fake shows: a good one, and one for each way to be wrong. */
#ifndef MOCK_TLS_SERVER_IDENTITIES_H
#define MOCK_TLS_SERVER_IDENTITIES_H

#include "tls/authority.h"

#include <cogmock/tls.h>

/** When an authority is valid: as long as any certificate of it, the expired one included. */
struct mock_validity mock_validity_of_authority(int64_t now_unix_ms);

/** When good certificates are valid: from a little before now, for a year. */
struct mock_validity mock_validity_at(int64_t now_unix_ms);

/**
 * Makes all four of them.
 *
 * @param authority the one that clients are told of
 * @param out_identities to be finished by the caller, also on failure
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_server_identities_make(
    const struct mock_authority *authority, const struct mock_tls_options *options,
    struct mock_identity out_identities[MOCK_CERTIFICATE_COUNT], struct cog_error *error) COG_CHECK;

#endif
