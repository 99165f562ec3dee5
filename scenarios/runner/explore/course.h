/** What a run did, without what struck it. */
#ifndef SCN_COURSE_H
#define SCN_COURSE_H

#include "judge/facts.h"

enum { SCN_COURSE_SIZE = 17 };

/** Digests of the requests, the client's events and steps, the deployments and the end; of a
 * request's answer only whether the world was asked. "" when nothing was run. */
struct scn_course {
    /** With all times: two faults that leave the same leave nothing else for a further fault. */
    char exact[SCN_COURSE_SIZE];
    /** Without them: the same decisions, perhaps at other times. */
    char shape[SCN_COURSE_SIZE];
    /** "" unless a fault struck one call, and what came behind that has the shape that it has
     * without the fault: how many attempts that call took, "2". */
    char overcome[SCN_COURSE_SIZE];
};

/** Reads all but what was overcome. @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
enum cog_code scn_course_read(const struct scn_facts *facts,
                              struct scn_course *out_course) COG_CHECK;

/**
 * The shape of what came behind a logical call, up to the end: after a fault that the client
 * overcame, it is that of the run without the fault.
 *
 * @return as above
 */
enum cog_code scn_course_read_rest(const struct scn_facts *facts, const struct mock_exchange *call,
                                   char out_rest[SCN_COURSE_SIZE]) COG_CHECK;

#endif
