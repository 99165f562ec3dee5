/** What the client is told to do in a scenario: promote, how often it is killed, what comes then.
 */
#ifndef SCN_UNDERTAKING_H
#define SCN_UNDERTAKING_H

#include "simulation/mortal.h"

#include <cogbase/document.h>

/** One process of the client. */
enum scn_command {
    SCN_COMMAND_PROMOTE,
    SCN_COMMAND_RESUME,
    SCN_COMMAND_ROLL_BACK, /**< By hand, of the job that was promoted. */
};

enum { SCN_KILLS_MAX = 8, SCN_THEN_MAX = 8 };

struct scn_kill {
    struct scn_death death;
    bool is_moved; /**< What follows runs on another machine, with the state folder copied. */
};

/** `{0}` is a promotion that nobody kills. */
struct scn_undertaking {
    struct scn_kill kills[SCN_KILLS_MAX]; /**< The n-th process dies so; the next one resumes. */
    size_t kill_count;
    enum scn_command then[SCN_THEN_MAX]; /**< What is run after that, each to its end. */
    size_t then_count;
};

/**
 * Reads `kills` and `then` of a scenario's `client`.
 *
 * @param client NULL for none
 * @return COG_OK, or COG_ERROR_SYNTAX at the member that is wrong
 */
enum cog_code scn_undertaking_parse(const struct cog_document *document, const cJSON *client,
                                    struct scn_undertaking *inout_undertaking,
                                    struct cog_error *error) COG_CHECK;

#endif
