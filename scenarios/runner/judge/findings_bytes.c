#include "judge/findings_bytes.h"

void scn_findings_pack(const struct scn_findings *findings, struct cog_text *text)
{
    scn_packing_append_number(text, findings->failed ? 1 : 0);
    scn_packing_append_number(text, findings->count);
    for (size_t i = 0; i < findings->count; i++) {
        scn_packing_append_number(text, (uint64_t)findings->items[i].result);
        scn_packing_append_text(text, findings->items[i].subject);
        scn_packing_append_text(text, findings->items[i].text);
    }
}

void scn_findings_unpack(struct scn_unpacking *unpacking, struct scn_findings *findings)
{
    const bool has_failed = scn_unpacking_truth(unpacking);
    const size_t count = scn_unpacking_count(unpacking);
    for (size_t i = 0; i < count && unpacking->code == COG_OK; i++) {
        const enum scn_result result = scn_result_unpack(unpacking);
        COG_CLEANUP(cog_string_finish) char *subject = scn_unpacking_word(unpacking);
        COG_CLEANUP(cog_string_finish) char *text = scn_unpacking_word(unpacking);
        if (subject != NULL && text != NULL) {
            scn_findings_append(findings, result, subject, "%s", text);
        }
    }
    findings->failed = findings->failed || has_failed;
}

enum scn_result scn_result_unpack(struct scn_unpacking *unpacking)
{
    return (enum scn_result)scn_unpacking_at_most(unpacking, SCN_INCONCLUSIVE);
}
