#include "program/client.h"

#include "program/verbs.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

/* POSIX has it without a header. */
extern char **environ;

int scn_program_client(const struct scn_arguments *arguments, struct scn_client *out_client)
{
    static char directory[PATH_MAX]; /* Lives as long as the program. */
    struct cog_error error = {0};
    enum cog_code code = COG_OK;
    *out_client = (struct scn_client){
        .command = arguments->client,
        .exit_map_path = arguments->exit_map,
        .environment = environ,
        .directory = getcwd(directory, sizeof directory) != NULL ? directory : "/",
        .scale = arguments->time_scale,
        .limit_ms = arguments->client_limit_ms,
        .knows_options = arguments->knows_options,
    };
    scn_exit_map_init(&out_client->exit_map);
    if (arguments->exit_map != NULL) {
        code = scn_exit_map_read(arguments->exit_map, &out_client->exit_map, &error);
    }
    return code == COG_OK ? 0 : scn_program_fail(code, &error);
}
