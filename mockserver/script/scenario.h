/** What a script is inside: the world's setup, the API's behaviour, the faults. */
#ifndef MOCK_SCRIPT_SCENARIO_H
#define MOCK_SCRIPT_SCENARIO_H

#include "script/behaviour.h"
#include "script/fault.h"
#include "script/outage.h"
#include "world/setup.h"

#include <cogmock/script.h>

struct mock_script {
    struct mock_setup setup;
    struct mock_behaviour behaviour;
    struct mock_outages outages;
    struct mock_fault *faults; /**< Owned; in file order. */
    size_t fault_count;
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
enum cog_code mock_script_read_outages(const struct cog_document *document, const cJSON *server,
                                       struct mock_outages *outages,
                                       struct cog_error *error) COG_CHECK;
enum cog_code mock_script_read_behaviour(const struct cog_document *document, const cJSON *server,
                                         struct mock_behaviour *behaviour,
                                         struct cog_error *error) COG_CHECK;

/**
 * Reads the array `faults` of the variant, else that of the scenario, if it has one.
 *
 * @param variant whose `inject` the faults have that bring none; NULL for no variant
 */
enum cog_code mock_script_read_faults(const struct cog_document *document, const cJSON *variant,
                                      struct mock_script *script,
                                      struct cog_error *error) COG_CHECK;

#endif
