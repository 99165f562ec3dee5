#include <cogmock/control.h>

#include "console/page.h"
#include "control/access.h"
#include "control/routes.h"
#include "tenants/registry.h"
#include "v1/encoding.h"
#include "v1/visit.h"

#include <stdlib.h>
#include <string.h>

static const char version_base[] = MOCK_CONTROL_BASE "/v1";

/* @return whether `copy` is as `text`, which may be NULL */
static bool copy_text(const char *text, char **copy)
{
    *copy = text == NULL ? NULL : strdup(text);
    return text == NULL || *copy != NULL;
}

enum cog_code mock_control_create(struct mock_tenants *tenants,
                                  const struct mock_control_options *options,
                                  struct mock_control **out_control, struct cog_error *error)
{
    struct mock_control *control = calloc(1, sizeof *control);
    if (control == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    control->tenants = tenants;
    control->clock = options->clock;
    control->start_ms = cog_clock_monotonic_ms(options->clock);
    control->version = options->version;
    control->is_tls = options->is_tls;
    control->has_observers = options->has_observers;
    control->metrics = &tenants->metrics;
    mock_hub_init(&control->hub, tenants, options->clock, MOCK_VIEW_ALL);
    mock_hub_init(&control->observers_hub, tenants, options->clock, MOCK_VIEW_OBSERVER);
    if (!copy_text(options->token, &control->token) || !copy_text(options->host, &control->host) ||
        !copy_text(options->state_folder, &control->state_folder)) {
        mock_control_destroy(control);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    control->storage_folder.directory = control->state_folder;
    *out_control = control;
    return COG_OK;
}

void mock_control_destroy(struct mock_control *control)
{
    if (control == NULL) {
        return;
    }
    mock_hub_finish(&control->hub);
    mock_hub_finish(&control->observers_hub);
    free(control->token);
    free(control->host);
    free(control->state_folder);
    free(control);
}

static enum cog_code refuse_path(struct mock_plan *plan)
{
    const struct mock_problem problem = {.status = MOCK_STATUS_NOT_FOUND, .name = "not-found"};
    return mock_answer_problem(plan, &problem,
                               "the control plane has no such path: see /__mock/v1/openapi.json");
}

static enum cog_code refuse_method(struct mock_plan *plan, const char *path, size_t length)
{
    COG_CLEANUP(cog_text_finish) struct cog_text methods = {0};
    const struct mock_problem problem = {
        .status = MOCK_STATUS_METHOD_NOT_ALLOWED,
        .name = "method-not-allowed",
    };
    mock_control_route_methods(path, length, &methods);
    if (methods.failed) {
        return COG_ERROR_MEMORY;
    }
    const char *allowed = cog_text_string(&methods);
    enum cog_code code = mock_answer_problem(plan, &problem, "this path knows only %s", allowed);
    return code == COG_OK ? mock_plan_header_append(plan, "Allow", allowed) : code;
}

static enum cog_code refuse_type(struct mock_plan *plan)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_UNSUPPORTED_MEDIA_TYPE,
        .name = "unsupported-media-type",
    };
    return mock_answer_problem(plan, &problem, "the body must be " MOCK_TYPE_JSON);
}

static enum cog_code refuse_length(struct mock_plan *plan)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_CONTENT_TOO_LARGE,
        .name = "content-too-large",
    };
    return mock_answer_problem(plan, &problem, "the body is longer than %d bytes",
                               MOCK_BODY_LENGTH_MAX);
}

/* No body at all is an empty object. */
static enum cog_code read_body(struct mock_control_call *call, struct mock_plan *plan)
{
    const struct mock_request *request = call->request;
    struct cog_error error = {0};
    if (request->body_length > MOCK_BODY_LENGTH_MAX) {
        return refuse_length(plan);
    }
    const bool is_empty = request->body_length == 0;
    if (!is_empty && !mock_request_has_type(request, MOCK_TYPE_JSON)) {
        return refuse_type(plan);
    }
    enum cog_code code =
        cog_document_parse("body", is_empty ? "{}" : request->body,
                           is_empty ? 2 : request->body_length, &call->document, &error);
    return code == COG_ERROR_SYNTAX ? mock_control_refuse(plan, MOCK_STATUS_BAD_REQUEST, &error)
                                    : code;
}

static int tenant_status(enum cog_code code)
{
    return code == COG_ERROR_ARGUMENT ? MOCK_STATUS_BAD_REQUEST : MOCK_STATUS_INSUFFICIENT_STORAGE;
}

/* Who only looks on makes none. */
static enum mock_control_tenant wanted_tenant(const struct mock_control_call *call)
{
    const enum mock_control_tenant wanted = call->route->tenant;
    const bool is_looking = mock_control_view(call) == MOCK_VIEW_OBSERVER;
    return is_looking && wanted == MOCK_CONTROL_TENANT_MADE ? MOCK_CONTROL_TENANT_KNOWN : wanted;
}

/* The tenant may be missing for reasons that are the caller's; those are answers. */
static enum cog_code find_tenant(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    switch (wanted_tenant(call)) {
    case MOCK_CONTROL_TENANT_KNOWN:
        call->tenant = mock_tenants_find(call->control->tenants, call->tenant_name);
        return call->tenant == NULL ? mock_answer_missing(plan, "tenant", call->tenant_name)
                                    : COG_OK;
    case MOCK_CONTROL_TENANT_MADE: {
        enum cog_code code =
            mock_tenants_get(call->control->tenants, call->tenant_name, &call->tenant, &error);
        const bool is_refused = code == COG_ERROR_ARGUMENT || code == COG_ERROR_CONFIGURATION;
        return is_refused ? mock_control_refuse(plan, tenant_status(code), &error) : code;
    }
    case MOCK_CONTROL_TENANT_NONE:
    case MOCK_CONTROL_TENANT_NAMED:
        break;
    }
    return COG_OK;
}

