/** A file of the client's, as a fuzzer made it up. */
#ifndef FUZZ_FILE_H
#define FUZZ_FILE_H

#include <cogpromote/storage.h>

/**
 * Puts a file into a storage that is empty; with bytes that no composer could give, such as NUL.
 *
 * @param bytes with a NUL behind them; the storage's from now on
 */
void fuzz_file_put(struct cog_storage_memory *storage, const char *name, char *bytes,
                   size_t length);

#endif
