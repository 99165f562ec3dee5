/**
 * The reviewed file of what is not applicable: patterns of cells that need not be run, each with
 * its reason.
 */
#ifndef SCN_EXCEPTIONS_H
#define SCN_EXCEPTIONS_H

#include <cogbase/document.h>

enum { SCN_REASON_LENGTH_MIN = 12 };

/** One pattern. Texts are borrowed from the document. */
struct scn_exception {
    const char *pattern;
    const char *reason;
    const cJSON *node; /**< Of the pattern, for complaints. */
};

/** `{0}` is empty and safe to finish. */
struct scn_exceptions {
    struct cog_document document; /**< Owned. */
    struct scn_exception *items;  /**< Owned. */
    size_t count;
};

/**
 * Reads `{"not_applicable": [{"cells": ["fault/…"], "reason": "…"}]}` strictly.
 *
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_exceptions_read(const char *path, struct scn_exceptions *out_exceptions,
                                  struct cog_error *error) COG_CHECK;

/** Takes the document over. @param inout_document empty afterwards, also on failure @return as
 * above */
enum cog_code scn_exceptions_take(struct cog_document *inout_document,
                                  struct scn_exceptions *out_exceptions,
                                  struct cog_error *error) COG_CHECK;

void scn_exceptions_finish(struct scn_exceptions *exceptions);

#endif
