#include "tls/authority.h"
#include "tls/server_identities.h"

#include "support/expect.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

TestSuite(authority, .timeout = 10.0);
TestSuite(server_identities, .timeout = 10.0);
TestSuite(identity, .timeout = 10.0);
TestSuite(tls, .timeout = 10.0);

/** 2026-01-01T00:00:00Z */
#define NOW_UNIX_MS INT64_C(1767225600000)
#define DAY_MS      INT64_C(86400000)

static const char *const names[] = {"localhost", "127.0.0.1", "::1", "fake.example", NULL};

static struct mock_authority *authority_create(void)
{
    struct mock_authority *authority = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(mock_authority_create("test authority", mock_validity_of_authority(NOW_UNIX_MS),
                                      cog_random_openssl(), &authority, &error),
                COG_OK, error);
    return authority;
}

static struct mock_identity issue(const struct mock_authority *authority, bool is_for_client)
{
    const struct mock_certificate_order order = {
        .subject = "test",
        .names = names,
        .validity = mock_validity_at(NOW_UNIX_MS),
        .is_for_client = is_for_client,
    };
    struct mock_identity identity = {0};
    struct cog_error error = {0};
    ASSERT_CODE(mock_authority_issue(authority, &order, &identity, &error), COG_OK, error);
    return identity;
}

static X509 *certificate_read(const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    BIO_free(bio);
    cr_assert_not_null(certificate);
    return certificate;
}

/** How a client looks at a certificate. */
struct view {
    const char *authority_pem;
    const char *host;    /**< NULL: any. */
    const char *address; /**< NULL: any. */
    int purpose;         /**< X509_PURPOSE_SSL_SERVER, … */
    int64_t at_unix_ms;
    bool trusts_itself; /**< The certificate may be trusted as such, without its authority. */
};

/* What OpenSSL says of the certificate: X509_V_OK, or what is wrong. */
static int judge(const char *certificate_pem, const struct view *view)
{
    X509 *root = certificate_read(view->authority_pem);
    X509 *leaf = certificate_read(certificate_pem);
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_STORE_add_cert(store, root);
    X509_STORE_CTX_init(context, store, leaf, NULL);
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_flags(parameters, view->trusts_itself ? X509_V_FLAG_PARTIAL_CHAIN
                                                                : X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_purpose(parameters, view->purpose);
    X509_VERIFY_PARAM_set_time(parameters, (time_t)(view->at_unix_ms / 1000));
    if (view->host != NULL) {
        X509_VERIFY_PARAM_set1_host(parameters, view->host, 0);
    }
    if (view->address != NULL) {
        X509_VERIFY_PARAM_set1_ip_asc(parameters, view->address);
    }
    (void)X509_verify_cert(context);
    const int reason = X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    X509_free(leaf);
    X509_free(root);
    return reason;
}

Test(authority, issues_what_verifies_for_each_of_its_names)
{
    static const struct {
        const char *host;
        const char *address;
        int expected;
    } rows[] = {
        {"localhost", NULL, X509_V_OK},
        {"fake.example", NULL, X509_V_OK},
        {NULL, "127.0.0.1", X509_V_OK},
        {NULL, "::1", X509_V_OK},
        {"other.example", NULL, X509_V_ERR_HOSTNAME_MISMATCH},
        {"127.0.0.1", NULL, X509_V_ERR_HOSTNAME_MISMATCH},
        {NULL, "127.0.0.2", X509_V_ERR_IP_ADDRESS_MISMATCH},
    };
    struct mock_authority *authority = authority_create();
    struct mock_identity identity = issue(authority, false);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct view view = {
            .authority_pem = mock_authority_certificate(authority),
            .host = rows[i].host,
            .address = rows[i].address,
            .purpose = X509_PURPOSE_SSL_SERVER,
            .at_unix_ms = NOW_UNIX_MS,
        };
        EXPECT_INT(judge(identity.certificate_pem, &view), rows[i].expected);
    }
    mock_identity_finish(&identity);
    mock_authority_destroy(authority);
}

Test(authority, takes_a_name_with_a_comma_for_one_name)
{
    static const char *const odd[] = {"a.example,DNS:b.example", NULL};
    struct mock_authority *authority = authority_create();
    const struct mock_certificate_order order = {
        .subject = "test", .names = odd, .validity = mock_validity_at(NOW_UNIX_MS)};
    struct mock_identity identity = {0};
    struct cog_error error = {0};
    const struct view view = {
        .authority_pem = mock_authority_certificate(authority),
        .host = "b.example",
        .purpose = X509_PURPOSE_SSL_SERVER,
        .at_unix_ms = NOW_UNIX_MS,
    };

    ASSERT_CODE(mock_authority_issue(authority, &order, &identity, &error), COG_OK, error);

    EXPECT_INT(judge(identity.certificate_pem, &view), X509_V_ERR_HOSTNAME_MISMATCH);
    mock_identity_finish(&identity);
    mock_authority_destroy(authority);
}

