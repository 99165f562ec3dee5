#include "foreign/capture.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* Behind the beginning the ring goes round: the oldest byte of the end goes for the newest. */
static char *place(const struct scn_capture *capture, size_t index)
{
    if (index >= SCN_CAPTURE_END_SIZE) {
        index = SCN_CAPTURE_END_SIZE + index % SCN_CAPTURE_END_SIZE;
    }
    return capture->bytes + index;
}

void scn_capture_append(struct scn_capture *capture, const char *bytes, size_t length)
{
    if (capture->bytes == NULL && !capture->has_failed) {
        capture->bytes = malloc(2 * (size_t)SCN_CAPTURE_END_SIZE);
        capture->has_failed = capture->bytes == NULL;
    }
    for (size_t done = 0; done < length && !capture->has_failed;) {
        const size_t room = SCN_CAPTURE_END_SIZE - capture->length % (size_t)SCN_CAPTURE_END_SIZE;
        const size_t part = smaller(room, length - done);
        memcpy(place(capture, capture->length), bytes + done, part);
        capture->length += part;
        done += part;
    }
}

size_t scn_capture_lost(const struct scn_capture *capture)
{
    const size_t kept = 2 * (size_t)SCN_CAPTURE_END_SIZE;
    return capture->length > kept ? capture->length - kept : 0;
}

static void append_range(struct cog_text *text, const struct scn_capture *capture, size_t start,
                         size_t end)
{
    for (size_t i = start; i < end; i++) {
        const char *byte = place(capture, i);
        cog_text_append_bytes(text, *byte != '\0' ? byte : "?", 1);
    }
}

char *scn_capture_format(const struct scn_capture *capture)
{
    if (capture->has_failed) {
        return NULL;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const size_t lost = scn_capture_lost(capture);
    const size_t head = smaller(capture->length, SCN_CAPTURE_END_SIZE);
    append_range(&text, capture, 0, head);
    if (lost > 0) {
        cog_text_append_format(&text, "\n[%zu bytes are not kept]\n", lost);
    }
    append_range(&text, capture, head + lost, capture->length);
    return cog_text_take(&text);
}

void scn_capture_finish(struct scn_capture *capture)
{
    free(capture->bytes);
    *capture = (struct scn_capture){0};
}
