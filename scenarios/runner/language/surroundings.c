#include "language/surroundings.h"

#include <cogbase/duration.h>

#include <string.h>

enum { DRIFT_PERCENT_MAX = 90 };

static const char *const operations[] = {"append", "update", "read", "list", "probe", NULL};
static const char *const failures[] = {"EIO", "ENOSPC", "EROFS", "EACCES", "short_write", NULL};
static const char *const files[] = {"audit.jsonl", "journal/*", "outbox/*", "locks/*", NULL};

static const struct cog_document_range number_range = {1, 100000};

const char *scn_storage_operation_name(enum scn_storage_operation operation)
{
    return operations[operation];
}

const char *scn_storage_failure_name(enum scn_storage_failure failure)
{
    return failures[failure];
}

const char *scn_storage_file_of(const char *name)
{
    for (size_t i = 0; files[i] != NULL; i++) {
        const char *slash = strchr(files[i], '/');
        const size_t length = slash != NULL ? (size_t)(slash - files[i]) : strlen(files[i]);
        if (strncmp(files[i], name, length) != 0) {
            continue;
        }
        if (name[length] == '\0' || (slash != NULL && name[length] == '/')) {
            return files[i];
        }
    }
    return NULL;
}

static enum cog_code require_all(const struct cog_document *document, const cJSON *node,
                                 const char *const *keys, struct cog_error *error)
{
    const cJSON *required = NULL;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && keys[i] != NULL; i++) {
        code = cog_document_require(document, node, keys[i], &required, error);
    }
    return code;
}

static enum cog_code parse_words(const struct cog_document *document, const cJSON *node,
                                 struct scn_storage_fault *fault, struct cog_error *error)
{
    int operation = 0;
    int file = 0;
    int failure = 0;
    enum cog_code code =
        cog_document_word(document, node, "operation", operations, &operation, error);
    if (code == COG_OK) {
        code = cog_document_word(document, node, "file", files, &file, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, node, "fail", failures, &failure, error);
    }
    fault->operation = (enum scn_storage_operation)operation;
    fault->file = files[file];
    fault->failure = (enum scn_storage_failure)failure;
    return code;
}

static enum cog_code parse_number(const struct cog_document *document, const cJSON *node,
                                  const char *key, int *out_number, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = cog_document_integer(document, node, key, number_range, &number, error);
    *out_number = (int)number;
    return code;
}

/* What the client never does with such a file would never fail. */
static enum cog_code check_storage_fault(const struct cog_document *document, const cJSON *node,
                                         const struct scn_storage_fault *fault,
                                         struct cog_error *error)
{
    if (fault->nth > 0 && fault->from > 0) {
        return cog_document_fail(document, node, error,
                                 "'nth' and 'from' exclude each other: which operations fail?");
    }
    if (fault->failure == SCN_STORAGE_SHORT_WRITE && fault->operation != SCN_STORAGE_APPEND) {
        return cog_document_fail(document, node, error,
                                 "'short_write' is of 'append': '%s' has no half",
                                 scn_storage_operation_name(fault->operation));
    }
    if (fault->operation == SCN_STORAGE_LIST && strchr(fault->file, '/') == NULL) {
        return cog_document_fail(document, node, error,
                                 "'list' is of a folder, such as 'journal/*': '%s' is a file",
                                 fault->file);
    }
    return COG_OK;
}

static enum cog_code parse_storage_fault(const struct cog_document *document, const cJSON *node,
                                         struct scn_storage_fault *out_fault,
                                         struct cog_error *error)
{
    static const char *const keys[] = {"operation", "file", "fail", "nth", "from", NULL};
    static const char *const required[] = {"operation", "file", "fail", NULL};
    struct scn_storage_fault fault = {0};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = require_all(document, node, required, error);
    }
    if (code == COG_OK) {
        code = parse_words(document, node, &fault, error);
    }
    if (code == COG_OK) {
        code = parse_number(document, node, "nth", &fault.nth, error);
    }
    if (code == COG_OK) {
        code = parse_number(document, node, "from", &fault.from, error);
    }
    if (code == COG_OK) {
        code = check_storage_fault(document, node, &fault, error);
    }
    if (code == COG_OK) {
        *out_fault = fault;
    }
    return code;
}

static enum cog_code parse_storage(const struct cog_document *document, const cJSON *client,
                                   struct scn_surroundings *surroundings, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, client, "storage", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    if (cJSON_GetArraySize(array) > SCN_STORAGE_FAULTS_MAX) {
        return cog_document_fail(document, array, error, "expected at most %d faults of the disk",
                                 SCN_STORAGE_FAULTS_MAX);
    }
    surroundings->storage_fault_count = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        struct scn_storage_fault *fault =
            &surroundings->storage_faults[surroundings->storage_fault_count++];
        code = parse_storage_fault(document, node, fault, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

/* "+1h", "-30s": a duration with its direction. */
static enum cog_code parse_step(const struct cog_document *document, const cJSON *node,
                                int64_t *out_step_ms, struct cog_error *error)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(node, "step");
    const char *text = cJSON_GetStringValue(member);
    int64_t step_ms = 0;
    if (text == NULL || (text[0] != '+' && text[0] != '-') ||
        cog_duration_parse(text + 1, &step_ms, NULL) != COG_OK || step_ms == 0) {
        return cog_document_fail(document, member, error,
                                 "'step' must be a duration with its direction, such as \"+1h\" or"
                                 " \"-30s\"");
    }
    *out_step_ms = text[0] == '-' ? -step_ms : step_ms;
    return COG_OK;
}

/* "+10%", "-5%": of a second that passes; a clock that stands still is none. */
static enum cog_code parse_drift(const struct cog_document *document, const cJSON *node,
                                 int *out_percent, struct cog_error *error)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(node, "drift");
    const char *text = cJSON_GetStringValue(member);
    int percent = 0;
    const char *rest = text != NULL && text[0] != '\0' ? text + 1 : "";
    for (; *rest >= '0' && *rest <= '9' && percent <= DRIFT_PERCENT_MAX; rest++) {
        percent = percent * 10 + (*rest - '0');
    }
    if (text == NULL || (text[0] != '+' && text[0] != '-') || percent == 0 ||
        percent > DRIFT_PERCENT_MAX || strcmp(rest, "%") != 0) {
        return cog_document_fail(document, member, error,
                                 "'drift' must be whole per cent with their direction, up to %d,"
                                 " such as \"+10%%\" or \"-5%%\"",
                                 DRIFT_PERCENT_MAX);
    }
    *out_percent = text[0] == '-' ? -percent : percent;
    return COG_OK;
}

