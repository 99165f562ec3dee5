/** When the world of a scenario is in the client's way by itself: outages, sessions, bad health. */
#ifndef SCN_TIMETABLE_H
#define SCN_TIMETABLE_H

#include <cjson/cJSON.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCN_TIMETABLE_SPANS_MAX = 64 };

/** From its first moment to just before its last; INT64_MAX for no end. */
struct scn_span {
    int64_t from_ms;
    int64_t until_ms;
};

/** `{0}` is a world without any. */
struct scn_timetable {
    struct scn_span spans[SCN_TIMETABLE_SPANS_MAX];
    size_t count;
    bool is_cut;      /**< There was no room for all of them. */
    int64_t since_ms; /**< The times of what is read next count from here. */
};

void scn_timetable_add(struct scn_timetable *timetable, int64_t from_ms, int64_t until_ms);

/**
 * Reads a world that the fake has already found to be good.
 *
 * @param server the member `server`; NULL for none
 * @param faults the member `faults`; NULL for none
 */
void scn_timetable_read(struct scn_timetable *timetable, const cJSON *server, const cJSON *faults);

/**
 * The same of an inject, whose times count from where it struck.
 *
 * @param inject an element of the member `injects`
 */
void scn_timetable_read_inject(struct scn_timetable *timetable, const cJSON *inject,
                               int64_t struck_ms);

/**
 * When the last of it was over, of a run that ended at `end_ms`.
 *
 * @return -1: none began; INT64_MAX: something was still on
 */
int64_t scn_timetable_settled_ms(const struct scn_timetable *timetable, int64_t end_ms);

#endif
