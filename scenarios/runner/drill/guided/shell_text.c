#include "drill/guided/shell_text.h"

#include "drill/guided/bounds.h"
#include "drill/guided/folder_layout.h"

#include <cogpromote/config.h>

#include <string.h>

void scn_shell_append_word(struct cog_text *text, const char *word)
{
    cog_text_append(text, "'");
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            cog_text_append(text, "'\\''");
        } else {
            cog_text_append_bytes(text, word, 1);
        }
    }
    cog_text_append(text, "'");
}

static void append_path(struct cog_text *text, const char *folder, const char *name)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s/%s", folder, name);
    text->failed |= path.failed;
    scn_shell_append_word(text, cog_text_string(&path));
}

static void append_export(struct cog_text *text, const char *name, size_t name_length,
                          const char *value)
{
    cog_text_append_bytes(text, name, name_length);
    cog_text_append(text, "=");
    scn_shell_append_word(text, value);
    cog_text_append(text, "; export ");
    cog_text_append_bytes(text, name, name_length);
    cog_text_append(text, "\n");
}

/* What leads a client elsewhere, and no option of it does. */
static void append_forgetting(struct cog_text *text)
{
    static const char *const others[] = {
        "COGPROMOTE_EVENTS", "http_proxy",  "https_proxy", "all_proxy",
        "HTTP_PROXY",        "HTTPS_PROXY", "ALL_PROXY",   NULL,
    };
    const struct cog_option *option = NULL;
    for (size_t i = 0; (option = cog_config_option(i)) != NULL; i++) {
        cog_text_append_format(text, "unset %s\n", option->variable);
    }
    for (size_t i = 0; others[i] != NULL; i++) {
        cog_text_append_format(text, "unset %s\n", others[i]);
    }
}

/* Those that are about a run in a folder of its own, and not a person's business. */
static bool is_left_out(const char *entry)
{
    static const char *const starts[] = {
        "COGDRILL_SCENARIO=", "COGDRILL_DIRECTORY=", "XDG_STATE_HOME=", "TMPDIR=", "PWD=", NULL,
    };
    for (size_t i = 0; starts[i] != NULL; i++) {
        if (strncmp(entry, starts[i], strlen(starts[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Of a real tenant, who may be there and what for is known to the shell alone. */
static bool is_drills_own(const char *entry)
{
    static const char *const starts[] = {"COGNIGY_API_BASE=", "COGPROMOTE_STATE_DIR=", NULL};
    for (size_t i = 0; starts[i] != NULL; i++) {
        if (strncmp(entry, starts[i], strlen(starts[i])) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_set(const struct scn_shell_place *place, const char *entry)
{
    return place->is_real ? is_drills_own(entry) : !is_left_out(entry);
}

/* For the recorder: what is typed later may say something else. */
static void append_bounds(struct cog_text *text, char *const *variables)
{
    static const char start[] = "COGNIGY_API_BASE=";
    for (size_t i = 0; variables[i] != NULL; i++) {
        if (strncmp(variables[i], start, strlen(start)) == 0) {
            append_export(text, SCN_BOUNDS_VARIABLE, strlen(SCN_BOUNDS_VARIABLE),
                          variables[i] + strlen(start));
        }
    }
}

void scn_shell_append_environment(struct cog_text *text, const struct scn_shell_place *place,
                                  char *const *variables)
{
    COG_CLEANUP(cog_text_finish) struct cog_text events = {0};
    cog_text_append_format(&events, "%s/%s", place->folder, SCN_LAYOUT_EVENTS);
    text->failed |= events.failed;
    cog_text_append(text, "# Of a drill: read it into a shell with '.'\n");
    if (!place->is_real) {
        append_forgetting(text);
    }
    for (size_t i = 0; variables[i] != NULL; i++) {
        const char *entry = variables[i];
        const size_t length = strcspn(entry, "=");
        if (is_set(place, entry)) {
            append_export(text, entry, length, entry + length + 1);
        }
    }
    append_bounds(text, variables);
    append_export(text, "COGPROMOTE_EVENTS", strlen("COGPROMOTE_EVENTS"), cog_text_string(&events));
    cog_text_append(text, "PATH=");
    append_path(text, place->folder, SCN_LAYOUT_BIN);
    cog_text_append(text, ":\"$PATH\"; export PATH\nPS1='(drill) $ '\n");
    /* Who has looked for it before goes on finding the real one. */
    cog_text_append(text, "hash -r 2>/dev/null || :\n");
}

static void append_program(struct cog_text *text, const struct scn_shell_place *place,
                           const char *verb)
{
    cog_text_append(text, "#!/bin/sh\nexec ");
    scn_shell_append_word(text, place->program);
    cog_text_append_format(text, " %s ", verb);
    scn_shell_append_word(text, place->folder);
}

void scn_shell_append_client(struct cog_text *text, const struct scn_shell_place *place)
{
    append_program(text, place, "record-client");
    cog_text_append(text, " ");
    scn_shell_append_word(text, place->client_program);
    cog_text_append(text, " \"$@\"\n");
}

void scn_shell_append_order(struct cog_text *text, const struct scn_shell_place *place)
{
    append_program(text, place, "drill-order");
    cog_text_append(text, " \"$@\"\n");
}