/* @return COG_OK, also with a refusal in `plan` */
static enum cog_code read_names(struct mock_control_call *call,
                                const struct mock_control_match *match, struct mock_plan *plan)
{
    enum cog_code code = COG_OK;
    if (match->tenant != NULL) {
        code = mock_percent_decode(MOCK_ENCODING_PATH, match->tenant, match->tenant_length,
                                   &call->tenant_name);
    }
    if (code == COG_OK && match->id != NULL) {
        code = mock_percent_decode(MOCK_ENCODING_PATH, match->id, match->id_length, &call->id);
    }
    return code == COG_ERROR_SYNTAX ? refuse_path(plan) : code;
}

static enum cog_code dispatch(struct mock_control_call *call,
                              const struct mock_control_match *match, struct mock_plan *plan)
{
    call->route = match->route;
    enum cog_code code = read_names(call, match, plan);
    if (code == COG_OK && plan->status == 0 && call->route->takes_body) {
        code = read_body(call, plan);
    }
    if (code == COG_OK && plan->status == 0) {
        code = find_tenant(call, plan);
    }
    return code == COG_OK && plan->status == 0 ? call->route->handle(call, plan) : code;
}

/* The metrics are where a collector looks for them, too. Any other path is nobody's. */
static const char *path_behind_base(const char *target)
{
    static const char metrics[] = MOCK_CONTROL_BASE "/metrics";
    const size_t base_length = sizeof version_base - 1;
    if (strncmp(target, metrics, sizeof metrics - 1) == 0) {
        return target + sizeof MOCK_CONTROL_BASE - 1;
    }
    return strncmp(target, version_base, base_length) == 0 ? target + base_length : "";
}

static enum cog_code answer(struct mock_control *control, const struct mock_request *request,
                            struct mock_plan *plan)
{
    const char *path = path_behind_base(request->target);
    const size_t length = strcspn(path, "?");
    const struct mock_control_match match = mock_control_route_find(request->method, path, length);
    enum mock_control_access access = MOCK_CONTROL_ACCESS_NONE;
    enum cog_code code = mock_control_check_access(control, request, match.route, plan, &access);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    if (match.route == NULL) {
        return match.has_path ? refuse_method(plan, path, length) : refuse_path(plan);
    }
    COG_CLEANUP(mock_control_call_finish)
    struct mock_control_call call = {
        .control = control,
        .request = request,
        .access = access,
        .query = path[length] == '?' ? path + length + 1 : "",
    };
    return dispatch(&call, &match, plan);
}

/* The page needs no token: it asks for one itself. */
static enum cog_code answer_ours(struct mock_control *control, const struct mock_request *request,
                                 struct mock_plan *plan)
{
    return mock_console_has_target(request->target) ? mock_console_answer(request, plan)
                                                    : answer(control, request, plan);
}

/* Whether a path is the control plane's. */
static bool is_ours(const char *target)
{
    const size_t length = sizeof MOCK_CONTROL_BASE - 1;
    return strncmp(target, MOCK_CONTROL_BASE, length) == 0 &&
           (target[length] == '\0' || target[length] == '/' || target[length] == '?');
}

static struct mock_server *find(void *context, const char *target, size_t *out_skipped_length)
{
    const struct mock_control *control = context;
    if (is_ours(target)) {
        return NULL;
    }
    return mock_tenants_route(control->tenants, target, out_skipped_length, NULL);
}

/* A tenant that could not be made a moment ago: this time to say why. */
static enum cog_code refuse_tenant(struct mock_control *control, const char *target,
                                   struct mock_plan *plan)
{
    size_t skipped_length = 0;
    struct cog_error error = {0};
    (void)mock_tenants_route(control->tenants, target, &skipped_length, &error);
    const int status =
        error.code == COG_ERROR_ARGUMENT ? MOCK_STATUS_NOT_FOUND : MOCK_STATUS_INSUFFICIENT_STORAGE;
    return mock_control_refuse(plan, status, &error);
}

static enum cog_code answer_site(void *context, const struct mock_request *request,
                                 struct mock_plan *out_plan, struct cog_error *error)
{
    struct mock_control *control = context;
    COG_CLEANUP(mock_plan_finish) struct mock_plan plan = {0};
    enum cog_code code = is_ours(request->target) ? answer_ours(control, request, &plan)
                                                  : refuse_tenant(control, request->target, &plan);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot answer %s %s", request->method, request->target);
    }
    control->metrics->control_answers[mock_metrics_class(plan.status)]++;
    *out_plan = plan;
    plan = (struct mock_plan){0};
    return COG_OK;
}

static struct mock_server *outer(void *context)
{
    const struct mock_control *control = context;
    return mock_tenant_server(mock_tenants_default(control->tenants));
}

struct mock_site mock_control_site(struct mock_control *control)
{
    static const struct mock_site_ops ops = {.find = find, .answer = answer_site, .outer = outer};
    return (struct mock_site){&ops, control};
}
