/** Carrying a plan of the fake out without a wire: what of it reaches the client, and when. */
#ifndef SCN_CARRIAGE_H
#define SCN_CARRIAGE_H

#include "simulation/memory_exchange.h"

#include <cogmock/server.h>

/** What came of it. `{0}` is empty; `response` is owned. */
struct scn_arrival {
    struct cog_response response;
    enum scn_mishap mishap; /**< NONE: the response is there. */
    size_t missing_length;  /**< Of SCN_MISHAP_PARTIAL. */
    bool is_unheard;        /**< Not a line of an answer came. */
    bool is_pooled;         /**< The client takes the connection for one that it may use again… */
    bool is_dead;           /**< … and it was closed. */
    bool is_cut;            /**< The client went away before all was sent. */
};

/**
 * @param clock by which the plan's times are meant
 * @param inout_plan its body may move to the response
 * @param out_arrival filled on COG_OK; empty before
 * @return COG_OK, or why the client gave up while it waited, or did not take what came
 */
enum cog_code scn_carriage_run(struct scn_memory_exchange *exchange, const struct mock_clock *clock,
                               struct mock_plan *inout_plan, struct scn_arrival *out_arrival,
                               struct cog_error *error) COG_CHECK;

#endif
