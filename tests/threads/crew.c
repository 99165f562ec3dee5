#include "crew.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int point_count;
static int failure_count;

struct member {
    pthread_t thread;
    pthread_barrier_t *start;
    void (*work)(void *context, size_t index);
    void *context;
    size_t index;
};

static void *run_member(void *context)
{
    const struct member *member = context;
    (void)pthread_barrier_wait(member->start);
    member->work(member->context, member->index);
    return NULL;
}

void crew_run(void (*work)(void *context, size_t index), void *context)
{
    pthread_barrier_t start;
    struct member members[CREW_SIZE];
    if (pthread_barrier_init(&start, NULL, CREW_SIZE) != 0) {
        abort();
    }
    for (size_t i = 0; i < CREW_SIZE; i++) {
        members[i] = (struct member){.start = &start, .work = work, .context = context, .index = i};
        if (pthread_create(&members[i].thread, NULL, run_member, &members[i]) != 0) {
            abort();
        }
    }
    for (size_t i = 0; i < CREW_SIZE; i++) {
        (void)pthread_join(members[i].thread, NULL);
    }
    (void)pthread_barrier_destroy(&start);
}

void crew_point(bool is_good, const char *name)
{
    point_count++;
    failure_count += is_good ? 0 : 1;
    (void)printf("%sok %d - %s\n", is_good ? "" : "not ", point_count, name);
}

int crew_end(void)
{
    (void)printf("1..%d\n", point_count);
    return failure_count > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
