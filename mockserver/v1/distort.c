#include "v1/distort.h"

#include "v1/answer.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <string.h>

enum { DEPTH = 10000 };

static cJSON *value_of_other_type(const cJSON *value)
{
    if (cJSON_IsString(value)) {
        return cJSON_CreateNumber(17);
    }
    if (cJSON_IsArray(value)) {
        return cJSON_CreateObject();
    }
    if (cJSON_IsObject(value)) {
        return cJSON_CreateArray();
    }
    return cJSON_CreateString("seventeen");
}

/* What stands in place of a member's value; NULL when out of memory. */
static cJSON *replacement(const cJSON *value, enum mock_fault_kind kind)
{
    if (kind == MOCK_FAULT_NULLS) {
        return cJSON_CreateNull();
    }
    if (kind == MOCK_FAULT_NUMBER_OVERFLOW) {
        return cJSON_CreateRaw("1e999");
    }
    return kind == MOCK_FAULT_NAN ? cJSON_CreateRaw("NaN") : value_of_other_type(value);
}

/* The body's JSON begins to be an object, or is none. */
static cJSON *parse_object(const struct mock_plan *plan)
{
    cJSON *json = plan->body == NULL ? NULL : cJSON_Parse(plan->body);
    if (!cJSON_IsObject(json)) {
        cJSON_Delete(json);
        return NULL;
    }
    return json;
}

/* The answer as it will be. A failed change is remembered. */
struct distortion {
    cJSON *object; /* Owned. */
    bool failed;
};

static void distortion_finish(struct distortion *distortion)
{
    cJSON_Delete(distortion->object);
}

static enum cog_code print(struct mock_plan *plan, const struct distortion *distortion)
{
    char *text = NULL;
    enum cog_code code =
        distortion->failed ? COG_ERROR_MEMORY : cog_json_print(distortion->object, &text, NULL);
    return code == COG_OK ? mock_plan_body_set(plan, text, strlen(text)) : code;
}

static bool add(struct distortion *distortion, const char *name, cJSON *item)
{
    if (item == NULL || !cJSON_AddItemToObject(distortion->object, name, item)) {
        cJSON_Delete(item);
        distortion->failed = true;
    }
    return !distortion->failed;
}

/* An answer without numbers gets the bad one in place of its first member. */
static bool is_replaced(const cJSON *object, const cJSON *value, enum mock_fault_kind kind)
{
    if (kind != MOCK_FAULT_NUMBER_OVERFLOW && kind != MOCK_FAULT_NAN) {
        return true;
    }
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object)
    {
        if (cJSON_IsNumber(member)) {
            return cJSON_IsNumber(value);
        }
    }
    return value == object->child;
}

/* Each member's value is another one. With duplicates both are there, the honest one first. */
static enum cog_code replace_values(struct mock_plan *plan, const cJSON *json,
                                    enum mock_fault_kind kind)
{
    COG_CLEANUP(distortion_finish) struct distortion distortion = {0};
    distortion.object =
        kind == MOCK_FAULT_DUPLICATE_KEYS ? cJSON_Duplicate(json, true) : cJSON_CreateObject();
    distortion.failed = distortion.object == NULL;
    const cJSON *value = NULL;
    cJSON_ArrayForEach(value, json)
    {
        cJSON *item = is_replaced(json, value, kind) ? replacement(value, kind)
                                                     : cJSON_Duplicate(value, true);
        if (distortion.failed) {
            cJSON_Delete(item);
        } else {
            (void)add(&distortion, value->string, item);
        }
    }
    return print(plan, &distortion);
}

static void upper(char *text)
{
    for (; *text != '\0'; text++) {
        if (*text >= 'a' && *text <= 'z') {
            *text = (char)(*text - 'a' + 'A');
        }
    }
}

static void set_member(struct distortion *distortion, cJSON *object, const char *name,
                       const char *value)
{
    cJSON *item = cJSON_Parse(value);
    if (item == NULL) {
        distortion->failed = true;
        return;
    }
    const bool is_set = cJSON_HasObjectItem(object, name)
                            ? cJSON_ReplaceItemInObjectCaseSensitive(object, name, item)
                            : cJSON_AddItemToObject(object, name, item);
    if (!is_set) {
        cJSON_Delete(item);
        distortion->failed = true;
    }
}

/* Only members that are there: an answer that has no identifier gets none. */
static void set_identifiers(struct distortion *distortion, cJSON *object)
{
    static const char *const names[] = {"job_id", "environment_id", "bot_id", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        if (cJSON_HasObjectItem(object, names[i])) {
            set_member(distortion, object, names[i], "\"somebody-elses\"");
        }
    }
}

