#include "token.h"

#include "secret.h"
#include "token_endpoint.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* How long a waiting thread may be deaf to its own cancellation. */
enum { WAIT_STEP_MS = 50 };

/* One token request, and everybody who waits for it. */
struct flight {
    struct cog_cancel *landed; /* Requested at its end; NULL until somebody waits for that. */
    size_t user_count;         /* The last one releases it. */
    bool is_landed;
    enum cog_code code;
    struct cog_error error;
};

struct cog_token_manager {
    struct cog_token_options options;
    pthread_mutex_t mutex;          /* Around what follows, and never while something is sent. */
    struct cog_token_answer answer; /* Without a token: none is kept. */
    int64_t refresh_ms;             /* Monotonic: from here on, the token is not used any more. */
    struct flight *flight;          /* NULL: nobody asks for a token now. */
};

/* A token, and what it may do where somebody wants to know. */
struct copy {
    char *token;
    char *scopes; /* COG_SCOPES_SIZE bytes of the caller's, or NULL. */
};

enum cog_code cog_token_manager_create(const struct cog_token_options *options,
                                       struct cog_token_manager **out_manager,
                                       struct cog_error *error)
{
    struct cog_token_manager *manager = calloc(1, sizeof *manager);
    if (manager == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (pthread_mutex_init(&manager->mutex, NULL) != 0) {
        free(manager);
        return cog_error_set(error, COG_ERROR_INTERNAL, "no mutex for the token");
    }
    manager->options = *options;
    *out_manager = manager;
    return COG_OK;
}

void cog_token_manager_destroy(struct cog_token_manager *manager)
{
    if (manager == NULL) {
        return;
    }
    cog_token_answer_finish(&manager->answer);
    (void)pthread_mutex_destroy(&manager->mutex);
    free(manager);
}

static void lock(struct cog_token_manager *manager)
{
    (void)pthread_mutex_lock(&manager->mutex);
}

static void unlock(struct cog_token_manager *manager)
{
    (void)pthread_mutex_unlock(&manager->mutex);
}

/* Keeps a token that was asked for at `start_ms`; moves it out of `answer`. */
static void keep(struct cog_token_manager *manager, struct cog_token_answer *answer,
                 int64_t start_ms)
{
    const int64_t tenth_ms = answer->life_ms / 10;
    const int64_t margin_ms = tenth_ms < COG_TOKEN_MARGIN_MS ? tenth_ms : COG_TOKEN_MARGIN_MS;
    cog_token_answer_finish(&manager->answer);
    manager->answer = *answer;
    manager->refresh_ms = start_ms + answer->life_ms - margin_ms;
    *answer = (struct cog_token_answer){0};
}

/* Under the lock. Whether there is a token to use; a fresh one need not be so any more. */
static bool has_token(const struct cog_token_manager *manager, bool is_just_fetched)
{
    return manager->answer.token != NULL &&
           (is_just_fetched ||
            cog_clock_monotonic_ms(manager->options.clock) < manager->refresh_ms);
}

/* Under the lock. */
static enum cog_code copy_token(const struct cog_token_manager *manager, struct copy *copy,
                                struct cog_error *error)
{
    copy->token = strdup(manager->answer.token);
    if (copy->token == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (copy->scopes != NULL) {
        memcpy(copy->scopes, manager->answer.scopes, COG_SCOPES_SIZE);
    }
    return COG_OK;
}

/* Under the lock. The flight that is under way, or a new one; NULL without memory. */
static struct flight *flight_join(struct cog_token_manager *manager)
{
    struct flight *flight = manager->flight;
    if (flight == NULL) {
        flight = calloc(1, sizeof *flight);
        manager->flight = flight;
    } else if (flight->landed == NULL && cog_cancel_create(&flight->landed, NULL) != COG_OK) {
        flight->landed = NULL; /* Who waits looks again after each step then. */
    }
    if (flight != NULL) {
        flight->user_count++;
    }
    return flight;
}

static void flight_leave(struct cog_token_manager *manager, struct flight *flight)
{
    lock(manager);
    const bool is_last = --flight->user_count == 0;
    unlock(manager);
    if (is_last) {
        cog_cancel_destroy(flight->landed);
        free(flight);
    }
}

/* The one who asks. */
static enum cog_code flight_lead(struct cog_token_manager *manager, struct flight *flight,
                                 struct cog_limits limits, struct cog_error *error)
{
    /* From before the sending: the server's own count starts at some moment after it. */
    const int64_t start_ms = cog_clock_monotonic_ms(manager->options.clock);
    COG_CLEANUP(cog_token_answer_finish) struct cog_token_answer answer = {0};
    struct cog_error failure = {0};
    const enum cog_code code = cog_token_request(&manager->options, limits, &answer, &failure);
    lock(manager);
    if (code == COG_OK) {
        keep(manager, &answer, start_ms);
    }
    flight->is_landed = true;
    flight->code = code;
    flight->error = failure;
    manager->flight = NULL;
    if (flight->landed != NULL) {
        cog_cancel_request(flight->landed);
    }
    unlock(manager);
    if (code != COG_OK && error != NULL) {
        *error = failure;
    }
    return code;
}

/* Whether it was the leader's own time or wish that ended a flight: that is nobody else's. */
static bool is_personal(enum cog_code code)
{
    return code == COG_ERROR_CANCELLED || code == COG_ERROR_DEADLINE;
}

/* What a flight that has landed means to those who waited. @param out_is_fetched false: ask anew */
static enum cog_code flight_judge(const struct flight *flight, bool *out_is_fetched,
                                  struct cog_error *error)
{
    *out_is_fetched = flight->code == COG_OK;
    if (flight->code == COG_OK || is_personal(flight->code)) {
        return COG_OK;
    }
    if (error != NULL) {
        *error = flight->error;
    }
    return flight->code;
}

static bool has_landed(struct cog_token_manager *manager, const struct flight *flight)
{
    lock(manager);
    const bool is_landed = flight->is_landed;
    unlock(manager);
    return is_landed;
}

/* One of the others, who has limits of its own. @param landed NULL when there was no event to have
 */
static enum cog_code flight_wait(struct cog_token_manager *manager, const struct flight *flight,
                                 const struct cog_cancel *landed, struct cog_limits limits,
                                 struct cog_error *error)
{
    const struct cog_clock clock = manager->options.clock;
    while (!has_landed(manager, flight)) {
        const int64_t now_ms = cog_clock_monotonic_ms(clock);
        if (cog_cancel_is_requested(limits.cancel)) {
            return cog_error_set(error, COG_ERROR_CANCELLED, "cancelled");
        }
        if (now_ms >= limits.deadline_ms) {
            return cog_error_set(error, COG_ERROR_DEADLINE, "no token before the deadline");
        }
        const int64_t left_ms = limits.deadline_ms - now_ms;
        const int64_t step_ms = left_ms < WAIT_STEP_MS ? left_ms : WAIT_STEP_MS;
        const enum cog_code woken =
            cog_clock_sleep_until(clock, now_ms + step_ms, landed != NULL ? landed : limits.cancel);
        (void)woken; /* However it ends, the loop looks again. */
    }
    return COG_OK;
}

/* Sees to it that a token was asked for. @param out_is_fetched false: the one who asked gave up */
static enum cog_code fly(struct cog_token_manager *manager, struct cog_limits limits,
                         bool *out_is_fetched, struct cog_error *error)
{
    lock(manager);
    const bool is_leader = manager->flight == NULL;
    struct flight *flight = flight_join(manager);
    const struct cog_cancel *landed = flight != NULL ? flight->landed : NULL;
    unlock(manager);
    if (flight == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = COG_OK;
    if (is_leader) {
        code = flight_lead(manager, flight, limits, error);
        *out_is_fetched = true;
    } else {
        code = flight_wait(manager, flight, landed, limits, error);
        if (code == COG_OK) {
            code = flight_judge(flight, out_is_fetched, error);
        }
    }
    flight_leave(manager, flight);
    return code;
}

static enum cog_code fetch(struct cog_token_manager *manager, struct cog_limits limits,
                           struct copy *copy, struct cog_error *error)
{
    for (bool is_fetched = false;;) {
        lock(manager);
        const bool is_there = has_token(manager, is_fetched);
        enum cog_code code = is_there ? copy_token(manager, copy, error) : COG_OK;
        unlock(manager);
        if (is_there) {
            return code;
        }
        code = fly(manager, limits, &is_fetched, error);
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "fetch a token");
        }
    }
}

enum cog_code cog_token_fetch(struct cog_token_manager *manager, struct cog_limits limits,
                              char **out_token, struct cog_error *error)
{
    struct copy copy = {0};
    const enum cog_code code = fetch(manager, limits, &copy, error);
    if (code == COG_OK) {
        *out_token = copy.token;
    }
    return code;
}

void cog_token_drop(struct cog_token_manager *manager, const char *token)
{
    lock(manager);
    if (manager->answer.token != NULL && strcmp(manager->answer.token, token) == 0) {
        cog_token_answer_finish(&manager->answer);
    }
    unlock(manager);
}

enum cog_code cog_token_scopes(struct cog_token_manager *manager, struct cog_limits limits,
                               char out_scopes[COG_SCOPES_SIZE], struct cog_error *error)
{
    char scopes[COG_SCOPES_SIZE] = "";
    struct copy copy = {.scopes = scopes};
    enum cog_code code = fetch(manager, limits, &copy, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_secret_finish) char *token = copy.token;
    if (scopes[0] != '\0') {
        memcpy(out_scopes, scopes, sizeof scopes);
        return COG_OK;
    }
    code = cog_token_introspect(&manager->options, token, limits, out_scopes, error);
    return code == COG_OK ? code : cog_error_wrap(error, code, "ask what the token may do");
}

bool cog_token_appears_in(struct cog_token_manager *manager, const char *text)
{
    if (text[0] == '\0') {
        return false; /* As most answers are: they give no reason for anything. */
    }
    lock(manager);
    const bool appears =
        cog_token_secret_appears_in(&manager->options, manager->answer.token, text);
    unlock(manager);
    return appears;
}
