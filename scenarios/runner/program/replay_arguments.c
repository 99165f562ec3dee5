#include "program/replay_arguments.h"

#include "program/flag_value.h"

#include <cogbase/command_line.h>

enum flag_id {
    FLAG_HELP,
    FLAG_CASE,
    FLAG_SEED,
    FLAG_TRANSPORT,
    FLAG_TRACE,
    FLAG_CLIENT, /* From here on as in enum scn_client_flag. */
    FLAG_EXIT_MAP,
    FLAG_TIME_SCALE,
    FLAG_CLIENT_TIMEOUT,
    FLAG_CLIENT_OPTIONS,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},
    {"case", true, FLAG_CASE},
    {"seed", true, FLAG_SEED},
    {"transport", true, FLAG_TRANSPORT},
    {"trace", false, FLAG_TRACE},
    {"client", true, FLAG_CLIENT},
    {"exit-map", true, FLAG_EXIT_MAP},
    {"time-scale", true, FLAG_TIME_SCALE},
    {"client-timeout", true, FLAG_CLIENT_TIMEOUT},
    {"client-options", true, FLAG_CLIENT_OPTIONS},
    {NULL, false, 0},
};

static enum cog_code take_flag(const struct cog_word *word, struct scn_replay_arguments *arguments,
                               struct cog_error *error)
{
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
    case FLAG_CLIENT:
    case FLAG_EXIT_MAP:
    case FLAG_TIME_SCALE:
    case FLAG_CLIENT_TIMEOUT:
    case FLAG_CLIENT_OPTIONS:
        return scn_client_flags_take((enum scn_client_flag)(word->id - FLAG_CLIENT), word->value,
                                     &arguments->client, error);
    }
    return COG_OK;
}

enum cog_code scn_replay_arguments_parse(int count, char **arguments, const char **paths,
                                         struct scn_replay_arguments *out_arguments,
                                         struct cog_error *error)
{
    struct scn_replay_arguments parsed = {
        .paths = paths, .seed = 1, .transport = SCN_TRANSPORT_MEMORY};
    struct cog_command_line line = {.count = count, .arguments = arguments, .flags = flags};
    struct cog_word word = {.id = COG_WORD_END};
    enum cog_code code = COG_OK;
    do {
        code = cog_command_line_next(&line, &word, error);
        if (code == COG_OK && word.id == COG_WORD_OPERAND) {
            paths[parsed.path_count++] = word.value;
        } else if (code == COG_OK && word.id != COG_WORD_END) {
            code = take_flag(&word, &parsed, error);
        }
    } while (code == COG_OK && word.id != COG_WORD_END);
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
