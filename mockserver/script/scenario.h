/** What a script is inside: the world's setup, the API's behaviour, the faults. */
#ifndef MOCK_SCRIPT_SCENARIO_H
#define MOCK_SCRIPT_SCENARIO_H

#include "hooks/hooks.h"
#include "script/behaviour.h"
#include "script/fault.h"
#include "script/inject.h"
#include "script/outage.h"
#include "script/source.h"
#include "stubs/stub.h"
#include "world/setup.h"

#include <cogmock/script.h>

/** Shared: it goes with the last of its holders. */
struct mock_script {
    size_t holder_count;
    struct mock_setup setup;
    struct mock_behaviour behaviour;
    struct mock_outages outages;
    struct mock_hook_setups hooks;
    struct mock_stubs stubs;
    struct mock_source source;
    struct mock_fault *faults; /**< Owned; in file order. */
    size_t fault_count;
    struct mock_inject *injects; /**< Owned; in file order. */
    size_t inject_count;
};

/*
 * Readers of the members of `server`, one a file. Each changes what it is given only as far as the
 * member says; after a failure the script is thrown away.
 */
enum cog_code mock_script_read_environments(const struct cog_document *document,
                                            const cJSON *server, struct mock_setup *setup,
                                            struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_job(const struct cog_document *document, const cJSON *server,
                                   struct mock_job_setup *job, struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_rollback(const struct cog_document *document, const cJSON *server,
                                        struct mock_rollback_setup *rollback,
                                        struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_oauth(const struct cog_document *document, const cJSON *server,
                                     struct mock_script *script, struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_rate_limits(const struct cog_document *document, const cJSON *server,
                                           struct mock_rate_limits *limits,
                                           struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_outages(const struct cog_document *document, const cJSON *server,
                                       struct mock_outages *outages,
                                       struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_hooks(const struct cog_document *document, const cJSON *server,
                                     struct mock_hook_setups *setups,
                                     struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_stubs(const struct cog_document *document, const cJSON *server,
                                     struct mock_stubs *stubs, struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_behaviour(const struct cog_document *document, const cJSON *server,
                                         struct mock_behaviour *behaviour,
                                         struct cog_error *error) COG_CHECK;

/** One receiver of webhooks. @param id shorter than MOCK_ID_SIZE */
enum cog_code mock_script_read_hook(const struct cog_document *document, const cJSON *object,
                                    const char *id, struct mock_hook_setup *out_setup,
                                    struct cog_error *error) COG_CHECK;

/** One stub. @param out_stub finish it */
enum cog_code mock_script_read_stub(const struct cog_document *document, const cJSON *object,
                                    struct mock_stub *out_stub, struct cog_error *error) COG_CHECK;

/** Refuses a member whose key is no header's name, or that of a header which is the server's own.
 */
enum cog_code mock_script_check_header(const struct cog_document *document, const cJSON *node,
                                       struct cog_error *error) COG_CHECK;

/**
 * The script with some members of `server` changed, as a case changes them.
 *
 * @param patch its root has members of `server`
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_REFUSED (too many patches), COG_ERROR_MEMORY
 */
enum cog_code mock_script_patch(const struct mock_script *script, const struct cog_document *patch,
                                struct mock_script **out_script, struct cog_error *error) COG_CHECK;

/**
 * Reads the array `faults` of the case, else that of the scenario, if it has one.
 *
 * @param chosen whose `inject` and call the faults have that bring none
 */
enum cog_code mock_script_read_faults(const struct cog_document *document,
                                      const struct mock_case *chosen, struct mock_script *script,
                                      struct cog_error *error) COG_CHECK;

/** Reads the array `injects` of the scenario, if it has one: it is that of all its cases. */
enum cog_code mock_script_read_injects(const struct cog_document *document,
                                       struct mock_script *script,
                                       struct cog_error *error) COG_CHECK;

#endif
