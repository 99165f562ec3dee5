/** What became of the mutants, as `scripts/mutants --json` tells it: the page has a table of it. */
#ifndef SCN_MUTANTS_H
#define SCN_MUTANTS_H

#include <cogpromote/attributes.h>
#include <cogpromote/error.h>

#include <cjson/cJSON.h>

/**
 * Reads a list of {"name", "what", "by", "ms", "problem"}.
 *
 * @param name of the file, for messages
 * @param out_json on one line; owned by the caller, free()
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code scn_mutants_parse(const char *name, const char *text, char **out_json,
                                struct cog_error *error) COG_CHECK;

/** The same of a list that is parsed already. @return as above */
enum cog_code scn_mutants_format(const cJSON *list, char **out_json,
                                 struct cog_error *error) COG_CHECK;

#endif
