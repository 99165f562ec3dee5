/** Reads the bytes of an answer as libcurl does, one piece after the other. */
#ifndef SCN_READER_H
#define SCN_READER_H

#include "simulation/mishap.h"

#include <cogbase/answer.h>

enum scn_reader_state {
    SCN_READER_HEAD,
    SCN_READER_BODY,
    SCN_READER_DONE,    /**< The answer is whole. */
    SCN_READER_STOPPED, /**< Nothing more is read: see the answer's code, and `mishap`. */
};

/** `{0}` is empty and safe to finish. */
struct scn_reader {
    struct cog_answer answer;
    enum scn_reader_state state;
    enum scn_mishap mishap;
    struct cog_text line; /**< The one that is not whole yet. */
    bool is_chunked;
    bool has_length;
    size_t length;     /**< As announced. */
    long status;       /**< Of the newest status line. */
    size_t line_count; /**< Of the present block. */
    /** What libcurl counts as received: whole lines of the head, bytes of the body. */
    size_t moved;
};

void scn_reader_feed(struct scn_reader *reader, const char *bytes, size_t length);

/** The connection was closed. */
void scn_reader_end(struct scn_reader *reader);

/** How many bytes of the body have not come. */
size_t scn_reader_missing_length(const struct scn_reader *reader);

void scn_reader_finish(struct scn_reader *reader);

#endif
