/** The parts of a record, one function each; only for the files of the record. */
#ifndef SCN_RECORD_PART_H
#define SCN_RECORD_PART_H

#include "language/scenario.h"
#include "report/json_text.h"
#include "report/mask.h"

/** A record while it is written. */
struct scn_record_writer {
    struct scn_json_text json;
    const struct scn_mask *mask; /**< Borrowed. */
};

/** A member whose text came from outside: masked. NULL is null. */
void scn_record_text(struct scn_record_writer *writer, const char *name, const char *string);

/** "exchanges" and "events". */
void scn_record_course(struct scn_record_writer *writer, const struct scn_scenario *scenario,
                       const struct scn_facts *facts);

/** "jobs", "sessions", "truth". */
void scn_record_world(struct scn_record_writer *writer, const struct scn_scenario *scenario,
                      const struct scn_facts *facts);

/** From "exit" to "follow_up", and "process": what a foreign client showed of itself. */
void scn_record_foreign(struct scn_record_writer *writer, const struct scn_facts *facts);

/** "expected": what the scenario's author wrote, with the changes of its case. */
void scn_record_expected(struct scn_record_writer *writer, const struct scn_scenario *scenario);

#endif
