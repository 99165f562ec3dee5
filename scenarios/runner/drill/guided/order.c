#include "drill/guided/order.h"

#include "drill/guided/folder_layout.h"
#include "drill/tabletop/wrap.h"

#include <cogbase/json.h>
#include <cogbase/quote.h>
#include <cogbase/text.h>
#include <cogpromote/clock.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    PATIENCE_MS = 5000,
    LOOK_MS = 50,
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 64,
};

static const char *const words_known[] = {"abort", "done", "hint", "status", "help", NULL};

static enum cog_code read_file(struct scn_workplace *workplace, const char *name, char **out_text,
                               size_t *out_length, struct cog_error *error)
{
    return cog_storage_read(scn_workplace_storage(workplace), name, out_text, out_length, error);
}

/* "ID WORD"; anything else is nobody's. */
static bool read_entry(const char *line, size_t length, struct scn_order_entry *out_entry)
{
    const size_t id_length = strcspn(line, " \n");
    const size_t word_length = id_length < length ? length - id_length - 1 : 0;
    if (id_length == 0 || id_length >= sizeof out_entry->id || word_length == 0 ||
        word_length >= sizeof out_entry->word) {
        return false;
    }
    (void)snprintf(out_entry->id, sizeof out_entry->id, "%.*s", (int)id_length, line);
    (void)snprintf(out_entry->word, sizeof out_entry->word, "%.*s", (int)word_length,
                   line + id_length + 1);
    return true;
}

enum cog_code scn_order_take(struct scn_workplace *workplace, struct scn_order_reader *reader,
                             struct scn_order_entry *out_entry, bool *out_found,
                             struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    enum cog_code code = read_file(workplace, SCN_LAYOUT_ORDERS, &text, &length, error);
    if (code != COG_OK) {
        return code;
    }
    bool is_found = false;
    while (!is_found && reader->length < length) {
        const char *line = text + reader->length;
        const size_t line_length = strcspn(line, "\n");
        if (line[line_length] != '\n') {
            break;
        }
        is_found = read_entry(line, line_length, out_entry);
        reader->length += line_length + 1;
    }
    *out_found = is_found;
    return COG_OK;
}

enum cog_code scn_order_answer(struct scn_workplace *workplace, const char *id, const char *text,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append(&line, "{\"to\":");
    cog_quote_append(&line, id);
    cog_text_append(&line, ",\"text\":");
    cog_quote_append(&line, text);
    cog_text_append(&line, "}\n");
    return line.failed
               ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory")
               : scn_workplace_append(workplace, SCN_LAYOUT_ANSWERS, cog_text_string(&line), error);
}

static void print_text(const char *text, int width)
{
    const struct scn_paragraph paragraph = {.width = width};
    COG_CLEANUP(cog_text_finish) struct cog_text lines = {0};
    if (width > 0) {
        scn_wrap_append(&lines, &paragraph, text);
        (void)fputs(cog_text_string(&lines), stdout);
    } else {
        (void)puts(text);
    }
}

static bool print_answer(const char *line, size_t length, const char *id, int width)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    const char *to = NULL;
    const char *text = NULL;
    if (cog_json_parse_object(line, length, &json, NULL) != COG_OK ||
        cog_json_string(json, "to", &to, NULL) != COG_OK ||
        cog_json_string(json, "text", &text, NULL) != COG_OK || strcmp(to, id) != 0) {
        return false;
    }
    print_text(text, width);
    return true;
}

static bool find_answer(struct scn_workplace *workplace, const char *id, int width)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    bool is_found = false;
    if (read_file(workplace, SCN_LAYOUT_ANSWERS, &text, &length, NULL) != COG_OK) {
        return false;
    }
    for (const char *line = text; !is_found && *line != '\0';) {
        const size_t line_length = strcspn(line, "\n");
        is_found = line[line_length] == '\n' && print_answer(line, line_length, id, width);
        line += line_length + (line[line_length] == '\n' ? 1 : 0);
    }
    return is_found;
}

static bool is_running(struct scn_workplace *workplace)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    const char *phase = NULL;
    size_t length = 0;
    return read_file(workplace, SCN_LAYOUT_RESULT, &text, &length, NULL) == COG_OK &&
           cog_json_parse_object(text, length, &json, NULL) == COG_OK &&
           cog_json_string(json, "phase", &phase, NULL) == COG_OK && strcmp(phase, "running") == 0;
}

static int await_answer(struct scn_workplace *workplace, const char *id, int width)
{
    const struct cog_clock clock = cog_clock_posix();
    const int64_t end_ms = cog_clock_monotonic_ms(clock) + PATIENCE_MS;
    bool is_open = true;
    while (is_open && cog_clock_monotonic_ms(clock) < end_ms) {
        /* Asked first, so that an answer that came before the end is found. */
        is_open = is_running(workplace);
        if (find_answer(workplace, id, width)) {
            return EXIT_DONE;
        }
        (void)!cog_clock_sleep_until(clock, cog_clock_monotonic_ms(clock) + LOOK_MS, NULL);
    }
    (void)fprintf(stderr, is_open ? "drill: nobody answers: does 'cogdrill rehearse' still run?\n"
                                  : "drill: the drill has ended\n");
    return EXIT_FAILED;
}

static int send_order(struct scn_workplace *workplace, const char *word, int width)
{
    struct cog_holder self = {0};
    struct cog_error error = {0};
    char id[SCN_ORDER_ID_SIZE];
    char line[SCN_ORDER_ID_SIZE + SCN_ORDER_WORD_SIZE];
    const struct cog_clock clock = cog_clock_posix();
    cog_storage_identify(scn_workplace_storage(workplace), &self);
    (void)snprintf(id, sizeof id, "%" PRId64 "-%" PRId64, self.pid, cog_clock_unix_ms(clock));
    (void)snprintf(line, sizeof line, "%s %s\n", id, word);
    if (!is_running(workplace)) {
        (void)fprintf(stderr, "drill: the drill has ended\n");
        return EXIT_FAILED;
    }
    if (scn_workplace_append(workplace, SCN_LAYOUT_ORDERS, line, &error) != COG_OK) {
        (void)fprintf(stderr, "drill: %s\n", error.message);
        return EXIT_FAILED;
    }
    return await_answer(workplace, id, width);
}

static void print_help(FILE *stream)
{
    (void)fputs("drill hint     tells you something, which costs points\n"
                "drill status   tells where the drill stands\n"
                "drill done     ends it: the target is as it should be, as far as you know\n"
                "drill abort    ends it without a verdict, and stops all that runs\n",
                stream);
}

int scn_order_run(const char *folder, char *const *words, int width)
{
    struct scn_workplace workplace = scn_workplace_of(folder);
    const char *word = words[0] != NULL ? words[0] : "help";
    if (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    for (size_t i = 0; words_known[i] != NULL; i++) {
        if (strcmp(word, words_known[i]) == 0 && words[1] == NULL) {
            return send_order(&workplace, word, width);
        }
    }
    const char *nearest = cog_string_nearest(word, words_known);
    (void)fprintf(stderr, "drill: unknown order '%s'%s%s%s\n", word,
                  nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                  nearest != NULL ? "'?" : "");
    print_help(stderr);
    return EXIT_USAGE;
}
