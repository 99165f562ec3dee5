/* A course as JSON: each struct is one table, which both directions go by. */
#include "course.h"

#include <cogbase/canonical.h>
#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/stamp.h>

#include <stdio.h>
#include <string.h>

/* So often nothing is done, and a count that is larger still fits an int. */
enum { FORMAT = 1, COUNT_MAX = 1000000 };

enum kind {
    KIND_TEXT,
    KIND_INTEGER,
    KIND_COUNT,   /* How often something was done. */
    KIND_UNIX_MS, /* A time of the wall clock. */
    KIND_NUMBER,
    KIND_BOOLEAN,
    KIND_WORD, /* An enum. */
};

/* An enum's values, by name. */
struct words {
    const char *(*name)(int value);
    int count;
};

struct field {
    const char *name;
    const char *printed; /* With the comma in front, which the first one goes without. */
    size_t printed_length;
    enum kind kind;
    size_t offset;
    size_t size; /* Of a text. */
    const struct words *words;
};

_Static_assert(sizeof(enum cog_state) == sizeof(int) && sizeof(enum cog_outcome) == sizeof(int) &&
                   sizeof(enum cog_target_state) == sizeof(int) &&
                   sizeof(enum cog_job_status) == sizeof(int) &&
                   sizeof(enum cog_rollback_end) == sizeof(int) &&
                   sizeof(enum cog_delivery) == sizeof(int) && sizeof(enum cog_code) == sizeof(int),
               "words are stored as int");

static const char *state_word(int value)
{
    return cog_state_key((enum cog_state)value);
}

static const char *outcome_word(int value)
{
    return cog_outcome_name((enum cog_outcome)value);
}

static const char *target_word(int value)
{
    return cog_target_state_name((enum cog_target_state)value);
}

static const char *job_word(int value)
{
    return cog_job_status_name((enum cog_job_status)value);
}

static const char *rollback_word(int value)
{
    return cog_rollback_end_name((enum cog_rollback_end)value);
}

static const char *delivery_word(int value)
{
    return cog_delivery_name((enum cog_delivery)value);
}

static const char *code_word(int value)
{
    return cog_code_name((enum cog_code)value);
}

static const struct words CODE_WORDS = {code_word, COG_ERROR_AMBIGUOUS + 1};
static const struct words DELIVERY_WORDS = {delivery_word, COG_DELIVERY_FAILED + 1};
static const struct words STATE_WORDS = {state_word, COG_STATE_COUNT};
static const struct words OUTCOME_WORDS = {outcome_word, COG_OUTCOME_INTERRUPTED + 1};
static const struct words TARGET_WORDS = {target_word, COG_TARGET_UNKNOWN + 1};
static const struct words JOB_WORDS = {job_word, COG_JOB_OTHER + 1};
static const struct words ROLLBACK_WORDS = {rollback_word, COG_ROLLBACK_UNKNOWN + 1};

#define FIELD(type, name, member, kind, words)                                                     \
    {                                                                                              \
        name, ",\"" name "\":", sizeof(",\"" name "\":") - 1, kind, offsetof(struct type, member), \
            sizeof(((struct type *)0)->member), words                                              \
    }
#define COURSE(name, member, kind, words) FIELD(cog_course, name, member, kind, words)
#define REPORT(name, member, kind, words) FIELD(cog_course, name, report.member, kind, words)
#define METRIC(name, member, kind)        FIELD(cog_course, name, baseline.member, kind, NULL)
#define HOLDER(name, member, kind)        FIELD(cog_course, name, holder.member, kind, NULL)
#define JOB(name, member, kind, words)    FIELD(cog_course, name, job.member, kind, words)

/* Sorted by name, like everything that is sealed. */
static const struct field BASELINE_FIELDS[] = {
    METRIC("content_digest", content_digest, KIND_TEXT),
    METRIC("entities", entities, KIND_INTEGER),
    METRIC("flows", flows, KIND_INTEGER),
    METRIC("integrations", integrations, KIND_INTEGER),
    METRIC("intents", intents, KIND_INTEGER),
    METRIC("is_measured", is_measured, KIND_BOOLEAN),
    METRIC("variables", variables, KIND_INTEGER),
    METRIC("version", version, KIND_TEXT),
    METRIC("webhooks", webhooks, KIND_INTEGER),
};

static const struct field HOLDER_FIELDS[] = {
    HOLDER("boot_id", boot_id, KIND_TEXT),
    HOLDER("host", host, KIND_TEXT),
    HOLDER("pid", pid, KIND_INTEGER),
    HOLDER("start_ticks", start_ticks, KIND_INTEGER),
};

