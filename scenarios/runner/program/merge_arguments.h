/** The command line of `cogdrill merge`. */
#ifndef SCN_MERGE_ARGUMENTS_H
#define SCN_MERGE_ARGUMENTS_H

#include <cogpromote/error.h>

#include <stddef.h>

/** Texts are borrowed from the command line. */
struct scn_merge_arguments {
    const char *const *paths;
    size_t path_count;
    const char *json_path;    /**< NULL for none. */
    const char *html_path;    /**< NULL for none. */
    const char *junit_path;   /**< NULL for none. */
    const char *mutants_path; /**< NULL for none. */
    bool is_partial;          /**< Shards and scenarios may be missing. */
    bool is_quiet;
    bool is_help; /**< Nothing else counts then. */
};

/**
 * @param arguments the verb first
 * @param paths room for `count` paths; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_merge_arguments_parse(int count, char **arguments, const char **paths,
                                        struct scn_merge_arguments *out_arguments,
                                        struct cog_error *error) COG_CHECK;

#endif
