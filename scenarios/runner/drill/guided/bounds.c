#include "drill/guided/bounds.h"

#include "drill/guided/safety.h"

#include <cogbase/text.h>

#include <string.h>

/* The entry "NAME=value". */
static char *find_entry(char *const *environment, const char *name)
{
    const size_t length = strlen(name);
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (strncmp(environment[i], name, length) == 0 && environment[i][length] == '=') {
            return environment[i];
        }
    }
    return NULL;
}

static const char *find_variable(char *const *environment, const char *name)
{
    const char *entry = find_entry(environment, name);
    const char *value = entry != NULL ? entry + strlen(name) + 1 : "";
    return value[0] != '\0' ? value : NULL;
}

/* The last one counts, as it does for the client. */
static const char *find_flag(char *const *words, const char *flag)
{
    const size_t length = strlen(flag);
    const char *value = NULL;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strncmp(words[i], flag, length) != 0) {
            continue;
        }
        if (words[i][length] == '=') {
            value = words[i] + length + 1;
        } else if (words[i][length] == '\0' && words[i + 1] != NULL) {
            value = words[i + 1];
        }
    }
    return value;
}

static enum cog_code check_base(const char *base, const char *own, struct cog_error *error)
{
    bool is_real = false;
    if (base == NULL || (own != NULL && strcmp(base, own) == 0) ||
        scn_safety_check(base, NULL, &is_real, NULL) == COG_OK) {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, base);
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "this is the shell of a drill, and '%s' is not the drill's server: read "
                         "the drill's 'env' again, or leave this shell to reach it",
                         cog_text_string(&shown));
}

/* The drill's own state folder is no real one: only what the client would take by itself is. */
static enum cog_code check_state(const char *state, char *const *environment,
                                 struct cog_error *error)
{
    char *places[3] = {NULL};
    size_t count = 0;
    static const char *const names[] = {"XDG_STATE_HOME", "HOME"};
    for (size_t i = 0; i < 2; i++) {
        char *entry = find_entry(environment, names[i]);
        if (entry != NULL) {
            places[count++] = entry;
        }
    }
    if (state != NULL && scn_safety_check_folder(state, places, NULL) != COG_OK) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "this is the shell of a drill, and '%s' has, or may have, the state "
                             "of real promotions: read the drill's 'env' again",
                             state);
    }
    if (state != NULL) {
        return COG_OK;
    }
    return count == 0 ? COG_OK
                      : cog_error_set(error, COG_ERROR_CONFIGURATION,
                                      "this is the shell of a drill, and COGPROMOTE_STATE_DIR is "
                                      "not set: the state folder of real promotions would be "
                                      "taken; read the drill's 'env' again");
}

enum cog_code scn_bounds_check(char *const *words, char *const *environment,
                               struct cog_error *error)
{
    const char *base = find_flag(words, "--api-base");
    const char *state = find_flag(words, "--state-dir");
    base = base != NULL ? base : find_variable(environment, "COGNIGY_API_BASE");
    state = state != NULL ? state : find_variable(environment, "COGPROMOTE_STATE_DIR");
    const char *own = find_variable(environment, SCN_BOUNDS_VARIABLE);
    const enum cog_code code = check_base(base, own, error);
    return code == COG_OK ? check_state(state, environment, error) : code;
}
