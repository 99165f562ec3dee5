/**
 * The results of many runs as one JSON file: a header on the first line, then one record a line, so
 * that files can be compared, and merged without losing a byte.
 */
#ifndef SCN_RESULTS_H
#define SCN_RESULTS_H

#include "judge/findings.h"

#include <stdint.h>
#include <stdio.h>

enum { SCN_RESULTS_VERSION = 1 };

/** What was asked for: results that differ in it cannot be merged. Texts are borrowed. */
struct scn_results_origin {
    const char *tool_version;
    uint64_t seed; /**< At most COG_NUMBER_INTEGER_MAX. */
    int repeat_count;
    const char *transport; /**< "memory", "wire", "both". */
    const char *client;    /**< The foreign client's command; NULL for our own. */
    size_t shard_index;    /**< From 1; 0: all of them. */
    size_t shard_count;    /**< 0: all of them. */
    size_t selected_count; /**< Scenarios of all shards together. */
};

/** One scenario's result. */
struct scn_results_item {
    size_t number; /**< From 1: its place among all that were selected, in whatever shard. */
    enum scn_result verdict;
    int64_t virtual_ms;
    const char *record; /**< As in report/record.h; borrowed. */
};

/** A scenario that is none for the client: nothing is missing without it. Texts are borrowed. */
struct scn_results_skip {
    size_t number; /**< As above. */
    const char *name;
    const char *file;
    const char *reason;
};

struct scn_results {
    struct scn_results_origin origin;
    const struct scn_results_item *items; /**< Borrowed; in the order of their numbers. */
    size_t count;
    const struct scn_results_skip *skips; /**< Borrowed; in the order of their numbers. */
    size_t skip_count;
    const char *coverage; /**< A JSON object for the pages; NULL for none. Borrowed. */
};

/** Writes the file; the caller asks the stream for errors. */
void scn_results_write(FILE *stream, const struct scn_results *results);

#endif
