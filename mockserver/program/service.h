/** The running fake: everything that `cogmock serve` puts together, and its loop. */
#ifndef MOCK_PROGRAM_SERVICE_H
#define MOCK_PROGRAM_SERVICE_H

#include "program/control_token.h"
#include "program/serve_options.h"
#include "program/tls_setup.h"
#include "program/watching.h"

#include <cogmock/control.h>
#include <cogmock/http.h>

/** `{.watching = {.descriptor = -1}}` is empty, and safe to finish. */
struct mock_service {
    const struct mock_serve_options *options; /**< Borrowed. */
    struct cog_clock clock;
    struct cog_log log;
    struct cog_log_text text_log;
    struct cog_log_json json_log;
    struct cog_cancel *stop;  /**< Requested: it answers what is under way, and ends. */
    struct cog_cancel *hurry; /**< Requested: it ends at once. */
    char *scenario_text;      /**< What the scenario in force says. Owned; NULL for none. */
    struct mock_watching watching;
    struct mock_control_token token;
    struct mock_tls_setup tls;
    struct mock_tenants *tenants;
    struct mock_control *control;
    struct mock_http *http;
};

/** Also removes the temporary files. */
void mock_service_finish(struct mock_service *service);

/**
 * Reads what the command line names, then listens, then writes what it names.
 *
 * @param options must outlive the service
 * @param service empty; to be finished by the caller, also on failure
 * @return COG_OK, COG_ERROR_CONFIGURATION (the port is in use, too few files may be open),
 *         COG_ERROR_SYNTAX (a file's text), COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_service_init(const struct mock_serve_options *options,
                                struct mock_service *service, struct cog_error *error) COG_CHECK;

/**
 * Serves until it is to stop. Then nobody is let in any more, and what is under way gets its
 * answer, for a few seconds at most.
 *
 * @return as mock_http_run
 */
enum cog_code mock_service_run(struct mock_service *service, struct cog_error *error) COG_CHECK;

#endif
