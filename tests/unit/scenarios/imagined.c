#include "imagined.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LOOKS = 3, NOTE_SIZE = 256, NOTES_SIZE = 1 << 20 };

/* A run knows nothing of who had it made, and may be in another process. */
static struct imagined_wrongs current;
static int notes_descriptor = -1;

static const char *const base_names[IMAGINED_BASES_MAX] = {"one", "two"};

static bool has(const char *note, const char *part)
{
    return part != NULL && strstr(note, part) != NULL;
}

/* "1=500 2=503" @param courses room for "1=5 2=5": what they lead to */
static int describe(const cJSON *scenario, char text[NOTE_SIZE], char courses[SCN_COURSE_SIZE])
{
    int count = 0;
    size_t length = 0;
    size_t course_length = 0;
    const cJSON *fault = NULL;
    text[0] = '\0';
    courses[0] = '\0';
    cJSON_ArrayForEach(fault, cJSON_GetObjectItem(scenario, "faults"))
    {
        const int nth = (int)cJSON_GetNumberValue(cJSON_GetObjectItem(fault, "nth"));
        const cJSON *inject = cJSON_GetObjectItem(fault, "inject");
        const int status = (int)cJSON_GetNumberValue(cJSON_GetObjectItem(inject, "status"));
        const char *space = count++ > 0 ? " " : "";
        length +=
            (size_t)snprintf(text + length, NOTE_SIZE - length, "%s%d=%d", space, nth, status);
        course_length += (size_t)snprintf(courses + course_length, SCN_COURSE_SIZE - course_length,
                                          "%s%d=%d", space, nth, status / 100);
    }
    return count;
}

static void note(const cJSON *scenario, const char *text)
{
    char line[NOTE_SIZE * 2];
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(scenario, "name"));
    const int length = snprintf(line, sizeof line, "%s: %s\n", name, text);
    if (notes_descriptor >= 0) {
        cr_assert(write(notes_descriptor, line, (size_t)length) == length);
    }
}

static void add_sites(struct scn_sites *sites, const char *courses)
{
    sites->items = calloc(LOOKS, sizeof *sites->items);
    cr_assert(sites->items != NULL);
    for (int i = 0; i < LOOKS; i++) {
        struct scn_site *site = &sites->items[sites->count++];
        *site = (struct scn_site){
            .call = "status",
            .nth = i + 1,
            .attempt = 1,
            .at_ms = INT64_C(1000) * i,
            .order = (size_t)i + 1,
        };
        (void)snprintf(site->rest, sizeof site->rest, "%s", courses);
    }
}

static void judge(const char *text, struct scn_experiment *experiment)
{
    experiment->has_struck = !has(text, current.is_idle);
    if (has(text, current.fails)) {
        scn_findings_append(&experiment->findings, SCN_FAIL, "I1", "%s", text);
    }
    experiment->verdict = scn_findings_verdict(&experiment->findings);
}

static enum cog_code run(const char *text, const struct scn_experiment_options *options,
                         struct scn_experiment *out_experiment, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Parse(text);
    char faults[NOTE_SIZE];
    struct scn_experiment experiment = {.exit_code = 3, .virtual_ms = 1000};
    describe(scenario, faults, experiment.course.exact);
    note(scenario, faults);
    if (has(faults, current.dies)) {
        (void)raise(SIGKILL);
    }
    while (has(faults, current.hangs)) {
        (void)pause();
    }
    if (has(faults, current.contradicts)) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "there is no such scenario");
    }
    (void)snprintf(experiment.course.shape, sizeof experiment.course.shape, "%s",
                   experiment.course.exact);
    if (options->wants_sites) {
        add_sites(&experiment.sites, experiment.course.exact);
    }
    judge(faults, &experiment);
    *out_experiment = experiment;
    return COG_OK;
}

