#include "drill/guided/safety.h"

#include "drill/guided/real_path.h"

#include <cogbase/text.h>

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

static enum cog_code fail_memory(struct cog_error *error)
{
    (void)cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    return COG_ERROR_MEMORY;
}

static void free_part(char **part)
{
    curl_free(*part);
    *part = NULL;
}

static void free_url(CURLU **url)
{
    curl_url_cleanup(*url);
    *url = NULL;
}

/* Four plain decimal numbers, the first of them 127: not a name that begins so, and no other way of
 * writing numbers, which one reader takes for this machine and another for a far one. */
static bool is_loopback_v4(const char *host)
{
    int count = 0;
    long first = 0;
    for (const char *at = host; count < 4; count++) {
        const size_t digits = strspn(at, "0123456789");
        if (digits == 0 || digits > 3 || (digits > 1 && *at == '0')) {
            return false;
        }
        long number = 0;
        for (size_t i = 0; i < digits; i++) {
            number = number * 10 + (at[i] - '0');
        }
        if (number > 255 || at[digits] != (count < 3 ? '.' : '\0')) {
            return false;
        }
        first = count == 0 ? number : first;
        at += digits + 1;
    }
    return first == 127;
}

static bool is_loopback(const char *host)
{
    return is_loopback_v4(host) || strcmp(host, "[::1]") == 0 || strcmp(host, "::1") == 0 ||
           cog_string_equals_ignoring_case(host, "localhost");
}

/* As it was typed: libcurl writes 0x7f.1 as 127.0.0.1, which others do not. */
static bool is_written_plainly(const char *api_base, const char *host)
{
    const char *start = strstr(api_base, "://");
    start = start != NULL ? start + strlen("://") : api_base;
    const size_t length = strlen(host);
    for (size_t i = 0; i < length; i++) {
        char typed[2] = {start[i], '\0'};
        char parsed[2] = {host[i], '\0'};
        if (start[i] == '\0' || !cog_string_equals_ignoring_case(typed, parsed)) {
            return false;
        }
    }
    return strchr(":/?#", start[length]) != NULL;
}

static enum cog_code fail_url(const char *api_base, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, api_base);
    (void)cog_error_set(error, COG_ERROR_CONFIGURATION,
                        "--api-base '%s': expected a URL such as http://127.0.0.1:8080/api/v1, "
                        "with the host written plainly and no user in it",
                        cog_text_string(&shown));
    return COG_ERROR_CONFIGURATION;
}

static enum cog_code parse_host(const char *api_base, char **out_host, struct cog_error *error)
{
    COG_CLEANUP(free_url) CURLU *url = curl_url();
    COG_CLEANUP(free_part) char *user = NULL;
    COG_CLEANUP(free_part) char *password = NULL;
    COG_CLEANUP(free_part) char *scheme = NULL;
    COG_CLEANUP(free_part) char *host = NULL;
    if (url == NULL) {
        return fail_memory(error);
    }
    const bool is_parsed = curl_url_set(url, CURLUPART_URL, api_base, 0) == CURLUE_OK &&
                           curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                           curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK;
    (void)curl_url_get(url, CURLUPART_USER, &user, 0);
    (void)curl_url_get(url, CURLUPART_PASSWORD, &password, 0);
    if (!is_parsed || user != NULL || password != NULL || !is_written_plainly(api_base, host) ||
        (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)) {
        return fail_url(api_base, error);
    }
    char *copy = strdup(host);
    if (copy == NULL) {
        return fail_memory(error);
    }
    *out_host = copy;
    return COG_OK;
}

enum cog_code scn_safety_check(const char *api_base, const char *against_host, bool *out_is_real,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *host = NULL;
    const enum cog_code code = parse_host(api_base, &host, error);
    if (code != COG_OK) {
        return code;
    }
    const bool is_local = is_loopback(host);
    if (!is_local && against_host == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "'%s' is not on this machine: a drill promotes and breaks things; who "
                             "means that tenant types --against-real-tenant %s",
                             host, host);
    }
    if (!is_local && strcmp(host, against_host) != 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "--against-real-tenant says '%s', and --api-base is of '%s': expected "
                             "the same host, letter by letter",
                             against_host, host);
    }
    *out_is_real = !is_local;
    return COG_OK;
}

static const char *find_variable(char *const *environment, const char *name)
{
    const size_t length = strlen(name);
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (strncmp(environment[i], name, length) == 0 && environment[i][length] == '=' &&
            environment[i][length + 1] != '\0') {
            return environment[i] + length + 1;
        }
    }
    return NULL;
}

/* What is not there yet is in the nearest folder above it that is. */
static char *resolve(const char *path)
{
    COG_CLEANUP(cog_text_finish) struct cog_text rest = {0};
    COG_CLEANUP(cog_string_finish) char *front = strdup(path);
    char *real = front != NULL ? scn_real_path(front) : NULL;
    while (front != NULL && real == NULL) {
        char *slash = strrchr(front, '/');
        const char *name = slash != NULL ? slash + 1 : front;
        cog_text_insert(&rest, 0, name);
        cog_text_insert(&rest, 0, "/");
        if (slash != NULL) {
            *slash = '\0';
        }
        real = scn_real_path(slash == NULL ? "." : front[0] == '\0' ? "/" : front);
        if (slash == NULL) {
            break;
        }
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, real != NULL && strcmp(real, "/") != 0 ? real : "");
    cog_text_append(&text, cog_text_string(&rest));
    /* Where that leads is not known before it is there. */
    const bool is_crooked = strstr(cog_text_string(&rest), "/..") != NULL;
    text.failed |= rest.failed || real == NULL || is_crooked;
    free(real);
    return cog_text_take(&text);
}

/* Whether `inner` is `outer` or below it. */
static bool is_within(const char *inner, const char *outer)
{
    const size_t length = strlen(outer);
    return strncmp(inner, outer, length) == 0 && (inner[length] == '\0' || inner[length] == '/');
}

static enum cog_code check_against(const char *folder, const char *state, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *drill = resolve(folder);
    COG_CLEANUP(cog_string_finish) char *real = resolve(state);
    if (drill == NULL || real == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "cannot find out where '%s' and '%s' are", folder, state);
    }
    if (is_within(drill, real) || is_within(real, drill)) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the folder '%s' of a drill may not be, hold or be in '%s', where the "
                             "state of real promotions is: choose another one with --into",
                             folder, state);
    }
    return COG_OK;
}

enum cog_code scn_safety_check_folder(const char *folder, char *const *environment,
                                      struct cog_error *error)
{
    static const struct {
        const char *variable;
        const char *below;
    } places[] = {
        {"COGPROMOTE_STATE_DIR", ""},
        {"XDG_STATE_HOME", "/cogpromote"},
        {"HOME", "/.local/state/cogpromote"},
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof places / sizeof places[0]; i++) {
        COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
        const char *value = find_variable(environment, places[i].variable);
        cog_text_append(&path, value != NULL ? value : "");
        cog_text_append(&path, places[i].below);
        if (value != NULL) {
            code = path.failed ? fail_memory(error)
                               : check_against(folder, cog_text_string(&path), error);
        }
    }
    return code;
}
