#include "program/flag_value.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

enum { REPEAT_MAX = 1000, WORKERS_MAX = 64, SHARD_TEXT_SIZE = 16, SEEDS_TEXT_SIZE = 64 };

enum cog_code scn_flag_integer(const char *name, const char *value, int64_t minimum,
                               int64_t maximum, int64_t *out_number, struct cog_error *error)
{
    struct cog_error cause = {0};
    if (cog_number_parse_integer(value, minimum, maximum, out_number, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: %s", name, cause.message);
    }
    return COG_OK;
}

enum cog_code scn_flag_count(const char *name, const char *value, int64_t maximum,
                             size_t *out_count, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = scn_flag_integer(name, value, 1, maximum, &number, error);
    if (code == COG_OK) {
        *out_count = (size_t)number;
    }
    return code;
}

enum cog_code scn_flag_workers(const char *value, size_t *out_count, struct cog_error *error)
{
    return scn_flag_count("jobs", value, WORKERS_MAX, out_count, error);
}

enum cog_code scn_flag_repeat(const char *value, int *out_count, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = scn_flag_integer("repeat", value, 1, REPEAT_MAX, &number, error);
    if (code == COG_OK) {
        *out_count = (int)number;
    }
    return code;
}

enum cog_code scn_flag_seed(const char *value, uint64_t *out_seed, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = scn_flag_integer("seed", value, 0, COG_NUMBER_INTEGER_MAX, &number, error);
    if (code == COG_OK) {
        *out_seed = (uint64_t)number;
    }
    return code;
}

enum cog_code scn_flag_seeds(const char *value, int64_t maximum, struct scn_seeds *out_seeds,
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
              last - first < maximum;
    if (!is_good) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--seeds '%s': expected A..B, with A up to B, at most %" PRId64
                             " of them",
                             value, maximum);
    }
    *out_seeds = (struct scn_seeds){(uint64_t)first, (uint64_t)(last - first) + 1};
    return COG_OK;
}

enum cog_code scn_flag_transport(const char *value, enum scn_transport *out_transport,
                                 struct cog_error *error)
{
    for (int i = SCN_TRANSPORT_WIRE; i <= SCN_TRANSPORT_BOTH; i++) {
        if (strcmp(value, scn_transport_name((enum scn_transport)i)) == 0) {
            *out_transport = (enum scn_transport)i;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_ARGUMENT,
                         "--transport: expected 'memory', 'wire' or 'both', not '%s'", value);
}

enum cog_code scn_flag_shard(const char *value, struct scn_shard *out_shard,
                             struct cog_error *error)
{
    char text[SHARD_TEXT_SIZE];
    int64_t index = 0;
    int64_t count = 0;
    char *slash = cog_string_copy(text, sizeof text, value) ? strchr(text, '/') : NULL;
    if (slash != NULL) {
        *slash = '\0';
    }
    if (slash == NULL ||
        cog_number_parse_integer(slash + 1, 1, SCN_SHARDS_MAX, &count, NULL) != COG_OK ||
        cog_number_parse_integer(text, 1, count, &index, NULL) != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--shard '%s': expected I/N, with I from 1 to N, and N up to %d",
                             value, SCN_SHARDS_MAX);
    }
    *out_shard = (struct scn_shard){.index = (int)index, .count = (int)count};
    return COG_OK;
}
