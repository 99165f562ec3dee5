#include "report/entry.h"

size_t scn_entry_count(const struct scn_entry *entries, size_t count, enum scn_result verdict)
{
    size_t matches = 0;
    for (size_t i = 0; i < count; i++) {
        matches += entries[i].verdict == verdict ? 1 : 0;
    }
    return matches;
}

const char *scn_entry_cause(const struct scn_entry *entry)
{
    const struct scn_finding *finding = scn_findings_find(entry->findings, entry->verdict);
    return finding != NULL ? finding->text : "out of memory";
}
