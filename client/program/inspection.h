/** What `audit verify` found, as text and as JSON. */
#ifndef PROGRAM_INSPECTION_H
#define PROGRAM_INSPECTION_H

#include <cogpromote/audit.h>

/** @param out_text owned by the caller, free() it; @return COG_OK or COG_ERROR_MEMORY */
enum cog_code cog_inspection_format_text(const struct cog_audit_inspection *inspection,
                                         char **out_text, struct cog_error *error) COG_CHECK;
enum cog_code cog_inspection_format_json(const struct cog_audit_inspection *inspection,
                                         char **out_text, struct cog_error *error) COG_CHECK;

#endif
