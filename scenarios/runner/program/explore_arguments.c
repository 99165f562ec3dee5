#include "program/explore_arguments.h"

#include "program/flag_value.h"
#include "program/word_taker.h"

#include "explore/exploration.h"
#include "explore/operators/interleavings.h"

#include <string.h>

enum flag_id {
    FLAG_HELP,
    FLAG_CASE,
    FLAG_DEPTH,
    FLAG_ONLY,
    FLAG_KINDS,
    FLAG_NO_PRUNE,
    FLAG_OPERATORS,
    FLAG_SWITCHES,
    FLAG_UNTIL_FOUND,
    FLAG_SHARD,
    FLAG_JOBS,
    FLAG_TRANSPORT,
    FLAG_SEED,
    FLAG_REPEAT,
    FLAG_SAVE,
    FLAG_RESUME_FROM,
    FLAG_JSON,
    FLAG_HTML,
    FLAG_MUTANTS,
    FLAG_QUIET,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},
    {"case", true, FLAG_CASE},
    {"depth", true, FLAG_DEPTH},
    {"only", true, FLAG_ONLY},
    {"kinds", true, FLAG_KINDS},
    {"no-prune", false, FLAG_NO_PRUNE},
    {"operators", false, FLAG_OPERATORS},
    {"switches", true, FLAG_SWITCHES},
    {"until-found", false, FLAG_UNTIL_FOUND},
    {"shard", true, FLAG_SHARD},
    {"jobs", true, FLAG_JOBS},
    {"j", true, FLAG_JOBS},
    {"transport", true, FLAG_TRANSPORT},
    {"seed", true, FLAG_SEED},
    {"repeat", true, FLAG_REPEAT},
    {"save", true, FLAG_SAVE},
    {"resume-from", true, FLAG_RESUME_FROM},
    {"json", true, FLAG_JSON},
    {"html", true, FLAG_HTML},
    {"mutants", true, FLAG_MUTANTS},
    {"quiet", false, FLAG_QUIET},
    {"client", true, SCN_CLIENT_COMMAND},
    {"exit-map", true, SCN_CLIENT_EXIT_MAP},
    {"time-scale", true, SCN_CLIENT_TIME_SCALE},
    {"client-timeout", true, SCN_CLIENT_TIMEOUT},
    {"client-options", true, SCN_CLIENT_OPTIONS},
    {NULL, false, 0},
};

static enum cog_code append_pattern(const char *name, const char *value, const char **patterns,
                                    size_t *inout_count, struct cog_error *error)
{
    if (value[0] == '\0') {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: expected a pattern", name);
    }
    if (*inout_count == SCN_CATALOGUE_WORDS_MAX) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: at most %d times", name,
                             SCN_CATALOGUE_WORDS_MAX);
    }
    patterns[(*inout_count)++] = value;
    return COG_OK;
}

static enum cog_code take_small(const char *name, const char *value, int maximum, int *out_number,
                                struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = scn_flag_integer(name, value, 1, maximum, &number, error);
    if (code == COG_OK) {
        *out_number = (int)number;
    }
    return code;
}

/* One that the kind of search knows, and others do not. */
static enum cog_code take_flag(void *context, const struct cog_word *word, struct cog_error *error)
{
    struct scn_explore_arguments *arguments = context;
    struct scn_catalogue_filter *filter = &arguments->filter;
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->is_help = true;
        return COG_OK;
    case FLAG_CASE:
        arguments->case_name = word->value;
        return COG_OK;
    case FLAG_DEPTH:
        return take_small("depth", word->value, SCN_DEPTH_MAX, &arguments->depth, error);
    case FLAG_ONLY:
        return append_pattern("only", word->value, filter->sites, &filter->site_count, error);
    case FLAG_KINDS:
        return append_pattern("kinds", word->value, filter->kinds, &filter->kind_count, error);
    case FLAG_NO_PRUNE:
        arguments->prunes = false;
        return COG_OK;
    case FLAG_OPERATORS:
        arguments->has_operators = true;
        return COG_OK;
    case FLAG_SWITCHES:
        return take_small("switches", word->value, SCN_SWITCHES_MAX, &arguments->switches_max,
                          error);
    case FLAG_UNTIL_FOUND:
        arguments->ends_with_first = true;
        return COG_OK;
    case FLAG_SHARD:
        return scn_flag_shard(word->value, &arguments->shard, error);
    case FLAG_JOBS:
        return scn_flag_workers(word->value, &arguments->worker_count, error);
    case FLAG_TRANSPORT:
        arguments->names_transport = true;
        return scn_flag_transport(word->value, &arguments->transport, error);
    case FLAG_SEED:
        return scn_flag_seed(word->value, &arguments->seed, error);
    case FLAG_REPEAT:
        return scn_flag_repeat(word->value, &arguments->repeat_count, error);
    case FLAG_SAVE:
        arguments->state_path = word->value;
        return COG_OK;
    case FLAG_RESUME_FROM:
        arguments->resume_path = word->value;
        return COG_OK;
    case FLAG_JSON:
        arguments->json_path = word->value;
        return COG_OK;
    case FLAG_HTML:
        arguments->html_path = word->value;
        return COG_OK;
    case FLAG_MUTANTS:
        arguments->mutants_path = word->value;
        return COG_OK;
    case FLAG_QUIET:
        arguments->is_quiet = true;
        return COG_OK;
    }
    return COG_OK;
}

