#include "program/rehearse_arguments.h"

#include "program/word_taker.h"

#include <inttypes.h>
#include <string.h>

enum { DEFAULT_SEED_COUNT = 100 };

enum flag_id {
    FLAG_HELP,
    FLAG_GUIDED,
    FLAG_TABLETOP,
    FLAG_QUIET,
    FLAG_HISTORY,
    FLAG_SEEDS,
    FLAG_FAIL_IF,
    FLAG_JOBS,
    FLAG_TRANSPORT,
    FLAG_RECORD,
    FLAG_JSON,
    FLAG_HTML,
    FLAG_SEED,
    FLAG_INTO,
    FLAG_OPERATOR,
    FLAG_PLAIN,
    FLAG_NO_SPLIT,
    FLAG_API_BASE,
    FLAG_AGAINST,
    FLAG_MOCK,
    FLAG_INSIDE,
    FLAG_SURPRISE,
    FLAG_ACTION,
    FLAG_ANSWERS,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},
    {"guided", false, FLAG_GUIDED},
    {"tabletop", false, FLAG_TABLETOP},
    {"quiet", false, FLAG_QUIET},
    {"history", true, FLAG_HISTORY},
    {"seeds", true, FLAG_SEEDS},
    {"fail-if", true, FLAG_FAIL_IF},
    {"jobs", true, FLAG_JOBS},
    {"j", true, FLAG_JOBS},
    {"transport", true, FLAG_TRANSPORT},
    {"record", false, FLAG_RECORD},
    {"json", true, FLAG_JSON},
    {"html", true, FLAG_HTML},
    {"client", true, SCN_CLIENT_COMMAND},
    {"exit-map", true, SCN_CLIENT_EXIT_MAP},
    {"time-scale", true, SCN_CLIENT_TIME_SCALE},
    {"client-timeout", true, SCN_CLIENT_TIMEOUT},
    {"client-options", true, SCN_CLIENT_OPTIONS},
    {"seed", true, FLAG_SEED},
    {"into", true, FLAG_INTO},
    {"operator", true, FLAG_OPERATOR},
    {"plain", false, FLAG_PLAIN},
    {"no-split", false, FLAG_NO_SPLIT},
    {"api-base", true, FLAG_API_BASE},
    {"against-real-tenant", true, FLAG_AGAINST},
    {"mock", true, FLAG_MOCK},
    {"inside", true, FLAG_INSIDE},
    {"surprise", true, FLAG_SURPRISE},
    {"action", true, FLAG_ACTION},
    {"answers", false, FLAG_ANSWERS},
    {NULL, false, 0},
};

enum { FLAG_COUNT = sizeof flags / sizeof flags[0] - 1 };

/* In which modes they say something, as a set. */
enum {
    IN_AUTOMATIC = 1 << SCN_REHEARSE_AUTOMATIC,
    IN_GUIDED = 1 << SCN_REHEARSE_GUIDED,
    IN_TABLETOP = 1 << SCN_REHEARSE_TABLETOP,
};

/* A reading under way. */
struct reading {
    struct scn_rehearse_arguments arguments;
    bool has_come[FLAG_COUNT]; /* By the place in the list. */
    bool names_transport;
    bool is_guided;
    bool is_tabletop;
};

static int find_modes(int id)
{
    switch (id) {
    case FLAG_HELP:
    case FLAG_GUIDED:
    case FLAG_TABLETOP:
        return IN_AUTOMATIC | IN_GUIDED | IN_TABLETOP;
    case FLAG_QUIET:
        return IN_AUTOMATIC | IN_TABLETOP;
    case FLAG_HISTORY:
    case SCN_CLIENT_COMMAND:
    case SCN_CLIENT_TIME_SCALE:
        return IN_AUTOMATIC | IN_GUIDED;
    case FLAG_ANSWERS:
        return IN_TABLETOP;
    default:
        return scn_client_flags_have(id) || id < FLAG_SEED ? IN_AUTOMATIC : IN_GUIDED;
    }
}

static size_t find_place(int id)
{
    size_t place = 0;
    while (flags[place].id != id) {
        place++;
    }
    return place;
}

/* Where a flag's text goes; NULL for one whose value is more than a text. */
static const char **find_text(int id, struct scn_rehearse_arguments *arguments)
{
    switch (id) {
    case FLAG_HISTORY:
        return &arguments->history_path;
    case FLAG_JSON:
        return &arguments->json_path;
    case FLAG_HTML:
        return &arguments->html_path;
    case FLAG_INTO:
        return &arguments->into;
    case FLAG_OPERATOR:
        return &arguments->operator_name;
    case FLAG_API_BASE:
        return &arguments->api_base;
    case FLAG_AGAINST:
        return &arguments->against_host;
    case FLAG_MOCK:
        return &arguments->mock_program;
    case FLAG_INSIDE:
        return &arguments->inside;
    default:
        return NULL;
    }
}

