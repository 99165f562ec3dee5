#include "program/merge_arguments.h"

#include "program/word_taker.h"

enum flag_id {
    FLAG_HELP,
    FLAG_JSON,
    FLAG_HTML,
    FLAG_JUNIT,
    FLAG_MUTANTS,
    FLAG_PARTIAL,
    FLAG_QUIET,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},      {"json", true, FLAG_JSON},
    {"html", true, FLAG_HTML},       {"junit", true, FLAG_JUNIT},
    {"mutants", true, FLAG_MUTANTS}, {"partial", false, FLAG_PARTIAL},
    {"quiet", false, FLAG_QUIET},    {NULL, false, 0},
};

static enum cog_code take_flag(void *context, const struct cog_word *word, struct cog_error *error)
{
    struct scn_merge_arguments *arguments = context;
    (void)error;
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->is_help = true;
        break;
    case FLAG_JSON:
        arguments->json_path = word->value;
        break;
    case FLAG_HTML:
        arguments->html_path = word->value;
        break;
    case FLAG_JUNIT:
        arguments->junit_path = word->value;
        break;
    case FLAG_MUTANTS:
        arguments->mutants_path = word->value;
        break;
    case FLAG_PARTIAL:
        arguments->is_partial = true;
        break;
    case FLAG_QUIET:
        arguments->is_quiet = true;
        break;
    }
    return COG_OK;
}

enum cog_code scn_merge_arguments_parse(int count, char **arguments, const char **paths,
                                        struct scn_merge_arguments *out_arguments,
                                        struct cog_error *error)
{
    struct scn_merge_arguments parsed = {.paths = paths};
    const struct scn_word_taker taker = {
        .take = take_flag,
        .arguments = &parsed,
        .operands = paths,
        .operand_count = &parsed.path_count,
    };
    enum cog_code code = scn_word_taker_read(&taker, count, arguments, flags, error);
    if (code != COG_OK) {
        return code;
    }
    if (parsed.path_count == 0 && !parsed.is_help) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "merge: expected files that 'cogdrill run --json' or 'cogdrill"
                             " explore --json' wrote");
    }
    *out_arguments = parsed;
    return COG_OK;
}
