#include "program/client_flags.h"

#include <cogbase/duration.h>
#include <cogbase/number.h>

#include <stddef.h>
#include <string.h>

static const double TIME_SCALE_MAX = 10000;

static const char *name_flag(enum scn_client_flag flag)
{
    switch (flag) {
    case SCN_CLIENT_COMMAND:
        return "client";
    case SCN_CLIENT_EXIT_MAP:
        return "exit-map";
    case SCN_CLIENT_TIME_SCALE:
        return "time-scale";
    case SCN_CLIENT_TIMEOUT:
        return "client-timeout";
    case SCN_CLIENT_OPTIONS:
        return "client-options";
    }
    return "";
}

static enum cog_code take_options(const char *value, bool *out_knows_options,
                                  struct cog_error *error)
{
    const bool knows_options = strcmp(value, "env") == 0;
    if (!knows_options && strcmp(value, "none") != 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "expected 'env' or 'none', not '%s'", value);
    }
    *out_knows_options = knows_options;
    return COG_OK;
}

static enum cog_code take(enum scn_client_flag flag, const char *value,
                          struct scn_client_flags *flags, struct cog_error *error)
{
    switch (flag) {
    case SCN_CLIENT_COMMAND:
        flags->command = value;
        return COG_OK;
    case SCN_CLIENT_EXIT_MAP:
        flags->exit_map = value;
        return COG_OK;
    case SCN_CLIENT_TIME_SCALE:
        return cog_number_parse_decimal(value, 1, TIME_SCALE_MAX, &flags->time_scale, error);
    case SCN_CLIENT_TIMEOUT:
        return cog_duration_parse(value, &flags->limit_ms, error);
    case SCN_CLIENT_OPTIONS:
        return take_options(value, &flags->knows_options, error);
    }
    return COG_OK;
}

bool scn_client_flags_have(int id)
{
    return id >= (int)SCN_CLIENT_COMMAND && id <= (int)SCN_CLIENT_OPTIONS;
}

enum cog_code scn_client_flags_take(const struct cog_word *word, struct scn_client_flags *flags,
                                    struct cog_error *error)
{
    const enum scn_client_flag flag = (enum scn_client_flag)word->id;
    struct cog_error cause = {0};
    enum cog_code code = take(flag, word->value, flags, &cause);
    return code == COG_OK ? code
                          : cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: %s", name_flag(flag),
                                          cause.message);
}

/* The first of those that say nothing without a client; NULL for none. */
static const char *find_lonely(const struct scn_client_flags *flags)
{
    return flags->exit_map != NULL  ? name_flag(SCN_CLIENT_EXIT_MAP)
           : flags->time_scale != 0 ? name_flag(SCN_CLIENT_TIME_SCALE)
           : flags->limit_ms != 0   ? name_flag(SCN_CLIENT_TIMEOUT)
           : flags->knows_options   ? name_flag(SCN_CLIENT_OPTIONS)
                                    : NULL;
}

enum cog_code scn_client_flags_check(const struct scn_client_flags *flags, struct cog_error *error)
{
    const char *lonely = find_lonely(flags);
    if (flags->command != NULL && flags->command[0] == '\0') {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--client: expected a command");
    }
    if (flags->command == NULL && lonely != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s belongs to --client", lonely);
    }
    return COG_OK;
}
