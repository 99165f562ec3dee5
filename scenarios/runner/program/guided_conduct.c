#include "program/guided_conduct.h"

#include "crew/interrupt.h"
#include "drill/guided/briefing.h"
#include "drill/guided/folder_layout.h"
#include "drill/guided/panes.h"
#include "drill/guided/plain.h"
#include "drill/guided/screen.h"
#include "drill/guided/screen_keys.h"
#include "program/arguments.h"
#include "program/guided_report.h"
#include "program/terminal_width.h"
#include "program/variable.h"
#include "program/verbs.h"

#include <cogbase/text.h>

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

enum { LOOK_MS = 100, EXIT_INCONCLUSIVE = 2 };

/* A drill that is held. */
struct holding {
    struct scn_guided_plan *plan;
    struct scn_interrupt interrupt;
    struct scn_line_reader reader;
    struct scn_conductor *conductor;
    char *environment; /* The file for the shell. */
    int signal_number; /* That has ended it; 0 for none. */
    bool is_attended;  /* Somebody sits at the terminal. */
};

static bool is_split(const struct holding *holding)
{
    return holding->plan->tmux != NULL && holding->plan->arguments->inside != NULL;
}

static bool is_running(const struct holding *holding)
{
    return scn_conductor_status(holding->conductor)->phase == SCN_PHASE_RUNNING;
}

static void print_briefing(const struct holding *holding)
{
    const struct scn_guided_plan *plan = holding->plan;
    const double typed_scale = plan->arguments->time_scale;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const struct scn_briefing briefing = {
        .drill = &plan->drill,
        .is_secret = plan->is_secret,
        .environment = is_split(holding) ? NULL : holding->environment,
        .folder = plan->arguments->api_base == NULL ? plan->folder : NULL,
        .limit_ms = plan->drill.guidance.limit_ms,
        .time_scale = typed_scale > 0 ? typed_scale : plan->drill.guidance.time_scale,
        .is_plain = plan->arguments->is_plain,
        .width = scn_terminal_width(),
    };
    scn_briefing_append(&text, &briefing);
    (void)fputs(cog_text_string(&text), stdout);
    (void)fflush(stdout);
}

/* Nothing has begun, and nothing is lost by leaving. */
static bool is_ready(struct holding *holding)
{
    char line[SCN_LINE_SIZE];
    enum scn_order order = SCN_ORDER_HINT;
    if (!holding->is_attended) {
        return true;
    }
    (void)fputs("\nEnter begins the drill, q leaves. ", stdout);
    (void)fflush(stdout);
    const enum scn_line_event event =
        scn_line_reader_next(&holding->reader, SCN_LINE_WAIT_FOREVER, line);
    if (event == SCN_LINE_INTERRUPTED) {
        holding->signal_number = scn_interrupt_take(&holding->interrupt);
    }
    const bool leaves = scn_plain_parse_order(line, &order) && order == SCN_ORDER_ABORT;
    return event == SCN_LINE_READ && !leaves;
}

static enum cog_code begin(struct holding *holding, struct cog_error *error)
{
    const struct scn_guided_plan *plan = holding->plan;
    const struct scn_conductor_options options = {
        .drill = &plan->drill,
        .folder = plan->folder,
        .mock_program = plan->mock_program,
        .client_program = plan->client_program,
        .environment = scn_variable_all(),
        .seed = plan->seed,
        .time_scale = plan->arguments->time_scale,
        .api_base = plan->arguments->api_base,
        .is_real = plan->is_real,
    };
    return scn_conductor_create(&options, &holding->conductor, error);
}

static void abort_for(struct holding *holding, int signal_number)
{
    holding->signal_number = signal_number;
    scn_conductor_order(holding->conductor, SCN_ORDER_ABORT);
}

static void tell_changes(struct holding *holding, struct scn_plain *plain)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_plain_append(plain, scn_conductor_status(holding->conductor), &text);
    (void)fputs(cog_text_string(&text), stdout);
    (void)fflush(stdout);
}

