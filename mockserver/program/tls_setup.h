/** TLS as the command line has it: reads the files that it names, and writes those. */
#ifndef MOCK_PROGRAM_TLS_SETUP_H
#define MOCK_PROGRAM_TLS_SETUP_H

#include "program/serve_options.h"

#include <cogmock/tls.h>

enum { MOCK_TLS_FOLDER_SIZE = 32 };

/** `{0}` is in clear, and safe to finish. */
struct mock_tls_setup {
    struct mock_tls *tls;              /**< Owned; NULL: in clear. */
    char *authority_path;              /**< Where the private authority's certificate is. Owned. */
    char folder[MOCK_TLS_FOLDER_SIZE]; /**< A temporary one for it; "" for none. */
};

/** Also removes what was written into a temporary folder. */
void mock_tls_setup_finish(struct mock_tls_setup *setup);

/**
 * Reads the files. Does nothing unless TLS is asked for.
 *
 * @param out_setup to be finished by the caller, also on failure
 * @return COG_OK, COG_ERROR_CONFIGURATION (a file's text cannot be used), COG_ERROR_STORAGE,
 *         COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_tls_setup_init(const struct mock_tls_flags *flags,
                                  struct mock_tls_setup *out_setup,
                                  struct cog_error *error) COG_CHECK;

/**
 * Writes the files that are for clients. Does nothing in clear.
 *
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code mock_tls_setup_write(const struct mock_tls_flags *flags, struct mock_tls_setup *setup,
                                   struct cog_error *error) COG_CHECK;

#endif
