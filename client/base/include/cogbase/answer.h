/** Collects an answer as it comes from the wire, within the limits of transport.h. */
#ifndef COGBASE_ANSWER_H
#define COGBASE_ANSWER_H

#include <cogbase/text.h>
#include <cogpromote/transport.h>

/** `{0}` is empty and safe to finish. */
struct cog_answer {
    struct cog_response response; /**< Its headers so far. */
    struct cog_text body;
    size_t headers_length; /**< Of all header blocks, those of interim answers too. */
    bool is_head_whole;    /**< What comes after it is no header any more. */
    enum cog_code code;    /**< Why it was not collected further; COG_OK if it was. */
    const char *complaint; /**< A text for `code`. */
};

/**
 * Takes one whole line of the head, with its end; the status lines of interim answers and trailers
 * among them.
 *
 * @return false when nothing more is wanted: `code` tells why
 */
bool cog_answer_take_line(struct cog_answer *answer, const char *line, size_t length);

/** Takes a piece of the body. @return as above */
bool cog_answer_take_body(struct cog_answer *answer, const char *bytes, size_t length);

/**
 * Moves the whole answer out.
 *
 * @param status the final one, as far as there was any
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_NETWORK (its headers broke off), COG_ERROR_PROTOCOL
 */
enum cog_code cog_answer_take_whole(struct cog_answer *answer, long status,
                                    struct cog_response *out_response,
                                    struct cog_error *error) COG_CHECK;

/** Wipes and releases: an answer that broke off may hold a part of a token. */
void cog_answer_finish(struct cog_answer *answer);

#endif
