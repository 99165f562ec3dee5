#include "program/guided_plan.h"

#include "drill/catalogue.h"
#include "drill/guided/folder_layout.h"
#include "drill/guided/safety.h"
#include "drill/guided/workplace.h"
#include "program/arguments.h"
#include "program/companion.h"
#include "program/drill_folder.h"
#include "program/history_file.h"
#include "program/rehearsal_files.h"
#include "program/variable.h"
#include "program/verbs.h"

#include <cogbase/text.h>
#include <cogpromote/clock.h>
#include <cogpromote/random.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEED_MAX = 1 << 30 };

static enum cog_code choose_seed(struct scn_guided_plan *plan, struct cog_error *error)
{
    int64_t number = 0;
    plan->seed = plan->arguments->seed;
    if (plan->arguments->has_seed) {
        return COG_OK;
    }
    if (cog_random_up_to(cog_random_openssl(), SEED_MAX, &number) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random number can be had: take --seed");
    }
    plan->seed = (uint64_t)number;
    return COG_OK;
}

/* The same seed draws the same drill: the inner process has it told by nobody else. */
static enum cog_code draw(const struct scn_guided_plan *plan, char **out_path,
                          struct cog_error *error)
{
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    struct cog_random_seeded random;
    int64_t index = 0;
    enum cog_code code = scn_drill_catalogue_list(scn_drill_catalogue_folder(), &catalogue, error);
    if (code != COG_OK) {
        return code;
    }
    if (catalogue.count == 0) {
        return cog_error_set(error, COG_ERROR_STORAGE, "there is no drill in '%s'",
                             scn_drill_catalogue_folder());
    }
    cog_random_seeded_init(&random, plan->seed);
    code = cog_random_up_to(cog_random_seeded(&random), (int64_t)catalogue.count - 1, &index);
    if (code != COG_OK) {
        return cog_error_set(error, code, "no drill can be drawn");
    }
    *out_path = strdup(catalogue.paths[index]);
    return *out_path != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code choose_drill(struct scn_guided_plan *plan, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    plan->is_secret = plan->arguments->path_count == 0;
    enum cog_code code = plan->is_secret
                             ? draw(plan, &path, error)
                             : scn_drill_catalogue_find(plan->arguments->paths[0], &path, error);
    return code == COG_OK ? scn_drill_read(path, &plan->drill, error) : code;
}

static enum cog_code take_debrief(struct scn_guided_plan *plan, struct cog_error *error)
{
    const struct scn_rehearse_arguments *arguments = plan->arguments;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < arguments->surprise_count; i++) {
        code = scn_debrief_add_surprise(&plan->debrief, arguments->surprises[i], error);
    }
    for (size_t i = 0; code == COG_OK && i < arguments->action_count; i++) {
        code = scn_debrief_add_action(&plan->debrief, arguments->actions[i], error);
    }
    return code;
}

static enum cog_code find_program(const char *typed, const struct scn_companion *companion,
                                  char **out_path, struct cog_error *error)
{
    if (typed == NULL || strchr(typed, '/') == NULL) {
        struct scn_companion named = *companion;
        named.name = typed != NULL ? typed : companion->name;
        return scn_companion_find(&named, out_path, error);
    }
    if (access(typed, X_OK) != 0) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot run '%s' of %s: %s", typed,
                             companion->flag, strerror(errno));
    }
    *out_path = strdup(typed);
    return *out_path != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code find_programs(struct scn_guided_plan *plan, struct cog_error *error)
{
    static const struct scn_companion mock = {"cogmock", "mockserver", "--mock"};
    static const struct scn_companion client = {"cogpromote", "client", "--client"};
    static const struct scn_companion tmux = {.name = "tmux"};
    const struct scn_rehearse_arguments *arguments = plan->arguments;
    enum cog_code code =
        find_program(arguments->client.command, &client, &plan->client_program, error);
    if (code == COG_OK && arguments->api_base == NULL) {
        code = find_program(arguments->mock_program, &mock, &plan->mock_program, error);
    }
    if (code == COG_OK && !arguments->is_plain && !arguments->is_unsplit &&
        scn_companion_find(&tmux, &plan->tmux, NULL) != COG_OK) {
        plan->tmux = NULL; /* It goes without, in two terminals. */
    }
    return code;
}

static enum cog_code check_safety(struct scn_guided_plan *plan, struct cog_error *error)
{
    const struct scn_rehearse_arguments *arguments = plan->arguments;
    return arguments->api_base == NULL
               ? COG_OK
               : scn_safety_check(arguments->api_base, arguments->against_host, &plan->is_real,
                                  error);
}

static enum cog_code check_history(struct scn_guided_plan *plan, struct cog_error *error)
{
    COG_CLEANUP(scn_history_finish) struct scn_history history = {0};
    const char *typed = plan->arguments->history_path;
    enum cog_code code = scn_history_file_path(typed, &plan->history_path, error);
    if (code == COG_OK) {
        code = scn_history_read(plan->history_path, &history, error);
    }
    /* One that is broken is no wrong argument: it cannot be read. */
    return code == COG_ERROR_SYNTAX ? COG_ERROR_STORAGE : code;
}

