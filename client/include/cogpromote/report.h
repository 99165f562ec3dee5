/** The final report of a promotion. */
#ifndef COGPROMOTE_REPORT_H
#define COGPROMOTE_REPORT_H

#include <cogpromote/outcome.h>
#include <cogpromote/platform.h>

/** SHA-256 in lower-case hex, and a NUL. */
enum { COG_CHECKSUM_SIZE = 65 };

enum cog_delivery {
    COG_DELIVERY_NONE,      /**< No webhook is configured. */
    COG_DELIVERY_DELIVERED, /**< Answered with 2xx. */
    COG_DELIVERY_KEPT,      /**< Not delivered; in the outbox, for `cogpromote webhook flush`. */
    COG_DELIVERY_FAILED,    /**< Not delivered, and it could not be kept either. */
};

/** "none", "delivered", "kept", "failed". */
COG_API const char *cog_delivery_name(enum cog_delivery delivery);

/** How a rollback came out, as far as is known. */
enum cog_rollback_end {
    COG_ROLLBACK_NONE,        /**< There was none. */
    COG_ROLLBACK_CONFIRMED,   /**< The target is as it was before. */
    COG_ROLLBACK_UNCONFIRMED, /**< Accepted; nobody said that it ended, or the content differs. */
    COG_ROLLBACK_REFUSED,     /**< The platform said no: the loudest end of all. */
    COG_ROLLBACK_FAILED,      /**< The platform tried and failed. */
    COG_ROLLBACK_UNKNOWN,     /**< Nobody can tell whether it was accepted. */
};

/** "confirmed", "unconfirmed", …; "none". */
COG_API const char *cog_rollback_end_name(enum cog_rollback_end end);

/** Plain data without ownership; `{0}` is valid. */
struct cog_report {
    enum cog_outcome outcome;
    enum cog_target_state target;
    char run_id[COG_UUID_SIZE];
    char source_environment_id[COG_ID_SIZE];
    char target_environment_id[COG_ID_SIZE];
    char job_id[COG_ID_SIZE];        /**< Empty: none was started, as far as is known. */
    char rollback_id[COG_ID_SIZE];   /**< Empty for none, or when the server did not name it. */
    char reason[COG_REASON_SIZE];    /**< The first cause of a failure; empty on success. */
    char step[COG_VERSION_SIZE];     /**< The step that failed; empty on success. */
    char follow_up[COG_REASON_SIZE]; /**< What failed later, after `reason`; empty for nothing. */
    enum cog_rollback_end rollback_end;
    int64_t started_unix_ms;
    int64_t duration_ms;
    bool parity_is_measured;
    double parity_score; /**< 0 to 1, at most four decimals. */
    bool audit_is_written;
    int64_t audit_sequence;
    char audit_checksum[COG_CHECKSUM_SIZE];
    enum cog_delivery webhook;
    char webhook_error[COG_REASON_SIZE]; /**< Empty unless the webhook was not delivered. */
    bool is_resumable;                   /**< `cogpromote resume` can find out more, or go on. */
};

/** For people, several lines. @return COG_OK or COG_ERROR_MEMORY; `*out_text` is free()d by the
 * caller */
COG_API enum cog_code cog_report_format_text(const struct cog_report *report, char **out_text,
                                             struct cog_error *error) COG_CHECK;

/** One JSON object on one line. @return as above */
COG_API enum cog_code cog_report_format_json(const struct cog_report *report, char **out_text,
                                             struct cog_error *error) COG_CHECK;

#endif
