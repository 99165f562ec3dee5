/* What is known of a client that is not ours: how its process ended, and what that printed. */
#include "foreign/ending.h"
#include "report/record_part.h"

#include <stdlib.h>

enum { STDOUT_INDEX, STDERR_INDEX };

static const char *name_outcome(const struct scn_facts *facts)
{
    const bool is_said = facts->ending->meaning != 0 && !facts->ending->is_overdue;
    return is_said ? cog_outcome_name(facts->report->outcome) : NULL;
}

/* Null for one that was killed, or died of a signal. */
static void write_exit(struct scn_json_text *json, const struct scn_ending *ending)
{
    if (ending->process.signal_number != 0) {
        scn_json_text_value(json, "exit", "null");
    } else {
        scn_json_text_integer(json, "exit", ending->process.exit_code);
    }
}

static void write_process(struct scn_record_writer *writer, const struct scn_facts *facts)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_ending *ending = facts->ending;
    scn_json_text_open(json, "process", '{');
    scn_json_text_integer(json, "died_of", ending->process.signal_number);
    scn_json_text_boolean(json, "overdue", ending->is_overdue);
    scn_json_text_integer(json, "lost_output", (int64_t)ending->lost_output);
    scn_record_text(writer, "stdout", facts->outputs[STDOUT_INDEX].text);
    scn_record_text(writer, "stderr", facts->outputs[STDERR_INDEX].text);
    scn_json_text_close(json, '}');
}

void scn_record_foreign(struct scn_record_writer *writer, const struct scn_facts *facts)
{
    struct scn_json_text *json = &writer->json;
    write_exit(json, facts->ending);
    scn_json_text_string(json, "outcome", name_outcome(facts));
    scn_json_text_string(json, "target", NULL);
    scn_json_text_string(json, "step", NULL);
    scn_json_text_string(json, "reason", NULL);
    scn_json_text_string(json, "follow_up", NULL);
    write_process(writer, facts);
}
