#include "program/replay_arguments.h"

#include "program/flag_value.h"
#include "program/word_taker.h"

enum flag_id {
    FLAG_HELP,
    FLAG_CASE,
    FLAG_SEED,
    FLAG_TRANSPORT,
    FLAG_TRACE,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},
    {"case", true, FLAG_CASE},
    {"seed", true, FLAG_SEED},
    {"transport", true, FLAG_TRANSPORT},
    {"trace", false, FLAG_TRACE},
    {"client", true, SCN_CLIENT_COMMAND},
    {"exit-map", true, SCN_CLIENT_EXIT_MAP},
    {"time-scale", true, SCN_CLIENT_TIME_SCALE},
    {"client-timeout", true, SCN_CLIENT_TIMEOUT},
    {"client-options", true, SCN_CLIENT_OPTIONS},
    {NULL, false, 0},
};

static enum cog_code take_flag(void *context, const struct cog_word *word, struct cog_error *error)
{
    struct scn_replay_arguments *arguments = context;
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->is_help = true;
        return COG_OK;
    case FLAG_CASE:
        arguments->case_name = word->value;
        return COG_OK;
    case FLAG_SEED:
        return scn_flag_seed(word->value, &arguments->seed, error);
    case FLAG_TRANSPORT:
        return scn_flag_transport(word->value, &arguments->transport, error);
    case FLAG_TRACE:
        arguments->wants_trace = true;
        return COG_OK;
    }
    return COG_OK;
}

enum cog_code scn_replay_arguments_parse(int count, char **arguments, const char **paths,
                                         struct scn_replay_arguments *out_arguments,
                                         struct cog_error *error)
{
    struct scn_replay_arguments parsed = {
        .paths = paths, .seed = 1, .transport = SCN_TRANSPORT_MEMORY};
    const struct scn_word_taker taker = {
        .take = take_flag,
        .arguments = &parsed,
        .client = &parsed.client,
        .operands = paths,
        .operand_count = &parsed.path_count,
    };
    enum cog_code code = scn_word_taker_read(&taker, count, arguments, flags, error);
    if (code == COG_OK && parsed.path_count == 0 && !parsed.is_help) {
        code = cog_error_set(error, COG_ERROR_ARGUMENT,
                             "replay: expected scenario files, as 'cogdrill shrink' writes them");
    }
    if (code == COG_OK) {
        code = scn_client_flags_check(&parsed.client, error);
    }
    if (code == COG_OK) {
        *out_arguments = parsed;
    }
    return code;
}