static const struct field JOB_FIELDS[] = {
    JOB("error", error, KIND_TEXT, NULL),
    JOB("job_id", job_id, KIND_TEXT, NULL),
    JOB("progress", progress, KIND_NUMBER, NULL),
    JOB("retry_after_ms", retry_after_ms, KIND_INTEGER, NULL),
    JOB("rollback_id", rollback_id, KIND_TEXT, NULL),
    JOB("status", status, KIND_WORD, &JOB_WORDS),
    JOB("status_word", status_word, KIND_TEXT, NULL),
};

static const struct field REPORT_FIELDS[] = {
    REPORT("audit_checksum", audit_checksum, KIND_TEXT, NULL),
    REPORT("audit_is_written", audit_is_written, KIND_BOOLEAN, NULL),
    REPORT("audit_seq", audit_sequence, KIND_INTEGER, NULL),
    REPORT("duration_ms", duration_ms, KIND_INTEGER, NULL),
    REPORT("follow_up", follow_up, KIND_TEXT, NULL),
    REPORT("job_id", job_id, KIND_TEXT, NULL),
    REPORT("outcome", outcome, KIND_WORD, &OUTCOME_WORDS),
    REPORT("parity_is_measured", parity_is_measured, KIND_BOOLEAN, NULL),
    REPORT("parity_score", parity_score, KIND_NUMBER, NULL),
    REPORT("reason", reason, KIND_TEXT, NULL),
    REPORT("rollback_end", rollback_end, KIND_WORD, &ROLLBACK_WORDS),
    REPORT("rollback_id", rollback_id, KIND_TEXT, NULL),
    REPORT("run_id", run_id, KIND_TEXT, NULL),
    REPORT("source_env_id", source_environment_id, KIND_TEXT, NULL),
    REPORT("started_unix_ms", started_unix_ms, KIND_UNIX_MS, NULL),
    REPORT("step", step, KIND_TEXT, NULL),
    REPORT("target", target, KIND_WORD, &TARGET_WORDS),
    REPORT("target_env_id", target_environment_id, KIND_TEXT, NULL),
    REPORT("webhook", webhook, KIND_WORD, &DELIVERY_WORDS),
    REPORT("webhook_error", webhook_error, KIND_TEXT, NULL),
};

static const struct field RUN_FIELDS[] = {
    COURSE("api_base", api_base, KIND_TEXT, NULL),
    COURSE("ending_count", ending_count, KIND_COUNT, NULL),
    COURSE("include_integrations", include_integrations, KIND_BOOLEAN, NULL),
    COURSE("include_webhooks", include_webhooks, KIND_BOOLEAN, NULL),
    COURSE("is_audited", is_audited, KIND_BOOLEAN, NULL),
    COURSE("is_by_hand", is_by_hand, KIND_BOOLEAN, NULL),
    COURSE("is_closed", is_closed, KIND_BOOLEAN, NULL),
    COURSE("is_decided", is_decided, KIND_BOOLEAN, NULL),
    COURSE("is_listed", known.is_listed, KIND_BOOLEAN, NULL),
    COURSE("last_state", last_state, KIND_WORD, &STATE_WORDS),
    COURSE("override_active_sessions", override_active_sessions, KIND_BOOLEAN, NULL),
    COURSE("platform_version", platform_version, KIND_TEXT, NULL),
    COURSE("promote_count", promote_count, KIND_COUNT, NULL),
    COURSE("promote_is_open", promote_is_open, KIND_BOOLEAN, NULL),
    COURSE("promote_key", promote_key, KIND_TEXT, NULL),
    COURSE("promote_refusal", promote_refusal, KIND_WORD, &CODE_WORDS),
    COURSE("resolve_dependencies", resolve_dependencies, KIND_BOOLEAN, NULL),
    COURSE("rollback_is_accepted", rollback_is_accepted, KIND_BOOLEAN, NULL),
    COURSE("rollback_is_open", rollback_is_open, KIND_BOOLEAN, NULL),
    COURSE("rollback_key", rollback_key, KIND_TEXT, NULL),
    COURSE("rollback_may_have_been_applied", rollback_may_have_been_applied, KIND_BOOLEAN, NULL),
    COURSE("state", state, KIND_WORD, &STATE_WORDS),
    COURSE("successor", successor, KIND_TEXT, NULL),
    COURSE("sync_configuration", sync_configuration, KIND_BOOLEAN, NULL),
};

