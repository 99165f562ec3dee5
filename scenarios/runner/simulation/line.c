#include "simulation/line.h"

#include <stddef.h>

const char *scn_transport_name(enum scn_transport transport)
{
    static const char *const names[] = {
        [SCN_TRANSPORT_WIRE] = "wire",
        [SCN_TRANSPORT_MEMORY] = "memory",
        [SCN_TRANSPORT_BOTH] = "both",
    };
    return names[transport];
}

enum cog_code scn_line_create(enum scn_transport transport, const struct scn_line_options *options,
                              struct scn_line *out_line, struct cog_error *error)
{
    if (transport == SCN_TRANSPORT_WIRE && options->seat.baton != NULL) {
        /* While bytes are under way, libcurl waits for them in the thread that drives the fake. */
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "two operators cannot share a wire: run it with '--transport memory'");
    }
    return transport == SCN_TRANSPORT_WIRE ? scn_line_wire_create(options, out_line, error)
                                           : scn_line_memory_create(options, out_line, error);
}

void scn_line_follow(struct scn_line line)
{
    if (line.ops != NULL) {
        line.ops->follow(line.context);
    }
}

const char *scn_line_problem(struct scn_line line)
{
    return line.ops != NULL ? line.ops->problem(line.context) : NULL;
}

void scn_line_destroy(struct scn_line line)
{
    if (line.ops != NULL) {
        line.ops->destroy(line.context);
    }
}