void imagined_add_base(struct imagined *imagined)
{
    const char *name = base_names[imagined->options.base_count];
    struct scn_base *base = &imagined->bases[imagined->options.base_count++];
    struct cog_error error = {0};
    struct scn_experiment_options options = {.wants_sites = true, .run = run};
    base->path = cog_string_clone("a.jsonc", strlen("a.jsonc"));
    base->name = cog_string_clone(name, strlen(name));
    base->scenario = cJSON_Parse("{\"name\":\"\",\"expect\":{\"exit\":0}}");
    cr_assert(base->path != NULL && base->name != NULL && base->scenario != NULL);
    ASSERT_CODE(scn_base_try(base, NULL, 0, &options, &base->clean, &error), COG_OK, error);
    cr_assert(scn_base_list_faults(&imagined->catalogue, &base->clean.sites, &base->faults) ==
              COG_OK);
}

static void make_file(char path[IMAGINED_PATH_SIZE])
{
    (void)snprintf(path, IMAGINED_PATH_SIZE, "/tmp/imagined.XXXXXX");
    const int descriptor = mkstemp(path);
    cr_assert(descriptor >= 0);
    (void)close(descriptor);
}

void imagined_init(struct imagined *imagined, const char *kind)
{
    const struct scn_catalogue_filter filter = {
        .sites = {"status#?/a?"},
        .site_count = 1,
        .kinds = {kind},
        .kind_count = 1,
    };
    *imagined = (struct imagined){0};
    cr_assert(scn_catalogue_init(&imagined->catalogue, &filter) == COG_OK);
    imagined->options = (struct scn_search_options){
        .bases = imagined->bases,
        .catalogue = &imagined->catalogue,
        .experiment = {.seed = 1, .repeat_count = 1, .run = run},
        .depth = 2,
        .worker_count = 1,
        .interrupt_descriptor = -1,
    };
    current = (struct imagined_wrongs){0};
    make_file(imagined->notes_path);
    make_file(imagined->state_path);
    imagined_add_base(imagined);
}

void imagined_go_wrong(struct imagined_wrongs wrongs)
{
    current = wrongs;
}

static void read_notes(struct imagined *imagined)
{
    FILE *stream = fopen(imagined->notes_path, "r");
    free(imagined->notes);
    imagined->notes = calloc(1, NOTES_SIZE);
    cr_assert(stream != NULL && imagined->notes != NULL);
    const size_t length = fread(imagined->notes, 1, NOTES_SIZE - 1, stream);
    cr_assert(length < NOTES_SIZE - 1);
    (void)fclose(stream);
}

enum cog_code imagined_run(struct imagined *imagined)
{
    scn_exploration_finish(&imagined->exploration);
    imagined->error = (struct cog_error){0};
    notes_descriptor = open(imagined->notes_path, O_WRONLY | O_APPEND | O_TRUNC);
    cr_assert(notes_descriptor >= 0);
    const enum cog_code code =
        scn_search_run(&imagined->options, &imagined->exploration, &imagined->error);
    (void)close(notes_descriptor);
    notes_descriptor = -1;
    read_notes(imagined);
    return code;
}

static int count_faults(const char *line)
{
    int count = 0;
    for (; *line != '\n' && *line != '\0'; line++) {
        count += *line == '=' ? 1 : 0;
    }
    return count;
}

size_t imagined_count(struct imagined *imagined, const char *run_name)
{
    size_t count = 0;
    const size_t length = strlen(run_name);
    for (const char *line = imagined->notes; *line != '\0'; line = strchr(line, '\n') + 1) {
        count += strncmp(line, run_name, length) == 0 && line[length] == '\n' ? 1 : 0;
    }
    return count;
}

size_t imagined_count_all(struct imagined *imagined, int fault_count)
{
    size_t count = 0;
    for (const char *line = imagined->notes; *line != '\0'; line = strchr(line, '\n') + 1) {
        count += count_faults(line) == fault_count ? 1 : 0;
    }
    return count;
}

void imagined_finish(struct imagined *imagined)
{
    for (size_t i = 0; i < IMAGINED_BASES_MAX; i++) {
        scn_base_finish(&imagined->bases[i]);
    }
    scn_catalogue_finish(&imagined->catalogue);
    scn_exploration_finish(&imagined->exploration);
    free(imagined->notes);
    (void)unlink(imagined->notes_path);
    (void)unlink(imagined->state_path);
}