/* Processes in real time: no two runs of theirs are alike, and so no two plans. */
static enum cog_code check_foreign(const struct scn_explore_arguments *arguments,
                                   struct cog_error *error)
{
    const char *lasting = arguments->shard.count > 0        ? "shard"
                          : arguments->state_path != NULL   ? "save"
                          : arguments->resume_path != NULL  ? "resume-from"
                          : arguments->mutants_path != NULL ? "mutants"
                                                            : NULL;
    if (arguments->has_operators) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--operators is not for --client: processes cannot take turns");
    }
    if (arguments->depth > 1) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--depth: with --client only 1: pairs would take days of real time");
    }
    if (arguments->repeat_count > 1) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--repeat: with --client only 1: in real time no two runs are alike");
    }
    if (arguments->names_transport && arguments->transport != SCN_TRANSPORT_WIRE) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--transport: a process can only be reached by 'wire', not by '%s'",
                             scn_transport_name(arguments->transport));
    }
    if (lasting != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--%s is not for --client: %s; --only and --kinds take a part",
                             lasting,
                             arguments->mutants_path != NULL && strcmp(lasting, "mutants") == 0
                                 ? "mutants are of cogpromote"
                                 : "in real time no two plans are alike");
    }
    return COG_OK;
}

/* What is about faults, or about schedules, says nothing about the other. */
static enum cog_code check_operators(const struct scn_explore_arguments *arguments,
                                     struct cog_error *error)
{
    const bool is_about_faults = arguments->depth > 1 || arguments->filter.site_count > 0 ||
                                 arguments->filter.kind_count > 0 || arguments->shard.count > 0 ||
                                 arguments->state_path != NULL || arguments->resume_path != NULL;
    if (arguments->switches_max != SCN_SWITCHES_DEFAULT && !arguments->has_operators) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--switches belongs to --operators");
    }
    if (arguments->has_operators && is_about_faults) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--operators: leave --depth, --only, --kinds, --shard, --save and"
                             " --resume-from out, which are about faults");
    }
    if (arguments->has_operators && arguments->transport != SCN_TRANSPORT_MEMORY) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--operators: two operators cannot share a wire");
    }
    return COG_OK;
}

static enum cog_code check(const struct scn_explore_arguments *arguments, struct cog_error *error)
{
    enum cog_code code = scn_client_flags_check(&arguments->client, error);
    if (code == COG_OK && arguments->client.command != NULL) {
        code = check_foreign(arguments, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (arguments->state_path != NULL && arguments->resume_path != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--resume-from goes on in its file: leave --save out");
    }
    return check_operators(arguments, error);
}

/* What nobody has said. */
static void choose_rest(struct scn_explore_arguments *arguments)
{
    const bool is_foreign = arguments->client.command != NULL;
    if (arguments->repeat_count == 0) {
        arguments->repeat_count = is_foreign ? 1 : 2;
    }
    if (is_foreign) {
        arguments->transport = SCN_TRANSPORT_WIRE;
        arguments->filter.scope =
            arguments->filter.kind_count > 0 ? SCN_SCOPE_OUTSIDE : SCN_SCOPE_TYPICAL;
    }
}

enum cog_code scn_explore_arguments_parse(int count, char **arguments, const char **paths,
                                          struct scn_explore_arguments *out_arguments,
                                          struct cog_error *error)
{
    struct scn_explore_arguments parsed = {
        .paths = paths,
        .depth = 1,
        .seed = 1,
        .transport = SCN_TRANSPORT_MEMORY,
        .prunes = true,
        .switches_max = SCN_SWITCHES_DEFAULT,
    };
    const struct scn_word_taker taker = {
        .take = take_flag,
        .arguments = &parsed,
        .client = &parsed.client,
        .operands = paths,
        .operand_count = &parsed.path_count,
    };
    enum cog_code code = scn_word_taker_read(&taker, count, arguments, flags, error);
    if (code == COG_OK) {
        code = check(&parsed, error);
    }
    if (code != COG_OK) {
        return code;
    }
    choose_rest(&parsed);
    *out_arguments = parsed;
    return COG_OK;
}
