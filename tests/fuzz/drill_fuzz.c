/* A file of a drill, as a person may write it: what is taken can be told to people. */
#include "drill/drill.h"

#include "drill/tabletop/tabletop.h"
#include "input.h"

#include <string.h>

enum { WIDTH = 80, PER_CENT = 100 };

static const char NAME[] = "drills/ours.jsonc";

static void expect_refused(enum cog_code code, const struct cog_error *error)
{
    fuzz_expect(code == COG_ERROR_SYNTAX, "a bad file is a file to mend");
    fuzz_expect(error->code == code && strncmp(error->message, NAME, sizeof NAME - 1) == 0,
                "it is said where");
    fuzz_expect_plain(error->message, "an error's message is plain text");
    fuzz_expect_plain(error->cause, "an error's cause is plain text");
}

static void expect_checklist(const struct scn_drill *drill)
{
    for (size_t i = 0; i < drill->checklist.count; i++) {
        const struct scn_check *check = &drill->checklist.items[i];
        fuzz_expect(check->id != NULL && check->text != NULL, "a point says what it is");
        fuzz_expect(check->weight >= 1 && check->weight <= PER_CENT, "it has a weight");
        fuzz_expect(check->kind != SCN_CHECK_WITHIN || drill->targets[check->figure] >= 0,
                    "what has to be within a target has one");
        for (size_t other = 0; other < i; other++) {
            fuzz_expect(strcmp(check->id, drill->checklist.items[other].id) != 0,
                        "no two points share an id");
        }
    }
}

/* What holds of every drill that was called good. */
static void expect_good(const struct scn_drill *drill)
{
    fuzz_expect(strcmp(drill->id, "ours") == 0, "its id is the file's name");
    fuzz_expect(drill->hypothesis[0] != '\0', "there is something to find out");
    fuzz_expect(drill->pass_mark >= 0 && drill->pass_mark <= PER_CENT, "its mark can be reached");
    fuzz_expect(drill->guidance.time_scale > 0 && drill->guidance.limit_ms > 0, "its time passes");
    fuzz_expect(drill->guidance.blow == SCN_DRILL_BLOW_NONE || drill->guidance.inject != NULL,
                "a blow follows an inject");
    expect_checklist(drill);
}

static void expect_told(const struct scn_drill *drill)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_tabletop_append_opening(&text, drill, WIDTH);
    for (size_t i = 0; i < drill->question_count; i++) {
        scn_tabletop_append_question(&text, drill, i, WIDTH);
        scn_tabletop_append_answer(&text, drill, i, WIDTH);
    }
    scn_tabletop_append_closing(&text, drill, WIDTH);
    fuzz_expect(!text.failed, "there is memory");
    fuzz_expect_plain_lines(cog_text_string(&text), "what is told is plain text");
}

static enum cog_code parse(const char *text, size_t length, struct scn_drill *out_drill,
                           struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    enum cog_code code = cog_document_parse(NAME, text, length, &document, error);
    if (code == COG_OK) {
        code = scn_file_create(&document, &file, error);
    }
    return code == COG_OK ? scn_drill_parse(file, out_drill, error) : code;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    COG_CLEANUP(cog_string_finish) char *text = fuzz_bytes_take(&input);
    struct cog_error error = {0};
    const enum cog_code code = parse(text, length, &drill, &error);
    if (code == COG_OK) {
        expect_good(&drill);
        expect_told(&drill);
    } else {
        expect_refused(code, &error);
    }
    return 0;
}
