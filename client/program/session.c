#include "session.h"

#include "signals.h"

static enum cog_code logs_open(struct cog_session *session, const struct cog_command *command,
                               struct cog_error *error)
{
    const struct cog_console_options options = {
        .stream = stderr,
        .terminal = cog_terminal_of(stderr, command),
        .clock = cog_clock_posix(),
        .cancel = session->cancel,
        .preferences = &command->preferences,
    };
    cog_console_init(&session->console, &options);
    session->log.first = cog_console_log(&session->console);
    if (command->preferences.events_path == NULL) {
        return COG_OK;
    }
    enum cog_code code = cog_event_file_open(&session->events, command->preferences.events_path,
                                             options.clock, session->log.first, error);
    if (code == COG_OK) {
        session->log.second = cog_event_file(&session->events);
    }
    return code;
}

static enum cog_code client_open(struct cog_session *session, const struct cog_command *command,
                                 struct cog_error *error)
{
    const struct cog_config *config = &command->config;
    const struct cog_transport_curl_options options = {
        .clock = cog_clock_posix(),
        .connect_timeout_ms = config->connect_timeout_ms,
        .idle_timeout_ms = config->idle_timeout_ms,
        .ca_file = config->ca_file,
        .client_certificate_file = config->client_certificate_file,
        .client_key_file = config->client_key_file,
        .proxy = config->proxy,
    };
    enum cog_code code = cog_transport_curl_create(&options, &session->transport, error);
    if (code != COG_OK) {
        return code;
    }
    session->storage.directory = config->state_directory;
    const struct cog_seams seams = {
        .transport = cog_transport_curl(session->transport),
        .clock = cog_console_clock(&session->console),
        .random = cog_random_openssl(),
        .storage = cog_storage_posix(&session->storage),
        .log = cog_log_pair(&session->log),
    };
    return cog_client_create(config, &seams, &session->client, error);
}

enum cog_code cog_session_start(struct cog_session *session, const struct cog_command *command,
                                struct cog_error *error)
{
    enum cog_code code = cog_cancel_create(&session->cancel, error);
    if (code == COG_OK) {
        cog_signals_install(session->cancel);
        code = logs_open(session, command, error);
    }
    return code == COG_OK ? client_open(session, command, error) : code;
}

struct cog_watch cog_session_watch(const struct cog_session *session)
{
    return (struct cog_watch){.cancel = session->cancel};
}

struct cog_limits cog_session_limits(struct cog_session *session, const struct cog_command *command)
{
    return (struct cog_limits){
        .deadline_ms = cog_clock_monotonic_ms(cog_console_clock(&session->console)) +
                       command->config.timeout_ms,
        .cancel = session->cancel,
    };
}

void cog_session_hush(struct cog_session *session)
{
    cog_console_finish(&session->console);
}

void cog_session_end(struct cog_session *session)
{
    cog_client_destroy(session->client);
    cog_transport_curl_destroy(session->transport);
    cog_event_file_finish(&session->events);
    cog_console_finish(&session->console);
    cog_signals_restore();
    cog_cancel_destroy(session->cancel);
    *session = (struct cog_session){0};
}
