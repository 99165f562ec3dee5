/** The members of a drill, part by part; `drill.c` puts them together. All of them are strict. */
#ifndef SCN_DRILL_MEMBER_H
#define SCN_DRILL_MEMBER_H

#include "drill/drill.h"

/**
 * A text that has to be there, and not be empty.
 *
 * @param out_text borrowed from the document
 * @return COG_OK or COG_ERROR_SYNTAX, as all of these
 */
enum cog_code scn_drill_member_text(const struct cog_document *document, const cJSON *object,
                                    const char *key, const char **out_text,
                                    struct cog_error *error) COG_CHECK;

/** Whether it is of 1 to 64 small letters, digits, `_` and `-`. */
bool scn_drill_member_is_word(const char *text);

/** `roles`: by name, what is theirs to do. @param node the member `drill`, as of all below */
enum cog_code scn_drill_roles_parse(const struct cog_document *document, const cJSON *node,
                                    struct scn_drill *inout_drill,
                                    struct cog_error *error) COG_CHECK;

/** `targets`: by figure. */
enum cog_code scn_drill_targets_parse(const struct cog_document *document, const cJSON *node,
                                      struct scn_drill *inout_drill,
                                      struct cog_error *error) COG_CHECK;

/** `hints`: a list. */
enum cog_code scn_drill_hints_parse(const struct cog_document *document, const cJSON *node,
                                    struct scn_drill *inout_drill,
                                    struct cog_error *error) COG_CHECK;

/** `tabletop`: a list. */
enum cog_code scn_drill_questions_parse(const struct cog_document *document, const cJSON *node,
                                        struct scn_drill *inout_drill,
                                        struct cog_error *error) COG_CHECK;

/** `guided`; its blow has to name one of the file's injects. */
enum cog_code scn_drill_guidance_parse(const struct cog_document *document, const cJSON *node,
                                       struct scn_drill *inout_drill,
                                       struct cog_error *error) COG_CHECK;

#endif
