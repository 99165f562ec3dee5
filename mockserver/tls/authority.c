#include "tls/authority.h"

#include "tls/foreign.h"

#include <cogbase/text.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

enum {
    VERSION_3 = 2, /* RFC 5280 counts from 0. */
    SERIAL_LENGTH = 16,
    SERIAL_SIGN = 0x80, /* A serial number is positive. */
    SERIAL_FIRST = 0x40,
};

struct mock_authority {
    EVP_PKEY *key;
    X509 *certificate;
    char *pem;
    struct cog_random random;
};

static enum cog_code refuse(struct cog_error *error)
{
    char text[COG_ERROR_CAUSE_SIZE];
    ERR_error_string_n(ERR_peek_error(), text, sizeof text);
    ERR_clear_error();
    return cog_error_set(error, COG_ERROR_INTERNAL, "cannot make a certificate: %s", text);
}

/* Random, so that a client that has seen an earlier run's does not take this one for it. */
static bool set_serial(X509 *certificate, struct cog_random random)
{
    unsigned char bytes[SERIAL_LENGTH];
    if (random.ops->fill(random.context, bytes, sizeof bytes) != COG_OK) {
        return false;
    }
    bytes[0] = (unsigned char)((bytes[0] & ~SERIAL_SIGN) | SERIAL_FIRST);
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    const bool is_set =
        number != NULL && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return is_set;
}

static bool set_time(ASN1_TIME *time, int64_t unix_ms)
{
    return ASN1_TIME_set(time, (time_t)(unix_ms / 1000)) != NULL;
}

static bool set_subject(X509 *certificate, const char *subject)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    return X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, (const unsigned char *)"cogmock",
                                      -1, -1, 0) == 1 &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)subject, -1,
                                      -1, 0) == 1;
}

/* All but issuer, extensions and signature. @return NULL on failure */
static X509 *draft(const char *subject, struct mock_validity validity, EVP_PKEY *key,
                   struct cog_random random)
{
    X509 *certificate = X509_new();
    if (certificate == NULL || X509_set_version(certificate, VERSION_3) != 1 ||
        !set_serial(certificate, random) || !set_subject(certificate, subject) ||
        !set_time(X509_getm_notBefore(certificate), validity.from_unix_ms) ||
        !set_time(X509_getm_notAfter(certificate), validity.until_unix_ms) ||
        X509_set_pubkey(certificate, key) != 1) {
        X509_free(certificate);
        return NULL;
    }
    return certificate;
}

