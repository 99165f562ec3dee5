/** `--help`. */
#ifndef PROGRAM_HELP_H
#define PROGRAM_HELP_H

#include "verb.h"

#include <cogbase/text.h>

/** The verbs, and the variables that no setting has. */
void cog_help_append(struct cog_text *text);

/** The verbs that begin with a word: "audit". */
void cog_help_append_family(struct cog_text *text, const char *family);

/** All about one verb: its flags with their variables, its exit codes, an example. */
void cog_help_append_verb(struct cog_text *text, const struct cog_verb *verb);

#endif