Test(authority, issues_for_servers_or_for_clients_and_never_for_both)
{
    static const struct {
        bool is_for_client;
        int purpose;
        int expected;
    } rows[] = {
        {false, X509_PURPOSE_SSL_SERVER, X509_V_OK},
        {false, X509_PURPOSE_SSL_CLIENT, X509_V_ERR_INVALID_PURPOSE},
        {true, X509_PURPOSE_SSL_CLIENT, X509_V_OK},
        {true, X509_PURPOSE_SSL_SERVER, X509_V_ERR_INVALID_PURPOSE},
    };
    struct mock_authority *authority = authority_create();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct mock_identity identity = issue(authority, rows[i].is_for_client);
        const struct view view = {
            .authority_pem = mock_authority_certificate(authority),
            .purpose = rows[i].purpose,
            .at_unix_ms = NOW_UNIX_MS,
        };
        EXPECT_INT(judge(identity.certificate_pem, &view), rows[i].expected);
        mock_identity_finish(&identity);
    }
    mock_authority_destroy(authority);
}

Test(authority, issues_what_is_valid_from_a_little_before_now_for_a_year)
{
    static const struct {
        int64_t later_ms;
        int expected;
    } rows[] = {
        {-DAY_MS / 24 - 1000, X509_V_ERR_CERT_NOT_YET_VALID},
        {-DAY_MS / 24, X509_V_OK},
        {365 * DAY_MS, X509_V_OK},
        {397 * DAY_MS, X509_V_ERR_CERT_HAS_EXPIRED},
    };
    struct mock_authority *authority = authority_create();
    struct mock_identity identity = issue(authority, false);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct view view = {
            .authority_pem = mock_authority_certificate(authority),
            .purpose = X509_PURPOSE_SSL_SERVER,
            .at_unix_ms = NOW_UNIX_MS + rows[i].later_ms,
        };
        EXPECT_INT(judge(identity.certificate_pem, &view), rows[i].expected);
    }
    mock_identity_finish(&identity);
    mock_authority_destroy(authority);
}

Test(authority, never_issues_the_same_key_or_number_twice)
{
    struct mock_authority *authority = authority_create();
    struct mock_identity first = issue(authority, false);
    struct mock_identity second = issue(authority, false);
    X509 *left = certificate_read(first.certificate_pem);
    X509 *right = certificate_read(second.certificate_pem);

    cr_expect(strcmp(first.key_pem, second.key_pem) != 0);
    cr_expect(ASN1_INTEGER_cmp(X509_get0_serialNumber(left), X509_get0_serialNumber(right)) != 0);

    X509_free(left);
    X509_free(right);
    mock_identity_finish(&first);
    mock_identity_finish(&second);
    mock_authority_destroy(authority);
}

Test(server_identities, are_each_wrong_in_one_way)
{
    static const struct {
        enum mock_certificate certificate;
        int expected; /**< For who trusts the authority and asks for one of the names, now. */
    } rows[] = {
        {MOCK_CERTIFICATE_GOOD, X509_V_OK},
        {MOCK_CERTIFICATE_UNTRUSTED, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY},
        {MOCK_CERTIFICATE_EXPIRED, X509_V_ERR_CERT_HAS_EXPIRED},
        {MOCK_CERTIFICATE_WRONG_HOST, X509_V_ERR_HOSTNAME_MISMATCH},
    };
    struct mock_authority *authority = authority_create();
    const struct mock_tls_options options = {
        .now_unix_ms = NOW_UNIX_MS, .random = cog_random_openssl(), .names = names};
    struct mock_identity identities[MOCK_CERTIFICATE_COUNT] = {{0}};
    struct cog_error error = {0};
    ASSERT_CODE(mock_server_identities_make(authority, &options, identities, &error), COG_OK,
                error);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct view view = {
            .authority_pem = mock_authority_certificate(authority),
            .host = "localhost",
            .purpose = X509_PURPOSE_SSL_SERVER,
            .at_unix_ms = NOW_UNIX_MS,
        };
        const char *pem = identities[rows[i].certificate].certificate_pem;
        EXPECT_INT(judge(pem, &view), rows[i].expected);
        /* Without that, each is good: nothing else is wrong. */
        if (rows[i].certificate == MOCK_CERTIFICATE_EXPIRED) {
            view.at_unix_ms -= 2 * DAY_MS;
        }
        if (rows[i].certificate == MOCK_CERTIFICATE_WRONG_HOST) {
            view.host = "another-host.invalid";
        }
        if (rows[i].certificate == MOCK_CERTIFICATE_UNTRUSTED) {
            view.authority_pem = pem;
            view.trusts_itself = true;
        }
        EXPECT_INT(judge(pem, &view), X509_V_OK);
    }
    for (size_t i = 0; i < MOCK_CERTIFICATE_COUNT; i++) {
        mock_identity_finish(&identities[i]);
    }
    mock_authority_destroy(authority);
}

