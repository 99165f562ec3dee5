#include "program/client.h"

#include "program/verbs.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

/* Faster, and a client is busy with starting for minutes of the fake's time. */
static const double TIME_SCALE_DEFAULT = 60;

/* POSIX has it without a header. */
extern char **environ;

int scn_program_client(const struct scn_client_flags *flags, struct scn_client *out_client)
{
    static char directory[PATH_MAX]; /* Lives as long as the program. */
    struct cog_error error = {0};
    enum cog_code code = COG_OK;
    *out_client = (struct scn_client){
        .command = flags->command,
        .exit_map_path = flags->exit_map,
        .environment = environ,
        .directory = getcwd(directory, sizeof directory) != NULL ? directory : "/",
        .scale = flags->time_scale > 0 ? flags->time_scale : TIME_SCALE_DEFAULT,
        .limit_ms = flags->limit_ms,
        .knows_options = flags->knows_options,
    };
    scn_exit_map_init(&out_client->exit_map);
    if (flags->command != NULL && flags->exit_map != NULL) {
        code = scn_exit_map_read(flags->exit_map, &out_client->exit_map, &error);
    }
    return code == COG_OK ? 0 : scn_program_fail(code, &error);
}

const struct scn_client *scn_program_foreign(const struct scn_client *client)
{
    return client->command != NULL ? client : NULL;
}
