/** Everything that a flag or variable can set, and the verbs for which it means something. */
#ifndef PROGRAM_SETTING_H
#define PROGRAM_SETTING_H

#include "verb.h"

#include <cogpromote/config.h>

#include <cogbase/text.h>

/** Settings that mean something for the same verbs; flags, put together in a verb's `groups`. */
enum cog_setting_group {
    COG_GROUP_ANY = 1 << 0,        /**< For every verb. */
    COG_GROUP_WIRE = 1 << 1,       /**< How requests are sent, whoever receives them. */
    COG_GROUP_API = 1 << 2,        /**< Where the API is, and who asks it. */
    COG_GROUP_STATE = 1 << 3,      /**< Where journal, audit, outbox and locks lie. */
    COG_GROUP_NARRATION = 1 << 4,  /**< What is told on the way. */
    COG_GROUP_SOURCE = 1 << 5,     /**< The environment to promote from. */
    COG_GROUP_TARGET = 1 << 6,     /**< The environment to promote into. */
    COG_GROUP_CONTENT = 1 << 7,    /**< What is promoted, and so compared. */
    COG_GROUP_SUBMISSION = 1 << 8, /**< What is sent with a promotion. */
    COG_GROUP_RUN = 1 << 9,        /**< How a promotion goes on from there. */
    COG_GROUP_TIMEOUT = 1 << 10,
    COG_GROUP_THRESHOLD = 1 << 11,
    COG_GROUP_ROLLBACK = 1 << 12, /**< How a rollback goes. */
    COG_GROUP_WEBHOOK = 1 << 13,
    COG_GROUP_ANCHOR = 1 << 14,
    COG_GROUP_LAST = 1 << 15,
};

/** The library's settings, then the program's. @return NULL from behind the last on */
const struct cog_option *cog_setting(size_t index);

/** Whether it is one of the program's, for `cog_preferences_set`. */
bool cog_setting_is_preference(size_t index);

/** @return 0 for one that is in no group, which no verb would take: a test forbids it */
unsigned cog_setting_group(const char *name);

bool cog_setting_applies(const struct cog_option *setting, const struct cog_verb *verb);

/** "promote, plan and resume": the verbs that take it. */
void cog_setting_append_verbs(struct cog_text *text, const struct cog_option *setting);

#endif
