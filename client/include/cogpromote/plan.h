/** What a promotion would meet and do, found out without changing anything. */
#ifndef COGPROMOTE_PLAN_H
#define COGPROMOTE_PLAN_H

#include <cogpromote/client.h>
#include <cogpromote/outcome.h>

enum cog_finding {
    COG_FINDING_GOOD,
    COG_FINDING_NOTE,    /**< Worth knowing; does not stand against a promotion. */
    COG_FINDING_BAD,     /**< A promotion would end here. */
    COG_FINDING_UNKNOWN, /**< The platform does not tell, or could not be asked. */
};

enum { COG_PLAN_CHECKS_MAX = 16 };

struct cog_plan_check {
    const char *name; /**< "credentials", "scopes", "lock", …; static. */
    enum cog_finding finding;
    char text[COG_REASON_SIZE];
};

struct cog_plan {
    struct cog_plan_check checks[COG_PLAN_CHECKS_MAX];
    size_t check_count;
    struct cog_parity_sides sides;
    struct cog_parity parity; /**< Of now, before a promotion. */
    char *preview;            /**< What promote would send; owned, NULL: not known. */
    enum cog_outcome outcome; /**< COG_OUTCOME_PROMOTED: nothing stands against it; else the outcome
                                   that a promotion would have now. */
};

/** @param request NULL for what the client's configuration describes */
COG_API void cog_plan_make(struct cog_client *client, const struct cog_promotion_request *request,
                           const struct cog_cancel *cancel, struct cog_plan *out_plan);
COG_API void cog_plan_finish(struct cog_plan *plan);

COG_API enum cog_code cog_plan_format_text(const struct cog_plan *plan, char **out_text,
                                           struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_plan_format_json(const struct cog_plan *plan, char **out_text,
                                           struct cog_error *error) COG_CHECK;

#endif
