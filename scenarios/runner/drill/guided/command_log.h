/** What a person typed in a drill, as the recorder notes it: a line when it begins, one when it
 * ends. */
#ifndef SCN_COMMAND_LOG_H
#define SCN_COMMAND_LOG_H

#include "drill/guided/workplace.h"

#include <cogbase/text.h>

/** Texts are owned by the list. */
struct scn_recorded {
    char *id;
    char *line; /**< "cogpromote status" */
    int64_t at_unix_ms;
    int64_t until_unix_ms; /**< -1: it runs yet. */
    int exit_code;         /**< 128 and the signal that ended it; -1: it runs yet. */
    struct cog_holder process;
};

/** `{0}` is empty and safe to finish. */
struct scn_command_list {
    struct scn_recorded *items; /**< In the order in which they began. */
    size_t count;
};

/** "cogpromote promote --timeout 15m": words that need it in quotes. @param words ends with NULL */
void scn_command_log_append_line(struct cog_text *text, char *const *words);

void scn_command_log_append_start(struct cog_text *text, const struct scn_recorded *command);
void scn_command_log_append_end(struct cog_text *text, const char *id, int exit_code,
                                int64_t at_unix_ms);

/** Appends an entry to the folder's file. @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY */
enum cog_code scn_command_log_write(struct scn_workplace *workplace,
                                    const struct cog_text *entry) COG_CHECK;

/**
 * Reads entries. A line that is none, or was cut short, is left out.
 *
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_command_log_parse(const char *text, struct scn_command_list *out_list,
                                    struct cog_error *error) COG_CHECK;

/** The folder's. @return as above, or COG_ERROR_STORAGE */
enum cog_code scn_command_log_read(struct scn_workplace *workplace,
                                   struct scn_command_list *out_list,
                                   struct cog_error *error) COG_CHECK;

/** The client's verb: "promote"; "" for none. @param out_length of it */
const char *scn_recorded_verb(const struct scn_recorded *command, size_t *out_length);

void scn_command_list_finish(struct scn_command_list *list);

#endif
