/** HTTP answers out of a fuzzer's bytes, and a server that gives them in turn. */
#ifndef FUZZ_ANSWERS_H
#define FUZZ_ANSWERS_H

#include "input.h"

#include <cogpromote/transport.h>

enum { FUZZ_SECRET_SIZE = 32 };

/**
 * One answer: "200", a line feed, header lines, an empty line, the body up to a byte 0x1E (record
 * separator). Whatever is malformed is an answer as well.
 */
void fuzz_answer_take(struct fuzz_input *input, struct cog_response *out_response);

/**
 * Gives the answers of `input`, and then breaks every connection. Where a refusal's body has a byte
 * 0x1A it repeats the token, for 0x1B the client's secret, as servers do with what they were sent.
 */
struct fuzz_server {
    struct fuzz_input *input;
    size_t request_count;   /**< Without those for tokens. */
    size_t promotion_count; /**< Of them, those that promote. */
    bool gives_token;       /**< Token requests get `token`, and take nothing from `input`. */
    char token[FUZZ_SECRET_SIZE];
    char client_secret[FUZZ_SECRET_SIZE];
};

/** Draws secrets that hang on the input, so that the same input never holds them itself. */
void fuzz_server_init(struct fuzz_server *server);

struct cog_transport fuzz_server(struct fuzz_server *server);

#endif
