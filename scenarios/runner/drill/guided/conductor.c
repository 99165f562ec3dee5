#include "drill/guided/conductor.h"

#include "drill/guided/blow.h"
#include "drill/guided/dossier.h"
#include "drill/guided/order.h"
#include "drill/guided/stage.h"
#include "drill/guided/status_text.h"

#include <cogbase/json.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    REASON_SIZE = 320,
    NOTICE_SIZE = 400,
    SILENCES_MAX = 20, /* Looks at somebody else's server that came to nothing. */
    GRACE_MS = 2000,
    END_MS_MAX = 1000,
    LOOK_MS = 20,
};

struct scn_conductor {
    struct scn_conductor_options options;
    struct scn_stage stage;
    struct scn_scene scene;
    struct scn_command_list commands;
    struct scn_typed *typed;
    struct scn_sighting *sightings;
    size_t sighting_count;
    struct scn_order_reader reader;
    const char *hints[SCN_DRILL_HINTS_MAX];
    struct scn_child second;
    bool has_blow_fallen;
    bool has_second;
    int64_t second_ms;   /* When it was started. */
    bool has_terminated; /* The clients were told to end: a second time would end them at once. */
    int silence_count;
    int64_t begin_ms; /* Of the facts' time: somebody else's server may be there for long. */
    int64_t end_ms;   /* Likewise; -1: it goes on. */
    char abort_reason[REASON_SIZE];
    char notice[NOTICE_SIZE];
    struct scn_conductor_status status;
    struct scn_dossier dossier;
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static int64_t real_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static void wait_a_little(void)
{
    (void)!cog_clock_sleep_until(cog_clock_posix(), real_ms() + LOOK_MS, NULL);
}

static int64_t now_ms(const struct scn_conductor *conductor)
{
    return scn_client_time_convert(&conductor->stage.time, cog_clock_unix_ms(cog_clock_posix()));
}

static const struct scn_drill_guidance *guidance_of(const struct scn_conductor *conductor)
{
    return &conductor->options.drill->guidance;
}

/* When the time is up. */
static int64_t due_ms(const struct scn_conductor *conductor)
{
    return conductor->begin_ms + guidance_of(conductor)->limit_ms;
}

static enum cog_code tell(struct scn_conductor *conductor, const char *phase, const char *reason,
                          struct cog_error *error)
{
    struct cog_holder self = {0};
    cog_storage_identify(scn_workplace_storage(&conductor->stage.workplace), &self);
    const struct scn_workplace_result result = {
        .phase = phase,
        .reason = reason,
        .pid = self.pid,
        .console_url = conductor->stage.fake.console_url,
    };
    return scn_workplace_tell(&conductor->stage.workplace, &result, error);
}

/* Who types `drill` later finds it there; a folder that is gone is told nothing. */
static void end_drill(struct scn_conductor *conductor, enum scn_phase phase)
{
    if (conductor->status.phase != SCN_PHASE_RUNNING) {
        return;
    }
    conductor->status.phase = phase;
    conductor->end_ms = now_ms(conductor);
    if (scn_workplace_is_there(&conductor->stage.workplace)) {
        (void)!tell(conductor, phase == SCN_PHASE_DONE ? "done" : "aborted",
                    conductor->abort_reason, NULL);
    }
}

static void terminate_clients(struct scn_conductor *conductor)
{
    if (!conductor->has_terminated) {
        conductor->has_terminated = true;
        (void)scn_blow_signal_clients(&conductor->stage.workplace, SIGTERM);
        scn_child_signal(&conductor->second, SIGTERM);
    }
}

static void abort_drill(struct scn_conductor *conductor, const char *reason, const char *more)
{
    if (conductor->status.phase == SCN_PHASE_RUNNING) {
        (void)snprintf(conductor->abort_reason, REASON_SIZE, "%s%s", reason, more);
        (void)snprintf(conductor->notice, NOTICE_SIZE, "the drill was stopped: %s",
                       conductor->abort_reason);
        terminate_clients(conductor);
        end_drill(conductor, SCN_PHASE_ABORTED);
    }
}

/* What the target holds when a command is first seen: what came before is not its doing. */
static bool note_sightings(struct scn_conductor *conductor)
{
    const cJSON *target =
        scn_scene_environment(&conductor->scene, conductor->stage.config.target_environment_id);
    const size_t count = conductor->commands.count;
    if (count <= conductor->sighting_count) {
        return true;
    }
    struct scn_sighting *sightings =
        realloc(conductor->sightings, count * sizeof *conductor->sightings);
    if (sightings == NULL) {
        return false;
    }
    conductor->sightings = sightings;
    while (conductor->sighting_count < count) {
        struct scn_sighting *sighting = &sightings[conductor->sighting_count++];
        (void)snprintf(sighting->content, sizeof sighting->content, "%s",
                       scn_scene_text(target, "content_digest"));
    }
    return true;
}

static enum cog_code look_at_commands(struct scn_conductor *conductor, struct cog_error *error)
{
    struct scn_command_list commands = {0};
    enum cog_code code = scn_command_log_read(&conductor->stage.workplace, &commands, error);
    struct scn_typed *typed = code == COG_OK ? calloc(commands.count + 1, sizeof *typed) : NULL;
    if (code != COG_OK || typed == NULL) {
        scn_command_list_finish(&commands);
        return code != COG_OK ? code : fail_memory(error);
    }
    for (size_t i = 0; i < commands.count; i++) {
        typed[i] = scn_dossier_typed(&commands.items[i], &conductor->stage.time);
    }
    scn_command_list_finish(&conductor->commands);
    free(conductor->typed);
    conductor->commands = commands;
    conductor->typed = typed;
    return note_sightings(conductor) ? COG_OK : fail_memory(error);
}

static void look_at_server(struct scn_conductor *conductor)
{
    struct scn_stage *stage = &conductor->stage;
    struct cog_error error = {0};
    char why[SCN_FAKE_DEATH_SIZE];
    if (stage->has_fake && scn_fake_process_has_died(&stage->fake, &stage->workplace, why)) {
        abort_drill(conductor, "the fake has died: ", why);
        return;
    }
    if (stage->control == NULL) {
        return;
    }
    const enum cog_code code = scn_scene_look(&conductor->scene, stage->control, &error);
    conductor->silence_count = code == COG_OK ? 0 : conductor->silence_count + 1;
    if (conductor->silence_count > SILENCES_MAX) {
        abort_drill(conductor, "the server does not answer any more: ", error.message);
    }
}

static void say(struct scn_conductor *conductor, const char *notice)
{
    (void)snprintf(conductor->notice, NOTICE_SIZE, "%s", notice);
}

static void kill_client(struct scn_conductor *conductor)
{
    (void)scn_blow_signal_clients(&conductor->stage.workplace, SIGKILL);
    say(conductor, "your client was killed, as by kill -9: what it was at is not over");
}

/* The lock first, so that nobody finds it as it was, held by a dead process of this machine. */
static enum cog_code move_client(struct scn_conductor *conductor, struct cog_error *error)
{
    struct scn_workplace *workplace = &conductor->stage.workplace;
    const enum cog_code code = scn_blow_move(workplace, error);
    (void)scn_blow_signal_clients(workplace, SIGKILL);
    say(conductor, "the machine that you worked on is gone, and your client with it: this is "
                   "another one, which has its state folder");
    return code;
}

static enum cog_code strike(struct scn_conductor *conductor, struct cog_error *error)
{
    struct scn_stage *stage = &conductor->stage;
    switch (guidance_of(conductor)->blow) {
    case SCN_DRILL_BLOW_NONE:
        break;
    case SCN_DRILL_BLOW_KILL:
        kill_client(conductor);
        break;
    case SCN_DRILL_BLOW_MOVE:
        return move_client(conductor, error);
    case SCN_DRILL_BLOW_SECOND:
        conductor->has_second = true;
        conductor->second_ms = now_ms(conductor);
        return scn_blow_start_second(&stage->workplace, stage->client_program,
                                     stage->variables.list, &conductor->second, error);
    }
    return COG_OK;
}

static enum cog_code deal_blow(struct scn_conductor *conductor, struct cog_error *error)
{
    const struct scn_drill_guidance *guidance = guidance_of(conductor);
    if (conductor->has_blow_fallen || guidance->blow == SCN_DRILL_BLOW_NONE ||
        guidance->inject == NULL || scn_scene_strike_ms(&conductor->scene, guidance->inject) < 0) {
        return COG_OK;
    }
    conductor->has_blow_fallen = true;
    return strike(conductor, error);
}

static void take_hint(struct scn_conductor *conductor, char text[NOTICE_SIZE])
{
    const struct scn_drill *drill = conductor->options.drill;
    struct scn_conductor_status *status = &conductor->status;
    if (status->hints_taken >= drill->hint_count) {
        (void)snprintf(text, NOTICE_SIZE, "there are no more hints");
        return;
    }
    const struct scn_drill_hint *hint = &drill->hints[status->hints_taken];
    conductor->hints[status->hints_taken++] = hint->text;
    (void)snprintf(text, NOTICE_SIZE, "hint %zu of %zu (it costs %d points): %s",
                   status->hints_taken, drill->hint_count, hint->cost, hint->text);
}

static void carry_out(struct scn_conductor *conductor, const char *word, char text[NOTICE_SIZE])
{
    (void)snprintf(text, NOTICE_SIZE, "unknown order");
    if (strcmp(word, "hint") == 0) {
        take_hint(conductor, text);
        say(conductor, text);
    } else if (strcmp(word, "status") == 0) {
        scn_status_text_format(&conductor->status, text, NOTICE_SIZE);
    } else if (strcmp(word, "done") == 0) {
        (void)snprintf(text, NOTICE_SIZE, "the drill is over");
    } else if (strcmp(word, "abort") == 0) {
        (void)snprintf(text, NOTICE_SIZE, "the drill is aborted; everything of it is being ended");
    }
}

/* Behind the answer: who asks does not wait any more once the drill has ended. */
static void end_by(struct scn_conductor *conductor, const char *word)
{
    if (strcmp(word, "done") == 0) {
        end_drill(conductor, SCN_PHASE_DONE);
    } else if (strcmp(word, "abort") == 0) {
        abort_drill(conductor, "by the operator", "");
    }
}

static enum cog_code take_orders(struct scn_conductor *conductor, struct cog_error *error)
{
    struct scn_workplace *workplace = &conductor->stage.workplace;
    struct scn_order_entry entry;
    bool is_found = true;
    enum cog_code code = COG_OK;
    while (code == COG_OK && is_found && conductor->status.phase == SCN_PHASE_RUNNING) {
        char text[NOTICE_SIZE];
        code = scn_order_take(workplace, &conductor->reader, &entry, &is_found, error);
        if (code == COG_OK && is_found) {
            carry_out(conductor, entry.word, text);
            code = scn_order_answer(workplace, entry.id, text, error);
            end_by(conductor, entry.word);
        }
    }
    return code;
}

static void check_limits(struct scn_conductor *conductor)
{
    if (!scn_workplace_is_there(&conductor->stage.workplace)) {
        abort_drill(conductor, "the drill's folder is gone", "");
    } else if (now_ms(conductor) >= due_ms(conductor)) {
        abort_drill(conductor, "the time is up", "");
    }
}

/* Since when an operator could know that something struck; the moment itself, once that is so. */
static int64_t find_visible_strike(const struct scn_conductor *conductor)
{
    const int64_t strike_ms = scn_scene_strike_ms(&conductor->scene, NULL);
    if (strike_ms < 0) {
        return -1;
    }
    const enum scn_drill_blow blow = guidance_of(conductor)->blow;
    const bool was_felt = conductor->has_blow_fallen && blow != SCN_DRILL_BLOW_SECOND;
    /* What another operator meets with is not told to the person. */
    const bool is_shown =
        !conductor->has_second && scn_scene_shows_trouble(&conductor->scene, strike_ms);
    if (was_felt || is_shown) {
        return strike_ms;
    }
    for (size_t i = 0; i < conductor->commands.count; i++) {
        if (conductor->typed[i].exit_code > 0 && conductor->typed[i].until_ms >= strike_ms) {
            return strike_ms;
        }
    }
    return -1;
}

static void show(struct scn_conductor *conductor)
{
    struct scn_conductor_status *status = &conductor->status;
    const cJSON *target =
        scn_scene_environment(&conductor->scene, conductor->stage.config.target_environment_id);
    const cJSON *job = scn_scene_job(&conductor->scene);
    const int64_t progress = scn_scene_number(job, "progress");
    status->now_ms = conductor->end_ms >= 0 ? conductor->end_ms : now_ms(conductor);
    status->left_ms = status->now_ms < due_ms(conductor) ? due_ms(conductor) - status->now_ms : 0;
    /* What was known once stays so. */
    status->t0_ms = status->t0_ms >= 0 ? status->t0_ms : find_visible_strike(conductor);
    status->target_before = scn_scene_text(target, "start_digest");
    status->target_now = scn_scene_text(target, "content_digest");
    status->job_id = scn_scene_text(job, "job_id");
    status->job_status = scn_scene_text(job, "status");
    status->job_progress = progress >= 0 ? (double)progress : 0;
    status->sessions = (int)scn_scene_number(target, "active_sessions");
    status->typed = conductor->typed;
    status->typed_count = conductor->commands.count;
    status->hints = conductor->hints;
    status->hints_left = conductor->options.drill->hint_count - status->hints_taken;
    status->notice = conductor->notice;
    status->abort_reason = conductor->abort_reason;
}

/* What was done there before could not be told from what the person does. */
static enum cog_code check_fresh(const struct scn_conductor *conductor, struct cog_error *error)
{
    const bool is_used = scn_scene_job(&conductor->scene) != NULL ||
                         cJSON_GetArraySize(conductor->scene.requests) > 0;
    return is_used ? cog_error_set(error, COG_ERROR_CONFIGURATION,
                                   "the tenant '%s' of that server has been used: reset it, or "
                                   "name another one",
                                   conductor->stage.place.tenant)
                   : COG_OK;
}

static enum cog_code look_first(struct scn_conductor *conductor, struct cog_error *error)
{
    const enum cog_code code = scn_scene_look(&conductor->scene, conductor->stage.control, error);
    return code == COG_OK || code == COG_ERROR_MEMORY
               ? code
               : cog_error_wrap(error, COG_ERROR_CONFIGURATION, "no drill can be held there");
}

static enum cog_code begin(struct scn_conductor *conductor, struct cog_error *error)
{
    struct scn_stage *stage = &conductor->stage;
    enum cog_code code = scn_stage_set(&conductor->options, stage, error);
    if (code == COG_OK && stage->control != NULL) {
        code = look_first(conductor, error);
    }
    if (code == COG_OK && !stage->has_fake && stage->control != NULL) {
        code = check_fresh(conductor, error);
    }
    if (code == COG_OK) {
        code = look_at_commands(conductor, error);
    }
    conductor->begin_ms = code == COG_OK ? now_ms(conductor) : 0;
    return code == COG_OK ? tell(conductor, "running", "", error) : code;
}

enum cog_code scn_conductor_create(const struct scn_conductor_options *options,
                                   struct scn_conductor **out_conductor, struct cog_error *error)
{
    struct scn_conductor *conductor = calloc(1, sizeof *conductor);
    if (conductor == NULL) {
        return fail_memory(error);
    }
    conductor->options = *options;
    conductor->end_ms = -1;
    conductor->status.t0_ms = -1;
    conductor->second = (struct scn_child){.outputs = {-1, -1}};
    const enum cog_code code = begin(conductor, error);
    if (code != COG_OK) {
        scn_conductor_destroy(conductor);
        return code;
    }
    show(conductor);
    *out_conductor = conductor;
    return COG_OK;
}

/* What is on the disk can be read again at the next step; a drill does not fail for it. */
static enum cog_code pass_over(enum cog_code code)
{
    return code == COG_ERROR_STORAGE || code == COG_ERROR_SYNTAX ? COG_OK : code;
}

enum cog_code scn_conductor_step(struct scn_conductor *conductor, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (conductor->status.phase == SCN_PHASE_RUNNING) {
        check_limits(conductor);
    }
    if (conductor->status.phase == SCN_PHASE_RUNNING) {
        look_at_server(conductor);
        code = pass_over(look_at_commands(conductor, error));
    }
    if (code == COG_OK && conductor->status.phase == SCN_PHASE_RUNNING) {
        code = pass_over(deal_blow(conductor, error));
    }
    show(conductor);
    if (code == COG_OK && conductor->status.phase == SCN_PHASE_RUNNING) {
        code = pass_over(take_orders(conductor, error));
        show(conductor);
    }
    return code;
}

const struct scn_conductor_status *scn_conductor_status(const struct scn_conductor *conductor)
{
    return &conductor->status;
}

const char *scn_conductor_console_url(const struct scn_conductor *conductor)
{
    return conductor->stage.fake.console_url;
}

void scn_conductor_order(struct scn_conductor *conductor, enum scn_order order)
{
    static const char *const words[] = {
        [SCN_ORDER_HINT] = "hint",
        [SCN_ORDER_DONE] = "done",
        [SCN_ORDER_ABORT] = "abort",
    };
    char text[NOTICE_SIZE];
    if (conductor->status.phase == SCN_PHASE_RUNNING) {
        carry_out(conductor, words[order], text);
        end_by(conductor, words[order]);
        show(conductor);
    }
}

/* Waits until no client runs any more, and its recorder has said so. */
static bool await_clients(struct scn_conductor *conductor, int64_t patience_ms)
{
    const int64_t end_ms = real_ms() + patience_ms;
    while (scn_blow_has_client(&conductor->stage.workplace)) {
        if (real_ms() >= end_ms) {
            return false;
        }
        wait_a_little();
    }
    return true;
}

static bool has_open_command(const struct scn_conductor *conductor)
{
    for (size_t i = 0; i < conductor->commands.count; i++) {
        if (conductor->commands.items[i].exit_code < 0) {
            return true;
        }
    }
    return false;
}

static void end_clients(struct scn_conductor *conductor)
{
    struct scn_workplace *workplace = &conductor->stage.workplace;
    terminate_clients(conductor);
    if (!await_clients(conductor, GRACE_MS)) {
        (void)scn_blow_signal_clients(workplace, SIGKILL);
        (void)await_clients(conductor, END_MS_MAX);
    }
    scn_child_finish(&conductor->second);
    /* A recorder needs a moment more than its client. */
    const int64_t end_ms = real_ms() + END_MS_MAX;
    bool is_open = true;
    while (is_open && real_ms() < end_ms) {
        is_open = look_at_commands(conductor, NULL) == COG_OK && has_open_command(conductor);
        if (is_open) {
            wait_a_little();
        }
    }
}

static int cost_hints(const struct scn_conductor *conductor)
{
    int cost = 0;
    for (size_t i = 0; i < conductor->status.hints_taken; i++) {
        cost += conductor->options.drill->hints[i].cost;
    }
    return cost;
}

static struct scn_dossier_source make_source(struct scn_conductor *conductor, bool has_server)
{
    struct scn_stage *stage = &conductor->stage;
    const char *stop = conductor->options.is_real ? "the server's own truth is not known" : NULL;
    return (struct scn_dossier_source){
        .drill = conductor->options.drill,
        .workplace = &stage->workplace,
        .scene = &conductor->scene,
        .control = has_server ? stage->control : NULL,
        .config = &stage->config,
        .host = stage->has_fake             ? stage->fake.host
                : stage->place.host != NULL ? stage->place.host
                                            : "",
        .time = stage->time,
        .now_ms = conductor->end_ms >= 0 ? conductor->end_ms : now_ms(conductor),
        .limit_ms = guidance_of(conductor)->limit_ms,
        .sightings = conductor->sightings,
        .sighting_count = conductor->sighting_count,
        .has_second = conductor->has_second,
        .second_ms = conductor->second_ms,
        .stop = stop,
        .hint_cost = cost_hints(conductor),
        .is_aborted = conductor->status.phase == SCN_PHASE_ABORTED,
        .abort_reason = conductor->abort_reason,
    };
}

enum cog_code scn_conductor_gather(struct scn_conductor *conductor,
                                   const struct scn_evidence **out_evidence,
                                   struct cog_error *error)
{
    struct scn_stage *stage = &conductor->stage;
    char why[SCN_FAKE_DEATH_SIZE];
    end_clients(conductor);
    const bool is_dead =
        stage->has_fake && scn_fake_process_has_died(&stage->fake, &stage->workplace, why);
    const bool has_server = stage->control != NULL && !is_dead &&
                            scn_scene_look(&conductor->scene, stage->control, NULL) == COG_OK;
    const struct scn_dossier_source source = make_source(conductor, has_server);
    scn_dossier_finish(&conductor->dossier);
    const enum cog_code code = scn_dossier_read(&source, &conductor->dossier, error);
    if (code == COG_OK) {
        show(conductor);
        *out_evidence = &conductor->dossier.evidence;
    }
    return code;
}

void scn_conductor_destroy(struct scn_conductor *conductor)
{
    if (conductor == NULL) {
        return;
    }
    if (conductor->stage.folder != NULL) {
        abort_drill(conductor, "its conductor ended", "");
        end_clients(conductor);
    }
    scn_dossier_finish(&conductor->dossier);
    scn_scene_finish(&conductor->scene);
    scn_command_list_finish(&conductor->commands);
    free(conductor->typed);
    free(conductor->sightings);
    scn_stage_finish(&conductor->stage);
    free(conductor);
}