/* One look at what was typed; without a terminal only signals can come. */
static void take_line(struct holding *holding)
{
    char line[SCN_LINE_SIZE];
    enum scn_order order = SCN_ORDER_HINT;
    switch (scn_line_reader_next(&holding->reader, LOOK_MS, line)) {
    case SCN_LINE_READ:
        if (scn_plain_parse_order(line, &order)) {
            scn_conductor_order(holding->conductor, order);
        } else if (line[0] != '\0') {
            (void)puts("hint, done or abort; all else is for the other terminal");
        }
        break;
    case SCN_LINE_INTERRUPTED:
        abort_for(holding, scn_interrupt_take(&holding->interrupt));
        break;
    case SCN_LINE_ENDED:
        holding->reader.has_ended = false;
        holding->reader.descriptor = -1; /* There is nobody any more: only signals come. */
        holding->is_attended = false;
        break;
    case SCN_LINE_NOTHING:
        break;
    }
}

static enum cog_code conduct_plainly(struct holding *holding, struct cog_error *error)
{
    struct scn_plain plain = {0};
    enum cog_code code = COG_OK;
    const char *console_url = scn_conductor_console_url(holding->conductor);
    (void)printf("The drill runs. In another terminal:  . %s\n", holding->environment);
    if (console_url != NULL) {
        (void)printf("For a facilitator: %s with the token in %s/%s\n", console_url,
                     holding->plan->folder, SCN_LAYOUT_TOKEN);
    }
    while (code == COG_OK && is_running(holding)) {
        tell_changes(holding, &plain);
        take_line(holding);
        code = scn_conductor_step(holding->conductor, error);
    }
    tell_changes(holding, &plain);
    return code;
}

static void take_key(struct holding *holding, struct scn_screen_keys *keys, int key)
{
    enum scn_order order = SCN_ORDER_HINT;
    if (scn_screen_keys_take(keys, key, &order)) {
        scn_conductor_order(holding->conductor, order);
    }
}

/* Ctrl-C from elsewhere asks as the key does; the other signals do not ask. */
static void take_signal(struct holding *holding, struct scn_screen_keys *keys)
{
    const int number = scn_interrupt_take(&holding->interrupt);
    if (number == SIGINT) {
        keys->question = SCN_SCREEN_ASKS_ABORT;
    } else if (number != 0) {
        abort_for(holding, number);
    }
}

static void take_keys(struct holding *holding, struct scn_screen *screen,
                      struct scn_screen_keys *keys)
{
    struct pollfd descriptors[] = {
        {.fd = holding->interrupt.descriptor, .events = POLLIN},
        {.fd = STDIN_FILENO, .events = POLLIN},
    };
    const bool is_woken = poll(descriptors, 2, LOOK_MS) > 0;
    if (is_woken && descriptors[0].revents != 0) {
        take_signal(holding, keys);
    }
    if (is_woken && (descriptors[1].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        abort_for(holding, SIGHUP); /* The terminal is gone. */
        return;
    }
    /* Also when nothing has come: the size of the terminal is heard of as a key. */
    for (int key = scn_screen_key(screen); key != 0; key = scn_screen_key(screen)) {
        take_key(holding, keys, key);
    }
}

static enum cog_code conduct_on_screen(struct holding *holding, struct scn_screen *screen,
                                       struct cog_error *error)
{
    struct scn_screen_keys keys = {0};
    enum cog_code code = COG_OK;
    while (code == COG_OK && is_running(holding)) {
        struct scn_screen_view view = {
            .status = scn_conductor_status(holding->conductor),
            .title = scn_briefing_title(&holding->plan->drill, holding->plan->is_secret),
            .environment = is_split(holding) ? NULL : holding->environment,
            .question = keys.question,
            .shows_help = keys.shows_help,
        };
        scn_screen_show(screen, &view);
        take_keys(holding, screen, &keys);
        code = scn_conductor_step(holding->conductor, error);
    }
    return code;
}

static enum cog_code conduct_in_screen(struct holding *holding, struct cog_error *error)
{
    const struct scn_guided_plan *plan = holding->plan;
    const char *no_color = scn_variable_find("NO_COLOR");
    const bool has_color = no_color == NULL || no_color[0] == '\0';
    struct scn_screen *screen = NULL;
    enum cog_code code = COG_OK;
    if (is_split(holding)) {
        code = scn_panes_split(plan->tmux, plan->arguments->inside, holding->environment, error);
    }
    if (code == COG_OK) {
        code = scn_screen_create(scn_variable_find("TERM"), has_color, &screen, error);
    }
    if (code == COG_OK) {
        code = conduct_on_screen(holding, screen, error);
    }
    scn_screen_destroy(screen);
    if (is_split(holding)) {
        scn_panes_join(plan->tmux, plan->arguments->inside);
    }
    return code;
}

static void say_end(const struct holding *holding)
{
    const struct scn_conductor_status *status = scn_conductor_status(holding->conductor);
    if (status->phase == SCN_PHASE_ABORTED) {
        (void)printf("The drill is aborted: %s. Everything of it is being ended.\n",
                     status->abort_reason);
    } else {
        (void)puts("The drill is over. Everything of it is being ended.");
    }
    (void)fflush(stdout);
}

/* Nobody is asked who has said it on the command line, or has gone. */
static enum cog_code ask(struct holding *holding, struct cog_error *error)
{
    struct scn_debrief *debrief = &holding->plan->debrief;
    const bool is_said = debrief->surprise_count + debrief->action_count > 0;
    return holding->is_attended && holding->signal_number == 0 && !is_said
               ? scn_debrief_ask(debrief, &holding->reader, stdout, error)
               : COG_OK;
}

/*
 * Inside of panes what is printed now would be gone with them; of a terminal that is gone it is,
 * and so it is where nobody waits outside any more. The report does not depend on it.
 */
static void redirect_output(const struct holding *holding)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    const char *inside = holding->plan->arguments->inside;
    if (inside == NULL && holding->signal_number != SIGHUP) {
        return;
    }
    if (inside != NULL && access(inside, W_OK) == 0) {
        cog_text_append_format(&path, "%s/%s", inside, SCN_PANES_OUTPUT);
    } else {
        cog_text_append(&path, "/dev/null");
    }
    (void)fflush(stdout);
    (void)!freopen(cog_text_string(&path), "w", stdout);
}