/* The objects of a record, sorted by name. */
static const struct section {
    const char *name;
    const struct field *fields;
    size_t field_count;
} SECTIONS[] = {
    {"baseline", BASELINE_FIELDS, sizeof BASELINE_FIELDS / sizeof BASELINE_FIELDS[0]},
    {"holder", HOLDER_FIELDS, sizeof HOLDER_FIELDS / sizeof HOLDER_FIELDS[0]},
    {"job", JOB_FIELDS, sizeof JOB_FIELDS / sizeof JOB_FIELDS[0]},
    {"report", REPORT_FIELDS, sizeof REPORT_FIELDS / sizeof REPORT_FIELDS[0]},
    {"run", RUN_FIELDS, sizeof RUN_FIELDS / sizeof RUN_FIELDS[0]},
};

/* Identifiers, one behind the other in the course. */
struct list {
    const char *name;
    size_t offset;
    size_t item_size;
    size_t capacity;
    size_t count_offset;
    bool is_optional; /* A journal from before there was such a list has none. */
};

static const struct list KNOWN_JOB_IDS = {
    "known_job_ids",     offsetof(struct cog_course, known.job_ids), COG_ID_SIZE,
    COG_DEPLOYMENTS_MAX, offsetof(struct cog_course, known.count),   false,
};

static const struct list RETIRED_KEYS = {
    "retired_keys",       offsetof(struct cog_course, retired_keys),      COG_UUID_SIZE,
    COG_RETIRED_KEYS_MAX, offsetof(struct cog_course, retired_key_count), true,
};

static void field_format(const struct field *field, const struct cog_course *course,
                         struct cog_text *text)
{
    const void *member = (const char *)course + field->offset;
    switch (field->kind) {
    case KIND_TEXT:
        cog_canonical_append_string(text, member);
        break;
    case KIND_INTEGER:
    case KIND_COUNT:
    case KIND_UNIX_MS:
        cog_canonical_append_integer(text, *(const int64_t *)member);
        break;
    case KIND_NUMBER:
        cog_canonical_append_number(text, *(const double *)member);
        break;
    case KIND_BOOLEAN:
        cog_text_append(text, *(const bool *)member ? "true" : "false");
        break;
    case KIND_WORD:
        cog_canonical_append_string(text, field->words->name(*(const int *)member));
        break;
    }
}

static void section_format(const struct section *section, const struct cog_course *course,
                           struct cog_text *text)
{
    cog_canonical_append_name(text, section->name);
    cog_text_append(text, "{");
    for (size_t i = 0; i < section->field_count; i++) {
        const struct field *field = &section->fields[i];
        const size_t skipped = i > 0 ? 0 : 1;
        cog_text_append_bytes(text, field->printed + skipped, field->printed_length - skipped);
        field_format(field, course, text);
    }
    cog_text_append(text, "}");
}

static void list_format(const struct list *list, const struct cog_course *course,
                        struct cog_text *text)
{
    const char *items = (const char *)course + list->offset;
    const size_t count = *(const size_t *)((const char *)course + list->count_offset);
    cog_canonical_append_name(text, list->name);
    cog_text_append(text, "[");
    for (size_t i = 0; i < count; i++) {
        cog_text_append(text, i > 0 ? "," : "");
        cog_canonical_append_string(text, items + i * list->item_size);
    }
    cog_text_append(text, "]");
}

void cog_course_format(const struct cog_course *course, const char *event, int64_t at_unix_ms,
                       struct cog_text *text, size_t *out_seal_offset)
{
    char at[COG_STAMP_RFC3339_SIZE];
    cog_text_append(text, "{");
    cog_canonical_append_name(text, "at");
    cog_canonical_append_string(text, cog_stamp_format_rfc3339(at_unix_ms, at));
    cog_canonical_append_name(text, "at_unix_ms");
    cog_canonical_append_integer(text, at_unix_ms);
    section_format(&SECTIONS[0], course, text);
    *out_seal_offset = text->length;
    cog_canonical_append_name(text, "event");
    cog_canonical_append_string(text, event);
    cog_canonical_append_name(text, "format");
    cog_canonical_append_integer(text, FORMAT);
    section_format(&SECTIONS[1], course, text);
    section_format(&SECTIONS[2], course, text);
    list_format(&KNOWN_JOB_IDS, course, text);
    section_format(&SECTIONS[3], course, text);
    list_format(&RETIRED_KEYS, course, text);
    section_format(&SECTIONS[4], course, text);
    cog_text_append(text, "}");
}

