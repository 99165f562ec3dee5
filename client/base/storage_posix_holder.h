/** Processes of this host. */
#ifndef COGBASE_STORAGE_POSIX_HOLDER_H
#define COGBASE_STORAGE_POSIX_HOLDER_H

#include <cogpromote/storage.h>

/** This process. */
void cog_posix_holder_identify(struct cog_holder *out_holder);

/**
 * Whether a process still lives. One that has ended counts as dead even while its parent has not
 * asked for its exit status; where the system does not tell start times, whoever has its pid now
 * counts as the same.
 */
enum cog_holder_life cog_posix_holder_ask_life(const struct cog_holder *holder);

#endif
