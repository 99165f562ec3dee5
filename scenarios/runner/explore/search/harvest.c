#include "explore/search/harvest.h"

#include "explore/report/matrix_json.h"

#include <cogbase/json.h>

#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX = 1 << 30 };

/* The numbers of an effort, by the names that they have in JSON. */
static const struct {
    const char *name;
    size_t offset;
} numbers[] = {
    {"possible", offsetof(struct scn_effort, possible_count)},
    {"runs", offsetof(struct scn_effort, run_count)},
    {"idle", offsetof(struct scn_effort, idle_count)},
    {"pruned", offsetof(struct scn_effort, pruned_count)},
    {"failed", offsetof(struct scn_effort, failed_count)},
    {"inconclusive", offsetof(struct scn_effort, inconclusive_count)},
};

enum { NUMBER_COUNT = sizeof numbers / sizeof numbers[0] };

static size_t *number_at(struct scn_effort *effort, size_t index)
{
    return (size_t *)(void *)((char *)effort + numbers[index].offset);
}

enum cog_code scn_harvest_note_course(struct scn_harvest *harvest, const struct scn_course *course)
{
    const size_t count = harvest->course_count + 1;
    struct scn_course *courses = realloc(harvest->courses, count * sizeof *courses);
    if (courses == NULL) {
        return COG_ERROR_MEMORY;
    }
    courses[count - 1] = *course;
    harvest->courses = courses;
    harvest->course_count = count;
    return COG_OK;
}

static bool add_effort(cJSON *object, const struct scn_effort *effort)
{
    struct scn_effort copy = *effort;
    bool is_done = true;
    for (size_t i = 0; is_done && i < NUMBER_COUNT; i++) {
        is_done =
            cJSON_AddNumberToObject(object, numbers[i].name, (double)*number_at(&copy, i)) != NULL;
    }
    return is_done &&
           cJSON_AddNumberToObject(object, "virtual_ms", (double)effort->virtual_ms) != NULL;
}

static bool add_strings(cJSON *object, const char *name, char *const *items, size_t count)
{
    cJSON *list = cJSON_AddArrayToObject(object, name);
    bool is_done = list != NULL;
    for (size_t i = 0; is_done && i < count && items[i] != NULL; i++) {
        is_done = cJSON_AddItemToArray(list, cJSON_CreateString(items[i]));
    }
    return is_done;
}

static bool add_courses(cJSON *object, const struct scn_harvest *harvest)
{
    cJSON *list = cJSON_AddArrayToObject(object, "courses");
    bool is_done = list != NULL;
    for (size_t i = 0; is_done && i < harvest->course_count; i++) {
        const struct scn_course *course = &harvest->courses[i];
        is_done = cJSON_AddItemToArray(list, cJSON_CreateString(course->exact)) &&
                  cJSON_AddItemToArray(list, cJSON_CreateString(course->shape)) &&
                  cJSON_AddItemToArray(list, cJSON_CreateString(course->overcome));
    }
    return is_done;
}

static bool add_finding(cJSON *list, const struct scn_finding *finding)
{
    cJSON *entry = cJSON_CreateObject();
    return cJSON_AddItemToArray(list, entry) &&
           cJSON_AddStringToObject(entry, "result", scn_result_name(finding->result)) != NULL &&
           cJSON_AddStringToObject(entry, "check", finding->subject) != NULL &&
           cJSON_AddStringToObject(entry, "text", finding->text) != NULL;
}

static bool add_discovery(cJSON *list, const struct scn_discovery *discovery)
{
    cJSON *entry = cJSON_CreateObject();
    bool is_done = cJSON_AddItemToArray(list, entry) &&
                   add_strings(entry, "faults", discovery->faults, SCN_DISCOVERY_FAULTS_MAX) &&
                   cJSON_AddNumberToObject(entry, "place", (double)discovery->place) != NULL &&
                   cJSON_AddNumberToObject(entry, "exit", discovery->exit_code) != NULL &&
                   cJSON_AddStringToObject(entry, "scenario", discovery->scenario) != NULL;
    cJSON *findings = is_done ? cJSON_AddArrayToObject(entry, "findings") : NULL;
    is_done = findings != NULL;
    for (size_t i = 0; is_done && i < discovery->findings.count; i++) {
        is_done = add_finding(findings, &discovery->findings.items[i]);
    }
    return is_done;
}

