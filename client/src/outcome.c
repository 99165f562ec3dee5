#include <cogpromote/outcome.h>
#include <cogpromote/report.h>

const char *cog_outcome_name(enum cog_outcome outcome)
{
    switch (outcome) {
    case COG_OUTCOME_PROMOTED:
        return "promoted";
    case COG_OUTCOME_INTERNAL:
        return "internal";
    case COG_OUTCOME_USAGE:
        return "usage";
    case COG_OUTCOME_UNAUTHORIZED:
        return "unauthorized";
    case COG_OUTCOME_NOT_READY:
        return "not_ready";
    case COG_OUTCOME_REJECTED:
        return "rejected";
    case COG_OUTCOME_ROLLED_BACK:
        return "rolled_back";
    case COG_OUTCOME_ROLLBACK_FAILED:
        return "rollback_failed";
    case COG_OUTCOME_UNKNOWN:
        return "unknown";
    case COG_OUTCOME_LOCKED:
        return "locked";
    case COG_OUTCOME_PARITY_LOW:
        return "parity_low";
    case COG_OUTCOME_UNDELIVERED:
        return "undelivered";
    case COG_OUTCOME_INTERRUPTED:
        return "interrupted";
    }
    return "internal";
}

const char *cog_outcome_description(enum cog_outcome outcome)
{
    switch (outcome) {
    case COG_OUTCOME_PROMOTED:
        return "the target has the new content, and it was verified";
    case COG_OUTCOME_INTERNAL:
        return "this program or this machine failed";
    case COG_OUTCOME_USAGE:
        return "the arguments or settings are wrong; nothing was sent";
    case COG_OUTCOME_UNAUTHORIZED:
        return "the platform refused the credentials or a scope is missing";
    case COG_OUTCOME_NOT_READY:
        return "the target or the platform was not ready; nothing was changed";
    case COG_OUTCOME_REJECTED:
        return "the platform refused it, or it provably never arrived";
    case COG_OUTCOME_ROLLED_BACK:
        return "the target is as it was before the promotion";
    case COG_OUTCOME_ROLLBACK_FAILED:
        return "the rollback is not confirmed: an operator must look at the target";
    case COG_OUTCOME_UNKNOWN:
        return "the platform cannot be asked any more how it ended";
    case COG_OUTCOME_LOCKED:
        return "another run has the target's lock";
    case COG_OUTCOME_UNDELIVERED:
        return "the target has the new content, but the audit record or the webhook was not"
               " delivered";
    case COG_OUTCOME_PARITY_LOW:
        return "the target has the new content, but did not pass verification";
    case COG_OUTCOME_INTERRUPTED:
        return "stopped by a signal";
    }
    return "";
}

const char *cog_target_state_name(enum cog_target_state state)
{
    switch (state) {
    case COG_TARGET_UNTOUCHED:
        return "untouched";
    case COG_TARGET_NEW:
        return "new content";
    case COG_TARGET_RESTORED:
        return "as before";
    case COG_TARGET_SUSPECT:
        return "suspect";
    case COG_TARGET_UNKNOWN:
        return "unknown";
    }
    return "unknown";
}

const char *cog_rollback_end_name(enum cog_rollback_end end)
{
    switch (end) {
    case COG_ROLLBACK_NONE:
        return "none";
    case COG_ROLLBACK_CONFIRMED:
        return "confirmed";
    case COG_ROLLBACK_UNCONFIRMED:
        return "unconfirmed";
    case COG_ROLLBACK_REFUSED:
        return "refused";
    case COG_ROLLBACK_FAILED:
        return "failed";
    case COG_ROLLBACK_UNKNOWN:
        return "unknown";
    }
    return "none";
}

int cog_outcome_exit_code(enum cog_outcome outcome, int signal_number)
{
    switch (outcome) {
    case COG_OUTCOME_PROMOTED:
        return 0;
    case COG_OUTCOME_INTERNAL:
        return 1;
    case COG_OUTCOME_USAGE:
        return 2;
    case COG_OUTCOME_UNAUTHORIZED:
        return 3;
    case COG_OUTCOME_NOT_READY:
        return 4;
    case COG_OUTCOME_REJECTED:
        return 5;
    case COG_OUTCOME_ROLLED_BACK:
        return 6;
    case COG_OUTCOME_ROLLBACK_FAILED:
        return 7;
    case COG_OUTCOME_UNKNOWN:
        return 8;
    case COG_OUTCOME_LOCKED:
        return 9;
    case COG_OUTCOME_PARITY_LOW:
        return 10;
    case COG_OUTCOME_UNDELIVERED:
        return 11;
    case COG_OUTCOME_INTERRUPTED:
        return 128 + signal_number; /* The shells' convention. */
    }
    return 1;
}

const char *cog_delivery_name(enum cog_delivery delivery)
{
    switch (delivery) {
    case COG_DELIVERY_NONE:
        return "none";
    case COG_DELIVERY_DELIVERED:
        return "delivered";
    case COG_DELIVERY_KEPT:
        return "kept";
    case COG_DELIVERY_FAILED:
        return "failed";
    }
    return "none";
}
