/** One scenario file: the server, the client's options, and what must come out. */
#ifndef SCN_SCENARIO_H
#define SCN_SCENARIO_H

#include "event_parse.h"
#include "expectation.h"
#include "undertaking.h"

#include <cogbase/document.h>
#include <cogmock/script.h>
#include <cogpromote/config.h>

enum { SCN_NAME_LENGTH_MAX = 200 };

/** Texts and nodes are borrowed from the document. `{0}` is empty and safe to finish. */
struct scn_scenario {
    struct cog_document document; /**< Owned. */
    char *name;                   /**< Of the file, and of the variant behind it. Owned. */
    const cJSON *variant;         /**< NULL for a scenario without variants. */
    const char *description;      /**< "" for none. */
    const cJSON *tags;            /**< Strings; NULL for none. */
    const cJSON *options;         /**< The client's; NULL for none. */
    const cJSON *variant_options; /**< Those that the variant changes; NULL for none. */
    bool has_webhook;             /**< The client is told of the fake's webhook receiver. */
    bool seed_only;               /**< The fake has only the calls of the first API. */
    struct scn_client_events events;
    struct scn_undertaking undertaking;
    struct scn_expectation expectation;
    struct mock_script *script; /**< Owned. */
};

/**
 * Takes the document over, and reads all of it strictly; of several variants the first.
 *
 * @param inout_document empty afterwards, also on failure
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_MEMORY
 */
enum cog_code scn_scenario_take(struct cog_document *inout_document,
                                struct scn_scenario *out_scenario,
                                struct cog_error *error) COG_CHECK;

/** As above; @param index of the variant; 0 also for a scenario without any */
enum cog_code scn_scenario_take_variant(struct cog_document *inout_document, size_t index,
                                        struct scn_scenario *out_scenario,
                                        struct cog_error *error) COG_CHECK;

/** Reads a file. @return as above, or COG_ERROR_STORAGE when it cannot be read */
enum cog_code scn_scenario_read(const char *path, struct scn_scenario *out_scenario,
                                struct cog_error *error) COG_CHECK;

/**
 * The client's settings, against a fake that listens at `host`.
 *
 * @param host "127.0.0.1:PORT"
 * @return COG_OK, COG_ERROR_SYNTAX at the option that is wrong, COG_ERROR_MEMORY
 */
enum cog_code scn_scenario_configure(const struct scn_scenario *scenario, const char *host,
                                     struct cog_config *out_config,
                                     struct cog_error *error) COG_CHECK;

void scn_scenario_finish(struct scn_scenario *scenario);

#endif
