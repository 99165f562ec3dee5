/** What came of many points: how many were tried, and those that were no pass. */
#ifndef SCN_TOLL_H
#define SCN_TOLL_H

#include "torture/ordeal.h"

#include <cogbase/text.h>

/** One thing that was not as it should be, at one point. */
struct scn_harm {
    struct scn_point point;
    struct scn_finding finding;
};

/** `{0}` is empty and safe to finish. */
struct scn_toll {
    size_t point_count; /**< That were reached. */
    struct scn_harm *harms;
    size_t harm_count;
    char *record; /**< Of the first point that was no pass, where it was wanted. Owned. */
    bool failed;  /**< There was no memory for something. */
};

/** Counts a point, and what was found there. Takes its record. */
void scn_toll_add(struct scn_toll *toll, const struct scn_point *point, struct scn_ordeal *ordeal);

/** Notes what could not be tried to its end. */
void scn_toll_fail(struct scn_toll *toll, const struct scn_point *point, enum scn_result result,
                   const char *reason);

/** Adds all of `other`, which is empty afterwards. */
void scn_toll_merge(struct scn_toll *toll, struct scn_toll *other);

/** In the order of the points, whoever was first. */
void scn_toll_sort(struct scn_toll *toll);

/** The worst of all. A pass where nothing was found. */
enum scn_result scn_toll_verdict(const struct scn_toll *toll);

/** Appends it as bytes, for another process of the same program. */
void scn_toll_format(const struct scn_toll *toll, struct cog_text *text);

/** @return COG_OK, COG_ERROR_SYNTAX (no toll), COG_ERROR_MEMORY */
enum cog_code scn_toll_parse(const char *bytes, size_t length, struct scn_toll *out_toll,
                             struct cog_error *error) COG_CHECK;

void scn_toll_finish(struct scn_toll *toll);

#endif
