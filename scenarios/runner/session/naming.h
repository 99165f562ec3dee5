/** What a scenario is called as a file. */
#ifndef SCN_NAMING_H
#define SCN_NAMING_H

#include "language/suite.h"

#include <cogbase/text.h>

/** A file's name for what is written about a scenario: "suite-rollback-a.jsonc.b", for case b. */
void scn_naming_append_file(const struct scn_suite_entry *entry, struct cog_text *text);

#endif
