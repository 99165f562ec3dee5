#include "language/event_parse.h"

#include <signal.h>

static enum cog_code parse_event(const struct cog_document *document, const cJSON *node,
                                 struct scn_signal *out_signal, struct cog_error *error)
{
    static const char *const keys[] = {"at", "signal", NULL};
    static const char *const words[] = {"SIGINT", "SIGTERM", NULL};
    static const int numbers[] = {SIGINT, SIGTERM};
    const cJSON *required = NULL;
    struct scn_signal signal = {0};
    int word = 0;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    for (size_t i = 0; code == COG_OK && keys[i] != NULL; i++) {
        code = cog_document_require(document, node, keys[i], &required, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "at", &signal.at_ms, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, node, "signal", words, &word, error);
    }
    if (code == COG_OK) {
        signal.number = numbers[word];
        *out_signal = signal;
    }
    return code;
}

enum cog_code scn_client_events_parse(const struct cog_document *document, const cJSON *client,
                                      struct scn_client_events *inout_events,
                                      struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, client, "events", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    if (cJSON_GetArraySize(array) > SCN_SIGNALS_MAX) {
        return cog_document_fail(document, array, error,
                                 "more than %d signal: a second one ends the program at once",
                                 SCN_SIGNALS_MAX);
    }
    inout_events->signal_count = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        struct scn_signal *signal = &inout_events->signals[inout_events->signal_count++];
        code = parse_event(document, node, signal, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
