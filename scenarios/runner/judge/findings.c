#include "judge/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void COG_PRINTF(2, 0)
    format_text(char text[SCN_FINDING_TEXT_SIZE], const char *format, va_list list)
{
    (void)vsnprintf(text, SCN_FINDING_TEXT_SIZE, format, list);
}

void scn_findings_append(struct scn_findings *findings, enum scn_result result, const char *subject,
                         const char *format, ...)
{
    struct scn_finding *items =
        realloc(findings->items, (findings->count + 1) * sizeof *findings->items);
    if (items == NULL) {
        findings->failed = true;
        return;
    }
    findings->items = items;
    struct scn_finding *finding = &items[findings->count++];
    finding->result = result;
    (void)snprintf(finding->subject, sizeof finding->subject, "%s", subject);
    va_list list;
    va_start(list, format);
    format_text(finding->text, format, list);
    va_end(list);
}

enum scn_result scn_findings_verdict(const struct scn_findings *findings)
{
    if (scn_findings_find(findings, SCN_FAIL) != NULL) {
        return SCN_FAIL;
    }
    const bool is_open = findings->failed || scn_findings_find(findings, SCN_INCONCLUSIVE) != NULL;
    return is_open ? SCN_INCONCLUSIVE : SCN_PASS;
}

const struct scn_finding *scn_findings_find(const struct scn_findings *findings,
                                            enum scn_result result)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].result == result) {
            return &findings->items[i];
        }
    }
    return NULL;
}

void scn_findings_finish(struct scn_findings *findings)
{
    free(findings->items);
    *findings = (struct scn_findings){0};
}

const char *scn_result_name(enum scn_result result)
{
    switch (result) {
    case SCN_PASS:
        return "pass";
    case SCN_FAIL:
        return "fail";
    case SCN_INCONCLUSIVE:
        return "inconclusive";
    }
    return "unknown";
}
