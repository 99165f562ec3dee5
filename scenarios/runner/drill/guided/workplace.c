#include "drill/guided/workplace.h"

#include "drill/guided/folder_layout.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_MODE = 0700, PROGRAM_MODE = 0700 };

struct scn_workplace scn_workplace_of(const char *folder)
{
    return (struct scn_workplace){.folder = folder, .posix = {.directory = folder}};
}

struct cog_storage scn_workplace_storage(struct scn_workplace *workplace)
{
    return cog_storage_posix(&workplace->posix);
}

/* A drill that was in a folder cannot be told apart from another one in it. */
static enum cog_code check_unused(struct scn_workplace *workplace, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *result = NULL;
    size_t length = 0;
    const char *phase = NULL;
    enum cog_code code = cog_storage_read(scn_workplace_storage(workplace), SCN_LAYOUT_RESULT,
                                          &bytes, &length, error);
    if (code != COG_OK || length == 0) {
        return code;
    }
    const bool is_read = cog_json_parse_object(bytes, length, &result, NULL) == COG_OK &&
                         cog_json_string(result, "phase", &phase, NULL) == COG_OK;
    struct cog_holder holder = {0};
    cog_storage_identify(scn_workplace_storage(workplace), &holder);
    double pid = 0;
    if (is_read && strcmp(phase, "running") == 0 &&
        cog_json_number(result, "pid", &pid, NULL) == COG_OK) {
        holder.pid = (int64_t)pid;
        holder.start_ticks = 0;
        if (cog_storage_ask_life(scn_workplace_storage(workplace), &holder) == COG_HOLDER_ALIVE) {
            return cog_error_set(error, COG_ERROR_STORAGE,
                                 "a drill runs in '%s' (process %.0f): end it, or choose another "
                                 "folder with --into",
                                 workplace->folder, pid);
        }
    }
    return cog_error_set(error, COG_ERROR_STORAGE,
                         "a drill was held in '%s' (%s): it cannot be taken up again; begin a new "
                         "one in another folder, with --into",
                         workplace->folder, is_read ? phase : "how it ended is not known");
}

enum cog_code scn_workplace_check(const char *folder, struct cog_error *error)
{
    struct scn_workplace workplace = scn_workplace_of(folder);
    return check_unused(&workplace, error);
}

static enum cog_code make_bin(const struct scn_workplace *workplace, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s/%s", workplace->folder, SCN_LAYOUT_BIN);
    if (mkdir(cog_text_string(&path), FOLDER_MODE) != 0 && errno != EEXIST) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot make the folder '%s': %s",
                             cog_text_string(&path), strerror(errno));
    }
    return COG_OK;
}

enum cog_code scn_workplace_take(const char *folder, struct scn_workplace *out_workplace,
                                 struct cog_error *error)
{
    struct scn_workplace workplace = scn_workplace_of(folder);
    enum cog_code code = check_unused(&workplace, error);
    if (code == COG_OK) {
        code = make_bin(&workplace, error);
    }
    if (code == COG_OK) {
        *out_workplace = workplace;
    }
    return code;
}

/* What a composer is to write, whatever is there. */
struct content {
    const char *text;
};

static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error)
{
    const struct content *content = context;
    (void)existing;
    (void)existing_length;
    char *copy = strdup(content->text);
    if (copy == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_text = copy;
    return COG_OK;
}

enum cog_code scn_workplace_write(struct scn_workplace *workplace, const char *name,
                                  const char *text, struct cog_error *error)
{
    struct content content = {text};
    const struct cog_storage_composer composer = {.compose = compose, .context = &content};
    return cog_storage_update(scn_workplace_storage(workplace), name, composer, error);
}

enum cog_code scn_workplace_append(struct scn_workplace *workplace, const char *name,
                                   const char *text, struct cog_error *error)
{
    struct content content = {text};
    const struct cog_storage_composer composer = {
        .compose = compose,
        .context = &content,
        .tail_length = 1,
    };
    return cog_storage_append(scn_workplace_storage(workplace), name, composer, error);
}

static bool write_all(int descriptor, const char *text)
{
    size_t rest = strlen(text);
    while (rest > 0) {
        const ssize_t count = write(descriptor, text, rest);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        text += count > 0 ? count : 0;
        rest -= count > 0 ? (size_t)count : 0;
    }
    return true;
}

enum cog_code scn_workplace_write_program(struct scn_workplace *workplace, const char *name,
                                          const char *text, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s/%s/%s", workplace->folder, SCN_LAYOUT_BIN, name);
    const int descriptor =
        open(cog_text_string(&path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
             PROGRAM_MODE);
    const bool is_written = descriptor >= 0 && write_all(descriptor, text);
    const int reason = errno;
    const bool is_closed = descriptor >= 0 && close(descriptor) == 0;
    if (!is_written || !is_closed) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot write '%s': %s",
                             cog_text_string(&path), strerror(is_written ? errno : reason));
    }
    return COG_OK;
}

bool scn_workplace_is_there(const struct scn_workplace *workplace)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    struct stat status = {0};
    cog_text_append_format(&path, "%s/%s", workplace->folder, SCN_LAYOUT_RESULT);
    return path.failed || stat(cog_text_string(&path), &status) == 0;
}

enum cog_code scn_workplace_tell(struct scn_workplace *workplace,
                                 const struct scn_workplace_result *result, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_CreateObject();
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    const bool is_whole = cJSON_AddStringToObject(json, "format", "cogdrill-guided") != NULL &&
                          cJSON_AddNumberToObject(json, "version", 1) != NULL &&
                          cJSON_AddStringToObject(json, "phase", result->phase) != NULL &&
                          cJSON_AddStringToObject(json, "reason", result->reason) != NULL &&
                          cJSON_AddNumberToObject(json, "pid", (double)result->pid) != NULL &&
                          cog_json_add_text(json, "console_url",
                                            result->console_url != NULL ? result->console_url : "");
    const enum cog_code code = cog_json_print(is_whole ? json : NULL, &text, error);
    if (code != COG_OK) {
        return code;
    }
    cog_text_append_format(&line, "%s\n", text);
    return line.failed
               ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory")
               : scn_workplace_write(workplace, SCN_LAYOUT_RESULT, cog_text_string(&line), error);
}
