#include "program/shrink_arguments.h"

#include "program/flag_value.h"
#include "program/word_taker.h"

enum flag_id {
    FLAG_HELP,
    FLAG_CASE,
    FLAG_ONLY,
    FLAG_OUTPUT,
    FLAG_INTO,
    FLAG_SEED,
    FLAG_TRANSPORT,
    FLAG_QUIET,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},
    {"case", true, FLAG_CASE},
    {"only", true, FLAG_ONLY},
    {"output", true, FLAG_OUTPUT},
    {"into", true, FLAG_INTO},
    {"seed", true, FLAG_SEED},
    {"quiet", false, FLAG_QUIET},
    {"transport", true, FLAG_TRANSPORT},
    {"client", true, SCN_CLIENT_COMMAND},
    {"exit-map", true, SCN_CLIENT_EXIT_MAP},
    {"time-scale", true, SCN_CLIENT_TIME_SCALE},
    {"client-timeout", true, SCN_CLIENT_TIMEOUT},
    {"client-options", true, SCN_CLIENT_OPTIONS},
    {NULL, false, 0},
};

static enum cog_code take_operand(const char *path, struct scn_shrink_arguments *arguments,
                                  struct cog_error *error)
{
    if (arguments->path != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "shrink: expected one file, not '%s' besides '%s'", path,
                             arguments->path);
    }
    arguments->path = path;
    return COG_OK;
}

static enum cog_code take_word(void *context, const struct cog_word *word, struct cog_error *error)
{
    struct scn_shrink_arguments *arguments = context;
    if (word->id == COG_WORD_OPERAND) {
        return take_operand(word->value, arguments, error);
    }
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->is_help = true;
        return COG_OK;
    case FLAG_CASE:
        arguments->case_name = word->value;
        return COG_OK;
    case FLAG_ONLY:
        arguments->only = word->value;
        return COG_OK;
    case FLAG_OUTPUT:
        arguments->output_path = word->value;
        return COG_OK;
    case FLAG_INTO:
        arguments->folder = word->value;
        return COG_OK;
    case FLAG_SEED:
        return scn_flag_seed(word->value, &arguments->seed, error);
    case FLAG_TRANSPORT:
        return scn_flag_transport(word->value, &arguments->transport, error);
    case FLAG_QUIET:
        arguments->is_quiet = true;
        return COG_OK;
    }
    return COG_OK;
}

static enum cog_code check(const struct scn_shrink_arguments *arguments, struct cog_error *error)
{
    if (arguments->path == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "shrink: expected a scenario file, or what 'cogdrill explore --json'"
                             " wrote");
    }
    if (arguments->folder != NULL &&
        (arguments->output_path != NULL || arguments->case_name != NULL)) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "shrink: --into is for a report's failures, --output and --case for"
                             " one scenario");
    }
    if (arguments->folder == NULL && arguments->only != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "shrink: --only needs --into FOLDER");
    }
    return scn_client_flags_check(&arguments->client, error);
}

enum cog_code scn_shrink_arguments_parse(int count, char **arguments,
                                         struct scn_shrink_arguments *out_arguments,
                                         struct cog_error *error)
{
    struct scn_shrink_arguments parsed = {.seed = 1, .transport = SCN_TRANSPORT_MEMORY};
    const struct scn_word_taker taker = {
        .take = take_word,
        .arguments = &parsed,
        .client = &parsed.client,
    };
    enum cog_code code = scn_word_taker_read(&taker, count, arguments, flags, error);
    if (code == COG_OK && !parsed.is_help) {
        code = check(&parsed, error);
    }
    if (code == COG_OK) {
        *out_arguments = parsed;
    }
    return code;
}
