/** The modes of `cogdrill rehearse`; each returns the program's exit code. */
#ifndef SCN_PROGRAM_REHEARSE_H
#define SCN_PROGRAM_REHEARSE_H

#include "program/rehearse_arguments.h"

/** The client recovers by itself, once a seed. */
int scn_rehearse_automatic(const struct scn_rehearse_arguments *arguments);

/** A person recovers, in real time. */
int scn_rehearse_guided(const struct scn_rehearse_arguments *arguments);

/** Nobody does anything: people talk it over. */
int scn_rehearse_tabletop(const struct scn_rehearse_arguments *arguments);

#endif
