#include "simulation/baton.h"

#include <assert.h>
#include <semaphore.h>
#include <stdlib.h>

enum { SEATS = 2 };

struct place {
    sem_t is_free_to_go; /* Posted by the other one, who waits from then on. */
    int64_t due_ms;      /* Before that it has nothing to do. */
    bool has_left;
};

/* Only the holder touches it: the semaphores keep the other one away, in memory too. */
struct scn_baton {
    struct cog_clock_virtual *clock;
    const struct scn_turns *turns;
    size_t turn_index; /* The next one. */
    int choice_count;
    int opened_count; /* Semaphores that are there. */
    struct place places[SEATS];
};

enum cog_code scn_baton_create(struct cog_clock_virtual *clock, const struct scn_turns *turns,
                               int64_t starts_ms, struct scn_baton **out_baton,
                               struct cog_error *error)
{
    struct scn_baton *baton = calloc(1, sizeof *baton);
    if (baton == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    baton->clock = clock;
    baton->turns = turns;
    baton->places[1].due_ms = starts_ms;
    while (baton->opened_count < SEATS &&
           sem_init(&baton->places[baton->opened_count].is_free_to_go, 0, 0) == 0) {
        baton->opened_count++;
    }
    if (baton->opened_count < SEATS) {
        scn_baton_destroy(baton);
        return cog_error_set(error, COG_ERROR_MEMORY, "no semaphore for two operators");
    }
    *out_baton = baton;
    return COG_OK;
}

int scn_baton_choice_count(const struct scn_baton *baton)
{
    return baton->choice_count;
}

void scn_baton_destroy(struct scn_baton *baton)
{
    if (baton == NULL) {
        return;
    }
    for (int i = 0; i < baton->opened_count; i++) {
        (void)sem_destroy(&baton->places[i].is_free_to_go);
    }
    free(baton);
}

static struct place *place_of(struct scn_seat seat)
{
    return &seat.baton->places[seat.index];
}

static struct place *place_of_other(struct scn_seat seat)
{
    return &seat.baton->places[1 - seat.index];
}

/* A signal that the program got is no reason to go on. */
static void await(struct place *place)
{
    while (sem_wait(&place->is_free_to_go) != 0) {
    }
}

/* The one who goes on does so at its own time. */
static void give(struct scn_seat seat)
{
    struct place *other = place_of_other(seat);
    cog_clock_virtual_advance(seat.baton->clock, other->due_ms);
    (void)sem_post(&other->is_free_to_go);
}

void scn_seat_take(struct scn_seat seat)
{
    await(place_of(seat));
}

/* Whether the schedule has the baton pass at the choice of that number. */
static bool is_turn(struct scn_baton *baton, int number)
{
    const struct scn_turns *turns = baton->turns;
    if (baton->turn_index >= turns->count || turns->items[baton->turn_index] != number) {
        return false;
    }
    baton->turn_index++;
    return true;
}

void scn_seat_step(struct scn_seat seat)
{
    if (seat.baton == NULL) {
        return;
    }
    const struct place *other = place_of_other(seat);
    const int64_t now_ms = seat.baton->clock->now_ms;
    if (other->has_left || other->due_ms > now_ms) {
        return;
    }
    seat.baton->choice_count++;
    if (is_turn(seat.baton, seat.baton->choice_count)) {
        place_of(seat)->due_ms = now_ms;
        give(seat);
        await(place_of(seat));
    }
}

void scn_seat_wait(struct scn_seat seat, struct cog_clock_virtual *clock, int64_t due_ms)
{
    if (seat.baton == NULL) {
        cog_clock_virtual_advance(clock, due_ms);
        return;
    }
    assert(clock == seat.baton->clock);
    const struct place *other = place_of_other(seat);
    if (due_ms > clock->now_ms && !other->has_left && other->due_ms <= due_ms) {
        /* It waited before this one did: of two that are due at once it goes first. */
        place_of(seat)->due_ms = due_ms;
        give(seat);
        await(place_of(seat));
    }
    cog_clock_virtual_advance(clock, due_ms);
}

void scn_seat_leave(struct scn_seat seat)
{
    if (seat.baton == NULL) {
        return;
    }
    place_of(seat)->has_left = true;
    if (!place_of_other(seat)->has_left) {
        give(seat);
    }
}
