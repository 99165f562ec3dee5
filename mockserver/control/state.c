/* The state of a tenant's world: read, replaced, saved, loaded. */
#include "control/call.h"

#include "server_private.h"
#include "tenants/tenant.h"

#include <cogbase/json.h>

#include <stdio.h>
#include <string.h>

enum { FILE_NAME_SIZE = MOCK_TENANT_NAME_SIZE + 8 };

static enum cog_code get(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(cog_json_finish) cJSON *state = NULL;
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    enum cog_code code = mock_server_snapshot(mock_control_server(call), &state);
    while (code == COG_OK && state->child != NULL) {
        cJSON *member = cJSON_DetachItemViaPointer(state, state->child);
        mock_body_json(&body, member->string, member);
    }
    return code == COG_OK ? mock_answer_json(plan, MOCK_STATUS_OK, &body) : code;
}

/* Of that very state: another one would be of another moment. */
static enum cog_code answer_digest(const cJSON *state, const char *name, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const cJSON *digest = cJSON_GetObjectItemCaseSensitive(state, "digest");
    if (name != NULL) {
        mock_body_string(&body, "name", name);
    }
    mock_body_string(&body, "digest", cJSON_GetStringValue(digest));
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

/* A saved state that is wrong is no better than a body that is. */
static enum cog_code restore(struct mock_control_call *call, const struct cog_document *document,
                             const char *name, struct mock_plan *plan)
{
    struct cog_error error = {0};
    enum cog_code code = mock_tenant_restore(call->tenant, document, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    COG_CLEANUP(cog_json_finish) cJSON *state = NULL;
    plan->turns_clock = true;
    code = mock_server_snapshot(mock_control_server(call), &state);
    return code == COG_OK ? answer_digest(state, name, plan) : code;
}

static enum cog_code put(struct mock_control_call *call, struct mock_plan *plan)
{
    return restore(call, &call->document, NULL, plan);
}

/* The member `name`, and the file that it stands for. */
static enum cog_code read_name(const struct mock_control_call *call, const char **out_name,
                               char out_file[FILE_NAME_SIZE], struct cog_error *error)
{
    static const char *const keys[] = {"name", NULL};
    const struct cog_document *document = &call->document;
    const cJSON *node = NULL;
    enum cog_code code = cog_document_check_keys(document, document->root, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, document->root, "name", &node, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, document->root, "name", out_name, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (!mock_tenant_name_is_valid(*out_name)) {
        return cog_document_fail(document, node, error,
                                 "'name' is 1 to %d of a-z 0-9 . _ -, beginning with a letter or a "
                                 "digit",
                                 MOCK_TENANT_NAME_SIZE - 1);
    }
    (void)snprintf(out_file, FILE_NAME_SIZE, "%s.json", *out_name);
    return COG_OK;
}

/* @return COG_OK, also with a refusal in `plan` */
static enum cog_code begin(const struct mock_control_call *call, const char **out_name,
                           char out_file[FILE_NAME_SIZE], struct mock_plan *plan)
{
    struct cog_error error = {0};
    enum cog_code code = read_name(call, out_name, out_file, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    return call->control->state_folder != NULL
               ? COG_OK
               : mock_control_refuse_text(plan, MOCK_STATUS_CONFLICT,
                                          "there is no folder for states: start the server with "
                                          "--state-dir");
}

/* The composer of a file that is written whole. */
static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    char **text = context;
    (void)error;
    *out_text = *text;
    *text = NULL;
    return COG_OK;
}

static enum cog_code write_state(struct mock_control_call *call, const cJSON *state,
                                 const char *file, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    enum cog_code code = cog_json_print(state, &text, error);
    if (code != COG_OK) {
        return code;
    }
    if (strlen(text) > COG_DOCUMENT_LENGTH_MAX) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the state has more than %d bytes, which could not be loaded again",
                             COG_DOCUMENT_LENGTH_MAX);
    }
    return cog_storage_update(cog_storage_posix(&call->control->storage_folder), file,
                              (struct cog_storage_composer){.compose = compose, .context = &text},
                              error);
}

static enum cog_code save(struct mock_control_call *call, struct mock_plan *plan)
{
    const char *name = NULL;
    char file[FILE_NAME_SIZE];
    struct cog_error error = {0};
    enum cog_code code = begin(call, &name, file, plan);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    COG_CLEANUP(cog_json_finish) cJSON *state = NULL;
    code = mock_server_snapshot(mock_control_server(call), &state);
    if (code != COG_OK) {
        return code;
    }
    code = write_state(call, state, file, &error);
    return code == COG_OK ? answer_digest(state, name, plan)
                          : mock_control_refuse_code(plan, code, &error);
}

static enum cog_code read_file(struct mock_control_call *call, const char *file,
                               struct cog_document *out_document, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    enum cog_code code = cog_storage_read(cog_storage_posix(&call->control->storage_folder), file,
                                          &bytes, &length, error);
    if (code != COG_OK) {
        return code;
    }
    if (length == 0) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND, "there is no state '%s'", file);
    }
    return cog_document_parse(file, bytes, length, out_document, error);
}

static enum cog_code load(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    const char *name = NULL;
    char file[FILE_NAME_SIZE];
    struct cog_error error = {0};
    enum cog_code code = begin(call, &name, file, plan);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    code = read_file(call, file, &document, &error);
    return code == COG_OK ? restore(call, &document, name, plan)
                          : mock_control_refuse_code(plan, code, &error);
}

const struct mock_control_route mock_control_state_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/state",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = get},
    {.method = "PUT",
     .pattern = "/tenants/{tenant}/state",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = put},
    {.method = "POST",
     .pattern = "/tenants/{tenant}/state/save",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = save},
    {.method = "POST",
     .pattern = "/tenants/{tenant}/state/load",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = load},
    {.method = NULL},
};
