/** A fake, and one process of a client that is connected to it by either transport. */
#ifndef LINE_RIG_H
#define LINE_RIG_H

#include "simulation/line.h"
#include "simulation/signals.h"

#include <cogbase/text.h>
#include <cogmock/truth.h>

enum {
    LINE_CONNECT_TIMEOUT_MS = 10000,
    LINE_IDLE_TIMEOUT_MS = 30000,
    LINE_REQUEST_TIMEOUT_MS = 45000,
};

struct line_rig {
    struct cog_clock_virtual clock;
    struct cog_cancel *cancel;
    struct scn_signals signals;
    struct scn_signal signal;
    struct mock_script *script;
    struct mock_server *server;
    struct cog_config config;
    struct scn_line line;
    struct cog_transport transport;
    struct cog_text record; /**< For who writes down what is to be seen. */
};

/** @param script of the fake */
void line_rig_init(struct line_rig *rig, enum scn_transport transport, const char *script);

void line_rig_finish(struct line_rig *rig);

/** The only signal, at that time. */
void line_rig_signal(struct line_rig *rig, int64_t at_ms);

/** A request; a POST has a body of 30 bytes. */
struct line_question {
    const char *method;
    const char *path;
    bool is_acting;
    int64_t deadline_ms; /**< From now on; 0: none that matters. */
};

enum cog_code line_rig_ask(struct line_rig *rig, const struct line_question *question,
                           struct cog_response *out_response, struct cog_error *error);

/** The error's words without the port, which the system chose, and libcurl's own stop-watch. */
void line_rig_append_reason(const struct line_rig *rig, const struct cog_error *error,
                            struct cog_text *text);

#endif