/* What a flag without a value makes true; NULL for one with a value. */
static bool *find_switch(int id, struct reading *reading)
{
    struct scn_rehearse_arguments *arguments = &reading->arguments;
    switch (id) {
    case FLAG_HELP:
        return &arguments->is_help;
    case FLAG_GUIDED:
        return &reading->is_guided;
    case FLAG_TABLETOP:
        return &reading->is_tabletop;
    case FLAG_QUIET:
        return &arguments->is_quiet;
    case FLAG_RECORD:
        return &arguments->records;
    case FLAG_PLAIN:
        return &arguments->is_plain;
    case FLAG_NO_SPLIT:
        return &arguments->is_unsplit;
    case FLAG_ANSWERS:
        return &arguments->has_answers;
    default:
        return NULL;
    }
}

static enum cog_code check_text(const struct cog_word *word, struct cog_error *error)
{
    return word->value[0] != '\0'
               ? COG_OK
               : cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: expected a text that is not empty",
                               flags[find_place(word->id)].name);
}

static enum cog_code append_text(const struct cog_word *word, const char **texts,
                                 size_t *inout_count, struct cog_error *error)
{
    if (*inout_count == SCN_REHEARSE_TEXTS_MAX) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: at most %d times",
                             flags[find_place(word->id)].name, SCN_REHEARSE_TEXTS_MAX);
    }
    enum cog_code code = check_text(word, error);
    if (code == COG_OK) {
        texts[(*inout_count)++] = word->value;
    }
    return code;
}

static enum cog_code append_condition(const char *value, struct scn_rehearse_arguments *arguments,
                                      struct cog_error *error)
{
    struct cog_error cause = {0};
    if (arguments->condition_count == SCN_CONDITIONS_MAX) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--fail-if: at most %d times",
                             SCN_CONDITIONS_MAX);
    }
    enum cog_code code =
        scn_condition_parse(value, &arguments->conditions[arguments->condition_count], &cause);
    if (code != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--fail-if '%s': %s", value, cause.message);
    }
    arguments->condition_count++;
    return COG_OK;
}

/* A report that rounds its seed names another run than the one that it is of. */
static enum cog_code check_seed(const struct cog_word *word, uint64_t last, struct cog_error *error)
{
    return last <= SCN_REHEARSE_SEED_MAX
               ? COG_OK
               : cog_error_set(error, COG_ERROR_ARGUMENT,
                               "--%s '%s': expected no seed above %" PRIu64
                               ", the last one that a report tells to the digit",
                               flags[find_place(word->id)].name, word->value,
                               SCN_REHEARSE_SEED_MAX);
}

static enum cog_code take_seeds(const struct cog_word *word,
                                struct scn_rehearse_arguments *arguments, struct cog_error *error)
{
    const int64_t count_max = SCN_REHEARSE_SEEDS_MAX;
    enum cog_code code = scn_flag_seeds(word->value, count_max, &arguments->seeds, error);
    const uint64_t last = arguments->seeds.first + arguments->seeds.count - 1;
    return code == COG_OK ? check_seed(word, last, error) : code;
}

static enum cog_code take_seed(const struct cog_word *word,
                               struct scn_rehearse_arguments *arguments, struct cog_error *error)
{
    arguments->has_seed = true;
    enum cog_code code = scn_flag_seed(word->value, &arguments->seed, error);
    return code == COG_OK ? check_seed(word, arguments->seed, error) : code;
}

static enum cog_code take_value(const struct cog_word *word, struct reading *reading,
                                struct cog_error *error)
{
    struct scn_rehearse_arguments *arguments = &reading->arguments;
    switch (word->id) {
    case FLAG_SEEDS:
        return take_seeds(word, arguments, error);
    case FLAG_FAIL_IF:
        return append_condition(word->value, arguments, error);
    case FLAG_JOBS:
        return scn_flag_workers(word->value, &arguments->worker_count, error);
    case FLAG_TRANSPORT:
        reading->names_transport = true;
        return scn_flag_transport(word->value, &arguments->transport, error);
    case FLAG_SEED:
        return take_seed(word, arguments, error);
    case FLAG_SURPRISE:
        return append_text(word, arguments->surprises, &arguments->surprise_count, error);
    case FLAG_ACTION:
        return append_text(word, arguments->actions, &arguments->action_count, error);
    default:
        return scn_client_flags_take(word, &arguments->client, error);
    }
}

