/**
 * Which faults need not be tried together with others, because another one leaves client and
 * server in the same state: those of one place after which a run takes the same course.
 *
 * A first fault stands for all of its place with its exact course, or, when the client overcame it
 * for all that it overcame with so many attempts; one that changes nothing, for none. A kind
 * stands, as a second fault, for all whose course had its shape wherever both struck alone: what
 * they differ in is how long something takes.
 */
#ifndef SCN_PRUNING_H
#define SCN_PRUNING_H

#include "explore/course.h"
#include "explore/faults/fault.h"

#include <stdbool.h>

struct scn_pruning;

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_pruning_create(struct scn_pruning **out_pruning) COG_CHECK;

/**
 * Notes the course of a run with that fault alone. In the order of the catalogue: the first one of
 * several stands for the others.
 *
 * @param base the base's name: places of one base are none of another
 * @param clean_course of the base without any fault
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_pruning_note(struct scn_pruning *pruning, const char *base,
                               const struct scn_fault *fault, const struct scn_course *course,
                               const struct scn_course *clean_course) COG_CHECK;

/** Call once, when all are noted. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_pruning_conclude(struct scn_pruning *pruning) COG_CHECK;

/**
 * For how many first faults, itself included, this one stands; 0: another one stands for it, or it
 * changes nothing.
 */
size_t scn_pruning_weight(const struct scn_pruning *pruning, const char *base,
                          const struct scn_fault *fault);

/** Whether another kind tells the same as a second fault; never of one that nobody knows. */
bool scn_pruning_is_implied(const struct scn_pruning *pruning, const struct scn_fault *second);

/** NULL does nothing. */
void scn_pruning_destroy(struct scn_pruning *pruning);

/** For COG_CLEANUP. */
void scn_pruning_finish(struct scn_pruning **pruning);

#endif
