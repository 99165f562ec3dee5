/**
 * What of an exchange may be shown: no token's and no secret's text. A token is shown as its id,
 * "t-1"; it says as much and opens nothing.
 */
#ifndef MOCK_MASK_H
#define MOCK_MASK_H

#include <cogbase/text.h>
#include <cogmock/truth.h>

enum { MOCK_MASK_TOKEN_SIZE = 24 };

/** "t-1"; NULL when nobody knows a token. Returns `buffer` else. */
const char *mock_mask_token(const struct mock_exchange *exchange,
                            char buffer[MOCK_MASK_TOKEN_SIZE]);

/** Appends a header's value: "Bearer t-1", "Basic dev-client", or as it is. */
void mock_mask_header(const struct mock_exchange *exchange, const struct mock_header *header,
                      struct cog_text *text);

/** Appends the target, without the values of what is secret in its query. */
void mock_mask_target(const struct mock_exchange *exchange, struct cog_text *text);

/** Appends the request's body, as far as it is kept: a secret in a form or in JSON is masked. */
void mock_mask_body(const struct mock_exchange *exchange, struct cog_text *text);

/** Appends the answer's body likewise; there may be none. */
void mock_mask_answer_body(const struct mock_exchange *exchange, struct cog_text *text);

#endif
