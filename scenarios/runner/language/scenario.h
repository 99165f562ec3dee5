/** One scenario file: the server, the client's options, and what must come out. */
#ifndef SCN_SCENARIO_H
#define SCN_SCENARIO_H

#include "judge/expectation.h"
#include "language/event_parse.h"
#include "language/file.h"
#include "language/second.h"
#include "language/surroundings.h"
#include "language/timetable.h"
#include "language/undertaking.h"

#include <cogmock/script.h>
#include <cogpromote/config.h>

enum { SCN_NAME_LENGTH_MAX = 200 };

/** One run of a file. Texts and nodes are borrowed from that. `{0}` is empty and safe to finish. */
struct scn_scenario {
    struct scn_file *file;     /**< Held. */
    char *name;                /**< Of the file, and of the case behind it. Owned. */
    struct mock_case chosen;   /**< Its `name` is "" in a file without cases and calls. */
    const char *description;   /**< "" for none. */
    const cJSON *tags;         /**< Strings; NULL for none. */
    const cJSON *options;      /**< The client's; NULL for none. */
    const cJSON *case_options; /**< Those that the case changes; NULL for none. */
    const char *wire_reason;   /**< Why only sockets can show it; NULL: anything can. */
    bool has_seed;             /**< Of its own, whatever a run is asked for. */
    uint64_t seed;             /**< That one. */
    bool has_webhook;          /**< The client is told of the fake's webhook receiver. */
    bool seed_only;            /**< The fake has only the calls of the first API. */
    struct scn_client_events events;
    struct scn_undertaking undertaking;
    struct scn_surroundings surroundings;
    struct scn_second second;
    struct scn_timetable timetable;
    struct scn_expectation expectation;
    struct mock_script *script; /**< Owned. */
};

/**
 * Reads one of the file's runs, all of it strictly, and holds the file.
 *
 * @param index below `mock_cases_count`
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_MEMORY
 */
enum cog_code scn_scenario_parse(struct scn_file *file, size_t index,
                                 struct scn_scenario *out_scenario,
                                 struct cog_error *error) COG_CHECK;

/**
 * The first run of a document, which is taken over.
 *
 * @param inout_document empty afterwards, also on failure
 * @return as above
 */
enum cog_code scn_scenario_take(struct cog_document *inout_document,
                                struct scn_scenario *out_scenario,
                                struct cog_error *error) COG_CHECK;

/** The first run of a file. @return as above, or COG_ERROR_STORAGE when it cannot be read */
enum cog_code scn_scenario_read(const char *path, struct scn_scenario *out_scenario,
                                struct cog_error *error) COG_CHECK;

/**
 * The client's settings, against a fake that listens at `host`.
 *
 * @param host "127.0.0.1:PORT"
 * @return COG_OK; COG_ERROR_CONFIGURATION: the client refuses them, and says so in its own words,
 *         which a scenario has to expect (exit 2); COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code scn_scenario_configure(const struct scn_scenario *scenario, const char *host,
                                     struct cog_config *out_config,
                                     struct cog_error *error) COG_CHECK;

/** The second operator's settings: the first one's, and on top of them its own. @return as above */
enum cog_code scn_scenario_configure_second(const struct scn_scenario *scenario, const char *host,
                                            struct cog_config *out_config,
                                            struct cog_error *error) COG_CHECK;

void scn_scenario_finish(struct scn_scenario *scenario);

#endif
