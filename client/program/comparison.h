/** How far two environments agree, as text and as JSON. */
#ifndef PROGRAM_COMPARISON_H
#define PROGRAM_COMPARISON_H

#include <cogpromote/config.h>
#include <cogpromote/parity.h>

struct cog_comparison {
    struct cog_parity_sides sides;
    struct cog_parity parity;
};

/** Not measured never passes. */
bool cog_comparison_passes(const struct cog_comparison *comparison,
                           const struct cog_config *config);

/**
 * @param config for the environments' ids and the threshold
 * @param out_text owned by the caller, free() it
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code cog_comparison_format_text(const struct cog_comparison *comparison,
                                         const struct cog_config *config, char **out_text,
                                         struct cog_error *error) COG_CHECK;
enum cog_code cog_comparison_format_json(const struct cog_comparison *comparison,
                                         const struct cog_config *config, char **out_text,
                                         struct cog_error *error) COG_CHECK;

#endif
