#include "session/naming.h"

#include "report/replay.h"

#include <string.h>

void scn_naming_append_file(const struct scn_suite_entry *entry, struct cog_text *text)
{
    const char *case_name = scn_replay_case(&entry->scenario);
    for (const char *at = entry->path + strspn(entry->path, "./"); *at != '\0'; at++) {
        cog_text_append_bytes(text, *at == '/' ? "-" : at, 1);
    }
    cog_text_append(text, case_name != NULL ? "." : "");
    cog_text_append(text, case_name != NULL ? case_name : "");
}
