#include "drill/guided/line_reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static void copy_line(const char *bytes, size_t length, char out_line[SCN_LINE_SIZE])
{
    while (length > 0 && is_blank(bytes[length - 1])) {
        length--;
    }
    while (length > 0 && is_blank(bytes[0])) {
        bytes++;
        length--;
    }
    memcpy(out_line, bytes, length);
    out_line[length] = '\0';
}

/* A line that is there; one that fills everything is taken as it is, and so is the last one. */
static bool take_line(struct scn_line_reader *reader, char out_line[SCN_LINE_SIZE])
{
    const char *end = memchr(reader->bytes, '\n', reader->length);
    const bool is_whole = end != NULL;
    if (!is_whole && reader->length < sizeof reader->bytes - 1 &&
        !(reader->has_ended && reader->length > 0)) {
        return false;
    }
    const size_t length = is_whole ? (size_t)(end - reader->bytes) : reader->length;
    const size_t taken = length + (is_whole ? 1 : 0);
    copy_line(reader->bytes, length, out_line);
    reader->length -= taken;
    memmove(reader->bytes, reader->bytes + taken, reader->length);
    return true;
}

static void fill(struct scn_line_reader *reader)
{
    const ssize_t length = read(reader->descriptor, reader->bytes + reader->length,
                                sizeof reader->bytes - 1 - reader->length);
    if (length > 0) {
        reader->length += (size_t)length;
    } else if (length == 0 || (errno != EINTR && errno != EAGAIN)) {
        reader->has_ended = true;
    }
}

/* Waits once. A signal counts more than what was typed before it. */
static enum scn_line_event wait_once(const struct scn_line_reader *reader, int wait_ms)
{
    struct pollfd descriptors[] = {
        {.fd = reader->interrupt_descriptor, .events = POLLIN},
        {.fd = reader->has_ended ? -1 : reader->descriptor, .events = POLLIN},
    };
    if (poll(descriptors, 2, wait_ms) <= 0) {
        return SCN_LINE_NOTHING;
    }
    return descriptors[0].revents != 0 ? SCN_LINE_INTERRUPTED : SCN_LINE_READ;
}

enum scn_line_event scn_line_reader_next(struct scn_line_reader *reader, int wait_ms,
                                         char out_line[SCN_LINE_SIZE])
{
    for (;;) {
        if (take_line(reader, out_line)) {
            return SCN_LINE_READ;
        }
        if (reader->has_ended && wait_ms == SCN_LINE_WAIT_FOREVER) {
            return SCN_LINE_ENDED;
        }
        const enum scn_line_event event = wait_once(reader, wait_ms);
        if (event != SCN_LINE_READ) {
            if (event == SCN_LINE_NOTHING && wait_ms == SCN_LINE_WAIT_FOREVER) {
                continue;
            }
            return event == SCN_LINE_NOTHING && reader->has_ended ? SCN_LINE_ENDED : event;
        }
        fill(reader);
    }
}
