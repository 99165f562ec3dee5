/** The command line of `cogdrill drills`. */
#ifndef SCN_DRILLS_ARGUMENTS_H
#define SCN_DRILLS_ARGUMENTS_H

#include "drill/history/history.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum scn_drills_action {
    SCN_DRILLS_LIST,
    SCN_DRILLS_SHOW,
    SCN_DRILLS_TREND,
    SCN_DRILLS_OVERDUE,
    SCN_DRILLS_VERIFY,
    SCN_DRILLS_NEW,
};

/** Texts are borrowed from the command line. */
struct scn_drills_arguments {
    enum scn_drills_action action;
    const char *const *words; /**< Behind the action: drills; of `new` its name, and a folder. */
    size_t word_count;
    const char *history_path; /**< NULL: the default. */
    const char *mode;         /**< "automatic", "guided"; NULL: any. */
    int64_t age_ms_max;       /**< Of `overdue`. */
    int64_t sequence;         /**< Of `show`; -1: the last one. */
    bool has_anchor;          /**< Of `verify`. */
    struct scn_history_anchor anchor;
    bool is_json;
    bool is_names_only; /**< `list` prints ids alone. */
    bool is_help;       /**< Nothing else counts then. */
};

/**
 * @param arguments the verb first
 * @param words room for `count` of them; must outlive `out_arguments`
 * @return COG_OK, COG_ERROR_ARGUMENT or COG_ERROR_CONFIGURATION
 */
enum cog_code scn_drills_arguments_parse(int count, char **arguments, const char **words,
                                         struct scn_drills_arguments *out_arguments,
                                         struct cog_error *error) COG_CHECK;

#endif
