/** A run as text, for people and for comparing: byte for byte the same for the same run. */
#ifndef SCN_TRACE_H
#define SCN_TRACE_H

#include "judge/facts.h"
#include "judge/findings.h"

/**
 * Requests and events in their order, with virtual times, then how it ended. Without ports,
 * process ids and addresses.
 *
 * @return owned by the caller, free(); NULL without memory
 */
char *scn_trace_format(const struct scn_facts *facts);

/**
 * Appends a finding that says where two traces of one scenario part, if they do.
 *
 * @param repeat which run the second one is of
 */
void scn_trace_compare(const char *first, const char *second, int repeat,
                       struct scn_findings *findings);

/** Appends a failure, which names the line, when sockets and memory made a difference. */
void scn_trace_compare_transports(const char *memory, const char *wire,
                                  struct scn_findings *findings);

#endif
