#include "program/rehearse.h"

#include "crew/interrupt.h"
#include "drill/guided/panes.h"
#include "drill/guided/terminal_kind.h"
#include "foreign/folder.h"
#include "program/arguments.h"
#include "program/companion.h"
#include "program/guided_conduct.h"
#include "program/guided_plan.h"
#include "program/variable.h"
#include "program/verbs.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { WORDS_MAX = 192, NUMBER_SIZE = 32, COPY_SIZE = 4096 };

/* The command line of the process inside of the panes. Texts are borrowed. */
struct inner_words {
    const char *items[WORDS_MAX];
    size_t count;
    char seed[NUMBER_SIZE];
    char scale[NUMBER_SIZE];
};

/* A terminal is needed to type in; who has none can have lines. */
static int check_terminal(const struct scn_rehearse_arguments *arguments)
{
    struct cog_error error = {0};
    if (arguments->is_plain) {
        return 0;
    }
    if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1) {
        (void)fprintf(stderr, "cogdrill: --guided needs a terminal to be shown on: start it in one,"
                              " or take --plain, which only prints lines\n");
        return SCN_EXIT_USAGE;
    }
    if (scn_terminal_kind_check(scn_variable_find("TERM"), &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_USAGE;
    }
    return 0;
}

static void add_word(struct inner_words *words, const char *word)
{
    /* One place stays for the end of the list. */
    if (words->count + 1 < WORDS_MAX) {
        words->items[words->count++] = word;
    }
}

static void add_flag(struct inner_words *words, const char *flag, const char *value)
{
    if (value != NULL) {
        add_word(words, flag);
        add_word(words, value);
    }
}

static void add_debrief(struct inner_words *words, const struct scn_rehearse_arguments *arguments)
{
    for (size_t i = 0; i < arguments->surprise_count; i++) {
        add_flag(words, "--surprise", arguments->surprises[i]);
    }
    for (size_t i = 0; i < arguments->action_count; i++) {
        add_flag(words, "--action", arguments->actions[i]);
    }
}

/* A drill that was drawn is drawn again: the list of processes does not name it. */
static void choose_words(const struct scn_guided_plan *plan, const char *self, const char *inside,
                         struct inner_words *words)
{
    const struct scn_rehearse_arguments *arguments = plan->arguments;
    (void)snprintf(words->seed, sizeof words->seed, "%" PRIu64, plan->seed);
    (void)snprintf(words->scale, sizeof words->scale, "%.6f", arguments->time_scale);
    add_word(words, self);
    add_word(words, "rehearse");
    add_word(words, "--guided");
    add_flag(words, "--inside", inside);
    add_flag(words, "--into", plan->folder);
    add_flag(words, "--seed", words->seed);
    add_flag(words, "--time-scale", arguments->time_scale > 0 ? words->scale : NULL);
    add_flag(words, "--operator", arguments->operator_name);
    add_flag(words, "--api-base", arguments->api_base);
    add_flag(words, "--against-real-tenant", arguments->against_host);
    add_flag(words, "--mock", plan->mock_program);
    add_flag(words, "--client", arguments->client.command);
    add_flag(words, "--history", plan->history_path);
    add_debrief(words, arguments);
    if (arguments->path_count > 0) {
        add_word(words, "--");
        add_word(words, arguments->paths[0]);
    }
}

static void copy_file(const char *folder, const char *name, FILE *stream)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    char bytes[COPY_SIZE];
    cog_text_append_format(&path, "%s/%s", folder, name);
    FILE *source = fopen(cog_text_string(&path), "r");
    if (source == NULL) {
        return;
    }
    for (size_t length = fread(bytes, 1, sizeof bytes, source); length > 0;
         length = fread(bytes, 1, sizeof bytes, source)) {
        (void)fwrite(bytes, 1, length, stream);
    }
    (void)fclose(source);
}

static int tell_end(const struct scn_guided_plan *plan, const char *inside,
                    const struct scn_panes_end *end, const struct scn_interrupt *interrupt)
{
    (void)fflush(stderr);
    copy_file(inside, SCN_PANES_OUTPUT, stdout);
    copy_file(inside, SCN_PANES_ERRORS, stderr);
    if (end->is_interrupted) {
        (void)fprintf(stderr, "cogdrill: the drill is aborted; its report is in '%s'\n",
                      plan->folder);
        return SCN_EXIT_SIGNAL + scn_interrupt_take(interrupt);
    }
    if (end->exit_code < 0) {
        (void)fprintf(stderr, "cogdrill: tmux has ended before the drill: --no-split goes without"
                              " it\n");
        return SCN_EXIT_SOFTWARE;
    }
    return end->exit_code;
}

static enum cog_code run_panes(const struct scn_guided_plan *plan, const char *inside,
                               const struct scn_interrupt *interrupt, struct scn_panes_end *out_end,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *self = NULL;
    struct inner_words words = {0};
    const enum cog_code code = scn_companion_self(&self, error);
    if (code != COG_OK) {
        return code;
    }
    choose_words(plan, self, inside, &words);
    const struct scn_panes_options options = {
        .tmux = plan->tmux,
        .folder = inside,
        .words = words.items,
        .interrupt_descriptor = interrupt->descriptor,
    };
    return scn_panes_run(&options, out_end, error);
}

/* The folder is for the time that the panes are there. */
static int conduct_in_panes(const struct scn_guided_plan *plan)
{
    COG_CLEANUP(cog_string_finish) char *inside = NULL;
    struct scn_interrupt interrupt;
    struct scn_panes_end end = {.exit_code = -1};
    struct cog_error error = {0};
    enum cog_code code = scn_folder_create(scn_variable_find("TMPDIR"), &inside, &error);
    if (code == COG_OK) {
        code = scn_interrupt_init(&interrupt, &error);
    }
    if (code != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    code = run_panes(plan, inside, &interrupt, &end, &error);
    if (code != COG_OK) {
        scn_program_complain(&error);
    }
    const int exit_code =
        code == COG_OK ? tell_end(plan, inside, &end, &interrupt) : SCN_EXIT_SOFTWARE;
    scn_interrupt_finish(&interrupt);
    scn_folder_remove(inside);
    return exit_code;
}

int scn_rehearse_guided(const struct scn_rehearse_arguments *arguments)
{
    COG_CLEANUP(scn_guided_plan_finish) struct scn_guided_plan plan = {0};
    int exit_code = check_terminal(arguments);
    if (exit_code == 0) {
        exit_code = scn_guided_plan_make(arguments, &plan);
    }
    if (exit_code != 0) {
        return exit_code;
    }
    return plan.tmux != NULL && arguments->inside == NULL ? conduct_in_panes(&plan)
                                                          : scn_guided_conduct(&plan);
}
