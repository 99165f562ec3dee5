/* Tenants: listed, created from a scenario, reset, deleted. */
#include "control/summary.h"

#include "server_private.h"
#include "tenants/registry.h"

#include <cogbase/number.h>

#include <inttypes.h>
#include <stdio.h>

static enum cog_code list(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_array(&body, "tenants");
    struct mock_tenant *tenant = mock_tenants_first(call->control->tenants);
    for (; tenant != NULL; tenant = mock_tenants_next(tenant)) {
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        mock_control_add_summary(&item, call, tenant);
        mock_body_array_append(&body, &item);
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code get(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_server *server = mock_tenant_server(call->tenant);
    const struct mock_world *world = server->api.world;
    char seed[sizeof "18446744073709551615"];
    mock_control_add_summary(&body, call, call->tenant);
    mock_body_string(&body, "scenario", call->tenant->script->source.title);
    mock_body_string(&body, "case", call->tenant->script->source.case_name);
    (void)snprintf(seed, sizeof seed, "%" PRIu64, server->seed);
    mock_body_raw(&body, "seed", seed);
    mock_body_array(&body, "environments");
    for (size_t i = 0; i < world->environment_count; i++) {
        mock_body_array_string(&body, world->environments[i]->setup->id);
    }
    mock_body_integer(&body, "stubs", (int64_t)server->api.stubs.count);
    mock_body_integer(&body, "rate_refused", server->api.rate.total.refused_count);
    mock_body_integer(&body, "rate_early", server->api.rate.total.early_count);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

/* A number in the query. @return COG_OK, also when it is not there; COG_ERROR_SYNTAX, …_MEMORY */
static enum cog_code read_seed(const struct mock_control_call *call,
                               struct mock_tenant_options *options, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    int64_t seed = 0;
    enum cog_code code = mock_control_query(call, "seed", &text, error);
    if (code != COG_OK || text == NULL) {
        return code;
    }
    struct cog_error cause = {0};
    if (cog_number_parse_integer(text, 0, COG_NUMBER_INTEGER_MAX, &seed, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "the query's 'seed': %s", cause.message);
    }
    options->has_seed = true;
    options->seed = (uint64_t)seed;
    return COG_OK;
}

static enum cog_code read_scale(const struct mock_control_call *call,
                                struct mock_tenant_options *options, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error cause = {0};
    enum cog_code code = mock_control_query(call, "time_scale", &text, error);
    if (code != COG_OK || text == NULL) {
        return code;
    }
    if (cog_number_parse_decimal(text, MOCK_CLOCK_SCALE_MIN, MOCK_CLOCK_SCALE_MAX, &options->scale,
                                 &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "the query's 'time_scale': %s",
                             cause.message);
    }
    return COG_OK;
}

static enum cog_code read_script(const struct mock_control_call *call,
                                 struct mock_tenant_options *options, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *name = NULL;
    struct mock_case chosen = {0};
    enum cog_code code = mock_control_query(call, "case", &name, error);
    if (code == COG_OK) {
        code = mock_cases_find(&call->document, name, &chosen, error);
    }
    return code == COG_OK
               ? mock_script_parse_case(&call->document, &chosen, &options->script, error)
               : code;
}

/* The port is the default tenant's: an outage of another one's would be no outage. */
static enum cog_code check_outages(const struct mock_control_call *call,
                                   struct mock_tenant_options *options, struct cog_error *error)
{
    const bool has_port = strcmp(call->tenant_name, MOCK_TENANT_DEFAULT) == 0;
    if (has_port || options->script == NULL || options->script->outages.count == 0) {
        return COG_OK;
    }
    mock_script_destroy(options->script);
    options->script = NULL;
    return cog_error_set(error, COG_ERROR_SYNTAX,
                         "'server.down' closes the port, which only the tenant '%s' has: use a "
                         "fault such as reset_before_body, from a time on",
                         MOCK_TENANT_DEFAULT);
}

static enum cog_code put(struct mock_control_call *call, struct mock_plan *plan)
{
    struct mock_tenant_options options = {0};
    struct cog_error error = {0};
    bool is_new = false;
    enum cog_code code = read_seed(call, &options, &error);
    if (code == COG_OK) {
        code = read_scale(call, &options, &error);
    }
    if (code == COG_OK) {
        code = read_script(call, &options, &error);
    }
    if (code == COG_OK) {
        code = check_outages(call, &options, &error);
    }
    if (code == COG_OK) {
        code = mock_tenants_put(call->control->tenants, call->tenant_name, &options, &call->tenant,
                                &is_new, &error);
    }
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    plan->turns_clock = true;
    return mock_control_answer_summary(call, plan, is_new ? MOCK_STATUS_CREATED : MOCK_STATUS_OK);
}

static enum cog_code delete_tenant(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    enum cog_code code = mock_tenants_delete(call->control->tenants, call->tenant, &error);
    if (code != COG_OK) {
        return mock_control_refuse(plan, MOCK_STATUS_CONFLICT, &error);
    }
    call->tenant = NULL;
    plan->turns_clock = true;
    return mock_control_answer_nothing(plan);
}

static enum cog_code reset(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    enum cog_code code = mock_tenant_reset(call->tenant, &error);
    plan->turns_clock = true;
    return code == COG_OK ? mock_control_answer_summary(call, plan, MOCK_STATUS_OK) : code;
}

const struct mock_control_route mock_control_tenants_routes[] = {
    {.method = "GET", .pattern = "/tenants", .is_for_observers = true, .handle = list},
    {.method = "GET",
     .pattern = "/tenants/{tenant}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = get},
    {.method = "PUT",
     .pattern = "/tenants/{tenant}",
     .tenant = MOCK_CONTROL_TENANT_NAMED,
     .takes_body = true,
     .handle = put},
    {.method = "DELETE",
     .pattern = "/tenants/{tenant}",
     .tenant = MOCK_CONTROL_TENANT_KNOWN,
     .handle = delete_tenant},
    {.method = "POST",
     .pattern = "/tenants/{tenant}/reset",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = reset},
    {.method = NULL},
};
