/** The parts of which a timeline is read; for the files that do so. */
#ifndef SCN_TIMELINE_PART_H
#define SCN_TIMELINE_PART_H

#include "drill/timeline.h"

/** Notes when it was, by the server's truth, and on what that rests. */
void scn_milestone_tell_server(struct scn_milestone *milestone, int64_t at_ms, const char *format,
                               ...) COG_PRINTF(3, 4);

/** The same by the client's papers. */
void scn_milestone_tell_client(struct scn_milestone *milestone, int64_t at_ms, const char *format,
                               ...) COG_PRINTF(3, 4);

/** When an exchange was over, as far as it came. */
int64_t scn_timeline_end_ms(const struct mock_exchange *exchange);

/** "request 17 (status#8)" */
enum { SCN_REQUEST_TEXT_SIZE = 80 };
const char *scn_timeline_request(const struct scn_facts *facts, size_t index,
                                 char buffer[SCN_REQUEST_TEXT_SIZE]);

/** What an answer told of the fault. */
struct scn_notice {
    size_t index;              /**< Of the exchange; SIZE_MAX: it was none. */
    size_t next_index;         /**< What was sent from here on was sent by one who knew. */
    bool is_status;            /**< A word of the job: polls go on beside that. */
    struct scn_milestone told; /**< Its server's side. */
};

/**
 * How the client was first told, since the fault was visible.
 *
 * @return false when nothing told it
 */
bool scn_notice_find(const struct scn_evidence *evidence, const struct scn_milestone *milestones,
                     struct scn_notice *out_notice);

/** Fills the server's side of all milestones. */
void scn_timeline_read_server(const struct scn_evidence *evidence,
                              struct scn_milestone *milestones);

/** Fills the client's side, for which that of the server must be there. @return COG_ERROR_MEMORY */
enum cog_code scn_timeline_read_client(const struct scn_evidence *evidence,
                                       struct scn_milestone *milestones,
                                       struct cog_error *error) COG_CHECK;

/** How long own jobs kept the target neither old nor new. */
void scn_timeline_measure_exposure(const struct scn_facts *facts, struct scn_timeline *timeline);

#endif
