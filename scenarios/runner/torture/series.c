#include "torture/series.h"

#include "simulation/mortal.h"

#include <stddef.h>

/* A promotion has a thousand allocations, some hundred operations on files, and some hundred pairs
 * of points at which it can die. */
enum { MEMORY_PARTS = 16, FILE_PARTS = 4, AGAIN_PARTS = 8 };

/* Interrupted for ever is no fault that a system has. */
static const struct scn_series series[] = {
    {
        .words = "memory",
        .title = "each allocation fails, once",
        .kind = SCN_TORTURE_MEMORY,
        .part_count = MEMORY_PARTS,
    },
    {
        .words = "memory",
        .title = "each allocation fails, and from there on",
        .kind = SCN_TORTURE_MEMORY,
        .is_lasting = true,
        .part_count = MEMORY_PARTS,
    },
    {
        .words = "storage EIO",
        .title = "each file operation fails with EIO, once",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_IO_ERROR,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage EIO",
        .title = "each file operation fails with EIO, and from there on",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_IO_ERROR,
        .is_lasting = true,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage ENOSPC",
        .title = "each file operation fails with ENOSPC, once",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_NO_SPACE,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage ENOSPC",
        .title = "each file operation fails with ENOSPC, and from there on",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_NO_SPACE,
        .is_lasting = true,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage EACCES",
        .title = "each file operation fails with EACCES, once",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_DENIED,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage EACCES",
        .title = "each file operation fails with EACCES, and from there on",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_DENIED,
        .is_lasting = true,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage short_write",
        .title = "each write is cut short, once",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_SHORT_WRITE,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage short_write",
        .title = "each write is cut short, and from there on",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_SHORT_WRITE,
        .is_lasting = true,
        .part_count = FILE_PARTS,
    },
    {
        .words = "storage EINTR",
        .title = "each file operation is interrupted, once",
        .kind = SCN_TORTURE_STORAGE,
        .way = SCN_SHORTAGE_INTERRUPTED,
        .part_count = FILE_PARTS,
    },
    {
        .words = "kill after_journal_write",
        .title = "killed after each journal write",
        .kind = SCN_TORTURE_KILLS,
        .death = offsetof(struct scn_death, after_journal_write),
        .part_count = 1,
    },
    {
        .words = "kill in_journal_write",
        .title = "killed within each journal write",
        .kind = SCN_TORTURE_KILLS,
        .death = offsetof(struct scn_death, in_journal_write),
        .part_count = 1,
    },
    {
        .words = "kill after_request",
        .title = "killed after each request",
        .kind = SCN_TORTURE_KILLS,
        .death = offsetof(struct scn_death, after_request),
        .part_count = 1,
    },
    {
        .words = "kill after_event",
        .title = "killed after each event",
        .kind = SCN_TORTURE_KILLS,
        .death = offsetof(struct scn_death, after_event),
        .part_count = 1,
    },
    {
        .words = "kill after_request",
        .title = "killed again while it is resumed",
        .kind = SCN_TORTURE_KILLS,
        .death = offsetof(struct scn_death, after_request),
        .is_again = true,
        .part_count = AGAIN_PARTS,
    },
    {0},
};

const struct scn_series *scn_series_all(void)
{
    return series;
}

const char *scn_torture_kind_name(enum scn_torture_kind kind)
{
    static const char *const names[SCN_TORTURE_KIND_COUNT] = {
        [SCN_TORTURE_MEMORY] = "memory",
        [SCN_TORTURE_STORAGE] = "storage",
        [SCN_TORTURE_KILLS] = "kills",
    };
    return names[kind];
}
