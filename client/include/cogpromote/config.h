/** The settings of a promotion: one table serves flags, variables, files and `--help`. */
#ifndef COGPROMOTE_CONFIG_H
#define COGPROMOTE_CONFIG_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cog_output {
    COG_OUTPUT_TEXT,
    COG_OUTPUT_JSON,
};

/** What a signal does to a job that runs. */
enum cog_on_interrupt {
    COG_ON_INTERRUPT_DETACH,    /**< It goes on by itself; `cogpromote resume` follows it. */
    COG_ON_INTERRUPT_ROLL_BACK, /**< It is ended and rolled back. */
};

enum cog_basic_encoding {
    COG_BASIC_FORM, /**< id and secret form-urlencoded before base64 (RFC 6749 2.3.1). */
    COG_BASIC_RAW,  /**< As they are (RFC 7617), for servers that know only that. */
};

/** Strings are owned; NULL for not set. Fill it through the functions below. */
struct cog_config {
    char *api_base;
    char *ca_file;                 /**< PEM; NULL for the system's. */
    char *client_certificate_file; /**< PEM; NULL for none. */
    char *client_key_file;         /**< PEM; NULL: in the certificate's file. */
    char *proxy;                   /**< URL; NULL: the usual variables decide. */
    char *client_id;
    char *client_secret;
    char *source_environment_id;
    char *target_environment_id;
    char *webhook_url;
    char *webhook_secret; /**< "whsec_…" */
    char *platform_version;
    char *actor;
    char *state_directory;
    char *traceparent;
    bool resolve_dependencies;
    bool sync_configuration;
    bool override_active_sessions;
    bool include_webhooks;
    bool include_integrations;
    bool rollback_on_low_parity;
    bool allow_insecure;
    bool strict; /**< Promoted without its audit record or webhook is COG_OUTCOME_UNDELIVERED. */
    bool server_honours_idempotency_keys; /**< A lost promotion may be repeated with its key. */
    enum cog_on_interrupt on_interrupt;
    enum cog_basic_encoding basic_encoding;
    enum cog_output output;
    int64_t timeout_ms;
    int64_t rollback_timeout_ms;
    int64_t request_timeout_ms;
    int64_t connect_timeout_ms;
    int64_t idle_timeout_ms; /**< Without a byte in either direction. */
    int64_t lock_wait_ms;
    int64_t poll_interval_ms;
    int64_t drain_wait_ms;
    int64_t retry_after_ms_max;
    int64_t webhook_timeout_ms;
    int max_attempts;
    double parity_threshold;
};

/** One setting, for `--help` and for parsing. */
struct cog_option {
    const char *name;        /**< Of the flag, without dashes: "poll-interval". */
    const char *variable;    /**< Of the environment; never NULL. */
    const char *placeholder; /**< "DURATION", …; NULL for a switch, which takes yes or no. */
    const char *help;        /**< One line, with the default. */
    bool is_secret;          /**< From the environment only: there is no such flag. */
};

/** The settings, in the order of `--help`. @return NULL from the first index behind the last on */
COG_API const struct cog_option *cog_config_option(size_t index);

/** Sets the defaults. @return COG_OK or COG_ERROR_MEMORY */
COG_API enum cog_code cog_config_init(struct cog_config *config, struct cog_error *error) COG_CHECK;

/** Wipes and releases. `{0}` is safe to finish. */
COG_API void cog_config_finish(struct cog_config *config);

/**
 * Sets one setting by its option's name; `poll_interval` is the same as `poll-interval`.
 *
 * @param value for a switch "yes", "no", "true", "false", "1" or "0"
 * @return COG_OK, COG_ERROR_CONFIGURATION (names the setting and what was expected, never a
 *         secret's value), COG_ERROR_MEMORY
 */
COG_API enum cog_code cog_config_set(struct cog_config *config, const char *name, const char *value,
                                     struct cog_error *error) COG_CHECK;

/** Looks a variable up; returns NULL when it is not set. */
typedef const char *cog_variable_lookup(void *context, const char *name);

/** Sets everything that has a variable which is set and not empty. @return as `cog_config_set` */
COG_API enum cog_code cog_config_read_variables(struct cog_config *config,
                                                cog_variable_lookup *lookup, void *context,
                                                struct cog_error *error) COG_CHECK;

/** What an undertaking needs of the settings; flags, to be put together. */
enum cog_config_need {
    COG_NEED_API = 1 << 0,     /**< The API's URL and credentials. */
    COG_NEED_SOURCE = 1 << 1,  /**< The environment to promote from. */
    COG_NEED_TARGET = 1 << 2,  /**< The environment to promote into. */
    COG_NEED_WEBHOOK = 1 << 3, /**< The webhook's URL. */
};

/**
 * Whether all that is needed is there and fits together: URLs, identifiers, source and target
 * different, https off loopback. What is not needed is not looked at, but for the webhook of those
 * who need the API.
 *
 * @param needs of `enum cog_config_need`; 0: nothing
 * @return COG_OK or COG_ERROR_CONFIGURATION
 */
COG_API enum cog_code cog_config_check_needs(const struct cog_config *config, unsigned needs,
                                             struct cog_error *error) COG_CHECK;

/** The same for a promotion: API, source and target. @return as above */
COG_API enum cog_code cog_config_check(const struct cog_config *config,
                                       struct cog_error *error) COG_CHECK;

#endif
