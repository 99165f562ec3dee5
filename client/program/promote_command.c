#include "promote_command.h"

#include "help.h"
#include "narration.h"
#include "signals.h"

#include <cogpromote/promote.h>
#include <cogpromote/transport_curl.h>

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>

static const int EXIT_INTERNAL = 1;
static const int EXIT_USAGE = 2;

static void transport_finish(struct cog_transport_curl **transport)
{
    cog_transport_curl_destroy(*transport);
}

static void cancel_finish(struct cog_cancel **cancel)
{
    cog_cancel_destroy(*cancel);
}

static int fail(enum cog_code code, const struct cog_error *error)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    bool is_usage = code == COG_ERROR_CONFIGURATION;
    (void)fprintf(stderr, "cogpromote promote: %s%s\n", cog_error_text(error, text, sizeof text),
                  is_usage ? "; see 'cogpromote promote --help'" : "");
    return is_usage ? EXIT_USAGE : EXIT_INTERNAL;
}

/** Where state lies when nobody said: XDG's folder for state, else its default below $HOME. */
static enum cog_code state_directory_default(const struct cog_arguments *arguments,
                                             struct cog_config *config, struct cog_error *error)
{
    if (config->state_directory != NULL) {
        return COG_OK;
    }
    const char *parent = arguments->lookup(arguments->lookup_context, "XDG_STATE_HOME");
    const char *middle = "";
    if (parent == NULL || parent[0] == '\0') {
        parent = arguments->lookup(arguments->lookup_context, "HOME");
        middle = "/.local/state";
    }
    if (parent == NULL || parent[0] == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "neither COGPROMOTE_STATE_DIR nor HOME is set; set one of them");
    }
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s%s/cogpromote", parent, middle);
    return cog_config_set(config, "state-dir", cog_text_string(&path), error);
}

static int print_report(const struct cog_config *config, const struct cog_report *report)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    enum cog_code code = config->output == COG_OUTPUT_JSON
                             ? cog_report_format_json(report, &text, &error)
                             : cog_report_format_text(report, &text, &error);
    if (code != COG_OK) {
        return fail(code, &error);
    }
    if (config->output == COG_OUTPUT_TEXT && report->audit_is_written) {
        (void)printf("%s  audit in   %s/audit.jsonl\n", text, config->state_directory);
    } else {
        (void)printf("%s%s", text, config->output == COG_OUTPUT_JSON ? "\n" : "");
    }
    if (fflush(stdout) != 0) {
        (void)fputs("cogpromote promote: cannot write the report to stdout\n", stderr);
    }
    return cog_outcome_exit_code(report->outcome, cog_signals_received());
}

static int run(const struct cog_config *config)
{
    struct cog_error error = {0};
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = NULL;
    COG_CLEANUP(transport_finish) struct cog_transport_curl *transport = NULL;
    const struct cog_transport_curl_options options = {
        .clock = cog_clock_posix(),
        .connect_timeout_ms = config->connect_timeout_ms,
    };
    enum cog_code code = cog_cancel_create(&cancel, &error);
    if (code != COG_OK) {
        return fail(code, &error);
    }
    code = cog_transport_curl_create(&options, &transport, &error);
    if (code != COG_OK) {
        return fail(code, &error);
    }
    cog_signals_install(cancel);

    struct cog_storage_posix storage = {.directory = config->state_directory};
    struct cog_narration narration = {
        .stream = stderr,
        .clock = options.clock,
        .start_ms = cog_clock_monotonic_ms(options.clock),
    };
    const struct cog_seams seams = {
        .transport = cog_transport_curl(transport),
        .clock = options.clock,
        .random = cog_random_openssl(),
        .storage = cog_storage_posix(&storage),
        .log = cog_narration(&narration),
    };
    struct cog_report report = {0};
    cog_promote(config, &seams, cancel, &report);
    int exit_code = print_report(config, &report);
    cog_signals_restore();
    return exit_code;
}

int cog_promote_command(const struct cog_arguments *arguments)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    struct cog_error error = {0};
    enum cog_request_kind kind = COG_REQUEST_RUN;
    enum cog_code code = cog_config_init(&config, &error);
    if (code == COG_OK) {
        code = cog_arguments_parse(arguments, &config, &kind, &error);
    }
    if (code != COG_OK) {
        return fail(code, &error);
    }
    if (kind == COG_REQUEST_HELP) {
        cog_help_print_promote(stdout);
        return 0;
    }
    if (kind == COG_REQUEST_VERSION) {
        (void)puts("cogpromote " COG_VERSION);
        return 0;
    }
    code = cog_config_check(&config, &error);
    if (code == COG_OK) {
        code = state_directory_default(arguments, &config, &error);
    }
    return code == COG_OK ? run(&config) : fail(code, &error);
}
