/** Where something can go wrong in a run: its requests, as faults address them, its moments, and
 * what the client did to its files. */
#ifndef SCN_SITE_H
#define SCN_SITE_H

#include "explore/course.h"

/** One request: an attempt of a call. */
struct scn_site {
    const char *call; /**< Static. */
    int nth;
    int attempt;
    int64_t at_ms; /**< Of a client in real time: some time before. */
    size_t order;  /**< How many requests had reached the fake by then, itself included. */
    char rest[SCN_COURSE_SIZE]; /**< As `scn_course_read_rest` has it. */
};

/** A time at which something happened, or one between two of them. */
struct scn_moment {
    int64_t at_ms;
    size_t order;    /**< How many requests had reached the fake before it. */
    bool is_between; /**< Nothing happened then. */
};

/** One operation of the client on its files. */
struct scn_file_site {
    enum scn_storage_operation operation;
    const char *file; /**< As in `struct scn_storage_fault`. Static. */
    int nth;          /**< Of that operation on that file, from 1. */
    size_t order;     /**< As in `struct scn_moment`. */
};

/** The process that a further death would be of. */
struct scn_victim {
    bool is_there; /**< No: a death that was to come before never came. */
    int number;    /**< From 1. */
    size_t exchange_first;
    size_t exchange_end; /**< Behind its last one. */
    size_t file_first;   /**< Likewise, of `files`. */
    size_t file_end;
    size_t event_first; /**< Likewise, of `event_orders`. */
    size_t event_end;
};

/** In the order of the run. `{0}` is empty and safe to finish. */
struct scn_sites {
    struct scn_site *items;
    size_t count;
    struct scn_moment *moments;
    size_t moment_count;
    struct scn_file_site *files;
    size_t file_count;
    size_t *event_orders; /**< Of each event that was logged: as in `struct scn_moment`. */
    size_t event_count;
    struct scn_victim victim;
};

/** Reads them from a run. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_sites_read(const struct scn_facts *facts, struct scn_sites *out_sites) COG_CHECK;

/** The first request of that call; NULL for none. */
const struct scn_site *scn_sites_first(const struct scn_sites *sites, const char *call);

/** The last attempt of a logical call; NULL when it was not made. */
const struct scn_site *scn_sites_find(const struct scn_sites *sites, const char *call, int nth);

void scn_sites_finish(struct scn_sites *sites);

#endif