static int fail(enum cog_code code, const struct cog_error *error)
{
    scn_program_complain(error);
    if (code == COG_ERROR_CONFIGURATION) {
        return SCN_EXIT_USAGE; /* A server, or a program, that was named wrongly. */
    }
    return code == COG_ERROR_STORAGE ? SCN_EXIT_NO_OUTPUT : SCN_EXIT_SOFTWARE;
}

static int conclude(struct holding *holding)
{
    const struct scn_evidence *evidence = NULL;
    struct cog_error error = {0};
    say_end(holding);
    enum cog_code code = scn_conductor_gather(holding->conductor, &evidence, &error);
    if (code == COG_OK) {
        code = ask(holding, &error);
    }
    if (code != COG_OK) {
        return fail(code, &error);
    }
    redirect_output(holding);
    const int exit_code = scn_guided_report_write(holding->plan, evidence);
    return holding->signal_number != 0 ? SCN_EXIT_SIGNAL + holding->signal_number : exit_code;
}

static int hold(struct holding *holding)
{
    struct cog_error error = {0};
    print_briefing(holding);
    if (!is_ready(holding)) {
        (void)rmdir(holding->plan->folder); /* There is nothing in it. */
        return holding->signal_number != 0 ? SCN_EXIT_SIGNAL + holding->signal_number
                                           : EXIT_INCONCLUSIVE;
    }
    enum cog_code code = begin(holding, &error);
    if (code != COG_OK) {
        return fail(code, &error);
    }
    code = holding->plan->arguments->is_plain ? conduct_plainly(holding, &error)
                                              : conduct_in_screen(holding, &error);
    if (code != COG_OK) {
        /* What is known is judged all the same. */
        scn_program_complain(&error);
        scn_conductor_order(holding->conductor, SCN_ORDER_ABORT);
    }
    return conclude(holding);
}

int scn_guided_conduct(struct scn_guided_plan *plan)
{
    struct cog_error error = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text environment = {0};
    cog_text_append_format(&environment, "%s/%s", plan->folder, SCN_LAYOUT_ENVIRONMENT);
    COG_CLEANUP(cog_string_finish) char *environment_path = cog_text_take(&environment);
    const bool is_attended = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
    struct holding holding = {
        .plan = plan,
        .environment = environment_path,
        .is_attended = is_attended,
    };
    if (environment_path == NULL || scn_interrupt_init(&holding.interrupt, &error) != COG_OK) {
        (void)fprintf(stderr, "cogdrill: no memory, or no signals\n");
        return SCN_EXIT_SOFTWARE;
    }
    holding.reader = (struct scn_line_reader){
        .descriptor = is_attended ? STDIN_FILENO : -1,
        .interrupt_descriptor = holding.interrupt.descriptor,
    };
    const int exit_code = hold(&holding);
    scn_conductor_destroy(holding.conductor);
    scn_interrupt_finish(&holding.interrupt);
    return exit_code;
}
