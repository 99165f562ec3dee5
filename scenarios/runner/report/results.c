#include "report/results.h"

#include "report/json_text.h"

#include <string.h>

static void write_shard(struct scn_json_text *json, const struct scn_results_origin *origin)
{
    if (origin->shard_count == 0) {
        scn_json_text_value(json, "shard", "null");
        return;
    }
    scn_json_text_open(json, "shard", '{');
    scn_json_text_integer(json, "index", (int64_t)origin->shard_index);
    scn_json_text_integer(json, "count", (int64_t)origin->shard_count);
    scn_json_text_close(json, '}');
}

static void write_origin(struct scn_json_text *json, const struct scn_results_origin *origin)
{
    scn_json_text_string(json, "format", "cogdrill-results");
    scn_json_text_integer(json, "version", SCN_RESULTS_VERSION);
    scn_json_text_string(json, "tool_version", origin->tool_version);
    scn_json_text_integer(json, "seed", (int64_t)origin->seed);
    scn_json_text_integer(json, "repeat", origin->repeat_count);
    scn_json_text_string(json, "transport", origin->transport);
    scn_json_text_string(json, "client", origin->client);
    write_shard(json, origin);
    scn_json_text_integer(json, "selected", (int64_t)origin->selected_count);
}

static void write_sums(struct scn_json_text *json, const struct scn_results *results)
{
    int64_t counts[SCN_INCONCLUSIVE + 1] = {0};
    int64_t virtual_ms = 0;
    for (size_t i = 0; i < results->count; i++) {
        counts[results->items[i].verdict]++;
        virtual_ms += results->items[i].virtual_ms;
    }
    scn_json_text_open(json, "counts", '{');
    for (int i = SCN_PASS; i <= SCN_INCONCLUSIVE; i++) {
        scn_json_text_integer(json, scn_result_name((enum scn_result)i), counts[i]);
    }
    scn_json_text_close(json, '}');
    scn_json_text_integer(json, "virtual_ms", virtual_ms);
}

/* Most clients can be asked everything: for those there is nothing to say. */
static void write_skips(struct scn_json_text *json, const struct scn_results *results)
{
    if (results->skip_count == 0) {
        return;
    }
    scn_json_text_open(json, "skipped", '[');
    for (size_t i = 0; i < results->skip_count; i++) {
        scn_json_text_open(json, NULL, '{');
        scn_json_text_integer(json, "number", (int64_t)results->skips[i].number);
        scn_json_text_string(json, "name", results->skips[i].name);
        scn_json_text_string(json, "file", results->skips[i].file);
        scn_json_text_string(json, "reason", results->skips[i].reason);
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}

void scn_results_write(FILE *stream, const struct scn_results *results)
{
    COG_CLEANUP(scn_json_text_finish) struct scn_json_text head = {0};
    scn_json_text_open(&head, NULL, '{');
    write_origin(&head, &results->origin);
    write_sums(&head, results);
    write_skips(&head, results);
    (void)fprintf(stream, "%s,\"scenarios\":[", cog_text_string(&head.text));
    for (size_t i = 0; i < results->count; i++) {
        /* The record is an object already; the number comes in front of its members. */
        (void)fprintf(stream, "%s\n{\"number\":%zu,", i > 0 ? "," : "", results->items[i].number);
        (void)fputs(results->items[i].record + strspn(results->items[i].record, "{"), stream);
    }
    (void)fputs("\n]", stream);
    if (results->coverage != NULL) {
        (void)fprintf(stream, ",\"coverage\":%s", results->coverage);
    }
    (void)fputs("}\n", stream);
}
