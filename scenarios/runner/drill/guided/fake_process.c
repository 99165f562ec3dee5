#include "drill/guided/fake_process.h"

#include "drill/guided/folder_layout.h"
#include "drill/guided/shell_text.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogpromote/clock.h>
#include <cogpromote/random.h>

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    START_MS_MAX = 15000,
    LINE_SIZE = 4096,
    POLL_MS = 20,
    TOKEN_LENGTH = 24, /* 192 bits. */
    PORT_MAX = 65535,
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code scn_fake_process_scenario(const struct scn_drill *drill, char **out_text,
                                        struct cog_error *error)
{
    static const char *const kept[] = {"server", "faults", "injects", NULL};
    const cJSON *file = drill->scenario.file->document.root;
    COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_CreateObject();
    /* Its name tells what will strike. */
    bool is_whole = cJSON_AddStringToObject(scenario, "name", "a drill") != NULL;
    for (size_t i = 0; kept[i] != NULL && is_whole; i++) {
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(file, kept[i]);
        cJSON *copy = member != NULL ? cJSON_Duplicate(member, true) : NULL;
        is_whole =
            member == NULL || (copy != NULL && cJSON_AddItemToObject(scenario, kept[i], copy) != 0);
    }
    return cog_json_print(is_whole ? scenario : NULL, out_text, error);
}

static enum cog_code make_token(char **out_token, struct cog_error *error)
{
    unsigned char bytes[TOKEN_LENGTH];
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const struct cog_random random = cog_random_openssl();
    if (random.ops->fill(random.context, bytes, sizeof bytes) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random numbers for a token");
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        cog_text_append_format(&text, "%02x", bytes[i]);
    }
    return cog_text_give(&text, out_token, error);
}

static enum cog_code write_files(struct scn_workplace *workplace,
                                 const struct scn_fake_process_options *options, char **out_token,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *scenario = NULL;
    COG_CLEANUP(cog_string_finish) char *token = NULL;
    enum cog_code code = scn_fake_process_scenario(options->drill, &scenario, error);
    if (code == COG_OK) {
        code = scn_workplace_write(workplace, SCN_LAYOUT_SCENARIO, scenario, error);
    }
    if (code == COG_OK) {
        code = make_token(&token, error);
    }
    if (code == COG_OK) {
        code = scn_workplace_write(workplace, SCN_LAYOUT_TOKEN, token, error);
    }
    if (code == COG_OK) {
        code = scn_workplace_write(workplace, SCN_LAYOUT_FAKE_LOG, "starting\n", error);
    }
    if (code == COG_OK) {
        *out_token = token;
        token = NULL;
    }
    return code;
}

static enum cog_code start_process(struct scn_workplace *workplace,
                                   const struct scn_fake_process_options *options,
                                   struct scn_child *out_child, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    /* In the drill's folder, so that no path but the program's needs to be told. */
    cog_text_append(&text, "exec ");
    scn_shell_append_word(&text, options->program);
    cog_text_append_format(&text,
                           " serve --port 0 --scenario %s --seed %" PRIu64 " --time-scale %.15g "
                           "--control-token-file %s --observers 2>%s",
                           SCN_LAYOUT_SCENARIO, options->seed, options->time_scale,
                           SCN_LAYOUT_TOKEN, SCN_LAYOUT_FAKE_LOG);
    if (text.failed) {
        return fail_memory(error);
    }
    const struct scn_child_command command = {
        .text = cog_text_string(&text),
        .folder = workplace->folder,
        .environment = options->environment,
    };
    return scn_child_start(&command, out_child, error);
}

/* @return whether the line is whole */
static bool read_line(const struct scn_child *child, char line[LINE_SIZE], size_t *inout_length)
{
    struct pollfd descriptor = {.fd = child->outputs[0], .events = POLLIN};
    (void)poll(&descriptor, 1, POLL_MS);
    const ssize_t count =
        read(child->outputs[0], line + *inout_length, LINE_SIZE - 1 - *inout_length);
    *inout_length += count > 0 ? (size_t)count : 0;
    line[*inout_length] = '\0';
    return strchr(line, '\n') != NULL;
}

static void read_last_words(struct scn_workplace *workplace, char out_why[SCN_FAKE_DEATH_SIZE])
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    size_t length = 0;
    (void)snprintf(out_why, SCN_FAKE_DEATH_SIZE, "it said nothing");
    if (cog_storage_read(scn_workplace_storage(workplace), SCN_LAYOUT_FAKE_LOG, &text, &length,
                         NULL) != COG_OK) {
        return;
    }
    while (length > 0 && text[length - 1] == '\n') {
        text[--length] = '\0';
    }
    const char *line = strrchr(text, '\n');
    cog_text_append_shown(&shown, line != NULL ? line + 1 : text);
    if (shown.length > 0) {
        (void)snprintf(out_why, SCN_FAKE_DEATH_SIZE, "%s", cog_text_string(&shown));
    }
}

