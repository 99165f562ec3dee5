#include "transport_curl_error.h"

#include <openssl/x509_vfy.h>
#include <string.h>

static enum cog_code code_of_result(CURLcode result)
{
    /* Results of other protocols, and those that no option of ours can lead to, are not named. */
    switch ((int)result) {
    case CURLE_OK:
        return COG_OK;
    case CURLE_OUT_OF_MEMORY:
        return COG_ERROR_MEMORY;
    case CURLE_URL_MALFORMAT:
        return COG_ERROR_ARGUMENT;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_PROXY:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
        return COG_ERROR_UNREACHABLE;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
        return COG_ERROR_CONFIGURATION;
    case CURLE_OPERATION_TIMEDOUT:
        return COG_ERROR_TIMEOUT;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_SSL_SHUTDOWN_FAILED:
        return COG_ERROR_NETWORK;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return COG_ERROR_PROTOCOL;
    default:
        return COG_ERROR_INTERNAL;
    }
}

/* TLS 1.3 only says so when the request is on its way; it is not read then. */
static bool is_certificate_wanted(const struct cog_curl_failure *failure)
{
    return failure->result == CURLE_SSL_CLIENTCERT ||
           strstr(failure->detail, "alert certificate required") != NULL;
}

static enum cog_code code_of_failure(const struct cog_curl_failure *failure)
{
    const enum cog_code code = code_of_result(failure->result);
    if (is_certificate_wanted(failure)) {
        return COG_ERROR_UNREACHABLE;
    }
    if (failure->is_sent) {
        /* A trailer without a colon is a bad argument to libcurl, which hands it to itself. */
        return code == COG_ERROR_INTERNAL ? COG_ERROR_PROTOCOL : code;
    }
    if (code == COG_ERROR_NETWORK || code == COG_ERROR_TIMEOUT) {
        return COG_ERROR_UNREACHABLE;
    }
    /* Not an answer then, but a URL that is neither http nor https. */
    return code == COG_ERROR_PROTOCOL ? COG_ERROR_ARGUMENT : code;
}

/* What is wrong with the certificate that the server showed. */
static const char *server_certificate_fault(long verify_result)
{
    switch (verify_result) {
    /* The chain is good then; this is how libcurl's OpenSSL backend begins, and 0 others. */
    case X509_V_ERR_UNSPECIFIED:
    case X509_V_OK:
        return "the server's certificate is for another host";
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "the server's certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "the server's certificate is not valid yet, or this machine's clock is slow";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return "the server's certificate is from nobody who is trusted here (--ca-file adds whom "
               "to trust)";
    default:
        return "the server's certificate is not good";
    }
}

static void blame_own_file(const struct cog_curl_failure *failure,
                           const struct cog_transport_curl_options *options,
                           struct cog_error *error)
{
    const enum cog_code code = COG_ERROR_CONFIGURATION;
    const char *certificate = options->client_certificate_file;
    const char *key = options->client_key_file;
    if (failure->result == CURLE_SSL_CACERT_BADFILE && options->ca_file != NULL) {
        (void)cog_error_wrap(error, code,
                             "--ca-file '%s' is no readable file of certificates (PEM)",
                             options->ca_file);
    } else if (failure->result == CURLE_SSL_CACERT_BADFILE) {
        (void)cog_error_wrap(error, code,
                             "no certificates to trust; --ca-file names a file of them");
    } else if (certificate == NULL) {
        (void)cog_error_wrap(error, code, "a certificate of ours is needed (--client-cert)");
    } else {
        (void)cog_error_wrap(error, code,
                             "--client-cert '%s' and its key in '%s' cannot be used: expected PEM,"
                             " a key that fits, no pass phrase",
                             certificate, key != NULL ? key : certificate);
    }
}

enum cog_code cog_curl_error_set(const struct cog_curl_failure *failure,
                                 const struct cog_transport_curl_options *options,
                                 struct cog_error *error)
{
    const enum cog_code code = code_of_failure(failure);
    struct cog_error own = {0};
    (void)cog_error_set(&own, code, "%s",
                        failure->detail[0] != '\0' ? failure->detail
                                                   : curl_easy_strerror(failure->result));
    own.is_lasting = true;
    if (code == COG_ERROR_CONFIGURATION) {
        blame_own_file(failure, options, &own);
    } else if (is_certificate_wanted(failure)) {
        (void)cog_error_wrap(&own, code, "the server wants a certificate of ours (--client-cert)");
    } else if (failure->result == CURLE_PEER_FAILED_VERIFICATION) {
        (void)cog_error_wrap(&own, code, "%s", server_certificate_fault(failure->verify_result));
    } else {
        own.is_lasting = false;
    }
    if (error != NULL) {
        *error = own;
    }
    return code;
}