static enum cog_code parse_change(const struct cog_document *document, const cJSON *node,
                                  struct scn_clock_step *step, struct cog_error *error)
{
    const bool has_step = cJSON_HasObjectItem(node, "step");
    if (has_step == cJSON_HasObjectItem(node, "drift")) {
        return cog_document_fail(document, node, error, "expected either 'step' or 'drift'");
    }
    return has_step ? parse_step(document, node, &step->step_ms, error)
                    : parse_drift(document, node, &step->drift_percent, error);
}

static enum cog_code parse_clock_step(const struct cog_document *document, const cJSON *node,
                                      struct scn_clock_step *out_step, struct cog_error *error)
{
    static const char *const keys[] = {"at", "step", "drift", NULL};
    static const char *const required[] = {"at", NULL};
    struct scn_clock_step step = {0};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = require_all(document, node, required, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "at", &step.at_ms, error);
    }
    if (code == COG_OK) {
        code = parse_change(document, node, &step, error);
    }
    if (code == COG_OK) {
        *out_step = step;
    }
    return code;
}

static enum cog_code parse_clock(const struct cog_document *document, const cJSON *client,
                                 struct scn_surroundings *surroundings, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, client, "clock", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    if (cJSON_GetArraySize(array) > SCN_CLOCK_STEPS_MAX) {
        return cog_document_fail(document, array, error, "expected at most %d steps of the clock",
                                 SCN_CLOCK_STEPS_MAX);
    }
    surroundings->clock_step_count = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        struct scn_clock_step *step = &surroundings->clock_steps[surroundings->clock_step_count++];
        code = parse_clock_step(document, node, step, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

/* Who stands in the way from the start, or who takes the lock away: one of the two. */
static enum cog_code check_lock(const struct cog_document *document, const cJSON *node,
                                const struct scn_other_holder *other, struct cog_error *error)
{
    const cJSON *until = cJSON_GetObjectItemCaseSensitive(node, "until");
    const bool has_holder = cJSON_GetObjectItemCaseSensitive(node, "holder") != NULL;
    const bool is_stolen = cJSON_GetObjectItemCaseSensitive(node, "stolen_at") != NULL;
    if (has_holder == is_stolen) {
        return cog_document_fail(document, node, error,
                                 "expected either 'holder' (from the start on) or 'stolen_at'");
    }
    if (until != NULL && (is_stolen || other->holder == SCN_LOCK_HOLDER_DEAD)) {
        return cog_document_fail(document, until, error,
                                 "'until' is of a 'holder' that lives: 'living' or 'elsewhere'");
    }
    if (is_stolen && other->from_ms == 0) {
        return cog_document_fail(document, node, error,
                                 "'stolen_at' must be later than 0s: before, nobody has the lock");
    }
    return COG_OK;
}

static enum cog_code parse_lock(const struct cog_document *document, const cJSON *client,
                                struct scn_surroundings *surroundings, struct cog_error *error)
{
    static const char *const keys[] = {"holder", "until", "stolen_at", NULL};
    static const char *const holders[] = {"living", "dead", "elsewhere", NULL};
    struct scn_other_holder other = {.is_there = true, .until_ms = INT64_MAX};
    const cJSON *node = NULL;
    int holder = 0;
    enum cog_code code = cog_document_object(document, client, "lock", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_word(document, node, "holder", holders, &holder, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "until", &other.until_ms, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "stolen_at", &other.from_ms, error);
    }
    other.holder = (enum scn_lock_holder)holder;
    if (code == COG_OK) {
        code = check_lock(document, node, &other, error);
    }
    if (code == COG_OK) {
        surroundings->other_holder = other;
    }
    return code;
}

/* A torn end is found by whoever comes next: without one, nobody would see it. */
static enum cog_code parse_journal(const struct cog_document *document, const cJSON *client,
                                   struct scn_surroundings *surroundings, struct cog_error *error)
{
    static const char *const words[] = {"torn", NULL};
    int word = -1;
    enum cog_code code = cog_document_word(document, client, "journal", words, &word, error);
    if (code == COG_OK && word >= 0) {
        surroundings->tears_journal = true;
    }
    return code;
}

enum cog_code scn_surroundings_parse(const struct cog_document *document, const cJSON *client,
                                     struct scn_surroundings *inout_surroundings,
                                     struct cog_error *error)
{
    enum cog_code code = parse_storage(document, client, inout_surroundings, error);
    if (code == COG_OK) {
        code = parse_clock(document, client, inout_surroundings, error);
    }
    if (code == COG_OK) {
        code = parse_lock(document, client, inout_surroundings, error);
    }
    return code == COG_OK ? parse_journal(document, client, inout_surroundings, error) : code;
}
