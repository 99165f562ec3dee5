/** Which drills are due again. */
#ifndef SCN_OVERDUE_H
#define SCN_OVERDUE_H

#include "drill/history/history.h"

enum scn_due {
    SCN_DUE_NOT,    /**< Passed within the age. */
    SCN_DUE_OLD,    /**< Passed, and longer ago. */
    SCN_DUE_FAILED, /**< Rehearsed, and never passed. */
    SCN_DUE_NEVER,  /**< Not rehearsed at all. */
};

struct scn_due_rule {
    int64_t age_ms_max;
    int64_t now_unix_ms;
    const char *mode; /**< Only those held so; NULL: any. */
};

struct scn_due_finding {
    enum scn_due due;
    int64_t age_ms;                       /**< Of the last one that passed; -1 for none. */
    const struct scn_history_entry *last; /**< Of any verdict; NULL for none. Borrowed. */
};

/**
 * Asks of one drill. What lies more than a day ahead of now does not count: somebody's clock was
 * wrong, and it would keep the drill from ever being due.
 */
struct scn_due_finding scn_overdue_ask(const struct scn_history *history, const char *id,
                                       const struct scn_due_rule *rule);

#endif
