/* The tenant's clock: read, slowed, stopped, turned. */
#include "control/summary.h"

#include "server_private.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_SIZE = 32, HAPPENED_MAX = 1000 };

/* A hundred years at once: nobody turns further. */
#define ADVANCE_MS_MAX INT64_C(3153600000000)

static enum cog_code get(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_control_add_clock(&body, mock_control_server(call));
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code read_mode(const struct mock_control_call *call, double *out_scale,
                               struct cog_error *error)
{
    static const char *const keys[] = {"mode", "scale", NULL};
    static const char *const modes[] = {"real", "scaled", "stopped", NULL};
    const struct cog_document *document = &call->document;
    const cJSON *scale_node = cJSON_GetObjectItemCaseSensitive(document->root, "scale");
    double scale = 1;
    int mode = scale_node == NULL ? -1 : 1;
    enum cog_code code = cog_document_check_keys(document, document->root, keys, error);
    if (code == COG_OK) {
        code = cog_document_word(document, document->root, "mode", modes, &mode, error);
    }
    if (code == COG_OK) {
        code = cog_document_number(document, document->root, "scale", &scale, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (mode < 0 || (mode == 1) != (scale_node != NULL)) {
        return cog_document_fail(document, document->root, error,
                                 "expected {\"mode\": \"real\"}, {\"mode\": \"stopped\"} or "
                                 "{\"scale\": 60}");
    }
    if (mode == 1 && !(scale >= MOCK_CLOCK_SCALE_MIN && scale <= MOCK_CLOCK_SCALE_MAX)) {
        return cog_document_fail(document, scale_node, error, "'scale' is from %g to %.0f",
                                 MOCK_CLOCK_SCALE_MIN, MOCK_CLOCK_SCALE_MAX);
    }
    *out_scale = mode == 2 ? 0 : scale;
    return COG_OK;
}

static void tell(const struct mock_control_call *call, const char *change, const char *key,
                 const char *value)
{
    const struct cog_log_field fields[] = {{"change", change}, {key, value}};
    mock_control_tell(call, "clock", fields, sizeof fields / sizeof fields[0]);
}

static enum cog_code put(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    struct cog_error error = {0};
    char scale_text[NUMBER_SIZE];
    double scale = 1;
    enum cog_code code = read_mode(call, &scale, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    struct mock_server *server = mock_control_server(call);
    mock_clock_set_scale(&server->clock, scale);
    (void)snprintf(scale_text, sizeof scale_text, "%.17g", scale);
    tell(call, "scale", "scale", scale_text);
    mock_control_add_clock(&body, server);
    plan->turns_clock = true;
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

/* What happens while the clock is turned. */
struct witness {
    struct mock_body *body;
    size_t count;
};

static void see(void *context, const struct mock_happening *happening)
{
    struct witness *witness = context;
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text what = {0};
    if (++witness->count > HAPPENED_MAX) {
        return;
    }
    mock_happening_append(happening, &what);
    item.failed = what.failed;
    mock_body_integer(&item, "at_ms", happening->at_ms);
    mock_body_string(&item, "kind", mock_happening_name(happening->kind));
    mock_body_string(&item, "what", cog_text_string(&what));
    mock_body_array_append(witness->body, &item);
}

/* {"by": "15m"} or {"to": "next"} */
static enum cog_code read_jump(const struct mock_control_call *call, bool *out_to_next,
                               int64_t *out_by_ms, struct cog_error *error)
{
    static const char *const keys[] = {"by", "to", NULL};
    static const char *const words[] = {"next", NULL};
    const struct cog_document *document = &call->document;
    int64_t by_ms = -1;
    int word = -1;
    enum cog_code code = cog_document_check_keys(document, document->root, keys, error);
    if (code == COG_OK) {
        code = cog_document_duration(document, document->root, "by", &by_ms, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, document->root, "to", words, &word, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if ((by_ms >= 0) == (word >= 0)) {
        return cog_document_fail(document, document->root, error,
                                 "expected {\"by\": \"15m\"} or {\"to\": \"next\"}");
    }
    if (by_ms > ADVANCE_MS_MAX) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(document->root, "by"),
                                 error, "'by' is at most a hundred years");
    }
    *out_to_next = word >= 0;
    *out_by_ms = by_ms;
    return COG_OK;
}

static void turn(const struct mock_control_call *call, struct mock_server *server, int64_t by_ms,
                 struct mock_body *body)
{
    char by_text[NUMBER_SIZE];
    struct witness witness = {.body = body};
    (void)snprintf(by_text, sizeof by_text, "%" PRId64, by_ms);
    mock_body_array(body, "happened");
    server->witness = (struct mock_world_observer){see, &witness};
    mock_clock_advance(&server->clock, by_ms);
    mock_server_advance(server);
    server->witness = (struct mock_world_observer){0};
    mock_body_integer(body, "advanced_ms", by_ms);
    mock_body_boolean(body, "truncated", witness.count > HAPPENED_MAX);
    mock_control_add_clock(body, server);
    tell(call, "advance", "by_ms", by_text);
}

static enum cog_code advance(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    struct cog_error error = {0};
    bool to_next = false;
    int64_t by_ms = 0;
    enum cog_code code = read_jump(call, &to_next, &by_ms, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    struct mock_server *server = mock_control_server(call);
    if (to_next) {
        const int64_t due_ms = mock_server_next_due_ms(server);
        const int64_t now_ms = mock_clock_now_ms(&server->clock);
        if (due_ms == INT64_MAX) {
            return mock_control_refuse_text(plan, MOCK_STATUS_CONFLICT,
                                            "nothing is due any more in this tenant");
        }
        by_ms = due_ms > now_ms ? due_ms - now_ms : 0;
    }
    if (by_ms > MOCK_CLOCK_MS_MAX - mock_clock_now_ms(&server->clock)) {
        return mock_control_refuse_text(plan, MOCK_STATUS_CONFLICT,
                                        "this clock goes no further: reset the tenant");
    }
    turn(call, server, by_ms, &body);
    plan->turns_clock = true;
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

const struct mock_control_route mock_control_clock_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/clock",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .is_for_observers = true,
     .handle = get},
    {.method = "PUT",
     .pattern = "/tenants/{tenant}/clock",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = put},
    {.method = "POST",
     .pattern = "/tenants/{tenant}/clock/advance",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = advance},
    {.method = NULL},
};
