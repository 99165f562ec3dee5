/**
 * Memory that runs out, and files that fail, for one process of the client. Linked with
 * `-Wl,--wrap=malloc` and the like; libcurl, cJSON and OpenSSL are told to come here as well.
 */
#ifndef TORTURE_SHORTAGE_H
#define TORTURE_SHORTAGE_H

#include "simulation/waiter.h"

#include <stdbool.h>
#include <stddef.h>

enum shortage_kind {
    SHORTAGE_NONE,
    SHORTAGE_MEMORY, /**< An allocation answers NULL. */
    SHORTAGE_FILE,   /**< A call of the file system fails. */
};

/** How a file call fails. */
enum shortage_way {
    SHORTAGE_IO_ERROR,    /**< EIO, whatever the call. */
    SHORTAGE_NO_SPACE,    /**< ENOSPC. */
    SHORTAGE_DENIED,      /**< EACCES. */
    SHORTAGE_SHORT_WRITE, /**< A write() takes half of what it is given; other calls EIO. */
    SHORTAGE_INTERRUPTED, /**< EINTR, once: to be repeated, not reported. */
    SHORTAGE_WAY_COUNT,
};

struct shortage {
    enum shortage_kind kind;
    enum shortage_way way;
    size_t at;       /**< The n-th call fails, from 1 on. */
    bool is_lasting; /**< And all that follow. */
};

/** Leads the libraries' allocations here; once, before anything else. */
void shortage_install(void);

/** From now on, for process 1 of the simulation that gets the shift. */
struct scn_shift shortage_begin(const struct shortage *shortage);

/** How many calls of its kind process 1 has made. */
size_t shortage_count(void);

#endif
