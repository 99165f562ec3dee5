/** Reading a file of results back, strictly: what is merged must be what was written. */
#ifndef SCN_RESULTS_FILE_H
#define SCN_RESULTS_FILE_H

#include "report/results_skips.h"

#include <cjson/cJSON.h>

/** One record of the file. */
struct scn_results_line {
    struct scn_results_item item; /**< Its record is a part of the file's text. */
    size_t line;                  /**< Where it stands in the file. */
    char *name;                   /**< Owned, as are the next two. */
    char *path;                   /**< Of the scenario's file. */
    char *replay;
    struct scn_findings findings;
};

/**
 * Reads all of a record but its text.
 *
 * @param selected_count its number is not higher
 * @param inout_line zeroed; to be finished after a failure too
 * @return COG_OK, COG_ERROR_SYNTAX (which member, without the place), COG_ERROR_MEMORY
 */
enum cog_code scn_results_line_read(const cJSON *record, size_t selected_count,
                                    struct scn_results_line *inout_line,
                                    struct cog_error *error) COG_CHECK;
void scn_results_line_finish(struct scn_results_line *line);

/** `{0}` is empty and safe to finish. */
struct scn_results_file {
    char *name;                       /**< For messages: its path. Owned. */
    char *text;                       /**< Owned. */
    cJSON *head;                      /**< Owned. */
    struct scn_results_origin origin; /**< Texts are the head's. */
    struct scn_results_line *lines;   /**< In the order of their numbers; owned. */
    size_t count;
    struct scn_results_skips skips;
};

/**
 * Reads what `scn_results_write` wrote; without the coverage, which is made anew from the records.
 *
 * @param inout_text taken over, free()d also on failure; NULL afterwards
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_MEMORY
 */
enum cog_code scn_results_file_parse(const char *name, char **inout_text,
                                     struct scn_results_file *out_file,
                                     struct cog_error *error) COG_CHECK;

/** "file:line:1: …" @return COG_ERROR_SYNTAX */
enum cog_code scn_results_file_fail(const struct scn_results_file *file, size_t line,
                                    struct cog_error *error, const char *format, ...)
    COG_PRINTF(4, 5);

void scn_results_file_finish(struct scn_results_file *file);

#endif
