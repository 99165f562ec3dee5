#include "program/bases.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PATH_SIZE = 4096 };

/* What is explored where the command line names nothing. */
struct defaults {
    const char *checkout_folder;
    const char *installed_folder;
    const char *names[4]; /* Ends with NULL. */
};

static const struct defaults own = {
    "scenarios/bases",
    SCN_BASES_FOLDER,
    {"promotion.jsonc", "rollback.jsonc", "resumed.jsonc", NULL},
};
static const struct defaults foreign = {
    "scenarios/clients/bases",
    SCN_CLIENTS_BASES_FOLDER,
    {"promotion.jsonc", "rollback.jsonc", NULL},
};

enum { DEFAULT_COUNT_MAX = sizeof own.names / sizeof own.names[0] };

static enum cog_code read_one(const struct scn_bases_options *options, const char *path,
                              struct scn_bases *bases, struct cog_error *error)
{
    const struct scn_base_source source = {path, options->case_name};
    enum cog_code code = scn_base_read(&source, options->catalogue, &options->experiment,
                                       &bases->items[bases->count], error);
    bases->count += code == COG_OK ? 1 : 0;
    return code;
}

static const char *find_folder(const struct defaults *defaults)
{
    struct stat status;
    return stat(defaults->checkout_folder, &status) == 0 && S_ISDIR(status.st_mode)
               ? defaults->checkout_folder
               : defaults->installed_folder;
}

const char *scn_bases_folder(void)
{
    return find_folder(&own);
}

static enum cog_code read_defaults(const struct scn_bases_options *options, struct scn_bases *bases,
                                   struct cog_error *error)
{
    const struct defaults *defaults = options->experiment.client != NULL ? &foreign : &own;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && defaults->names[i] != NULL; i++) {
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof path, "%s/%s", find_folder(defaults), defaults->names[i]);
        code = read_one(options, path, bases, error);
    }
    return code;
}

enum cog_code scn_bases_read(const struct scn_bases_options *options, struct scn_bases *out_bases,
                             struct cog_error *error)
{
    COG_CLEANUP(scn_bases_finish) struct scn_bases bases = {0};
    const size_t count = options->path_count > 0 ? options->path_count : DEFAULT_COUNT_MAX;
    bases.items = calloc(count, sizeof *bases.items);
    if (bases.items == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = options->path_count == 0 ? read_defaults(options, &bases, error) : COG_OK;
    for (size_t i = 0; code == COG_OK && i < options->path_count; i++) {
        code = read_one(options, options->paths[i], &bases, error);
    }
    if (code == COG_OK) {
        *out_bases = bases;
        bases = (struct scn_bases){0};
    }
    return code;
}

void scn_bases_finish(struct scn_bases *bases)
{
    for (size_t i = 0; i < bases->count; i++) {
        scn_base_finish(&bases->items[i]);
    }
    free(bases->items);
    *bases = (struct scn_bases){0};
}
