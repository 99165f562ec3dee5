#include "report/agreement.h"

#include <inttypes.h>
#include <string.h>

static bool is_same_text(const char *left, const char *right)
{
    return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}

static const char *or_none(const char *text)
{
    return text != NULL ? text : "none";
}

enum cog_code scn_agreement_texts(const char *const names[2], const char *what,
                                  const char *const values[2], struct cog_error *error)
{
    return is_same_text(values[0], values[1])
               ? COG_OK
               : cog_error_set(error, COG_ERROR_SYNTAX, "%s:1:1: %s is '%s', in '%s' it is '%s'",
                               names[1], what, or_none(values[1]), names[0], or_none(values[0]));
}

enum cog_code scn_agreement_numbers(const char *const names[2], const char *what,
                                    const uint64_t values[2], struct cog_error *error)
{
    return values[0] == values[1]
               ? COG_OK
               : cog_error_set(error, COG_ERROR_SYNTAX,
                               "%s:1:1: %s is %" PRIu64 ", in '%s' it is %" PRIu64, names[1], what,
                               values[1], names[0], values[0]);
}

static enum cog_code check_file(const struct scn_shard_file *files, size_t index,
                                struct cog_error *error)
{
    const struct scn_shard_file *file = &files[index];
    if (file->count == 0) {
        return cog_error_set(
            error, COG_ERROR_SYNTAX,
            "%s:1:1: these are no shard's results: nothing can be merged with them", file->name);
    }
    for (size_t i = 0; i < index; i++) {
        if (files[i].index == file->index) {
            return cog_error_set(error, COG_ERROR_SYNTAX,
                                 "%s:1:1: shard %zu/%zu is in '%s' already", file->name,
                                 file->index, file->count, files[i].name);
        }
    }
    return COG_OK;
}

static enum cog_code check_complete(const struct scn_shard_file *files, size_t count,
                                    struct cog_error *error)
{
    for (size_t shard = 1; shard <= files[0].count; shard++) {
        bool is_there = false;
        for (size_t i = 0; i < count; i++) {
            is_there = is_there || files[i].index == shard;
        }
        if (!is_there) {
            return cog_error_set(error, COG_ERROR_SYNTAX,
                                 "shard %zu/%zu is missing; --partial merges without it", shard,
                                 files[0].count);
        }
    }
    return COG_OK;
}

enum cog_code scn_agreement_shards(const struct scn_shard_file *files, size_t count,
                                   bool is_partial, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && count > 1 && i < count; i++) {
        code = check_file(files, i, error);
    }
    return code == COG_OK && !is_partial ? check_complete(files, count, error) : code;
}
