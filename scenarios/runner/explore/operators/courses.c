#include "explore/operators/courses.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 256 };

/* A digest is as good as random: its beginning is the place to look first. */
static size_t find_slot(const struct scn_courses *courses, const char *course)
{
    uint64_t start = 0;
    memcpy(&start, course, sizeof start);
    size_t slot = (size_t)(start * UINT64_C(0x9e3779b97f4a7c15) >> 16) & (courses->capacity - 1);
    while (courses->slots[slot][0] != '\0' && strcmp(courses->slots[slot], course) != 0) {
        slot = (slot + 1) & (courses->capacity - 1);
    }
    return slot;
}

/* At most half of the slots are taken, so that a search is short and ends. */
static bool make_room(struct scn_courses *courses)
{
    if (courses->count * 2 < courses->capacity) {
        return true;
    }
    struct scn_courses bigger = {
        .capacity = courses->capacity > 0 ? courses->capacity * 2 : CAPACITY_MIN,
        .count = courses->count,
    };
    bigger.slots = calloc(bigger.capacity, sizeof *bigger.slots);
    if (bigger.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < courses->capacity; i++) {
        if (courses->slots[i][0] != '\0') {
            memcpy(bigger.slots[find_slot(&bigger, courses->slots[i])], courses->slots[i],
                   COG_DIGEST_SIZE);
        }
    }
    free(courses->slots);
    *courses = bigger;
    return true;
}

enum cog_code scn_courses_add(struct scn_courses *courses, const char course[COG_DIGEST_SIZE],
                              bool *out_is_new, struct cog_error *error)
{
    if (!make_room(courses)) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    char *slot = courses->slots[find_slot(courses, course)];
    *out_is_new = slot[0] == '\0';
    if (*out_is_new) {
        memcpy(slot, course, COG_DIGEST_SIZE);
        courses->count++;
    }
    return COG_OK;
}

void scn_courses_finish(struct scn_courses *courses)
{
    free(courses->slots);
    *courses = (struct scn_courses){0};
}
