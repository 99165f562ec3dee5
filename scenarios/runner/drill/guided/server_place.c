#include "drill/guided/server_place.h"

#include <cogbase/text.h>

#include <string.h>

static enum cog_code fail(const char *api_base, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "'%s' is no address of a cogmock: expected "
                         "http://127.0.0.1:PORT/t/NAME/api/v1",
                         api_base);
}

/* @param path behind the host: "/api/v1", "/t/NAME/api/v1" */
static bool read_tenant(const char *path, const char **out_name, size_t *out_length)
{
    static const char start[] = "/t/";
    const bool is_named = strncmp(path, start, sizeof start - 1) == 0;
    const char *name = is_named ? path + sizeof start - 1 : "default";
    const size_t length = strcspn(name, "/");
    const char *rest = is_named ? name + length : path;
    *out_name = name;
    *out_length = length;
    return length > 0 && (strcmp(rest, "/api/v1") == 0 || strcmp(rest, "/api/v1/") == 0);
}

enum cog_code scn_server_place_parse(const char *api_base, struct scn_server_place *out_place,
                                     struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text control = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text webhook = {0};
    const char *host = strstr(api_base, "://");
    const char *name = NULL;
    size_t length = 0;
    if (host == NULL) {
        return fail(api_base, error);
    }
    host += strlen("://");
    const size_t host_length = strcspn(host, "/");
    if (host_length == 0 || !read_tenant(host + host_length, &name, &length)) {
        return fail(api_base, error);
    }
    const int origin_length = (int)(host + host_length - api_base);
    cog_text_append_format(&control, "%.*s/__mock/v1", origin_length, api_base);
    cog_text_append_format(&webhook, "%.*s%s%.*s/hooks/ci", origin_length, api_base,
                           host[host_length + 1] == 't' ? "/t/" : "",
                           host[host_length + 1] == 't' ? (int)length : 0, name);
    struct scn_server_place place = {
        .host = cog_string_clone(host, host_length),
        .tenant = cog_string_clone(name, length),
        .control_url = cog_text_take(&control),
        .webhook_url = cog_text_take(&webhook),
    };
    if (place.host == NULL || place.tenant == NULL || place.control_url == NULL ||
        place.webhook_url == NULL) {
        scn_server_place_finish(&place);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_place = place;
    return COG_OK;
}

void scn_server_place_finish(struct scn_server_place *place)
{
    cog_string_finish(&place->host);
    cog_string_finish(&place->control_url);
    cog_string_finish(&place->tenant);
    cog_string_finish(&place->webhook_url);
}