static enum cog_code take_flag(void *context, const struct cog_word *word, struct cog_error *error)
{
    struct reading *reading = context;
    bool *is_said = find_switch(word->id, reading);
    const char **text = find_text(word->id, &reading->arguments);
    reading->has_come[find_place(word->id)] = true;
    if (is_said != NULL) {
        *is_said = true;
        return COG_OK;
    }
    if (text == NULL) {
        return take_value(word, reading, error);
    }
    enum cog_code code = check_text(word, error);
    if (code == COG_OK) {
        *text = word->value;
    }
    return code;
}

/* Flags of another mode than the one that is wanted. */
static enum cog_code check_mode(const struct reading *reading, struct cog_error *error)
{
    static const char *const names[] = {
        [SCN_REHEARSE_AUTOMATIC] = "rehearsals without people",
        [SCN_REHEARSE_GUIDED] = "--guided",
        [SCN_REHEARSE_TABLETOP] = "--tabletop",
    };
    const enum scn_rehearse_mode mode = reading->arguments.mode;
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        const int modes = find_modes(flags[i].id);
        if (!reading->has_come[i] || (modes & 1 << (int)mode) != 0) {
            continue;
        }
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s belongs to %s, not to %s",
                             flags[i].name,
                             (modes & IN_AUTOMATIC) != 0 ? names[SCN_REHEARSE_AUTOMATIC]
                             : (modes & IN_GUIDED) != 0  ? names[SCN_REHEARSE_GUIDED]
                                                         : names[SCN_REHEARSE_TABLETOP],
                             names[mode]);
    }
    return COG_OK;
}

/* A rehearsal with people is of one drill, and says all about itself. */
static enum cog_code check_people(const struct scn_rehearse_arguments *arguments,
                                  struct cog_error *error)
{
    if (arguments->path_count > 1) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "rehearse: people rehearse one drill at a time, not '%s' besides '%s'",
                             arguments->paths[1], arguments->paths[0]);
    }
    if (arguments->against_host != NULL && arguments->api_base == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--against-real-tenant needs --api-base, which says where it is");
    }
    return COG_OK;
}

static enum cog_code check_automatic(const struct reading *reading, struct cog_error *error)
{
    const struct scn_rehearse_arguments *arguments = &reading->arguments;
    const bool is_foreign = arguments->client.command != NULL;
    if (arguments->transport == SCN_TRANSPORT_BOTH) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--transport: a rehearsal is by 'memory' or by 'wire', not by 'both'");
    }
    if (is_foreign && reading->names_transport && arguments->transport != SCN_TRANSPORT_WIRE) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--transport: a process can only be reached by 'wire', not by '%s'",
                             scn_transport_name(arguments->transport));
    }
    return scn_client_flags_check(&arguments->client, error);
}

static enum cog_code check(const struct reading *reading, struct cog_error *error)
{
    if (reading->is_guided && reading->is_tabletop) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--guided is for doing, --tabletop for talking: not both");
    }
    enum cog_code code = check_mode(reading, error);
    if (code != COG_OK) {
        return code;
    }
    return reading->arguments.mode == SCN_REHEARSE_AUTOMATIC
               ? check_automatic(reading, error)
               : check_people(&reading->arguments, error);
}

/* What nobody has said. */
static void choose_rest(struct scn_rehearse_arguments *arguments)
{
    const bool is_foreign = arguments->client.command != NULL;
    if (arguments->mode == SCN_REHEARSE_GUIDED) {
        /* Of the drill's clock, which is the fake's for any client. */
        arguments->time_scale = arguments->client.time_scale;
        arguments->client.time_scale = 0;
        return;
    }
    if (arguments->seeds.count == 0) {
        arguments->seeds = (struct scn_seeds){1, is_foreign ? 1 : DEFAULT_SEED_COUNT};
    }
    if (is_foreign) {
        arguments->transport = SCN_TRANSPORT_WIRE;
    }
}

enum cog_code scn_rehearse_arguments_parse(int count, char **arguments, const char **paths,
                                           struct scn_rehearse_arguments *out_arguments,
                                           struct cog_error *error)
{
    struct reading reading = {
        .arguments = {.paths = paths, .seed = 1, .transport = SCN_TRANSPORT_MEMORY},
    };
    const struct scn_word_taker taker = {
        .take = take_flag,
        .arguments = &reading,
        .operands = paths,
        .operand_count = &reading.arguments.path_count,
    };
    enum cog_code code = scn_word_taker_read(&taker, count, arguments, flags, error);
    if (code != COG_OK) {
        return code;
    }
    reading.arguments.mode = reading.is_guided     ? SCN_REHEARSE_GUIDED
                             : reading.is_tabletop ? SCN_REHEARSE_TABLETOP
                                                   : SCN_REHEARSE_AUTOMATIC;
    code = reading.arguments.is_help ? COG_OK : check(&reading, error);
    if (code == COG_OK) {
        choose_rest(&reading.arguments);
        *out_arguments = reading.arguments;
    }
    return code;
}
