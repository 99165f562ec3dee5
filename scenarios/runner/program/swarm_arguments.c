#include "program/swarm_arguments.h"

#include "program/flag_value.h"

#include <cogbase/command_line.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

enum { SEEDS_TEXT_SIZE = 64 };

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

/* "1..1000", or a single one. */
static enum cog_code take_seeds(const char *value, struct scn_swarm_arguments *arguments,
                                struct cog_error *error)
{
    char text[SEEDS_TEXT_SIZE];
    int64_t first = 0;
    int64_t last = 0;
    bool is_good = cog_string_copy(text, sizeof text, value);
    char *dots = is_good ? strstr(text, "..") : NULL;
    const char *end = dots != NULL ? dots + 2 : text;
    if (dots != NULL) {
        *dots = '\0';
    }
    is_good = is_good &&
              cog_number_parse_integer(text, 0, COG_NUMBER_INTEGER_MAX, &first, NULL) == COG_OK &&
              cog_number_parse_integer(end, first, COG_NUMBER_INTEGER_MAX, &last, NULL) == COG_OK &&
              last - first < SCN_SWARM_SEEDS_MAX;
    if (!is_good) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--seeds '%s': expected A..B, with A up to B, at most %" PRId64
                             " of them",
                             value, SCN_SWARM_SEEDS_MAX);
    }
    arguments->first_seed = (uint64_t)first;
    arguments->seed_count = (uint64_t)(last - first) + 1;
    return COG_OK;
}

static enum cog_code take_flag(const struct cog_word *word, struct scn_swarm_arguments *arguments,
                               struct cog_error *error)
{
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->is_help = true;
        return COG_OK;
    case FLAG_SEEDS:
        return take_seeds(word->value, arguments, error);
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
    if (code == COG_OK && parsed.seed_count == 0 && !parsed.is_help) {
        code = cog_error_set(error, COG_ERROR_ARGUMENT, "swarm: expected --seeds A..B");
    }
    if (code == COG_OK) {
        *out_arguments = parsed;
    }
    return code;
}
