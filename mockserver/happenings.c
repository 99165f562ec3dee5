/* What happens in the world, told to who watches the server. */
#include "server_private.h"

#include <stdio.h>

enum { FIELDS_MAX = 8, NUMBER_SIZE = 24 };

struct telling {
    struct cog_log_field fields[FIELDS_MAX];
    size_t count;
};

static void add(struct telling *telling, const char *key, const char *value)
{
    telling->fields[telling->count++] = (struct cog_log_field){key, value};
}

static const char *event_kind(const struct mock_happening *happening)
{
    if (happening->deployment != NULL) {
        return "job";
    }
    switch (happening->kind) {
    case MOCK_HAPPENING_SESSIONS:
        return "sessions";
    case MOCK_HAPPENING_HEALTH:
        return "health";
    case MOCK_HAPPENING_VERSION:
    case MOCK_HAPPENING_ENVIRONMENT:
    case MOCK_HAPPENING_JOB_CREATED:
    case MOCK_HAPPENING_JOB_PROGRESS:
    case MOCK_HAPPENING_JOB_COMPLETED:
    case MOCK_HAPPENING_JOB_FAILED:
    case MOCK_HAPPENING_JOB_HELD:
    case MOCK_HAPPENING_JOB_RELEASED:
    case MOCK_HAPPENING_ROLLBACK_CREATED:
    case MOCK_HAPPENING_ROLLED_BACK:
    case MOCK_HAPPENING_ROLLBACK_FAILED:
        break;
    }
    return "environment";
}

static void tell(const struct mock_server *server, const struct mock_happening *happening)
{
    COG_CLEANUP(cog_text_finish) struct cog_text what = {0};
    char value[NUMBER_SIZE];
    char progress[NUMBER_SIZE];
    struct telling telling = {0};
    const struct mock_deployment *deployment = happening->deployment;
    mock_happening_append(happening, &what);
    (void)snprintf(value, sizeof value, "%d", happening->value);
    add(&telling, "change", mock_happening_name(happening->kind));
    add(&telling, "what", cog_text_string(&what));
    if (deployment != NULL) {
        (void)snprintf(progress, sizeof progress, "%d", deployment->progress);
        add(&telling, "job_id", deployment->job_id);
        add(&telling, "status", mock_job_status_name(deployment->status));
        add(&telling, "progress", progress);
    } else {
        add(&telling, "value", value);
    }
    if (deployment == NULL && happening->environment != NULL) {
        add(&telling, "environment", happening->environment->setup->id);
    }
    const struct mock_event event = {
        .kind = event_kind(happening),
        .at_ms = happening->at_ms,
        .fields = telling.fields,
        .field_count = telling.count,
    };
    mock_server_tell(server, &event);
}

void mock_server_happened(void *context, const struct mock_happening *happening)
{
    const struct mock_server *server = context;
    if (server->watcher.ops != NULL) {
        tell(server, happening);
    }
    if (server->witness.happened != NULL) {
        server->witness.happened(server->witness.context, happening);
    }
}

void mock_server_tell_delivery(const struct mock_server *server, enum cog_code code)
{
    const struct mock_hooks *hooks = &server->api.hooks;
    if (server->watcher.ops == NULL || code != COG_OK || hooks->delivery_count == 0) {
        return;
    }
    const struct mock_hook_delivery *delivery = hooks->deliveries[hooks->delivery_count - 1];
    char status[NUMBER_SIZE];
    (void)snprintf(status, sizeof status, "%d", delivery->status);
    struct telling telling = {0};
    add(&telling, "hook", delivery->hook_id);
    add(&telling, "webhook_id", delivery->webhook_id);
    add(&telling, "verified", mock_signature_name(delivery->signature));
    add(&telling, "status", status);
    const struct mock_event event = {
        .kind = "delivery",
        .at_ms = delivery->at_ms,
        .fields = telling.fields,
        .field_count = telling.count,
    };
    mock_server_tell(server, &event);
}
