/**
 * Memory that runs out, and files that fail, for one process of the client. A program with this is
 * linked with `-Wl,--wrap=malloc` and the like; libcurl, cJSON and OpenSSL are told to come here as
 * well. As long as nothing is begun, all calls do what they always do.
 */
#ifndef SCN_SHORTAGE_H
#define SCN_SHORTAGE_H

#include "simulation/shift.h"

#include <cogpromote/attributes.h>

#include <stdbool.h>
#include <stddef.h>

enum scn_shortage_kind {
    SCN_SHORTAGE_NONE,
    SCN_SHORTAGE_MEMORY, /**< An allocation answers NULL. */
    SCN_SHORTAGE_FILE,   /**< A call of the file system fails. */
};

/** How a file call fails. */
enum scn_shortage_way {
    SCN_SHORTAGE_IO_ERROR,    /**< EIO, whatever the call. */
    SCN_SHORTAGE_NO_SPACE,    /**< ENOSPC. */
    SCN_SHORTAGE_DENIED,      /**< EACCES. */
    SCN_SHORTAGE_SHORT_WRITE, /**< A write() takes half of what it is given; other calls EIO. */
    SCN_SHORTAGE_INTERRUPTED, /**< EINTR, once: to be repeated, not reported. */
    SCN_SHORTAGE_WAY_COUNT,
};

struct scn_shortage {
    enum scn_shortage_kind kind;
    enum scn_shortage_way way;
    size_t at;       /**< The n-th call fails, from 1 on. */
    bool is_lasting; /**< And all that follow. */
};

/**
 * Leads the libraries' allocations here, and initialises libcurl; once, before anything else.
 *
 * @return false when they keep them to themselves
 */
bool scn_shortage_install(void) COG_CHECK;

/** From now on, for process 1 of the simulation that gets the shift. */
struct scn_shift scn_shortage_begin(const struct scn_shortage *shortage);

/** How many calls of its kind process 1 has made. */
size_t scn_shortage_count(void);

/** Whatever was begun is over. */
void scn_shortage_end(void);

#endif
