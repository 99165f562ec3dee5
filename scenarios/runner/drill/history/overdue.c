#include "drill/history/overdue.h"

#include <string.h>

/* By so much may clocks of a team differ. */
static const int64_t AHEAD_MS_MAX = INT64_C(86400000);

static bool counts(const struct scn_history_entry *entry, const char *id,
                   const struct scn_due_rule *rule)
{
    return strcmp(entry->id, id) == 0 &&
           (rule->mode == NULL || strcmp(entry->mode, rule->mode) == 0) &&
           entry->held_unix_ms - rule->now_unix_ms <= AHEAD_MS_MAX;
}

struct scn_due_finding scn_overdue_ask(const struct scn_history *history, const char *id,
                                       const struct scn_due_rule *rule)
{
    struct scn_due_finding finding = {.due = SCN_DUE_NEVER, .age_ms = -1};
    for (size_t i = 0; i < history->count; i++) {
        const struct scn_history_entry *entry = &history->entries[i];
        if (!counts(entry, id, rule)) {
            continue;
        }
        finding.last = entry;
        const int64_t past_ms = rule->now_unix_ms - entry->held_unix_ms;
        const int64_t age_ms = past_ms > 0 ? past_ms : 0;
        if (strcmp(entry->verdict, "pass") == 0 &&
            (finding.age_ms < 0 || age_ms < finding.age_ms)) {
            finding.age_ms = age_ms;
        }
    }
    if (finding.age_ms >= 0) {
        finding.due = finding.age_ms <= rule->age_ms_max ? SCN_DUE_NOT : SCN_DUE_OLD;
    } else if (finding.last != NULL) {
        finding.due = SCN_DUE_FAILED;
    }
    return finding;
}
