/* No sockets: the client calls the fake's core. */
#include "simulation/line.h"
#include "simulation/transport_memory.h"

#include <stdlib.h>

/* A port as systems give them, so that texts are as long as with a real one. */
static const char HOST[] = "127.0.0.1:49152";

/* The client's side of it, and the fake's port, unless that is somebody else's too. */
struct call_line {
    struct scn_transport_memory transport;
    struct scn_door own_door;
};

static enum cog_code connect_process(void *context, const struct scn_line_user *user,
                                     struct cog_transport *out_transport, struct cog_error *error)
{
    (void)error;
    struct call_line *line = context;
    struct scn_transport_memory *memory = &line->transport;
    memory->connect_timeout_ms = user->config->connect_timeout_ms;
    memory->idle_timeout_ms = user->config->idle_timeout_ms;
    memory->shift = user->shift;
    *out_transport = scn_transport_memory(memory);
    return COG_OK;
}

static void disconnect(void *context)
{
    struct call_line *line = context;
    line->transport.idle = (struct scn_connection){0};
}

static void follow(void *context)
{
    const struct call_line *line = context;
    scn_door_follow(line->transport.door);
}

static const char *problem(const void *context)
{
    const struct call_line *line = context;
    return line->transport.is_stalled ? "the exchange stalled" : NULL;
}

enum cog_code scn_line_memory_create(const struct scn_line_options *options,
                                     struct scn_line *out_line, struct cog_error *error)
{
    static const struct scn_line_ops ops = {
        .connect = connect_process,
        .disconnect = disconnect,
        .follow = follow,
        .problem = problem,
        .destroy = free,
    };
    struct call_line *line = calloc(1, sizeof *line);
    if (line == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    line->own_door.server = options->server;
    line->transport = (struct scn_transport_memory){
        .clock = options->clock,
        .signals = options->signals,
        .host = HOST,
        .door = options->door != NULL ? options->door : &line->own_door,
        .share = options->share,
        .seat = options->seat,
    };
    follow(line);
    *out_line = (struct scn_line){.ops = &ops, .context = line, .host = HOST};
    return COG_OK;
}
