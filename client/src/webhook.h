/** The notice to CI/CD: delivered before the program ends, or reported as not delivered. */
#ifndef WEBHOOK_H
#define WEBHOOK_H

#include <cogpromote/clock.h>
#include <cogpromote/config.h>
#include <cogpromote/report.h>
#include <cogpromote/transport.h>

/** Everything is borrowed. */
struct cog_webhook {
    struct cog_transport transport; /**< Retries already; adds no authentication. */
    struct cog_clock clock;
    const char *url;
    int64_t timeout_ms;         /**< For all attempts together. */
    int64_t request_timeout_ms; /**< For one. */
};

/**
 * Posts `{"event":"deployment.<status>","timestamp":…,"data":<audit record>}`. Only 2xx counts.
 *
 * @param audit_line the audit record as it was written
 * @return COG_OK, COG_ERROR_REFUSED (another status), or what the transport returned
 */
enum cog_code cog_webhook_deliver(const struct cog_webhook *webhook,
                                  const struct cog_report *report, const char *audit_line,
                                  struct cog_error *error) COG_CHECK;

#endif
