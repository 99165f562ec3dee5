/**
 * What can go wrong besides requests and connections: with the client itself, and with what the
 * server means. Each lists what there is of its kind in a run, in the run's order.
 */
#ifndef SCN_FAMILIES_H
#define SCN_FAMILIES_H

#include "explore/faults/catalogue.h"

/** Each returns COG_OK or COG_ERROR_MEMORY. */
typedef enum cog_code scn_family(const struct scn_catalogue *catalogue,
                                 const struct scn_sites *sites, struct scn_faults *faults);

scn_family scn_signal_faults_list;   /**< It is asked to stop. Phase "signal". */
scn_family scn_kill_faults_list;     /**< It dies, and another process resumes. "kill" */
scn_family scn_storage_faults_list;  /**< An operation on its files fails. "storage" */
scn_family scn_clock_faults_list;    /**< Its wall clock steps or drifts. "clock" */
scn_family scn_lock_faults_list;     /**< Somebody else is at its lock. "lock" */
scn_family scn_deadline_faults_list; /**< A limit ends at an event. "deadline" */
scn_family scn_option_faults_list;   /**< It is told to behave otherwise. "option" */
scn_family scn_token_faults_list;    /**< Its token ends. "token" */
scn_family scn_job_faults_list;      /**< Jobs, rollbacks, content. "meaning" */
scn_family scn_world_faults_list;    /**< Sessions, health, outages, limits. "meaning" */

#endif