static enum cog_code fail_start(struct scn_workplace *workplace, const char *program,
                                struct cog_error *error)
{
    char why[SCN_FAKE_DEATH_SIZE];
    read_last_words(workplace, why);
    (void)cog_error_set(error, COG_ERROR_CONFIGURATION, "%s", why);
    return cog_error_wrap(error, COG_ERROR_CONFIGURATION,
                          "the fake '%s' does not start (its log is '%s/%s'; --mock names another "
                          "program)",
                          program, workplace->folder, SCN_LAYOUT_FAKE_LOG);
}

static bool is_died(const struct scn_child *child)
{
    return child->pid <= 0 || scn_child_has_ended(child);
}

static enum cog_code await_line(struct scn_workplace *workplace, const struct scn_child *child,
                                const char *program, char line[LINE_SIZE], struct cog_error *error)
{
    const struct cog_clock clock = cog_clock_posix();
    const int64_t end_ms = cog_clock_monotonic_ms(clock) + START_MS_MAX;
    size_t length = 0;
    while (!read_line(child, line, &length)) {
        if (is_died(child) || length >= LINE_SIZE - 1 || cog_clock_monotonic_ms(clock) > end_ms) {
            return fail_start(workplace, program, error);
        }
    }
    return COG_OK;
}

static enum cog_code read_announcement(const char *line, struct scn_fake_process *fake,
                                       struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    const char *control_url = NULL;
    const char *console_url = NULL;
    int64_t port = 0;
    enum cog_code code = cog_json_parse_object(line, strcspn(line, "\n"), &json, error);
    if (code == COG_OK) {
        code = cog_json_string(json, "control_url", &control_url, error);
    }
    if (code == COG_OK) {
        code = cog_json_string(json, "console_url", &console_url, error);
    }
    if (code == COG_OK) {
        code = cog_json_integer(json, "port", 1, PORT_MAX, &port, error);
    }
    if (code != COG_OK) {
        return cog_error_wrap(error, COG_ERROR_CONFIGURATION,
                              "the fake's first line is not that of a cogmock");
    }
    COG_CLEANUP(cog_text_finish) struct cog_text host = {0};
    cog_text_append_format(&host, "127.0.0.1:%" PRId64, port);
    fake->host = cog_text_take(&host);
    fake->control_url = strdup(control_url);
    fake->console_url = strdup(console_url);
    return fake->host != NULL && fake->control_url != NULL && fake->console_url != NULL
               ? COG_OK
               : fail_memory(error);
}

enum cog_code scn_fake_process_start(struct scn_workplace *workplace,
                                     const struct scn_fake_process_options *options,
                                     struct scn_fake_process *out_fake, struct cog_error *error)
{
    COG_CLEANUP(scn_fake_process_finish)
    struct scn_fake_process fake = {.child = {.outputs = {-1, -1}}};
    char line[LINE_SIZE] = "";
    enum cog_code code = write_files(workplace, options, &fake.token, error);
    if (code == COG_OK) {
        code = start_process(workplace, options, &fake.child, error);
    }
    if (code == COG_OK) {
        code = await_line(workplace, &fake.child, options->program, line, error);
    }
    if (code == COG_OK) {
        code = read_announcement(line, &fake, error);
    }
    if (code == COG_OK) {
        *out_fake = fake;
        fake = (struct scn_fake_process){.child = {.outputs = {-1, -1}}};
    }
    return code;
}

bool scn_fake_process_has_died(const struct scn_fake_process *fake, struct scn_workplace *workplace,
                               char out_why[SCN_FAKE_DEATH_SIZE])
{
    siginfo_t end = {0};
    char words[SCN_FAKE_DEATH_SIZE];
    if (!is_died(&fake->child)) {
        return false;
    }
    /* It stays to be reaped. */
    (void)waitid(P_PID, (id_t)fake->child.pid, &end, WEXITED | WNOHANG | WNOWAIT);
    if (end.si_code != CLD_EXITED) {
        (void)snprintf(out_why, SCN_FAKE_DEATH_SIZE, "signal %d ended it", end.si_status);
        return true;
    }
    read_last_words(workplace, words);
    (void)snprintf(out_why, SCN_FAKE_DEATH_SIZE, "exit %d: %.160s", end.si_status, words);
    return true;
}

void scn_fake_process_finish(struct scn_fake_process *fake)
{
    scn_child_finish(&fake->child);
    cog_string_finish(&fake->host);
    cog_string_finish(&fake->control_url);
    cog_string_finish(&fake->console_url);
    cog_string_finish(&fake->token);
}
