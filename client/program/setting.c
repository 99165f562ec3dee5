#include "setting.h"

#include "preferences.h"

#include <string.h>

struct member {
    const char *name;
    unsigned group;
};

static const struct member MEMBERS[] = {
    {"output", COG_GROUP_ANY},
    {"ca-file", COG_GROUP_WIRE},
    {"client-cert", COG_GROUP_WIRE},
    {"client-key", COG_GROUP_WIRE},
    {"proxy", COG_GROUP_WIRE},
    {"allow-insecure", COG_GROUP_WIRE},
    {"traceparent", COG_GROUP_WIRE},
    {"request-timeout", COG_GROUP_WIRE},
    {"connect-timeout", COG_GROUP_WIRE},
    {"idle-timeout", COG_GROUP_WIRE},
    {"max-attempts", COG_GROUP_WIRE},
    {"max-retry-after", COG_GROUP_WIRE},
    {"api-base", COG_GROUP_API},
    {"client-id", COG_GROUP_API},
    {"client-secret", COG_GROUP_API},
    {"client-secret-file", COG_GROUP_API},
    {"basic-encoding", COG_GROUP_API},
    {"state-dir", COG_GROUP_STATE},
    {"quiet", COG_GROUP_NARRATION},
    {"verbose", COG_GROUP_NARRATION},
    {"log-format", COG_GROUP_NARRATION},
    {"events", COG_GROUP_NARRATION},
    {"progress", COG_GROUP_NARRATION},
    {"source", COG_GROUP_SOURCE},
    {"target", COG_GROUP_TARGET},
    {"platform-version", COG_GROUP_SUBMISSION},
    {"override-active-sessions", COG_GROUP_SUBMISSION},
    {"resolve-dependencies", COG_GROUP_CONTENT},
    {"sync-configuration", COG_GROUP_CONTENT},
    {"include-webhooks", COG_GROUP_CONTENT},
    {"include-integrations", COG_GROUP_CONTENT},
    {"server-honours-idempotency-keys", COG_GROUP_RUN},
    {"wait-for-drain", COG_GROUP_RUN},
    {"rollback-on-low-parity", COG_GROUP_RUN},
    {"on-interrupt", COG_GROUP_RUN},
    {"strict", COG_GROUP_RUN},
    {"timeout", COG_GROUP_TIMEOUT},
    {"parity-threshold", COG_GROUP_THRESHOLD},
    {"actor", COG_GROUP_ROLLBACK},
    {"rollback-timeout", COG_GROUP_ROLLBACK},
    {"poll-interval", COG_GROUP_ROLLBACK},
    {"lock-wait", COG_GROUP_ROLLBACK},
    {"webhook-url", COG_GROUP_WEBHOOK},
    {"webhook-secret", COG_GROUP_WEBHOOK},
    {"webhook-timeout", COG_GROUP_WEBHOOK},
    {"anchor", COG_GROUP_ANCHOR},
    {"last", COG_GROUP_LAST},
};

static size_t library_count(void)
{
    size_t count = 0;
    while (cog_config_option(count) != NULL) {
        count++;
    }
    return count;
}

bool cog_setting_is_preference(size_t index)
{
    return index >= library_count();
}

const struct cog_option *cog_setting(size_t index)
{
    return cog_setting_is_preference(index) ? cog_preference(index - library_count())
                                            : cog_config_option(index);
}

unsigned cog_setting_group(const char *name)
{
    for (size_t i = 0; i < sizeof MEMBERS / sizeof MEMBERS[0]; i++) {
        if (strcmp(MEMBERS[i].name, name) == 0) {
            return MEMBERS[i].group;
        }
    }
    return 0;
}

bool cog_setting_applies(const struct cog_option *setting, const struct cog_verb *verb)
{
    return (cog_setting_group(setting->name) & verb->groups) != 0;
}

void cog_setting_append_verbs(struct cog_text *text, const struct cog_option *setting)
{
    const struct cog_verb *verb = NULL;
    const struct cog_verb *last = NULL;
    const char *separator = "";
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        if (!cog_setting_applies(setting, verb)) {
            continue;
        }
        if (last != NULL) {
            cog_text_append_format(text, "%s%s", separator, last->name);
            separator = ", ";
        }
        last = verb;
    }
    if (last != NULL) {
        cog_text_append_format(text, "%s%s", separator[0] == '\0' ? "" : " and ", last->name);
    }
}
