/** How many files the process may have open, and so how many connections. */
#ifndef MOCK_PROGRAM_DESCRIPTORS_H
#define MOCK_PROGRAM_DESCRIPTORS_H

#include <cogpromote/error.h>

enum { MOCK_CONNECTIONS_MAX_DEFAULT = 20000 };

/**
 * Raises the soft limit on open files as far as connections need it and the hard one lets it.
 *
 * @param asked how many connections the command line wants to be possible; 0: as many as can be, up
 * to MOCK_CONNECTIONS_MAX_DEFAULT
 * @param out_connections_max what there is room for, and no more than asked for
 * @return COG_OK, COG_ERROR_CONFIGURATION (there can never be so many), COG_ERROR_INTERNAL
 */
enum cog_code mock_descriptors_reserve(int64_t asked, unsigned *out_connections_max,
                                       struct cog_error *error) COG_CHECK;

#endif
