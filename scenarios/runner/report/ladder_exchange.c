/* A rung: who asked what, and how it was answered. */
#include "judge/exchange.h"
#include "report/ladder_part.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    LABEL_SIZE = 64,
    LABEL_WIDTH = 18,
};

static bool is_true(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/* Whether the answer came as it was meant to. */
static bool is_broken(const cJSON *exchange)
{
    const char *fault = scn_ladder_string(exchange, "fault");
    const struct mock_exchange likeness = {
        .call = scn_ladder_string(exchange, "call"),
        .fault = fault[0] != '\0' ? fault : NULL,
    };
    return scn_exchange_is_broken(&likeness) || scn_ladder_number(exchange, "status") == 0;
}

static void append_arrow(struct cog_text *text, const cJSON *exchange)
{
    const char *call = scn_ladder_string(exchange, "call");
    char label[LABEL_SIZE];
    (void)snprintf(label, sizeof label, "%s#%" PRId64 "/a%" PRId64, call,
                   scn_ladder_number(exchange, "nth"), scn_ladder_number(exchange, "attempt"));
    cog_text_append_format(text, "client ── %s ──", label);
    for (size_t length = strlen(label); length < LABEL_WIDTH; length++) {
        cog_text_append(text, "─");
    }
    if (is_broken(exchange)) {
        cog_text_append(text, "✕     ");
    } else {
        cog_text_append(text, strcmp(call, "webhook") == 0 ? "▶ hook" : "▶ fake");
    }
}

static void append_duration(struct cog_text *text, const char *word, int64_t duration_ms)
{
    char duration[COG_DURATION_TEXT_SIZE];
    if (duration_ms > 0) {
        cog_text_append_format(text, " %s %s", word, cog_duration_format(duration_ms, duration));
    }
}

/* Why it is no plain success: a fault, or the fake's own reason. */
static void append_cause(struct cog_text *text, const cJSON *exchange)
{
    const char *fault = scn_ladder_string(exchange, "fault");
    const char *why = scn_ladder_string(exchange, "why");
    if (fault[0] != '\0') {
        /* The status itself stands there already. */
        const bool is_status = strncmp(fault, "status ", strlen("status ")) == 0;
        cog_text_append_format(text, "  %s, %s", is_status ? "injected" : fault,
                               is_true(exchange, "applied") ? "applied" : "not applied");
    } else if (scn_ladder_number(exchange, "status") >= 400 && why[0] != '\0') {
        cog_text_append_format(text, "  %s", why);
    }
}

static void append_answer(struct cog_text *text, const cJSON *exchange)
{
    const int64_t status = scn_ladder_number(exchange, "status");
    if (!is_broken(exchange)) {
        cog_text_append_format(text, "%" PRId64, status);
    } else {
        cog_text_append(text, "lost");
    }
    append_duration(text, "Retry-After", scn_ladder_number(exchange, "retry_after"));
    append_duration(text, "after",
                    scn_ladder_number(exchange, "done") - scn_ladder_number(exchange, "at"));
    append_cause(text, exchange);
}

void scn_ladder_append_exchange(struct cog_text *text, const cJSON *exchange)
{
    COG_CLEANUP(cog_text_finish) struct cog_text answer = {0};
    append_answer(&answer, exchange);
    scn_ladder_append_time(text, scn_ladder_number(exchange, "at"));
    append_arrow(text, exchange);
    cog_text_append(text, "  ");
    scn_ladder_wrap(text, SCN_LADDER_INDENT + LABEL_WIDTH + 14, cog_text_string(&answer));
}
