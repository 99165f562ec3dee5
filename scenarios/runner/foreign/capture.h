/** What a client prints, however much it is: its beginning and its end are kept. */
#ifndef SCN_CAPTURE_H
#define SCN_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>

enum { SCN_CAPTURE_END_SIZE = 64 << 10 };

/** `{0}` is empty and safe to finish. */
struct scn_capture {
    char *bytes;     /**< Owned: the beginning, and behind it the end, as a ring. */
    size_t length;   /**< Of all that was appended. */
    bool has_failed; /**< There was no memory: nothing is kept. */
};

void scn_capture_append(struct scn_capture *capture, const char *bytes, size_t length);

/** How many bytes in the middle are not kept; 0 for none. */
size_t scn_capture_lost(const struct scn_capture *capture);

/**
 * What was kept, with a line about what was not in between. A NUL byte becomes '?'.
 *
 * @return owned by the caller (free()); NULL for no memory
 */
char *scn_capture_format(const struct scn_capture *capture);

void scn_capture_finish(struct scn_capture *capture);

#endif
