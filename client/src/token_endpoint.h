/** The two endpoints that know about tokens. */
#ifndef TOKEN_ENDPOINT_H
#define TOKEN_ENDPOINT_H

#include "token.h"
#include "token_answer.h"

/** Asks for a token. @return as `cog_token_fetch` */
enum cog_code cog_token_request(const struct cog_token_options *options, struct cog_limits limits,
                                struct cog_token_answer *out_answer,
                                struct cog_error *error) COG_CHECK;

/** Asks what a token may do (RFC 7662); "" where there is no such endpoint. */
enum cog_code cog_token_introspect(const struct cog_token_options *options, const char *token,
                                   struct cog_limits limits, char out_scopes[COG_SCOPES_SIZE],
                                   struct cog_error *error) COG_CHECK;

/** Whether a text repeats the client's secret, or the token where that is not NULL. */
bool cog_token_secret_appears_in(const struct cog_token_options *options, const char *token,
                                 const char *text);

#endif
