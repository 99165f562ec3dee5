/** Who sends a request: a client with its secret, or somebody with a token. */
#ifndef MOCK_V1_CREDENTIALS_H
#define MOCK_V1_CREDENTIALS_H

#include "v1/visit.h"

/** What a request says of its client (RFC 6749 2.3.1). */
struct mock_credentials {
    bool has_basic;                   /**< In a Basic header. */
    bool has_post;                    /**< A secret in the form. */
    bool is_malformed;                /**< The form's percent-encoding. */
    bool names_two;                   /**< The form names another client than the header. */
    const struct mock_client *client; /**< The one that is named; NULL when there is none such. */
    bool is_proven;                   /**< By a secret which counts now. */
};

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_credentials_read(const struct mock_visit *visit,
                                    struct mock_credentials *out_credentials) COG_CHECK;

/** The token in "Authorization: Bearer …", borrowed; NULL when there is none. */
const char *mock_bearer_token(const struct mock_request *request);

/** Notes of the bearer token that came with a request its number and whose it is. */
void mock_visit_note_token(struct mock_visit *visit);

/**
 * The client that a request's token or credentials name, right or wrong. The token is noted.
 *
 * @param out_client_id borrowed from the world; untouched where there is none
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_visit_client(const struct mock_visit *visit,
                                const char **out_client_id) COG_CHECK;

#endif
