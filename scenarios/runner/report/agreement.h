/** Whether files of shards belong together. What is wrong is said of the second, at its head. */
#ifndef SCN_AGREEMENT_H
#define SCN_AGREEMENT_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What a file says of its place among the shards. */
struct scn_shard_file {
    const char *name;
    size_t index; /**< From 1; 0: it is no shard. */
    size_t count; /**< 0: it is no shard. */
};

/**
 * Refuses two texts that differ; NULL is "none".
 *
 * @param names of the two files
 * @param what the texts are: "the transport"
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code scn_agreement_texts(const char *const names[2], const char *what,
                                  const char *const values[2], struct cog_error *error) COG_CHECK;

/** As above. */
enum cog_code scn_agreement_numbers(const char *const names[2], const char *what,
                                    const uint64_t values[2], struct cog_error *error) COG_CHECK;

/**
 * Refuses a shard that is there twice, what is no shard beside others, and, unless that is asked
 * for, that one is missing. All have the same count.
 *
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code scn_agreement_shards(const struct scn_shard_file *files, size_t count,
                                   bool is_partial, struct cog_error *error) COG_CHECK;

#endif
