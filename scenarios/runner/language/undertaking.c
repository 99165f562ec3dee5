#include "language/undertaking.h"

#include <string.h>

static enum cog_code parse_point(const struct cog_document *document, const cJSON *kill,
                                 const char *key, int *inout_point, struct cog_error *error)
{
    const struct cog_document_range range = {.minimum = 1, .maximum = 100000};
    int64_t point = *inout_point;
    enum cog_code code = cog_document_integer(document, kill, key, range, &point, error);
    if (code == COG_OK) {
        *inout_point = (int)point;
    }
    return code;
}

static enum cog_code parse_kill(const struct cog_document *document, const cJSON *node,
                                struct scn_kill *out_kill, struct cog_error *error)
{
    static const char *const keys[] = {
        "after_journal_write", "in_journal_write", "after_request", "moved",
        "after_journal",       "in_journal",       "after_event",   NULL};
    struct scn_kill kill = {0};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = parse_point(document, node, keys[0], &kill.death.after_journal_write, error);
    }
    if (code == COG_OK) {
        code = parse_point(document, node, keys[1], &kill.death.in_journal_write, error);
    }
    if (code == COG_OK) {
        code = parse_point(document, node, keys[2], &kill.death.after_request, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, node, keys[3], &kill.is_moved, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, keys[4], &kill.death.after_journal, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, keys[5], &kill.death.in_journal, error);
    }
    if (code == COG_OK) {
        code = parse_point(document, node, keys[6], &kill.death.after_event, error);
    }
    if (code != COG_OK) {
        return code;
    }
    int count = (kill.death.after_journal_write > 0) + (kill.death.in_journal_write > 0) +
                (kill.death.after_request > 0) + (kill.death.after_event > 0) +
                (kill.death.after_journal != NULL) + (kill.death.in_journal != NULL);
    if (count != 1) {
        return cog_document_fail(document, node, error,
                                 "expected one of 'after_journal', 'in_journal',"
                                 " 'after_journal_write', 'in_journal_write', 'after_request' and"
                                 " 'after_event'");
    }
    *out_kill = kill;
    return COG_OK;
}

static enum cog_code parse_kills(const struct cog_document *document, const cJSON *client,
                                 struct scn_undertaking *undertaking, struct cog_error *error)
{
    const cJSON *kills = NULL;
    enum cog_code code = cog_document_array(document, client, "kills", &kills, error);
    if (code == COG_OK && cJSON_GetArraySize(kills) > SCN_KILLS_MAX) {
        return cog_document_fail(document, kills, error, "expected at most %d kills",
                                 SCN_KILLS_MAX);
    }
    if (kills != NULL) {
        undertaking->kill_count = 0;
    }
    const cJSON *kill = NULL;
    cJSON_ArrayForEach(kill, kills)
    {
        if (code == COG_OK) {
            code =
                parse_kill(document, kill, &undertaking->kills[undertaking->kill_count++], error);
        }
    }
    return code;
}

static enum cog_code parse_command(const struct cog_document *document, const cJSON *node,
                                   enum scn_command *out_command, struct cog_error *error)
{
    static const struct {
        const char *word;
        enum scn_command command;
    } commands[] = {
        {"promote", SCN_COMMAND_PROMOTE},
        {"resume", SCN_COMMAND_RESUME},
        {"rollback", SCN_COMMAND_ROLL_BACK},
    };
    for (size_t i = 0; cJSON_IsString(node) && i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(node->valuestring, commands[i].word) == 0) {
            *out_command = commands[i].command;
            return COG_OK;
        }
    }
    return cog_document_fail(document, node, error, "expected 'promote', 'resume' or 'rollback'");
}

static enum cog_code parse_then(const struct cog_document *document, const cJSON *client,
                                struct scn_undertaking *undertaking, struct cog_error *error)
{
    const cJSON *then = NULL;
    enum cog_code code = cog_document_array(document, client, "then", &then, error);
    if (code == COG_OK && cJSON_GetArraySize(then) > SCN_THEN_MAX) {
        return cog_document_fail(document, then, error, "expected at most %d commands",
                                 SCN_THEN_MAX);
    }
    if (then != NULL) {
        undertaking->then_count = 0;
    }
    const cJSON *command = NULL;
    cJSON_ArrayForEach(command, then)
    {
        if (code == COG_OK) {
            code = parse_command(document, command, &undertaking->then[undertaking->then_count++],
                                 error);
        }
    }
    return code;
}

enum cog_code scn_undertaking_parse(const struct cog_document *document, const cJSON *client,
                                    struct scn_undertaking *inout_undertaking,
                                    struct cog_error *error)
{
    enum cog_code code = parse_kills(document, client, inout_undertaking, error);
    return code == COG_OK ? parse_then(document, client, inout_undertaking, error) : code;
}
