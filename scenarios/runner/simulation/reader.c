#include "simulation/reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char PROTOCOL[] = "HTTP/";

static void stop(struct scn_reader *reader, enum scn_mishap mishap)
{
    reader->state = SCN_READER_STOPPED;
    reader->mishap = mishap;
}

/* The value of a line "Name: value"; NULL for another header. */
static const char *value_of(const char *line, const char *name)
{
    const size_t length = strlen(name);
    if (strncasecmp(line, name, length) != 0 || line[length] != ':') {
        return NULL;
    }
    const char *value = line + length + 1;
    return value + strspn(value, " \t");
}

static void take_framing(struct scn_reader *reader, const char *line)
{
    const char *length = value_of(line, "Content-Length");
    const char *coding = value_of(line, "Transfer-Encoding");
    if (length != NULL) {
        reader->has_length = true;
        reader->length = strtoul(length, NULL, 10);
        if (reader->length > COG_RESPONSE_BODY_LENGTH_MAX) {
            stop(reader, SCN_MISHAP_TOO_LONG);
        }
    }
    reader->is_chunked = reader->is_chunked || coding != NULL;
}

/* The empty line: of an interim answer, one that has no body, or one whose body follows. */
static void end_head(struct scn_reader *reader)
{
    const bool is_interim = reader->status < 200;
    const bool has_body = reader->status != 204 && reader->status != 304 &&
                          (reader->is_chunked || !reader->has_length || reader->length > 0);
    reader->line_count = 0;
    if (!is_interim) {
        reader->state = has_body ? SCN_READER_BODY : SCN_READER_DONE;
    }
}

static void take_line(struct scn_reader *reader)
{
    const char *line = cog_text_string(&reader->line);
    const size_t length = reader->line.length;
    if (reader->line_count++ == 0) {
        reader->status = strtol(line + strcspn(line, " "), NULL, 10);
    }
    reader->moved += length;
    if (!cog_answer_take_line(&reader->answer, line, length)) {
        stop(reader, SCN_MISHAP_NONE);
    } else if (line[0] == '\r') {
        end_head(reader);
    } else {
        take_framing(reader, line);
    }
    reader->line.length = 0;
}

/* As soon as the first bytes of a block are none of a status line. */
static bool begins_well(const struct scn_reader *reader)
{
    const size_t seen =
        reader->line.length < sizeof PROTOCOL - 1 ? reader->line.length : sizeof PROTOCOL - 1;
    return reader->line_count > 0 || memcmp(cog_text_string(&reader->line), PROTOCOL, seen) == 0;
}

/* @return how much of it was taken */
static size_t feed_head(struct scn_reader *reader, const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    const size_t taken = end != NULL ? (size_t)(end - bytes) + 1 : length;
    cog_text_append_bytes(&reader->line, bytes, taken);
    if (reader->line.failed) {
        reader->answer.code = COG_ERROR_MEMORY;
        reader->answer.complaint = "out of memory";
        stop(reader, SCN_MISHAP_NONE);
    } else if (!begins_well(reader)) {
        stop(reader, SCN_MISHAP_NO_HTTP);
    } else if (end != NULL) {
        take_line(reader);
    }
    return taken;
}

size_t scn_reader_missing_length(const struct scn_reader *reader)
{
    return reader->has_length ? reader->length - reader->answer.body.length : 0;
}

static size_t feed_body(struct scn_reader *reader, const char *bytes, size_t length)
{
    /* The fake has no good chunks, only a bad one. */
    if (reader->is_chunked) {
        stop(reader, SCN_MISHAP_BAD_CHUNK);
        return length;
    }
    const size_t missing = scn_reader_missing_length(reader);
    const size_t taken = reader->has_length && missing < length ? missing : length;
    reader->moved += taken;
    if (!cog_answer_take_body(&reader->answer, bytes, taken)) {
        stop(reader, SCN_MISHAP_NONE);
    } else if (reader->has_length && taken == missing) {
        reader->state = SCN_READER_DONE;
    }
    return length;
}

void scn_reader_feed(struct scn_reader *reader, const char *bytes, size_t length)
{
    for (size_t taken = 0; taken < length;) {
        switch (reader->state) {
        case SCN_READER_HEAD:
            taken += feed_head(reader, bytes + taken, length - taken);
            break;
        case SCN_READER_BODY:
            taken += feed_body(reader, bytes + taken, length - taken);
            break;
        case SCN_READER_DONE:
        case SCN_READER_STOPPED:
            return;
        }
    }
}

void scn_reader_end(struct scn_reader *reader)
{
    switch (reader->state) {
    case SCN_READER_HEAD:
        if (reader->moved == 0) {
            stop(reader, SCN_MISHAP_NOTHING);
        } else {
            reader->state = SCN_READER_DONE;
        }
        break;
    case SCN_READER_BODY:
        if (reader->has_length) {
            stop(reader, SCN_MISHAP_PARTIAL);
        } else {
            reader->state = SCN_READER_DONE;
        }
        break;
    case SCN_READER_DONE:
    case SCN_READER_STOPPED:
        break;
    }
}

void scn_reader_finish(struct scn_reader *reader)
{
    cog_text_finish(&reader->line);
    cog_answer_finish(&reader->answer);
}
