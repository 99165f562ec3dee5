/** An exploration that nobody made: two bases with seven places each, and some that break rules. */
#ifndef EXPLORED_H
#define EXPLORED_H

#include "explore/report/report.h"

enum { EXPLORED_PLACES = 7 };

/**
 * All of it, or what a shard has of it.
 *
 * @param shard_index from 1; 0: all
 */
void explored_init(struct scn_exploration *exploration, size_t shard_index, size_t shard_count);

/** The same without anything that breaks a rule. */
void explored_init_clean(struct scn_exploration *exploration);

struct scn_exploration_origin explored_origin(size_t shard_index, size_t shard_count);

/** Adds a failure of the first base by that many faults. */
void explored_fail(struct scn_exploration *exploration, size_t fault_count, const char *check,
                   const char *text);

/** As JSON; owned. */
char *explored_write(const struct scn_exploration *exploration,
                     const struct scn_exploration_origin *origin);

#endif