static bool add_extension(X509 *certificate, X509 *issuer, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
    const bool is_added = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

/* An address is one only as such: as a host name nobody would find it. */
static GENERAL_NAME *name_create(const char *text)
{
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(text);
    if (name != NULL && address != NULL) {
        GENERAL_NAME_set0_value(name, GEN_IPADD, address);
        return name;
    }
    ASN1_OCTET_STRING_free(address);
    ASN1_IA5STRING *host = ASN1_IA5STRING_new();
    if (name == NULL || host == NULL || ASN1_STRING_set(host, text, -1) != 1) {
        ASN1_IA5STRING_free(host);
        GENERAL_NAME_free(name);
        return NULL;
    }
    GENERAL_NAME_set0_value(name, GEN_DNS, host);
    return name;
}

/* Not as OpenSSL's configuration text: there a name with a comma would be two. */
static bool add_names(X509 *certificate, const char *const *names)
{
    GENERAL_NAMES *list = GENERAL_NAMES_new();
    bool is_good = list != NULL;
    for (; is_good && *names != NULL; names++) {
        GENERAL_NAME *name = name_create(*names);
        is_good = name != NULL && sk_GENERAL_NAME_push(list, name) > 0;
        if (!is_good) {
            GENERAL_NAME_free(name);
        }
    }
    is_good = is_good && X509_add1_ext_i2d(certificate, NID_subject_alt_name, list, 0, 0) == 1;
    GENERAL_NAMES_free(list);
    return is_good;
}

static bool sign(X509 *certificate, const X509 *issuer, EVP_PKEY *key)
{
    return X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

static char *pem_take(BIO *bio)
{
    char *bytes = NULL;
    const long length = BIO_get_mem_data(bio, &bytes);
    return length > 0 ? cog_string_clone(bytes, (size_t)length) : NULL;
}

static char *certificate_pem(X509 *certificate)
{
    COG_CLEANUP(mock_bio_finish) BIO *bio = BIO_new(BIO_s_mem());
    return bio != NULL && PEM_write_bio_X509(bio, certificate) == 1 ? pem_take(bio) : NULL;
}

/* OpenSSL wipes what it holds of a memory BIO. */
static char *key_pem(EVP_PKEY *key)
{
    COG_CLEANUP(mock_bio_finish) BIO *bio = BIO_new(BIO_s_mem());
    return bio != NULL && PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1
               ? pem_take(bio)
               : NULL;
}

static bool sign_itself(X509 *certificate, EVP_PKEY *key)
{
    return add_extension(certificate, certificate, NID_basic_constraints,
                         "critical,CA:TRUE,pathlen:0") &&
           add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           add_extension(certificate, certificate, NID_subject_key_identifier, "hash") &&
           sign(certificate, certificate, key);
}

enum cog_code mock_authority_create(const char *name, struct mock_validity validity,
                                    struct cog_random random, struct mock_authority **out_authority,
                                    struct cog_error *error)
{
    struct mock_authority *authority = calloc(1, sizeof *authority);
    if (authority == NULL) {
        return mock_foreign_fail_memory(error);
    }
    authority->random = random;
    authority->key = EVP_EC_gen("P-256");
    if (authority->key != NULL) {
        authority->certificate = draft(name, validity, authority->key, random);
    }
    if (authority->certificate != NULL && sign_itself(authority->certificate, authority->key)) {
        authority->pem = certificate_pem(authority->certificate);
    }
    if (authority->pem == NULL) {
        mock_authority_destroy(authority);
        return refuse(error);
    }
    *out_authority = authority;
    return COG_OK;
}

void mock_authority_destroy(struct mock_authority *authority)
{
    if (authority == NULL) {
        return;
    }
    X509_free(authority->certificate);
    EVP_PKEY_free(authority->key);
    free(authority->pem);
    free(authority);
}

const char *mock_authority_certificate(const struct mock_authority *authority)
{
    return authority->pem;
}

static bool complete(const struct mock_authority *authority,
                     const struct mock_certificate_order *order, X509 *certificate)
{
    X509 *issuer = authority->certificate;
    return add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, issuer, NID_ext_key_usage,
                         order->is_for_client ? "clientAuth" : "serverAuth") &&
           add_extension(certificate, issuer, NID_subject_key_identifier, "hash") &&
           add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
           add_names(certificate, order->names) && sign(certificate, issuer, authority->key);
}

static bool write_identity(X509 *certificate, EVP_PKEY *key, struct mock_identity *identity)
{
    identity->certificate_pem = certificate_pem(certificate);
    identity->key_pem = key_pem(key);
    return identity->certificate_pem != NULL && identity->key_pem != NULL;
}

enum cog_code mock_authority_issue(const struct mock_authority *authority,
                                   const struct mock_certificate_order *order,
                                   struct mock_identity *out_identity, struct cog_error *error)
{
    COG_CLEANUP(mock_pkey_finish) EVP_PKEY *key = EVP_EC_gen("P-256");
    COG_CLEANUP(mock_x509_finish)
    X509 *certificate =
        key != NULL ? draft(order->subject, order->validity, key, authority->random) : NULL;
    if (certificate == NULL || !complete(authority, order, certificate)) {
        return refuse(error);
    }
    COG_CLEANUP(mock_identity_finish) struct mock_identity identity = {0};
    if (!write_identity(certificate, key, &identity)) {
        return refuse(error);
    }
    *out_identity = identity;
    identity = (struct mock_identity){0};
    return COG_OK;
}
