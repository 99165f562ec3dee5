/** Who may use the control plane. */
#ifndef MOCK_CONTROL_ACCESS_H
#define MOCK_CONTROL_ACCESS_H

#include "control/call.h"

/**
 * Refuses what comes from a page of another site (`Origin`), under a name that is not the server's
 * (`Host`: a rebound DNS name leads here too), or without the token that is wanted. A token that is
 * wrong makes nobody an observer.
 *
 * @param route NULL: the path leads nowhere
 * @param plan its status stays 0 for who may pass
 * @param out_access of who may pass
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (the cryptographic library refused)
 */
enum cog_code mock_control_check_access(const struct mock_control *control,
                                        const struct mock_request *request,
                                        const struct mock_control_route *route,
                                        struct mock_plan *plan,
                                        enum mock_control_access *out_access) COG_CHECK;

#endif
