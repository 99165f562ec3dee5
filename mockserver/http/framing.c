#include "http/framing.h"

#include <cogbase/text.h>

#include <string.h>

/* What was seen so far. */
struct framing {
    const char *length;
    const char *coding;
    const char *host;
};

static bool is_named(const struct mock_header *header, const char *name)
{
    return (header->name[0] | ' ') == (name[0] | ' ') &&
           cog_string_equals_ignoring_case(header->name, name);
}

static const char *take(struct framing *framing, const struct mock_header *header)
{
    if (is_named(header, "Content-Length")) {
        const bool differs = framing->length != NULL && strcmp(framing->length, header->value) != 0;
        framing->length = header->value;
        return differs ? "two headers 'Content-Length' differ" : NULL;
    }
    if (is_named(header, "Transfer-Encoding")) {
        const bool is_other =
            framing->coding != NULL || !cog_string_equals_ignoring_case(header->value, "chunked");
        framing->coding = header->value;
        return is_other ? "the only 'Transfer-Encoding' known here is 'chunked', once" : NULL;
    }
    if (is_named(header, "Host")) {
        const bool is_second = framing->host != NULL;
        framing->host = header->value;
        return is_second ? "there are two headers 'Host'" : NULL;
    }
    return NULL;
}

const char *mock_framing_problem(const struct mock_header *headers, size_t count)
{
    struct framing framing = {0};
    for (size_t i = 0; i < count; i++) {
        const char *problem = strpbrk(headers[i].value, "\r\n") != NULL
                                  ? "a header has the end of a line in its value"
                                  : take(&framing, &headers[i]);
        if (problem != NULL) {
            return problem;
        }
    }
    return framing.length != NULL && framing.coding != NULL
               ? "'Content-Length' and 'Transfer-Encoding' do not go together"
               : NULL;
}