static enum cog_code word_parse(const cJSON *object, const struct field *field, int *out_value,
                                struct cog_error *error)
{
    const char *word = NULL;
    enum cog_code code = cog_json_string(object, field->name, &word, error);
    if (code != COG_OK) {
        return code;
    }
    for (int i = 0; i < field->words->count; i++) {
        if (strcmp(field->words->name(i), word) == 0) {
            *out_value = i;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_SYNTAX, "field '%s' is an unknown word", field->name);
}

static enum cog_code field_parse(const cJSON *object, const struct field *field,
                                 struct cog_course *course, struct cog_error *error)
{
    void *member = (char *)course + field->offset;
    switch (field->kind) {
    case KIND_TEXT:
        return cog_json_string_copy(object, field->name, member, field->size, error);
    case KIND_INTEGER:
        return cog_json_integer(object, field->name, -COG_NUMBER_INTEGER_MAX,
                                COG_NUMBER_INTEGER_MAX, member, error);
    case KIND_COUNT:
        return cog_json_integer(object, field->name, 0, COUNT_MAX, member, error);
    case KIND_UNIX_MS:
        return cog_json_integer(object, field->name, 0, COG_NUMBER_INTEGER_MAX, member, error);
    case KIND_NUMBER:
        return cog_json_number(object, field->name, member, error);
    case KIND_BOOLEAN:
        return cog_json_boolean(object, field->name, member, error);
    case KIND_WORD:
        return word_parse(object, field, member, error);
    }
    return cog_error_set(error, COG_ERROR_INTERNAL, "no such kind of field");
}

/* A journal from before there were such members has none. */
static bool is_optional(const struct field *field)
{
    return field->offset == offsetof(struct cog_course, is_decided) ||
           field->offset == offsetof(struct cog_course, promote_refusal) ||
           field->offset == offsetof(struct cog_course, successor);
}

static enum cog_code section_parse(const struct section *section, const cJSON *record,
                                   struct cog_course *course, struct cog_error *error)
{
    const cJSON *object = cJSON_GetObjectItemCaseSensitive(record, section->name);
    if (!cJSON_IsObject(object)) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "field '%s' is not an object", section->name);
    }
    for (size_t i = 0; i < section->field_count; i++) {
        if (is_optional(&section->fields[i]) &&
            !cJSON_HasObjectItem(object, section->fields[i].name)) {
            continue;
        }
        enum cog_code code = field_parse(object, &section->fields[i], course, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code list_parse(const struct list *list, const cJSON *record,
                                struct cog_course *course, struct cog_error *error)
{
    char *items = (char *)course + list->offset;
    size_t count = 0;
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(record, list->name);
    const cJSON *item = NULL;
    if (array == NULL && list->is_optional) {
        return COG_OK;
    }
    if (!cJSON_IsArray(array) || (size_t)cJSON_GetArraySize(array) > list->capacity) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "field '%s' is not an array of at most %zu",
                             list->name, list->capacity);
    }
    cJSON_ArrayForEach(item, array)
    {
        const char *text = cJSON_GetStringValue(item);
        if (text == NULL || strlen(text) >= list->item_size) {
            return cog_error_set(error, COG_ERROR_SYNTAX, "'%s' holds no identifier", list->name);
        }
        (void)snprintf(items + count++ * list->item_size, list->item_size, "%s", text);
    }
    *(size_t *)((char *)course + list->count_offset) = count;
    return COG_OK;
}

static enum cog_code record_parse(const cJSON *record, struct cog_course *course,
                                  const char **out_event, int64_t *out_at_unix_ms,
                                  struct cog_error *error)
{
    int64_t format = 0;
    enum cog_code code = cog_json_integer(record, "format", FORMAT, FORMAT, &format, error);
    for (size_t i = 0; code == COG_OK && i < sizeof SECTIONS / sizeof SECTIONS[0]; i++) {
        code = section_parse(&SECTIONS[i], record, course, error);
    }
    if (code == COG_OK) {
        code = list_parse(&KNOWN_JOB_IDS, record, course, error);
    }
    if (code == COG_OK) {
        code = list_parse(&RETIRED_KEYS, record, course, error);
    }
    if (code == COG_OK) {
        code = cog_json_string(record, "event", out_event, error);
    }
    if (code == COG_OK) {
        code = cog_json_integer(record, "at_unix_ms", 0, COG_NUMBER_INTEGER_MAX, out_at_unix_ms,
                                error);
    }
    return code;
}

enum cog_code cog_course_parse(const cJSON *record, struct cog_course *out_course,
                               const char **out_event, int64_t *out_at_unix_ms,
                               struct cog_error *error)
{
    struct cog_course course = {0};
    struct cog_error cause = {0};
    if (record_parse(record, &course, out_event, out_at_unix_ms, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "%s", cause.message);
    }
    if (course.state == COG_STATE_END && course.ending_count == 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "it has ended, and 'ending_count' is 0");
    }
    *out_course = course;
    return COG_OK;
}