Test(identity, is_checked_before_it_is_used)
{
    static const char none[] = "nothing of that kind\n";
    struct mock_authority *authority = authority_create();
    struct mock_identity good = issue(authority, false);
    struct mock_identity other = issue(authority, false);
    char *cut = strdup(good.certificate_pem);
    cr_assert_not_null(cut);
    cut[strlen(cut) / 2] = '\0';
    const struct {
        const char *certificate;
        const char *key;
        const char *expected; /**< NULL: nothing is wrong. */
    } rows[] = {
        {good.certificate_pem, good.key_pem, NULL},
        {good.certificate_pem, other.key_pem, "the key is not the one of the first certificate"},
        {none, good.key_pem, "expected a certificate in PEM, and found none"},
        {cut, good.key_pem, "certificate 1 cannot be read"},
        {good.certificate_pem, none, "expected a private key in PEM, and found none"},
        {good.certificate_pem, good.certificate_pem, "expected a private key in PEM"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct mock_identity identity = {(char *)rows[i].certificate, (char *)rows[i].key};
        struct cog_error error = {0};
        const enum cog_code code = mock_identity_check(&identity, &error);
        EXPECT_INT(code, rows[i].expected == NULL ? COG_OK : COG_ERROR_SYNTAX);
        EXPECT_CONTAINS(error.message, rows[i].expected == NULL ? "" : rows[i].expected);
    }
    free(cut);
    mock_identity_finish(&good);
    mock_identity_finish(&other);
    mock_authority_destroy(authority);
}

Test(identity, with_an_encrypted_key_is_refused_without_asking)
{
    struct mock_authority *authority = authority_create();
    struct mock_identity identity = issue(authority, false);
    BIO *bio = BIO_new_mem_buf(identity.key_pem, -1);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    BIO_free(bio);
    bio = BIO_new(BIO_s_mem());
    static const unsigned char phrase[] = "hush";
    cr_assert(PEM_write_bio_PrivateKey(bio, key, EVP_aes_128_cbc(), phrase, sizeof phrase - 1, NULL,
                                       NULL) == 1);
    BIO_write(bio, "", 1);
    char *sealed = NULL;
    (void)BIO_get_mem_data(bio, &sealed);
    const struct mock_identity locked = {identity.certificate_pem, sealed};
    struct cog_error error = {0};

    const enum cog_code code = mock_identity_check(&locked, &error);

    ASSERT_CODE(code, COG_ERROR_SYNTAX, error);
    EXPECT_CONTAINS(error.message, "the key is encrypted: give one without a pass phrase");
    BIO_free(bio);
    EVP_PKEY_free(key);
    mock_identity_finish(&identity);
    mock_authority_destroy(authority);
}

Test(tls, has_a_client_identity_only_on_demand)
{
    for (int is_wanted = 0; is_wanted < 2; is_wanted++) {
        const struct mock_tls_options options = {
            .now_unix_ms = NOW_UNIX_MS,
            .random = cog_random_openssl(),
            .names = names,
            .makes_client_certificate = is_wanted == 1,
        };
        struct mock_tls *tls = NULL;
        struct cog_error error = {0};
        ASSERT_CODE(mock_tls_create(&options, &tls, &error), COG_OK, error);
        const char *client = mock_tls_client_identity(tls);
        if (is_wanted == 0) {
            cr_expect_null(client);
        } else {
            const struct view view = {
                .authority_pem = mock_tls_authority(tls),
                .purpose = X509_PURPOSE_SSL_CLIENT,
                .at_unix_ms = NOW_UNIX_MS,
            };
            EXPECT_INT(judge(client, &view), X509_V_OK);
            EXPECT_CONTAINS(client, "-----BEGIN PRIVATE KEY-----");
        }
        EXPECT_LACKS(mock_tls_authority(tls), "PRIVATE KEY");
        mock_tls_destroy(tls);
    }
}