/* Whatever can be known without making anything. */
static enum cog_code decide(struct scn_guided_plan *plan, struct cog_error *error)
{
    enum cog_code code = choose_seed(plan, error);
    if (code == COG_OK) {
        code = take_debrief(plan, error);
    }
    if (code == COG_OK) {
        code = check_safety(plan, error);
    }
    if (code == COG_OK) {
        code = choose_drill(plan, error);
    }
    if (code == COG_OK) {
        code = find_programs(plan, error);
    }
    return code == COG_OK ? check_history(plan, error) : code;
}

/* What is missing is made below the nearest folder that is there. */
static bool can_be_written(const char *path)
{
    COG_CLEANUP(cog_text_finish) struct cog_text folder = {0};
    size_t length = strlen(path);
    if (access(path, F_OK) == 0) {
        return access(path, W_OK) == 0;
    }
    do {
        while (length > 0 && path[length - 1] != '/') {
            length--;
        }
        cog_text_finish(&folder);
        cog_text_append_bytes(&folder, path, length);
        cog_text_append(&folder, ".");
        length -= length > 0 ? 1 : 0;
    } while (length > 0 && access(cog_text_string(&folder), F_OK) != 0 && errno == ENOENT);
    return access(cog_text_string(&folder), W_OK) == 0;
}

static enum cog_code check_history_file(const struct scn_guided_plan *plan, struct cog_error *error)
{
    const char *path = plan->history_path;
    return can_be_written(path)
               ? COG_OK
               : cog_error_set(error, COG_ERROR_STORAGE,
                               "cannot write the history '%s': %s; choose another one with"
                               " --history",
                               path, strerror(errno));
}

/* What is not committed leaves nothing. */
static enum cog_code try_report(const char *folder, struct cog_error *error)
{
    COG_CLEANUP(scn_rehearsal_files_finish) struct scn_rehearsal_files files = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s/%s", folder, SCN_LAYOUT_REPORT);
    return scn_rehearsal_files_open(cog_text_string(&path), NULL, &files, error);
}

static enum cog_code make_place(struct scn_guided_plan *plan, struct cog_error *error)
{
    const struct scn_rehearse_arguments *arguments = plan->arguments;
    const char *id = plan->is_secret ? NULL : plan->drill.id;
    enum cog_code code = check_history_file(plan, error);
    if (code == COG_OK) {
        code = scn_drill_folder_make(arguments->into, id, plan->held_unix_ms, &plan->folder, error);
    }
    if (code == COG_OK) {
        code = scn_workplace_check(plan->folder, error);
    }
    return code == COG_OK ? try_report(plan->folder, error) : code;
}

static bool is_usage(enum cog_code code)
{
    return code == COG_ERROR_CONFIGURATION || code == COG_ERROR_ARGUMENT;
}

static int fail(enum cog_code code, const struct cog_error *error, int storage_exit)
{
    scn_program_complain(error);
    if (code == COG_ERROR_STORAGE || code == COG_ERROR_NOT_FOUND) {
        return storage_exit;
    }
    return is_usage(code) || code == COG_ERROR_SYNTAX ? SCN_EXIT_USAGE : SCN_EXIT_SOFTWARE;
}

/* Before the folder is made: it may not be one that real promotions have, nor lie in it. */
static enum cog_code check_folder(const char *folder, struct cog_error *error)
{
    return folder != NULL ? scn_safety_check_folder(folder, scn_variable_all(), error) : COG_OK;
}

int scn_guided_plan_make(const struct scn_rehearse_arguments *arguments,
                         struct scn_guided_plan *out_plan)
{
    COG_CLEANUP(scn_guided_plan_finish)
    struct scn_guided_plan plan = {
        .arguments = arguments,
        .held_unix_ms = cog_clock_unix_ms(cog_clock_posix()),
    };
    struct cog_error error = {0};
    enum cog_code code = decide(&plan, &error);
    if (code != COG_OK) {
        return fail(code, &error, SCN_EXIT_NO_INPUT);
    }
    code = check_folder(arguments->into, &error);
    if (code == COG_OK) {
        code = make_place(&plan, &error);
    }
    if (code == COG_OK) {
        code = check_folder(plan.folder, &error);
    }
    if (code != COG_OK) {
        return fail(code, &error, SCN_EXIT_NO_OUTPUT);
    }
    *out_plan = plan;
    plan = (struct scn_guided_plan){0};
    return 0;
}

void scn_guided_plan_finish(struct scn_guided_plan *plan)
{
    scn_drill_finish(&plan->drill);
    scn_debrief_finish(&plan->debrief);
    free(plan->folder);
    free(plan->mock_program);
    free(plan->client_program);
    free(plan->history_path);
    free(plan->tmux);
    *plan = (struct scn_guided_plan){0};
}
