/**
 * The control plane: what a test or a person asks of the fake beside its API, below `/__mock`. Its
 * calls are described by the OpenAPI document that it serves, `control/openapi.json`.
 */
#ifndef COGMOCK_CONTROL_H
#define COGMOCK_CONTROL_H

#include <cogmock/site.h>
#include <cogmock/tenants.h>

#define MOCK_CONTROL_BASE "/__mock"

/** Not thread-safe: one thread calls it. */
struct mock_control;

struct mock_control_options {
    struct cog_clock clock;   /**< The real one: for the uptime. */
    const char *version;      /**< Of the program. Borrowed. */
    const char *token;        /**< Wanted from everybody; NULL for nobody. Copied. */
    bool has_observers;       /**< Without the token one may look on as an operator would. */
    const char *host;         /**< The name or address that a browser may use beside loopback's. */
    bool is_tls;              /**< Its addresses begin with "https". */
    const char *state_folder; /**< For saved states; NULL for none. Copied. */
};

/** @param tenants borrowed; must outlive the control plane @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_control_create(struct mock_tenants *tenants,
                                  const struct mock_control_options *options,
                                  struct mock_control **out_control,
                                  struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void mock_control_destroy(struct mock_control *control);

/** The tenants, and the control plane beside them. */
struct mock_site mock_control_site(struct mock_control *control);

#endif
