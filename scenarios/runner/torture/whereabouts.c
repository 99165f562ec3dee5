#include "torture/whereabouts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static off_t find_place(size_t index)
{
    return (off_t)(index * sizeof(struct scn_point));
}

enum cog_code scn_whereabouts_open(struct scn_whereabouts *out_whereabouts, struct cog_error *error)
{
    FILE *file = tmpfile();
    if (file == NULL) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot make a temporary file: %s",
                             strerror(errno));
    }
    *out_whereabouts = (struct scn_whereabouts){.file = file};
    return COG_OK;
}

void scn_whereabouts_note(const struct scn_whereabouts *whereabouts, size_t index,
                          const struct scn_point *point)
{
    /* What cannot be written is not found either: then the whole stretch is to blame. */
    (void)!pwrite(fileno(whereabouts->file), point, sizeof *point, find_place(index));
}

bool scn_whereabouts_find(const struct scn_whereabouts *whereabouts, size_t index,
                          struct scn_point *out_point)
{
    struct scn_point point = {0};
    const ssize_t length =
        pread(fileno(whereabouts->file), &point, sizeof point, find_place(index));
    if (length != (ssize_t)sizeof point || point.series == NULL) {
        return false;
    }
    *out_point = point;
    return true;
}

void scn_whereabouts_finish(struct scn_whereabouts *whereabouts)
{
    if (whereabouts->file != NULL) {
        (void)fclose(whereabouts->file);
    }
    *whereabouts = (struct scn_whereabouts){0};
}
