#include "program/swarm_arguments.h"

#include "program/flag_value.h"
#include "program/word_taker.h"

enum flag_id {
    FLAG_HELP,
    FLAG_SEEDS,
    FLAG_JOBS,
    FLAG_TRANSPORT,
    FLAG_JSON,
    FLAG_INTO,
    FLAG_QUIET,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP}, {"seeds", true, FLAG_SEEDS},  {"jobs", true, FLAG_JOBS},
    {"j", true, FLAG_JOBS},     {"json", true, FLAG_JSON},    {"transport", true, FLAG_TRANSPORT},
    {"into", true, FLAG_INTO},  {"quiet", false, FLAG_QUIET}, {NULL, false, 0},
};

static enum cog_code take_flag(void *context, const struct cog_word *word, struct cog_error *error)
{
    struct scn_swarm_arguments *arguments = context;
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->is_help = true;
        return COG_OK;
    case FLAG_SEEDS:
        return scn_flag_seeds(word->value, SCN_SWARM_SEEDS_MAX, &arguments->seeds, error);
    case FLAG_JOBS:
        return scn_flag_workers(word->value, &arguments->worker_count, error);
    case FLAG_TRANSPORT:
        return scn_flag_transport(word->value, &arguments->transport, error);
    case FLAG_JSON:
        arguments->json_path = word->value;
        return COG_OK;
    case FLAG_INTO:
        arguments->folder = word->value;
        return COG_OK;
    case FLAG_QUIET:
        arguments->is_quiet = true;
        return COG_OK;
    }
    return COG_OK;
}

enum cog_code scn_swarm_arguments_parse(int count, char **arguments, const char **paths,
                                        struct scn_swarm_arguments *out_arguments,
                                        struct cog_error *error)
{
    struct scn_swarm_arguments parsed = {.paths = paths, .transport = SCN_TRANSPORT_MEMORY};
    const struct scn_word_taker taker = {
        .take = take_flag,
        .arguments = &parsed,
        .operands = paths,
        .operand_count = &parsed.path_count,
    };
    enum cog_code code = scn_word_taker_read(&taker, count, arguments, flags, error);
    if (code == COG_OK && parsed.seeds.count == 0 && !parsed.is_help) {
        code = cog_error_set(error, COG_ERROR_ARGUMENT, "swarm: expected --seeds A..B");
    }
    if (code == COG_OK) {
        *out_arguments = parsed;
    }
    return code;
}
