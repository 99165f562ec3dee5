#include "explore/report/members.h"
#include "report/finding_members.h"
#include "report/member.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { EXIT_CODE_MAX = 255 };

static const struct scn_member members[] = {
    {"id", cJSON_String, false},
    {"base", cJSON_String, false},
    {"file", cJSON_String, false},
    {"faults", cJSON_Array, false},
    {"findings", cJSON_Array, false},
    {"scenario", cJSON_Object, false},
    {NULL, 0, false},
};

/* On one line, however it was printed. */
static void write_scenario(struct scn_json_text *json, const char *scenario)
{
    COG_CLEANUP(cog_json_finish) cJSON *tree = cJSON_Parse(scenario);
    COG_CLEANUP(cog_string_finish) char *line = tree != NULL ? cJSON_PrintUnformatted(tree) : NULL;
    json->text.failed = json->text.failed || line == NULL;
    scn_json_text_value(json, "scenario", line != NULL ? line : "null");
}

static void write_discovery(struct scn_json_text *json, const struct scn_exploration *exploration,
                            size_t index)
{
    char id[SCN_DISCOVERY_ID_SIZE];
    const struct scn_discovery *discovery = &exploration->discoveries[index];
    const struct scn_explored_base *base = &exploration->bases[discovery->base_index];
    const struct scn_finding *gravest = scn_discovery_gravest(discovery);
    scn_members_open_line(json, NULL, '{');
    scn_json_text_string(json, "id", scn_discovery_id(index, id));
    scn_json_text_string(json, "check", gravest != NULL ? gravest->subject : NULL);
    scn_json_text_string(json, "base", base->name);
    scn_json_text_string(json, "file", base->path);
    scn_json_text_integer(json, "place", (int64_t)discovery->place);
    scn_json_text_open(json, "faults", '[');
    for (size_t i = 0; i < scn_discovery_fault_count(discovery); i++) {
        scn_json_text_string(json, NULL, discovery->faults[i]);
    }
    scn_json_text_close(json, ']');
    scn_json_text_integer(json, "exit", discovery->exit_code);
    scn_findings_write(json, &discovery->findings);
    write_scenario(json, discovery->scenario);
    scn_json_text_close(json, '}');
}

static void write_group(struct scn_json_text *json, const struct scn_ranked_group *group)
{
    char id[SCN_DISCOVERY_ID_SIZE];
    scn_members_open_line(json, NULL, '{');
    scn_json_text_string(json, "result", scn_result_name(group->finding->result));
    scn_json_text_string(json, "check", group->finding->subject);
    scn_json_text_string(json, "text", group->text);
    scn_json_text_integer(json, "count", (int64_t)group->count);
    scn_json_text_string(json, "smallest", scn_discovery_id(group->smallest_index, id));
    scn_json_text_close(json, '}');
}

void scn_discovery_members_write(struct scn_json_text *json,
                                 const struct scn_exploration *exploration,
                                 const struct scn_ranking *ranking)
{
    scn_members_open_line(json, "failures", '[');
    for (size_t i = 0; i < exploration->discovery_count; i++) {
        write_discovery(json, exploration, i);
    }
    scn_json_text_close(json, ']');
    scn_members_open_line(json, "groups", '[');
    for (size_t i = 0; i < ranking->count; i++) {
        write_group(json, &ranking->groups[i]);
    }
    scn_json_text_close(json, ']');
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code find_base(const cJSON *object, const struct scn_exploration *exploration,
                               size_t *out_index, struct cog_error *error)
{
    const char *name = scn_member_string(object, "base");
    const char *path = scn_member_string(object, "file");
    for (size_t i = 0; i < exploration->base_count; i++) {
        const struct scn_explored_base *base = &exploration->bases[i];
        if (strcmp(base->name, name) == 0 && strcmp(base->path, path) == 0) {
            *out_index = i;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_SYNTAX,
                         "'base' is '%s' of '%s', which is none of 'bases'", name, path);
}

static enum cog_code read_faults(const cJSON *object, struct scn_discovery *discovery,
                                 struct cog_error *error)
{
    size_t count = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "faults"))
    {
        if (!cJSON_IsString(node) || count == SCN_DISCOVERY_FAULTS_MAX) {
            return cog_error_set(error, COG_ERROR_SYNTAX, "'faults': expected at most %d names",
                                 SCN_DISCOVERY_FAULTS_MAX);
        }
        discovery->faults[count] = cog_string_clone(node->valuestring, strlen(node->valuestring));
        if (discovery->faults[count++] == NULL) {
            return fail_memory(error);
        }
    }
    return COG_OK;
}

static enum cog_code read_numbers(const cJSON *object, struct scn_discovery *discovery,
                                  struct cog_error *error)
{
    int64_t place = 0;
    int64_t exit_code = 0;
    enum cog_code code =
        scn_member_integer(object, "place", 0, COG_NUMBER_INTEGER_MAX, &place, error);
    if (code == COG_OK) {
        code = scn_member_integer(object, "exit", -1, EXIT_CODE_MAX, &exit_code, error);
    }
    discovery->place = (size_t)place;
    discovery->exit_code = (int)exit_code;
    return code;
}

static enum cog_code read_discovery(const cJSON *object, const struct scn_exploration *exploration,
                                    struct scn_discovery *discovery, struct cog_error *error)
{
    enum cog_code code = scn_members_check(object, members, error);
    if (code == COG_OK) {
        code = find_base(object, exploration, &discovery->base_index, error);
    }
    if (code == COG_OK) {
        code = read_faults(object, discovery, error);
    }
    if (code == COG_OK) {
        code = read_numbers(object, discovery, error);
    }
    if (code == COG_OK) {
        code = scn_findings_read(object, &discovery->findings, error);
    }
    if (code != COG_OK) {
        return code;
    }
    discovery->scenario =
        cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(object, "scenario"));
    return discovery->scenario != NULL ? COG_OK : fail_memory(error);
}

/* The ids count: whoever took a failure out has to be told. */
static enum cog_code check_id(const cJSON *object, size_t index, struct cog_error *error)
{
    char id[SCN_DISCOVERY_ID_SIZE];
    const char *told = scn_member_string(object, "id");
    return told != NULL && strcmp(told, scn_discovery_id(index, id)) == 0
               ? COG_OK
               : cog_error_set(error, COG_ERROR_SYNTAX, "'id' is '%s', expected '%s'",
                               told != NULL ? told : "", scn_discovery_id(index, id));
}

enum cog_code scn_discovery_members_read(const cJSON *object, struct scn_exploration *exploration,
                                         struct cog_error *error)
{
    char id[SCN_DISCOVERY_ID_SIZE];
    size_t index = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "failures"))
    {
        COG_CLEANUP(scn_discovery_finish) struct scn_discovery discovery = {0};
        enum cog_code code = read_discovery(node, exploration, &discovery, error);
        if (code == COG_OK) {
            code = check_id(node, index, error);
        }
        if (code == COG_OK && scn_exploration_add(exploration, &discovery) != COG_OK) {
            code = fail_memory(error);
        }
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "'failures', %s", scn_discovery_id(index, id));
        }
        index++;
    }
    return COG_OK;
}