static bool add_matrix(cJSON *object, const struct scn_matrix *matrix)
{
    COG_CLEANUP(scn_json_text_finish) struct scn_json_text json = {0};
    scn_matrix_write(&json, NULL, matrix);
    return !json.text.failed &&
           cJSON_AddRawToObject(object, "matrix", cog_text_string(&json.text)) != NULL;
}

static bool add_found(cJSON *object, const struct scn_exploration *found)
{
    cJSON *list = cJSON_AddArrayToObject(object, "found");
    bool is_done = list != NULL;
    for (size_t i = 0; is_done && i < found->discovery_count; i++) {
        is_done = add_discovery(list, &found->discoveries[i]);
    }
    cJSON *slowest = is_done ? cJSON_AddArrayToObject(object, "slowest") : NULL;
    is_done = slowest != NULL;
    for (size_t i = 0; is_done && i < found->slowest_count; i++) {
        cJSON *entry = cJSON_CreateObject();
        is_done = cJSON_AddItemToArray(slowest, entry) &&
                  cJSON_AddStringToObject(entry, "run", found->slowest[i].name) != NULL &&
                  cJSON_AddNumberToObject(entry, "ms", (double)found->slowest[i].real_ms) != NULL;
    }
    return is_done && add_matrix(object, &found->matrix) &&
           add_strings(object, "cells", found->cells.items, found->cells.count);
}

void scn_harvest_format(const struct scn_harvest *harvest, struct cog_text *text)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    if (add_effort(object, &harvest->effort) && add_courses(object, harvest) &&
        add_found(object, &harvest->found)) {
        line = cJSON_PrintUnformatted(object);
    }
    if (line == NULL) {
        text->failed = true;
        return;
    }
    cog_text_append(text, line);
}

static enum cog_code read_effort(const cJSON *object, struct scn_effort *effort,
                                 struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < NUMBER_COUNT; i++) {
        int64_t number = 0;
        code = cog_json_integer(object, numbers[i].name, 0, NUMBER_MAX, &number, error);
        *number_at(effort, i) = (size_t)number;
    }
    return code == COG_OK ? cog_json_integer(object, "virtual_ms", 0, INT64_C(1) << 52,
                                             &effort->virtual_ms, error)
                          : code;
}

/* A course is three texts, one behind the other. */
static enum cog_code read_courses(const cJSON *object, struct scn_harvest *harvest,
                                  struct cog_error *error)
{
    struct scn_course course = {0};
    char *const places[] = {course.exact, course.shape, course.overcome};
    size_t place = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "courses"))
    {
        if (!cJSON_IsString(node) ||
            !cog_string_copy(places[place], SCN_COURSE_SIZE, node->valuestring)) {
            return cog_error_set(error, COG_ERROR_PROTOCOL, "a course is no digest");
        }
        place = (place + 1) % (sizeof places / sizeof places[0]);
        if (place == 0 && scn_harvest_note_course(harvest, &course) != COG_OK) {
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
    }
    return place == 0 ? COG_OK : cog_error_set(error, COG_ERROR_PROTOCOL, "a course is not whole");
}

static enum cog_code read_result(const char *name, enum scn_result *out_result,
                                 struct cog_error *error)
{
    const bool is_failure = strcmp(name, scn_result_name(SCN_FAIL)) == 0;
    if (!is_failure && strcmp(name, scn_result_name(SCN_INCONCLUSIVE)) != 0) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "there is no result '%s'", name);
    }
    *out_result = is_failure ? SCN_FAIL : SCN_INCONCLUSIVE;
    return COG_OK;
}

static enum cog_code read_findings(const cJSON *entry, struct scn_findings *findings,
                                   struct cog_error *error)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(entry, "findings"))
    {
        const char *name = NULL;
        const char *check = NULL;
        const char *text = NULL;
        enum scn_result result = SCN_INCONCLUSIVE;
        enum cog_code code = cog_json_string(node, "result", &name, error);
        if (code == COG_OK) {
            code = read_result(name, &result, error);
        }
        if (code == COG_OK) {
            code = cog_json_string(node, "check", &check, error);
        }
        if (code == COG_OK) {
            code = cog_json_string(node, "text", &text, error);
        }
        if (code != COG_OK) {
            return code;
        }
        scn_findings_append(findings, result, check, "%s", text);
    }
    return COG_OK;
}

