#include "tls/identity.h"

#include "tls/foreign.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void mock_key_finish(char **key_pem)
{
    if (*key_pem != NULL) {
        OPENSSL_cleanse(*key_pem, strlen(*key_pem));
        free(*key_pem);
        *key_pem = NULL;
    }
}

void mock_identity_finish(struct mock_identity *identity)
{
    free(identity->certificate_pem);
    mock_key_finish(&identity->key_pem);
    *identity = (struct mock_identity){0};
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the signature is OpenSSL's. */
static int refuse_pass_phrase(char *buffer, int size, int writes, void *context)
{
    (void)buffer;
    (void)size;
    (void)writes;
    /* A server has nobody to ask: it only remembers that it should have. */
    *(bool *)context = true;
    return -1;
}

static enum cog_code read_key(const char *pem, EVP_PKEY **out_key, struct cog_error *error)
{
    COG_CLEANUP(mock_bio_finish) BIO *bio = BIO_new_mem_buf(pem, -1);
    if (bio == NULL) {
        return mock_foreign_fail_memory(error);
    }
    bool is_encrypted = false;
    *out_key = PEM_read_bio_PrivateKey(bio, NULL, refuse_pass_phrase, &is_encrypted);
    ERR_clear_error();
    if (is_encrypted) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "the key is encrypted: give one without a pass phrase, such as "
                             "'openssl pkey -in KEY -out CLEAR' writes");
    }
    return *out_key != NULL ? COG_OK
                            : cog_error_set(error, COG_ERROR_SYNTAX,
                                            "expected a private key in PEM, and found none");
}

static enum cog_code read_certificate(const char *pem, X509 **out_certificate,
                                      struct cog_error *error)
{
    COG_CLEANUP(mock_bio_finish) BIO *bio = BIO_new_mem_buf(pem, -1);
    if (bio == NULL) {
        return mock_foreign_fail_memory(error);
    }
    *out_certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    ERR_clear_error();
    return *out_certificate != NULL
               ? COG_OK
               : cog_error_set(error, COG_ERROR_SYNTAX,
                               "expected a certificate in PEM, and found none");
}

enum cog_code mock_identity_check(const struct mock_identity *identity, struct cog_error *error)
{
    COG_CLEANUP(mock_x509_finish) X509 *certificate = NULL;
    COG_CLEANUP(mock_pkey_finish) EVP_PKEY *key = NULL;
    enum cog_code code = mock_certificates_check(identity->certificate_pem, error);
    if (code == COG_OK) {
        code = read_certificate(identity->certificate_pem, &certificate, error);
    }
    if (code == COG_OK) {
        code = read_key(identity->key_pem, &key, error);
    }
    if (code != COG_OK) {
        return code;
    }
    const bool fits = X509_check_private_key(certificate, key) == 1;
    ERR_clear_error();
    return fits ? COG_OK
                : cog_error_set(error, COG_ERROR_SYNTAX,
                                "the key is not the one of the first certificate");
}

/* What is between certificates is a comment, as elsewhere; what begins as one has to be one. */
enum cog_code mock_certificates_check(const char *pem, struct cog_error *error)
{
    COG_CLEANUP(mock_bio_finish) BIO *bio = BIO_new_mem_buf(pem, -1);
    if (bio == NULL) {
        return mock_foreign_fail_memory(error);
    }
    int count = 0;
    X509 *certificate = NULL;
    while ((certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
        X509_free(certificate);
        count++;
    }
    const unsigned long reason = ERR_peek_last_error();
    ERR_clear_error();
    /* Behind the last one there is nothing that begins as a certificate. */
    if (ERR_GET_LIB(reason) != ERR_LIB_PEM || ERR_GET_REASON(reason) != PEM_R_NO_START_LINE) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "certificate %d cannot be read", count + 1);
    }
    return count > 0 ? COG_OK
                     : cog_error_set(error, COG_ERROR_SYNTAX,
                                     "expected a certificate in PEM, and found none");
}
