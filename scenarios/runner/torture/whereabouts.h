/** Where each worker is: also of one that dies there, who cannot answer any more. */
#ifndef SCN_WHEREABOUTS_H
#define SCN_WHEREABOUTS_H

#include "torture/point.h"

#include <stdio.h>

/** A file without a name, which all processes share. `{0}` is none, and safe to finish. */
struct scn_whereabouts {
    FILE *file;
};

/** @return COG_OK or COG_ERROR_STORAGE */
enum cog_code scn_whereabouts_open(struct scn_whereabouts *out_whereabouts,
                                   struct cog_error *error) COG_CHECK;

/** Notes that this work has come to that point. */
void scn_whereabouts_note(const struct scn_whereabouts *whereabouts, size_t index,
                          const struct scn_point *point);

/** @return false where nothing was noted */
bool scn_whereabouts_find(const struct scn_whereabouts *whereabouts, size_t index,
                          struct scn_point *out_point);

void scn_whereabouts_finish(struct scn_whereabouts *whereabouts);

#endif
