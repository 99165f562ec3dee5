/** One exchange without a wire: where it stands, and how its time passes. */
#ifndef SCN_MEMORY_EXCHANGE_H
#define SCN_MEMORY_EXCHANGE_H

#include "simulation/mishap.h"
#include "simulation/transport_memory.h"

#include <cogbase/patience.h>

struct scn_memory_exchange {
    struct scn_transport_memory *memory;
    struct cog_patience patience;
    struct scn_connection connection; /**< The one in use. */
    bool is_reused;                   /**< It had a request before. */
};

/** The request begins now. */
void scn_memory_exchange_init(struct scn_memory_exchange *exchange,
                              struct scn_transport_memory *memory,
                              const struct cog_request *request, int64_t now_ms);

/**
 * Lets time pass until `due_ms` on the base clock; INT64_MAX for never. What is due now is there,
 * whatever else has happened.
 *
 * @return COG_OK, or why the client gave up: as of its limits, or of its cancellation;
 *         COG_ERROR_INTERNAL when nothing would ever happen
 */
enum cog_code scn_memory_exchange_wait(struct scn_memory_exchange *exchange, int64_t due_ms,
                                       struct cog_error *error) COG_CHECK;

/**
 * Takes the idle connection, if it may be used for this request, or makes one, which may take time.
 *
 * @param out_mishap why there is none; SCN_MISHAP_NONE for one
 * @return as above
 */
enum cog_code scn_memory_exchange_connect(struct scn_memory_exchange *exchange,
                                          enum scn_mishap *out_mishap,
                                          struct cog_error *error) COG_CHECK;

/** Something moved, now. */
void scn_memory_exchange_touch(struct scn_memory_exchange *exchange);

/** The answer is over. @param is_kept whether the client may use the connection again */
void scn_memory_exchange_release(const struct scn_memory_exchange *exchange, bool is_kept);

#endif
