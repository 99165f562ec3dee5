#include "transport_curl_error.h"

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
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
        return COG_ERROR_UNREACHABLE;
    case CURLE_OPERATION_TIMEDOUT:
        return COG_ERROR_TIMEOUT;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_SSL_SHUTDOWN_FAILED:
        return COG_ERROR_NETWORK;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return COG_ERROR_PROTOCOL;
    default:
        return COG_ERROR_INTERNAL;
    }
}

enum cog_code cog_curl_error_code(CURLcode result, bool is_sent)
{
    const enum cog_code code = code_of_result(result);
    if (is_sent) {
        return code;
    }
    if (code == COG_ERROR_NETWORK || code == COG_ERROR_TIMEOUT) {
        return COG_ERROR_UNREACHABLE;
    }
    /* Not an answer then, but a URL that is neither http nor https. */
    return code == COG_ERROR_PROTOCOL ? COG_ERROR_ARGUMENT : code;
}