static void shout(cJSON *object)
{
    static const char *const names[] = {"status", "token_type", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        cJSON *member = cJSON_GetObjectItemCaseSensitive(object, names[i]);
        if (cJSON_IsString(member)) {
            upper(member->valuestring);
        }
    }
}

static void change_object(struct distortion *distortion, cJSON *object,
                          const struct mock_injection *injection)
{
    switch ((int)injection->kind) {
    case MOCK_FAULT_MISSING_FIELD:
        cJSON_DeleteItemFromObjectCaseSensitive(object, injection->field);
        break;
    case MOCK_FAULT_SET_FIELD:
        set_member(distortion, object, injection->field, injection->value);
        break;
    case MOCK_FAULT_UNKNOWN_STATUS:
        set_member(distortion, object, "status", "\"reticulating\"");
        break;
    case MOCK_FAULT_OTHER_CASE:
        shout(object);
        break;
    case MOCK_FAULT_OTHER_ID:
        set_identifiers(distortion, object);
        break;
    default:
        set_member(distortion, object, "x_future", "{\"of\":[1,null,{\"another\":\"version\"}]}");
        break;
    }
}

/* @return whether it is a list of objects */
static bool change_list(struct distortion *distortion, const cJSON *list,
                        const struct mock_injection *injection)
{
    if (!cJSON_IsArray(list) || !cJSON_IsObject(list->child)) {
        return false;
    }
    cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        change_object(distortion, item, injection);
    }
    return true;
}

/* The answer itself; of a list the objects in it. */
static enum cog_code change_objects(struct mock_plan *plan, const cJSON *json,
                                    const struct mock_injection *injection)
{
    COG_CLEANUP(distortion_finish) struct distortion distortion = {0};
    distortion.object = cJSON_Duplicate(json, true);
    distortion.failed = distortion.object == NULL;
    bool has_list = false;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, distortion.object)
    {
        has_list = change_list(&distortion, member, injection) || has_list;
    }
    if (!has_list && !distortion.failed) {
        change_object(&distortion, distortion.object, injection);
    }
    return print(plan, &distortion);
}

/* So many objects in each other that a parser which calls itself has no stack left. */
static enum cog_code nest(struct mock_plan *plan)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (int i = 0; i < DEPTH; i++) {
        cog_text_append(&text, "{\"a\":");
    }
    cog_text_append(&text, "0");
    for (int i = 0; i < DEPTH; i++) {
        cog_text_append(&text, "}");
    }
    const size_t length = text.length;
    return mock_plan_body_set(plan, cog_text_take(&text), length);
}

/* Two bytes that no UTF-8 has, in a member that nobody needs. */
static enum cog_code add_bad_bytes(struct mock_plan *plan)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_bytes(&text, plan->body, plan->body_length - 1);
    cog_text_append(&text, plan->body_length > 2 ? "," : "");
    cog_text_append(&text, "\"note\":\"\xff\xfe\"}");
    const size_t length = text.length;
    return mock_plan_body_set(plan, cog_text_take(&text), length);
}

/* The half of the text, with a Content-Length that fits: HTTP is content. */
static void cut(struct mock_plan *plan)
{
    plan->body_length /= 2;
    plan->body[plan->body_length] = '\0';
    plan->sent_length = plan->body_length;
}

static enum cog_code distort(struct mock_plan *plan, const cJSON *json,
                             const struct mock_injection *injection)
{
    switch ((int)injection->kind) {
    case MOCK_FAULT_TRUNCATED_JSON:
        cut(plan);
        return COG_OK;
    case MOCK_FAULT_WRONG_TYPES:
    case MOCK_FAULT_NULLS:
    case MOCK_FAULT_DUPLICATE_KEYS:
    case MOCK_FAULT_NUMBER_OVERFLOW:
    case MOCK_FAULT_NAN:
        return replace_values(plan, json, injection->kind);
    case MOCK_FAULT_MISSING_FIELD:
    case MOCK_FAULT_SET_FIELD:
    case MOCK_FAULT_UNKNOWN_STATUS:
    case MOCK_FAULT_OTHER_CASE:
    case MOCK_FAULT_UNKNOWN_FIELDS:
    case MOCK_FAULT_OTHER_ID:
        return change_objects(plan, json, injection);
    case MOCK_FAULT_DEEP_JSON:
        return nest(plan);
    case MOCK_FAULT_INVALID_UTF8:
        return add_bad_bytes(plan);
    default:
        return COG_OK;
    }
}

enum cog_code mock_plan_distort(struct mock_plan *plan, const struct mock_injection *injection)
{
    cJSON *json = parse_object(plan);
    if (json == NULL) {
        return COG_OK;
    }
    enum cog_code code = distort(plan, json, injection);
    cJSON_Delete(json);
    return code;
}
