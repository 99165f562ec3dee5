/**
 * What is known after a run, for its judges: the client's own words beside the fake's truth. Plain
 * data without ownership, so that a test can forge a world in which the client did wrong.
 */
#ifndef SCN_FACTS_H
#define SCN_FACTS_H

#include "coverage/cells.h"
#include "language/surroundings.h"
#include "simulation/signals.h"

#include <cogmock/truth.h>
#include <cogpromote/audit.h>
#include <cogpromote/config.h>
#include <cogpromote/lock.h>
#include <cogpromote/log.h>
#include <cogpromote/report.h>

/** One event that the client logged. */
struct scn_event {
    int64_t at_ms;         /**< Since the start. */
    size_t exchange_count; /**< How many requests had reached the fake by then. */
    enum cog_log_level level;
    const char *name;
    const char *fields; /**< "call=promote attempt=2"; "" for none. */
};

/** One operation of the client on its files. */
struct scn_operation {
    enum scn_storage_operation operation;
    const char *file;      /**< As in `struct scn_storage_fault`: "journal/…". */
    size_t exchange_count; /**< As above. */
};

/** How a process of the client began. */
struct scn_start {
    const char *command; /**< "promote", "resume", "rollback". */
    int64_t at_ms;
    size_t exchange_count;         /**< As in `struct scn_event`. */
    size_t event_count;            /**< Events of the processes before it. */
    size_t operation_count;        /**< On its files, of the processes before it. */
    size_t deployment_count;       /**< Applied by then. */
    char content[COG_DIGEST_SIZE]; /**< Of the target then; "" when there is none. */
    bool is_after_kill;            /**< The one before it was killed. */
    bool is_after_torn_write;      /**< That one died within its last write to the journal. */
};

/** A text that leaves the client: no secret may be in it. */
struct scn_output {
    const char *name; /**< For messages: "the report as JSON". */
    const char *text;
    bool is_log; /**< It says again what the events say. */
};

enum { SCN_TROUBLES_MAX = 24, SCN_TROUBLE_TEXT_SIZE = 128 };

/** An environment's content. */
struct scn_content {
    bool is_known; /**< The fake has such an environment. */
    char now[COG_DIGEST_SIZE];
    char start[COG_DIGEST_SIZE];
};

struct scn_ending;
struct scn_facts;

/** What there is to know where two operators are at one target; `{0}` where there is one. */
struct scn_rivalry {
    const struct scn_facts *other; /**< The other one's; NULL: there is none. */
    bool is_second;
    bool has_robbed;            /**< It took the lock while the other one, alive, had it. */
    int choice_count;           /**< How often either could have gone on. */
    const char *content_before; /**< The target's, before its own last promotion; NULL for none. */
};

/** Something that the scenario did to its server behind the client's back. */
struct scn_inject {
    const char *name;
    const char *text;  /**< For people; "" for none. */
    int64_t struck_ms; /**< Since the start; -1: it did not. */
    /** Why it could do nothing: it counts as one that did not strike. "", or NULL, for none. */
    const char *failure;
};

/** Something around the client that was to go wrong. */
struct scn_trouble {
    char text[SCN_TROUBLE_TEXT_SIZE]; /**< "storage: append 'audit.jsonl' nth 2: EIO" */
};

/** On which files an operation of the client failed, because the scenario says so. */
struct scn_disk {
    bool audit_failed;
    bool journal_failed;
    bool outbox_failed;
    bool lock_failed;
};

/** How the same scenario ends when nobody kills the client. */
struct scn_twin {
    const char *stop; /**< Why that cannot be said; NULL when it can. */
    enum cog_outcome outcome;
    int signal_number;
    size_t deployment_count;
    const char *status;  /**< Of the last deployment; "none". */
    int rollback_count;  /**< Of all deployments. */
    size_t struck_count; /**< Requests that a fault struck, or a limit of rate. */
    size_t early_count;  /**< Of these, the ones before any promotion was sent. */
    size_t limit_count;  /**< Limits of time, or of attempts, that ended something. */
    size_t inject_count; /**< Injects that struck, to some purpose. */
    bool is_disk_bad;    /**< An operation on its files failed. */
    bool is_kept_out;    /**< Another holder has the lock to the end. */
    bool is_unsettled;   /**< The world was in its way for a while, or could not be reached. */
    struct scn_content target;
};

/** What the run left in its process, once all of it had ended. */
struct scn_leftovers {
    int descriptors_before; /**< Open; -1 when they could not be counted. */
    int descriptors_after;
    bool has_leaked; /**< Memory; told only under AddressSanitizer. */
};

struct scn_facts {
    const char *stop;                /**< Why the run cannot be judged; NULL when it can. */
    const struct scn_ending *ending; /**< Of a foreign client; NULL for ours. */
    const char *host;                /**< Where the fake listened: "127.0.0.1:PORT". */
    const struct cog_config *config;
    size_t process_count; /**< Of the client: more than one when it was killed or told more. */
    const struct scn_start *starts; /**< Of each process; NULL when nobody noted them. */
    bool is_rolled_back_by_hand;    /**< Somebody asked for it. */
    bool seed_only;                 /**< The fake had only the calls and fields of the first API. */
    int64_t started_ms;             /**< When the client was first run. */
    int64_t elapsed_ms;             /**< When it ended, since the start. */
    int signal_number;              /**< The one that the client got; 0 for none. */
    const struct scn_signal *unsent_signal; /**< One whose time never came; NULL for none. */
    size_t unused_kill_count;               /**< Of those for which the client never came so far. */
    int exit_code;
    const struct cog_report *report;
    const struct mock_exchange *exchanges;
    size_t exchange_count;
    size_t dropped_exchange_count; /**< Requests that the fake could not keep for its judges. */
    const struct mock_deployment_truth *deployments;
    size_t deployment_count;
    const struct mock_delivery *deliveries;
    size_t delivery_count;
    const struct scn_inject *injects; /**< Of the scenario, in the file's order. */
    size_t inject_count;
    struct scn_content source;
    struct scn_content target;
    const struct scn_event *events;
    size_t event_count;
    const struct scn_operation *operations; /**< On its files, in their order. */
    size_t operation_count;
    const char *audit; /**< The audit file; "" for none. */
    struct cog_audit_inspection audit_chain;
    const char *journals;       /**< All journals, one behind the other; "" for none. */
    enum cog_lock_state lock;   /**< Of the target, at the end. */
    bool lock_is_anothers;      /**< Then it is the scenario's other holder who has it. */
    bool lock_must_be_anothers; /**< That one never gave it back. */
    struct scn_disk disk;
    const struct scn_output *outputs;
    size_t output_count;
    const char *const *secrets; /**< Of the fake; ends with NULL. */
    const char *const *unused_faults;
    size_t unused_fault_count;
    const struct scn_trouble *unused_troubles; /**< Of the surroundings, that never came. */
    size_t unused_trouble_count;
    int64_t settled_ms;          /**< As `scn_timetable_settled_ms` has it. */
    const struct scn_twin *twin; /**< NULL: nobody was killed. */
    struct scn_rivalry rivalry;
    struct scn_leftovers leftovers;
    /** What struck without being seen in a request: connections, and the client itself; as cells:
     * "fault/refused/connect", "client/moved". NULL for nothing. */
    const struct scn_cells *strikes;
};

#endif
