#include "program/tls_setup.h"

#include "tls/identity.h"

#include <cogbase/storage_posix.h>
#include <cogbase/text.h>
#include <cogpromote/clock.h>
#include <cogpromote/storage.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEMPORARY_FOLDER "/tmp/cogmock-XXXXXX"
#define AUTHORITY_FILE   "ca.pem"

_Static_assert(sizeof TEMPORARY_FOLDER <= MOCK_TLS_FOLDER_SIZE, "there is room for its name");

/* As the files had it. */
struct sources {
    struct mock_identity own;
    char *client_authorities;
};

static void sources_finish(struct sources *sources)
{
    mock_identity_finish(&sources->own);
    free(sources->client_authorities);
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code read_file(const char *flag, const char *path, char **out_text,
                               struct cog_error *error)
{
    size_t length = 0;
    enum cog_code code =
        cog_storage_posix_read_path(path, MOCK_PEM_LENGTH_MAX, out_text, &length, error);
    return code == COG_OK ? COG_OK : cog_error_wrap(error, code, "%s '%s'", flag, path);
}

static enum cog_code read_own(const struct mock_tls_flags *flags, struct mock_identity *own,
                              struct cog_error *error)
{
    const char *key = flags->key != NULL ? flags->key : flags->certificate;
    enum cog_code code = read_file("--tls-cert", flags->certificate, &own->certificate_pem, error);
    if (code == COG_OK) {
        code = read_file("--tls-key", key, &own->key_pem, error);
    }
    if (code != COG_OK) {
        return code;
    }
    code = mock_identity_check(own, error);
    return code == COG_OK ? COG_OK
                          : cog_error_wrap(error, code, "--tls-cert '%s', --tls-key '%s'",
                                           flags->certificate, key);
}

static enum cog_code read_sources(const struct mock_tls_flags *flags, struct sources *sources,
                                  struct cog_error *error)
{
    if (flags->certificate != NULL) {
        enum cog_code code = read_own(flags, &sources->own, error);
        if (code != COG_OK) {
            return code;
        }
    }
    if (flags->client_authorities == NULL) {
        return COG_OK;
    }
    enum cog_code code = read_file("--tls-client-ca", flags->client_authorities,
                                   &sources->client_authorities, error);
    if (code != COG_OK) {
        return code;
    }
    code = mock_certificates_check(sources->client_authorities, error);
    return code == COG_OK
               ? COG_OK
               : cog_error_wrap(error, code, "--tls-client-ca '%s'", flags->client_authorities);
}

/* Always its own names, and those that the command line adds; and where it listens. */
static enum cog_code create(const struct mock_tls_flags *flags, const struct sources *sources,
                            struct mock_tls **out_tls, struct cog_error *error)
{
    enum { OWN_NAMES_COUNT = 3 };
    const char *names[OWN_NAMES_COUNT + MOCK_TLS_NAMES_MAX + 2] = {"localhost", "127.0.0.1", "::1"};
    memcpy(names + OWN_NAMES_COUNT, flags->names, sizeof flags->names);
    if (flags->address != NULL && strcmp(flags->address, names[1]) != 0 &&
        strcmp(flags->address, names[2]) != 0) {
        names[OWN_NAMES_COUNT + flags->name_count] = flags->address;
    }
    const struct mock_tls_options options = {
        .now_unix_ms = cog_clock_unix_ms(cog_clock_posix()),
        .random = cog_random_openssl(),
        .names = names,
        .certificate_pem = sources->own.certificate_pem,
        .key_pem = sources->own.key_pem,
        .client_authorities_pem = sources->client_authorities,
        .makes_client_certificate = flags->client_certificate_out != NULL,
    };
    return mock_tls_create(&options, out_tls, error);
}

static enum cog_code compose_text(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    *out_text = strdup(context);
    return *out_text != NULL ? COG_OK : fail_memory(error);
}

/* All of it or nothing, in place of what is there; only its owner may read it. */
static enum cog_code write_file(const char *path, const char *text, struct cog_error *error)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const size_t folder_length = slash == NULL ? 0 : (size_t)(name - path);
    COG_CLEANUP(cog_string_finish)
    char *folder = folder_length > 0 ? cog_string_clone(path, folder_length) : strdup(".");
    if (folder == NULL) {
        return fail_memory(error);
    }
    struct cog_storage_posix storage = {.directory = folder};
    const struct cog_storage_composer composer = {compose_text, (void *)text, 0};
    return cog_storage_update(cog_storage_posix(&storage), name, composer, error);
}

static enum cog_code make_folder(struct mock_tls_setup *setup, struct cog_error *error)
{
    char folder[MOCK_TLS_FOLDER_SIZE] = TEMPORARY_FOLDER;
    if (mkdtemp(folder) == NULL) {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "cannot make a folder for the authority's certificate in /tmp: %s; "
                             "name a file for it with --tls-ca-out",
                             strerror(errno));
    }
    memcpy(setup->folder, folder, sizeof folder);
    return COG_OK;
}

static enum cog_code write_authority(const struct mock_tls_flags *flags,
                                     struct mock_tls_setup *setup, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    if (flags->authority_out != NULL) {
        cog_text_append(&path, flags->authority_out);
    } else {
        enum cog_code code = make_folder(setup, error);
        if (code != COG_OK) {
            return code;
        }
        cog_text_append_format(&path, "%s/%s", setup->folder, AUTHORITY_FILE);
    }
    enum cog_code code = cog_text_give(&path, &setup->authority_path, error);
    if (code != COG_OK) {
        return code;
    }
    code = write_file(setup->authority_path, mock_tls_authority(setup->tls), error);
    return code == COG_OK ? COG_OK
                          : cog_error_wrap(error, code, "--tls-ca-out '%s'", setup->authority_path);
}

static enum cog_code write_client(const struct mock_tls_flags *flags, const struct mock_tls *tls,
                                  struct cog_error *error)
{
    const char *path = flags->client_certificate_out;
    if (path == NULL) {
        return COG_OK;
    }
    enum cog_code code = write_file(path, mock_tls_client_identity(tls), error);
    return code == COG_OK ? COG_OK
                          : cog_error_wrap(error, code, "--tls-client-cert-out '%s'", path);
}

enum cog_code mock_tls_setup_init(const struct mock_tls_flags *flags,
                                  struct mock_tls_setup *out_setup, struct cog_error *error)
{
    if (!flags->is_on) {
        return COG_OK;
    }
    COG_CLEANUP(sources_finish) struct sources sources = {0};
    enum cog_code code = read_sources(flags, &sources, error);
    if (code == COG_OK) {
        code = create(flags, &sources, &out_setup->tls, error);
    }
    return code;
}

enum cog_code mock_tls_setup_write(const struct mock_tls_flags *flags, struct mock_tls_setup *setup,
                                   struct cog_error *error)
{
    if (setup->tls == NULL) {
        return COG_OK;
    }
    enum cog_code code = write_client(flags, setup->tls, error);
    return code == COG_OK ? write_authority(flags, setup, error) : code;
}

void mock_tls_setup_finish(struct mock_tls_setup *setup)
{
    if (setup->folder[0] != '\0') {
        if (setup->authority_path != NULL) {
            (void)unlink(setup->authority_path);
        }
        (void)rmdir(setup->folder);
    }
    free(setup->authority_path);
    mock_tls_destroy(setup->tls);
    *setup = (struct mock_tls_setup){0};
}
