/** One point at which a client is tortured, and its name: "memory 117 lasting". */
#ifndef SCN_POINT_H
#define SCN_POINT_H

#include "torture/series.h"

#include <cogpromote/error.h>

enum {
    SCN_POINTS_MAX = 1000000, /**< No run has more. */
    SCN_POINT_TEXT_SIZE = 64,
};

struct scn_point {
    const struct scn_series *series; /**< One of scn_series_all(). */
    int at;                          /**< The n-th of what the series counts, from 1. */
    int again;     /**< The journal write of the process that resumes; from 1; 0: it lives. */
    bool is_moved; /**< Killed, and resumed on another machine. */
};

bool scn_point_equals(const struct scn_point *left, const struct scn_point *right);

/** "kill after_request 3 again 2" @return `buffer` */
const char *scn_point_format(const struct scn_point *point, char buffer[SCN_POINT_TEXT_SIZE]);

/** @return COG_OK or COG_ERROR_ARGUMENT, which says what a point is */
enum cog_code scn_point_parse(const char *text, struct scn_point *out_point,
                              struct cog_error *error) COG_CHECK;

#endif
