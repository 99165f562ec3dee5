/** What a token endpoint answers (RFC 6749 5.1). */
#ifndef TOKEN_ANSWER_H
#define TOKEN_ANSWER_H

#include <cogpromote/platform.h>
#include <cogpromote/transport.h>

/* A longer one would not pass as a header. */
enum { COG_TOKEN_LENGTH_MAX = 16384 };

/** `{0}` is empty and safe to finish. */
struct cog_token_answer {
    char *token; /**< Owned. */
    int64_t life_ms;
    char scopes[COG_SCOPES_SIZE]; /**< Empty when the answer had none. */
};

/** Decodes a 200. @return COG_OK, COG_ERROR_PROTOCOL, COG_ERROR_MEMORY */
enum cog_code cog_token_answer_parse(const struct cog_response *response,
                                     struct cog_token_answer *out_answer,
                                     struct cog_error *error) COG_CHECK;

/** Wipes and releases. */
void cog_token_answer_finish(struct cog_token_answer *answer);

#endif
