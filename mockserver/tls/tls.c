#include "tls/tls.h"

#include "tls/authority.h"
#include "tls/credentials.h"
#include "tls/server_identities.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static void destroy_authority(struct mock_authority **authority)
{
    mock_authority_destroy(*authority);
}

static void destroy_tls(struct mock_tls **tls)
{
    mock_tls_destroy(*tls);
}

/* The good identity is the owner's then; what was made in its place goes. */
static enum cog_code take_own(struct mock_identity *good, const struct mock_tls_options *options,
                              struct cog_error *error)
{
    mock_identity_finish(good);
    good->certificate_pem = strdup(options->certificate_pem);
    good->key_pem = strdup(options->key_pem);
    return good->certificate_pem != NULL && good->key_pem != NULL ? COG_OK : fail_memory(error);
}

/* Certificate and key in one text, as most clients take them in one file. */
static enum cog_code make_client(struct mock_tls *tls, const struct mock_authority *authority,
                                 const struct mock_tls_options *options, struct cog_error *error)
{
    static const char *const names[] = {"client.cogmock.invalid", NULL};
    const struct mock_certificate_order order = {
        .subject = "cogmock client",
        .names = names,
        .validity = mock_validity_at(options->now_unix_ms),
        .is_for_client = true,
    };
    COG_CLEANUP(mock_identity_finish) struct mock_identity client = {0};
    enum cog_code code = mock_authority_issue(authority, &order, &client, error);
    if (code != COG_OK) {
        return code;
    }
    /* In one piece: a text that grew would leave parts of the key behind. */
    const size_t size = strlen(client.certificate_pem) + strlen(client.key_pem) + 1;
    tls->client_identity_pem = malloc(size);
    if (tls->client_identity_pem == NULL) {
        return fail_memory(error);
    }
    (void)snprintf(tls->client_identity_pem, size, "%s%s", client.certificate_pem, client.key_pem);
    return COG_OK;
}

static enum cog_code make_identities(struct mock_tls *tls, const struct mock_tls_options *options,
                                     struct cog_error *error)
{
    COG_CLEANUP(destroy_authority) struct mock_authority *authority = NULL;
    enum cog_code code = mock_authority_create("cogmock private authority",
                                               mock_validity_of_authority(options->now_unix_ms),
                                               options->random, &authority, error);
    if (code == COG_OK) {
        code = mock_server_identities_make(authority, options, tls->identities, error);
    }
    if (code == COG_OK && options->makes_client_certificate) {
        code = make_client(tls, authority, options, error);
    }
    if (code == COG_OK && options->certificate_pem != NULL) {
        code = take_own(&tls->identities[MOCK_CERTIFICATE_GOOD], options, error);
    }
    if (code != COG_OK) {
        return code;
    }
    tls->authority_pem = strdup(mock_authority_certificate(authority));
    return tls->authority_pem != NULL ? COG_OK : fail_memory(error);
}

/* Whose certificates clients may show, as one text. @param out_pem "" for nobody's */
static enum cog_code list_client_authorities(const struct mock_tls *tls,
                                             const struct mock_tls_options *options, char **out_pem,
                                             struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text pem = {0};
    if (options->client_authorities_pem != NULL) {
        cog_text_append_format(&pem, "%s\n", options->client_authorities_pem);
    }
    if (options->makes_client_certificate) {
        cog_text_append(&pem, tls->authority_pem);
    }
    return cog_text_give(&pem, out_pem, error);
}

static enum cog_code make_credentials(struct mock_tls *tls, const struct mock_tls_options *options,
                                      struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *authorities = NULL;
    enum cog_code code = list_client_authorities(tls, options, &authorities, error);
    if (code != COG_OK) {
        return code;
    }
    tls->asks_clients = authorities[0] != '\0';
    for (int i = 0; code == COG_OK && i < MOCK_CERTIFICATE_COUNT; i++) {
        code = mock_credentials_create(&tls->identities[i], tls->asks_clients ? authorities : NULL,
                                       &tls->credentials[i], error);
    }
    return code;
}

enum cog_code mock_tls_create(const struct mock_tls_options *options, struct mock_tls **out_tls,
                              struct cog_error *error)
{
    COG_CLEANUP(destroy_tls) struct mock_tls *tls = calloc(1, sizeof *tls);
    if (tls == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = make_identities(tls, options, error);
    if (code == COG_OK) {
        code = make_credentials(tls, options, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_tls = tls;
    tls = NULL;
    return COG_OK;
}

void mock_tls_destroy(struct mock_tls *tls)
{
    if (tls == NULL) {
        return;
    }
    for (int i = 0; i < MOCK_CERTIFICATE_COUNT; i++) {
        mock_credentials_destroy(tls->credentials[i]);
        mock_identity_finish(&tls->identities[i]);
    }
    mock_key_finish(&tls->client_identity_pem);
    free(tls->authority_pem);
    free(tls);
}

const char *mock_tls_authority(const struct mock_tls *tls)
{
    return tls->authority_pem;
}

const char *mock_tls_client_identity(const struct mock_tls *tls)
{
    return tls->client_identity_pem;
}
