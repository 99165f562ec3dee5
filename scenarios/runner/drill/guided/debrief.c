#include "drill/guided/debrief.h"

#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DATE_LENGTH = 10, FIELD_COUNT = 3 };

static enum cog_code check_room(size_t count, const char *what, struct cog_error *error)
{
    return count < SCN_DEBRIEF_MAX ? COG_OK
                                   : cog_error_set(error, COG_ERROR_CONFIGURATION,
                                                   "more than %d %s", SCN_DEBRIEF_MAX, what);
}

static enum cog_code clone(const char *text, char **out_clone, struct cog_error *error)
{
    *out_clone = strdup(text);
    return *out_clone != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code scn_debrief_add_surprise(struct scn_debrief *debrief, const char *text,
                                       struct cog_error *error)
{
    enum cog_code code = check_room(debrief->surprise_count, "surprises", error);
    if (code == COG_OK) {
        code = clone(text, &debrief->surprises[debrief->surprise_count], error);
    }
    if (code == COG_OK) {
        debrief->surprise_count++;
    }
    return code;
}

static char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        text[--length] = '\0';
    }
    return text;
}

/* By what reads times: it knows how many days a month has. */
static bool is_date(const char *text)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    int64_t unix_ms = 0;
    if (strlen(text) != DATE_LENGTH) {
        return false;
    }
    (void)snprintf(stamp, sizeof stamp, "%sT00:00:00Z", text);
    return cog_stamp_parse_rfc3339(stamp, &unix_ms, NULL) == COG_OK;
}

/* The fields are ended in the line itself. @return how many; one more than there may be: too many
 */
static size_t split(char *line, char *fields[FIELD_COUNT])
{
    size_t count = 0;
    for (char *field = line; field != NULL; count++) {
        char *end = strchr(field, ';');
        if (count == FIELD_COUNT) {
            return FIELD_COUNT + 1;
        }
        if (end != NULL) {
            *end++ = '\0';
        }
        fields[count] = trim(field);
        field = end;
    }
    return count;
}

static enum cog_code parse_action(char *line, struct scn_drill_action *out_action,
                                  struct cog_error *error)
{
    static char nothing[] = "";
    char *fields[FIELD_COUNT] = {nothing, nothing, nothing};
    if (split(line, fields) > FIELD_COUNT || fields[0][0] == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "expected an action as 'TEXT; OWNER; DATE', owner and date only where"
                             " they are known");
    }
    if (fields[2][0] != '\0' && !is_date(fields[2])) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "expected a date such as 2026-12-31 for the action, not '%s'",
                             fields[2]);
    }
    *out_action = (struct scn_drill_action){
        .text = fields[0],
        .owner = fields[1],
        .due = fields[2],
    };
    return COG_OK;
}

enum cog_code scn_debrief_add_action(struct scn_debrief *debrief, const char *line,
                                     struct cog_error *error)
{
    enum cog_code code = check_room(debrief->action_count, "actions", error);
    COG_CLEANUP(cog_string_finish) char *copy = NULL;
    if (code == COG_OK) {
        code = clone(line, &copy, error);
    }
    struct scn_drill_action action = {0};
    if (code == COG_OK) {
        code = parse_action(copy, &action, error);
    }
    if (code != COG_OK) {
        return code;
    }
    debrief->actions[debrief->action_count] = action;
    debrief->lines[debrief->action_count++] = copy;
    copy = NULL;
    return COG_OK;
}

/* Who is asked, and what is done with each answer. */
struct question {
    struct scn_debrief *debrief;
    struct scn_line_reader *reader;
    FILE *stream;
    enum cog_code (*add)(struct scn_debrief *debrief, const char *text, struct cog_error *error);
};

/* Whether there may be more. */
static bool ask_once(const struct question *question, enum cog_code *out_code,
                     struct cog_error *error)
{
    char line[SCN_LINE_SIZE];
    (void)fputs("> ", question->stream);
    (void)fflush(question->stream);
    if (scn_line_reader_next(question->reader, SCN_LINE_WAIT_FOREVER, line) != SCN_LINE_READ) {
        (void)fputs("\n", question->stream);
        return false;
    }
    if (line[0] == '\0') {
        return false;
    }
    *out_code = question->add(question->debrief, line, error);
    if (*out_code == COG_ERROR_CONFIGURATION) {
        (void)fprintf(question->stream, "  %s\n", error->message);
        *out_code = COG_OK;
    }
    return *out_code == COG_OK;
}

static enum cog_code ask_all(const struct question *question, const char *text,
                             struct cog_error *error)
{
    enum cog_code code = COG_OK;
    (void)fputs(text, question->stream);
    while (ask_once(question, &code, error)) {
    }
    return code;
}

enum cog_code scn_debrief_ask(struct scn_debrief *debrief, struct scn_line_reader *reader,
                              FILE *stream, struct cog_error *error)
{
    struct question question = {debrief, reader, stream, scn_debrief_add_surprise};
    enum cog_code code =
        ask_all(&question, "\nWhat was a surprise? One a line; an empty line ends.\n", error);
    if (code != COG_OK) {
        return code;
    }
    question.add = scn_debrief_add_action;
    return ask_all(&question,
                   "What is to be done? TEXT; OWNER; DATE (2026-12-31). An empty line ends.\n",
                   error);
}

void scn_debrief_finish(struct scn_debrief *debrief)
{
    for (size_t i = 0; i < debrief->surprise_count; i++) {
        free(debrief->surprises[i]);
    }
    for (size_t i = 0; i < debrief->action_count; i++) {
        free(debrief->lines[i]);
    }
    *debrief = (struct scn_debrief){0};
}
