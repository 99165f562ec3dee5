/* The client's events in words. */
#include "report/ladder_part.h"

#include <cogbase/duration.h>
#include <cogbase/number.h>

#include <inttypes.h>
#include <string.h>

enum { VALUE_SIZE = 256 };

/* The value of one of an event's fields; "" for none. Only `reason` has spaces in it. */
static const char *find_value(const cJSON *event, const char *key, char value[VALUE_SIZE])
{
    const size_t key_length = strlen(key);
    const char *at = scn_ladder_string(event, "fields");
    value[0] = '\0';
    while (at != NULL && *at != '\0') {
        if (strncmp(at, key, key_length) == 0 && at[key_length] == '=') {
            const char *start = at + key_length + 1;
            const size_t length = strcspn(start, " ");
            const size_t kept = length < VALUE_SIZE ? length : VALUE_SIZE - 1;
            memcpy(value, start, kept);
            value[kept] = '\0';
            return value;
        }
        const char *space = strchr(at, ' ');
        at = space != NULL ? space + 1 : NULL;
    }
    return value;
}

static const char *find_reason(const cJSON *event)
{
    const char *reason = strstr(scn_ladder_string(event, "fields"), "reason=");
    return reason != NULL ? reason + strlen("reason=") : "";
}

static void append_retry(struct cog_text *text, const cJSON *event)
{
    char value[VALUE_SIZE];
    char duration[COG_DURATION_TEXT_SIZE];
    int64_t delay_ms = 0;
    int64_t attempt = 0;
    const bool is_known =
        cog_number_parse_integer(find_value(event, "delay_ms", value), 0, COG_DURATION_MS_MAX,
                                 &delay_ms, NULL) == COG_OK &&
        cog_number_parse_integer(find_value(event, "attempt", value), 0, INT32_MAX, &attempt,
                                 NULL) == COG_OK;
    if (!is_known) {
        cog_text_append_format(text, "repeats %s", find_value(event, "call", value));
        return;
    }
    cog_text_append_format(text, "waits %s, because ", cog_duration_format(delay_ms, duration));
    cog_text_append(text, find_value(event, "because", value));
    if (find_value(event, "error", value)[0] != '\0') {
        cog_text_append_format(text, " (%s)", value);
    }
    cog_text_append_format(text, "; then attempt %" PRId64, attempt + 1);
    cog_text_append_format(text, " of %s", find_value(event, "call", value));
}

/* In the words of the retry layer's reasons. */
static const char *explain_stop(const char *reason)
{
    static const char *const words[][2] = {
        {"acting", "it may have been applied"},         {"attempts", "its attempts are used up"},
        {"budget", "the budget of retries is used up"}, {"cap", "the wait would be too long"},
        {"deadline", "the deadline would come first"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i][0], reason) == 0) {
            return words[i][1];
        }
    }
    return reason;
}

static void append_stop(struct cog_text *text, const cJSON *event)
{
    char call[VALUE_SIZE];
    cog_text_append_format(text, "does not repeat %s: %s", find_value(event, "call", call),
                           explain_stop(find_reason(event)));
}

static void append_progress(struct cog_text *text, const cJSON *event)
{
    char value[VALUE_SIZE];
    cog_text_append(text, find_value(event, "job_id", value));
    cog_text_append_format(text, " is %s", find_value(event, "status", value));
    if (find_value(event, "progress", value)[0] != '\0') {
        cog_text_append_format(text, ", %s %%", value);
    }
}

static void append_process(struct cog_text *text, const cJSON *event)
{
    char value[VALUE_SIZE];
    const bool is_killed = strcmp(find_value(event, "after", value), "kill") == 0;
    cog_text_append(text, is_killed ? "══ killed; " : "══ ended; ");
    cog_text_append_format(text, "a new process runs '%s' ══", find_value(event, "command", value));
}

static void append_signal(struct cog_text *text, const cJSON *event)
{
    char value[VALUE_SIZE];
    cog_text_append_format(text, "══ %s ══", find_value(event, "name", value));
}

static void append_failure(struct cog_text *text, const cJSON *event)
{
    cog_text_append_format(text, "fails: %s", find_reason(event));
}

static void append_sessions(struct cog_text *text, const cJSON *event)
{
    char value[VALUE_SIZE];
    cog_text_append_format(text, "sessions are active: %s", find_value(event, "count", value));
}

/* What an event says beside its name: of a single field the value, which speaks for itself. */
static const char *find_remark(const cJSON *event)
{
    const char *fields = scn_ladder_string(event, "fields");
    const char *value = strchr(fields, '=');
    const bool is_reason = strncmp(fields, "reason=", strlen("reason=")) == 0;
    const bool is_single = is_reason || strchr(fields, ' ') == NULL;
    return value != NULL && is_single ? value + 1 : fields;
}

/* "webhook-delivered" is "webhook delivered". */
static void append_any(struct cog_text *text, const cJSON *event)
{
    const char *remark = find_remark(event);
    for (const char *at = scn_ladder_string(event, "name"); *at != '\0'; at++) {
        cog_text_append_bytes(text, *at == '-' ? " " : at, 1);
    }
    cog_text_append_format(text, "%s%s", remark[0] != '\0' ? ": " : "", remark);
}

void scn_ladder_append_words(struct cog_text *text, const cJSON *event)
{
    static const struct {
        const char *name;
        void (*append)(struct cog_text *text, const cJSON *event);
    } words[] = {
        {"retry", append_retry},
        {"retry-stopped", append_stop},
        {"job-progress", append_progress},
        {"process", append_process},
        {"signal", append_signal},
        {"failure", append_failure},
        {"sessions-active", append_sessions},
    };
    const char *name = scn_ladder_string(event, "name");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].name, name) == 0) {
            words[i].append(text, event);
            return;
        }
    }
    append_any(text, event);
}
