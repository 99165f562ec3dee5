/** Values of flags that several verbs have. Complaints name the flag: "--jobs: …". */
#ifndef SCN_FLAG_VALUE_H
#define SCN_FLAG_VALUE_H

#include "session/selection.h"
#include "simulation/line.h"

/** @param name without dashes @return COG_OK or COG_ERROR_ARGUMENT, here and below */
enum cog_code scn_flag_integer(const char *name, const char *value, int64_t minimum,
                               int64_t maximum, int64_t *out_number,
                               struct cog_error *error) COG_CHECK;

/** From 1 on. */
enum cog_code scn_flag_count(const char *name, const char *value, int64_t maximum,
                             size_t *out_count, struct cog_error *error) COG_CHECK;

/** Of `--jobs`. */
enum cog_code scn_flag_workers(const char *value, size_t *out_count,
                               struct cog_error *error) COG_CHECK;

/** Of `--repeat`. */
enum cog_code scn_flag_repeat(const char *value, int *out_count, struct cog_error *error) COG_CHECK;

/** Of `--seed`. */
enum cog_code scn_flag_seed(const char *value, uint64_t *out_seed,
                            struct cog_error *error) COG_CHECK;

/** Some that follow each other. */
struct scn_seeds {
    uint64_t first;
    uint64_t count;
};

/** Of `--seeds`: "1..1000", or a single one. @param maximum how many there may be */
enum cog_code scn_flag_seeds(const char *value, int64_t maximum, struct scn_seeds *out_seeds,
                             struct cog_error *error) COG_CHECK;

/** Of `--transport`. */
enum cog_code scn_flag_transport(const char *value, enum scn_transport *out_transport,
                                 struct cog_error *error) COG_CHECK;

/** Of `--shard`: "2/4". */
enum cog_code scn_flag_shard(const char *value, struct scn_shard *out_shard,
                             struct cog_error *error) COG_CHECK;

#endif
