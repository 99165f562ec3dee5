#include "simulation/mortal.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

/* Told to a client that nobody hears any more; it only has to come to its end. */
static enum cog_code fail_dead(enum cog_code code, struct cog_error *error)
{
    return cog_error_set(error, code, "the process is dead");
}

/* A composer around a composer: kills the process when its entry is the chosen one. */
struct scythe {
    struct scn_mortal *mortal;
    struct cog_storage_composer inner;
    bool strikes_after; /* Once the entry is on disk. */
};

/* Whether the entry is of that event; "state follow" is one of event "state" with that state. */
static bool is_entry_of(const char *entry, const char *event)
{
    static const char state_event[] = "state ";
    char member[128];
    if (event == NULL) {
        return false;
    }
    bool is_state = strncmp(event, state_event, strlen(state_event)) == 0;
    (void)snprintf(member, sizeof member, "\"event\":\"%s\"", is_state ? "state" : event);
    if (!is_state || strstr(entry, member) == NULL) {
        return strstr(entry, member) != NULL;
    }
    (void)snprintf(member, sizeof member, "\"state\":\"%s\"", event + strlen(state_event));
    return strstr(entry, member) != NULL;
}

static enum cog_code compose_or_die(void *context, const char *existing, size_t existing_length,
                                    char **out_text, struct cog_error *error)
{
    struct scythe *scythe = context;
    struct scn_mortal *mortal = scythe->mortal;
    const struct scn_death *death = &mortal->death;
    char *text = NULL;
    enum cog_code code =
        scythe->inner.compose(scythe->inner.context, existing, existing_length, &text, error);
    if (code != COG_OK) {
        return code;
    }
    const int number = ++mortal->journal_write_count;
    if (number == death->in_journal_write || is_entry_of(text, death->in_journal)) {
        text[strlen(text) / 2] = '\0';
        mortal->is_dead = true;
    }
    scythe->strikes_after =
        number == death->after_journal_write || is_entry_of(text, death->after_journal);
    *out_text = text;
    return COG_OK;
}

static enum cog_code append_to_journal(struct scn_mortal *mortal, const char *name,
                                       struct cog_storage_composer composer,
                                       struct cog_error *error)
{
    struct scythe scythe = {.mortal = mortal, .inner = composer};
    composer.compose = compose_or_die;
    composer.context = &scythe;
    enum cog_code code = cog_storage_append(mortal->inner.storage, name, composer, error);
    if (code == COG_OK && mortal->is_dead) {
        return fail_dead(COG_ERROR_STORAGE, error);
    }
    mortal->is_dead = mortal->is_dead || scythe.strikes_after;
    return code;
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct scn_mortal *mortal = context;
    if (mortal->is_dead) {
        return fail_dead(COG_ERROR_STORAGE, error);
    }
    return strncmp(name, "journal/", strlen("journal/")) == 0
               ? append_to_journal(mortal, name, composer, error)
               : cog_storage_append(mortal->inner.storage, name, composer, error);
}

static enum cog_code update(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    const struct scn_mortal *mortal = context;
    return mortal->is_dead ? fail_dead(COG_ERROR_STORAGE, error)
                           : cog_storage_update(mortal->inner.storage, name, composer, error);
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    const struct scn_mortal *mortal = context;
    return mortal->is_dead
               ? fail_dead(COG_ERROR_STORAGE, error)
               : cog_storage_read(mortal->inner.storage, name, out_bytes, out_length, error);
}

static enum cog_code list(void *context, const char *folder, struct cog_storage_names *out_names,
                          struct cog_error *error)
{
    const struct scn_mortal *mortal = context;
    return mortal->is_dead ? fail_dead(COG_ERROR_STORAGE, error)
                           : cog_storage_list(mortal->inner.storage, folder, out_names, error);
}

static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    const struct scn_mortal *mortal = context;
    return mortal->is_dead ? fail_dead(COG_ERROR_STORAGE, error)
                           : cog_storage_probe(mortal->inner.storage, name, error);
}

static void identify(void *context, struct cog_holder *out_holder)
{
    const struct scn_mortal *mortal = context;
    *out_holder = mortal->self;
}

static enum cog_holder_life ask_life(void *context, const struct cog_holder *holder)
{
    const struct scn_mortal *mortal = context;
    if (strcmp(holder->host, mortal->self.host) != 0) {
        return COG_HOLDER_ELSEWHERE;
    }
    const bool is_alive = holder->pid == mortal->self.pid ||
                          cog_storage_ask_life(mortal->inner.storage, holder) == COG_HOLDER_ALIVE;
    return is_alive ? COG_HOLDER_ALIVE : COG_HOLDER_DEAD;
}

static enum cog_code pass_on(void *context, const struct cog_request *request,
                             struct cog_response *out_response, struct cog_error *error)
{
    struct scn_mortal *mortal = context;
    if (mortal->is_dead) {
        return fail_dead(COG_ERROR_CANCELLED, error);
    }
    mortal->request_count++;
    if (mortal->request_count != mortal->death.after_request) {
        return cog_transport_send(mortal->inner.transport, request, out_response, error);
    }
    COG_CLEANUP(cog_response_finish) struct cog_response unseen = {0};
    enum cog_code code = cog_transport_send(mortal->inner.transport, request, &unseen, error);
    mortal->is_dead = true;
    return code == COG_OK ? fail_dead(COG_ERROR_CANCELLED, error) : code;
}

static int64_t monotonic_ms(void *context)
{
    const struct scn_mortal *mortal = context;
    return cog_clock_monotonic_ms(mortal->inner.clock);
}

static int64_t unix_ms(void *context)
{
    const struct scn_mortal *mortal = context;
    return cog_clock_unix_ms(mortal->inner.clock);
}

/* The dead do not make time pass. */
static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    const struct scn_mortal *mortal = context;
    return mortal->is_dead ? COG_ERROR_CANCELLED
                           : cog_clock_sleep_until(mortal->inner.clock, due_ms, cancel);
}

static void log_write(void *context, const struct cog_log_event *event)
{
    struct scn_mortal *mortal = context;
    if (mortal->is_dead) {
        return;
    }
    cog_log_write(mortal->inner.log, event->level, event->name, event->fields, event->field_count);
    mortal->is_dead = ++mortal->event_count == mortal->death.after_event;
}

bool scn_death_is_within_write(const struct scn_death *death)
{
    return death->in_journal_write > 0 || death->in_journal != NULL;
}

struct cog_seams scn_mortal_seams(struct scn_mortal *mortal)
{
    static const struct cog_transport_ops transport_ops = {.send = pass_on};
    static const struct cog_clock_ops clock_ops = {
        .monotonic_ms = monotonic_ms,
        .unix_ms = unix_ms,
        .sleep_until = sleep_until,
    };
    static const struct cog_storage_ops storage_ops = {
        .append = append,
        .update = update,
        .read = read_whole,
        .list = list,
        .probe = probe,
        .identify = identify,
        .ask_life = ask_life,
    };
    static const struct cog_log_ops log_ops = {.write = log_write};
    return (struct cog_seams){
        .transport = {.ops = &transport_ops, .context = mortal},
        .clock = {.ops = &clock_ops, .context = mortal},
        .random = mortal->inner.random,
        .storage = {.ops = &storage_ops, .context = mortal},
        .log = {.ops = &log_ops, .context = mortal},
    };
}
