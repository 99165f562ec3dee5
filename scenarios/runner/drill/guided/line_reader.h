/** Lines that a person types, while signals can come. */
#ifndef SCN_LINE_READER_H
#define SCN_LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SCN_LINE_SIZE = 1024, /**< Of a line; what is longer is cut. */
    SCN_LINE_WAIT_FOREVER = -1,
};

/** `{.descriptor = …}` is ready. Nothing is owned. */
struct scn_line_reader {
    int descriptor;
    int interrupt_descriptor; /**< Can be read when a signal has come; -1 for none. */
    bool has_ended;
    size_t length;
    char bytes[SCN_LINE_SIZE];
};

enum scn_line_event {
    SCN_LINE_READ,        /**< There is a line. */
    SCN_LINE_NOTHING,     /**< None came in time. */
    SCN_LINE_ENDED,       /**< None will come any more. */
    SCN_LINE_INTERRUPTED, /**< A signal has come; it is still to be taken. */
};

/**
 * @param wait_ms at most, or SCN_LINE_WAIT_FOREVER
 * @param out_line without its line feed and without blanks around it
 */
enum scn_line_event scn_line_reader_next(struct scn_line_reader *reader, int wait_ms,
                                         char out_line[SCN_LINE_SIZE]);

#endif
