/** What `cogmock serve` says when it is ready. */
#ifndef MOCK_PROGRAM_ANNOUNCEMENT_H
#define MOCK_PROGRAM_ANNOUNCEMENT_H

#include "program/service.h"

/**
 * One line of flat JSON on standard output, for programs; on standard error the variables for a
 * client: to export, or as an event where the log is JSON.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (standard output cannot be written)
 */
enum cog_code mock_service_announce(const struct mock_service *service,
                                    struct cog_error *error) COG_CHECK;

#endif