static enum cog_code read_discovery(const cJSON *entry, struct scn_discovery *discovery,
                                    struct cog_error *error)
{
    int64_t place = 0;
    int64_t exit_code = 0;
    const char *scenario = NULL;
    size_t count = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(entry, "faults"))
    {
        if (!cJSON_IsString(node) || count == SCN_DISCOVERY_FAULTS_MAX) {
            return cog_error_set(error, COG_ERROR_PROTOCOL, "'faults' is wrong");
        }
        discovery->faults[count++] = cog_string_clone(node->valuestring, strlen(node->valuestring));
    }
    enum cog_code code = cog_json_integer(entry, "place", 0, NUMBER_MAX, &place, error);
    if (code == COG_OK) {
        code = cog_json_integer(entry, "exit", 0, UINT8_MAX, &exit_code, error);
    }
    if (code == COG_OK) {
        code = cog_json_string(entry, "scenario", &scenario, error);
    }
    if (code != COG_OK) {
        return code;
    }
    discovery->place = (size_t)place;
    discovery->exit_code = (int)exit_code;
    discovery->scenario = cog_string_clone(scenario, strlen(scenario));
    return discovery->scenario != NULL ? read_findings(entry, &discovery->findings, error)
                                       : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code read_found(const cJSON *object, struct scn_exploration *found,
                                struct cog_error *error)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "found"))
    {
        COG_CLEANUP(scn_discovery_finish) struct scn_discovery discovery = {0};
        enum cog_code code = read_discovery(node, &discovery, error);
        if (code == COG_OK) {
            code = scn_exploration_add(found, &discovery);
        }
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_rest(const cJSON *object, struct scn_exploration *found,
                               struct cog_error *error)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "cells"))
    {
        scn_cells_note(&found->cells, "%s", cJSON_IsString(node) ? node->valuestring : "");
    }
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "slowest"))
    {
        const char *run = NULL;
        int64_t real_ms = 0;
        enum cog_code code = cog_json_string(node, "run", &run, error);
        if (code == COG_OK) {
            code = cog_json_integer(node, "ms", 0, INT64_C(1) << 52, &real_ms, error);
        }
        if (code == COG_OK) {
            code = scn_exploration_note_time(found, run, real_ms);
        }
        if (code != COG_OK) {
            return code;
        }
    }
    return found->cells.failed ? COG_ERROR_MEMORY : COG_OK;
}

static enum cog_code read_all(const cJSON *object, struct scn_harvest *harvest,
                              struct cog_error *error)
{
    enum cog_code code = read_effort(object, &harvest->effort, error);
    if (code == COG_OK) {
        code = read_courses(object, harvest, error);
    }
    if (code == COG_OK) {
        code = read_found(object, &harvest->found, error);
    }
    if (code == COG_OK) {
        code = scn_matrix_read(object, &harvest->found.matrix, error);
    }
    return code == COG_OK ? read_rest(object, &harvest->found, error) : code;
}

enum cog_code scn_harvest_parse(const char *text, size_t length, struct scn_harvest *out_harvest,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = NULL;
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest = {0};
    struct cog_error inner = {0};
    enum cog_code code = cog_json_parse_object(text, length, &object, &inner);
    if (code == COG_OK) {
        code = read_all(object, &harvest, &inner);
    }
    if (code == COG_ERROR_MEMORY) {
        return cog_error_set(error, code, "out of memory");
    }
    if (code != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "what came of some runs cannot be read: %s",
                             inner.message);
    }
    *out_harvest = harvest;
    harvest = (struct scn_harvest){0};
    return COG_OK;
}

void scn_harvest_finish(struct scn_harvest *harvest)
{
    free(harvest->courses);
    scn_exploration_finish(&harvest->found);
    *harvest = (struct scn_harvest){0};
}
