/** OpenSSL's objects and failures, as the files of this folder have them. */
#ifndef MOCK_TLS_FOREIGN_H
#define MOCK_TLS_FOREIGN_H

#include <cogpromote/error.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

static inline void mock_bio_finish(BIO **bio)
{
    BIO_free_all(*bio);
}

static inline void mock_pkey_finish(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}

static inline void mock_x509_finish(X509 **certificate)
{
    X509_free(*certificate);
}

/** @return COG_ERROR_MEMORY */
static inline enum cog_code mock_foreign_fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

#endif
