/*
 * A client's tests against the fake, in C with libcurl and cJSON.
 *
 *   cc -o retry_test retry_test.c $(pkg-config --cflags --libs libcurl libcjson)
 *   ./retry_test            COGMOCK=PROGRAM names the fake; otherwise it is found in PATH
 */
#include <cjson/cJSON.h>
#include <curl/curl.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT_SIZE = 4096, BASE_SIZE = 512, URL_SIZE = 1024 };

/* --- requests */

struct answer {
    long status; /* 0: there was none. */
    char body[TEXT_SIZE];
    size_t length;
};

static size_t keep_body(char *bytes, size_t one, size_t count, void *context)
{
    struct answer *answer = context;
    const size_t room = sizeof answer->body - 1 - answer->length;
    const size_t kept = one * count < room ? one * count : room;
    memcpy(answer->body + answer->length, bytes, kept);
    answer->length += kept;
    return one * count;
}

static struct answer post(const char *url, const char *type, const char *login, const char *body)
{
    struct answer answer = {0};
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, type);
    (void)curl_easy_setopt(curl, CURLOPT_URL, url);
    (void)curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    (void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
    (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    (void)curl_easy_setopt(curl, CURLOPT_USERPWD, login);
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_body);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    if (curl_easy_perform(curl) == CURLE_OK) {
        (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return answer;
}

/* --- the client that is tested: fetches a token, and tries once more on a 503 */

static bool fetch_token(const char *base)
{
    char url[URL_SIZE];
    struct answer answer = {0};
    (void)snprintf(url, sizeof url, "%s/oauth/token", base);
    for (int attempt = 1; attempt <= 2 && (attempt == 1 || answer.status == 503); attempt++) {
        answer = post(url, "Content-Type: application/x-www-form-urlencoded",
                      "dev-client:dev-secret", "grant_type=client_credentials");
    }
    return answer.status == 200;
}

/* --- the fake */

struct fake {
    pid_t pid;
    char origin[256];
    char control[256];
};

static void run_fake(const int ends[2])
{
    const char *program = getenv("COGMOCK");
    program = program != NULL ? program : "cogmock";
    (void)dup2(ends[1], STDOUT_FILENO);
    (void)close(ends[0]);
    (void)close(ends[1]);
    (void)execlp(program, program, "serve", "--port", "0", "--quiet", (char *)NULL);
    perror(program);
    _exit(127);
}

static void read_member(const cJSON *ready, const char *name, char *text, size_t size)
{
    const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(ready, name));
    (void)snprintf(text, size, "%s", value != NULL ? value : "");
}

static bool read_ready_line(int descriptor, struct fake *fake)
{
    char line[TEXT_SIZE];
    FILE *stream = fdopen(descriptor, "r");
    if (stream == NULL || fgets(line, sizeof line, stream) == NULL) {
        return false;
    }
    (void)fclose(stream);
    cJSON *ready = cJSON_Parse(line);
    read_member(ready, "base_url", fake->origin, sizeof fake->origin);
    read_member(ready, "control_url", fake->control, sizeof fake->control);
    cJSON_Delete(ready);
    char *path = strstr(fake->origin, "/api/v1");
    if (path == NULL) {
        return false;
    }
    *path = '\0';
    return true;
}

/* Waits until it is ready; an end without that line is a failure to start. */
static bool start_fake(struct fake *fake)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    fake->pid = fork();
    if (fake->pid == 0) {
        run_fake(ends);
    }
    (void)close(ends[1]);
    return fake->pid > 0 && read_ready_line(ends[0], fake);
}

static void stop_fake(const struct fake *fake)
{
    if (fake->pid > 0) {
        (void)kill(fake->pid, SIGTERM);
        (void)waitpid(fake->pid, NULL, 0);
    }
}

/* Asks the control plane for something of a tenant; shows what it says when it refuses. */
static bool control(const struct fake *fake, const char *tenant, const char *path, const char *json)
{
    char url[URL_SIZE];
    (void)snprintf(url, sizeof url, "%s/tenants/%s%s", fake->control, tenant, path);
    const struct answer answer = post(url, "Content-Type: application/json", NULL, json);
    const bool is_good = answer.status >= 200 && answer.status < 300;
    if (!is_good) {
        (void)fprintf(stderr, "%s: %ld %s\n", url, answer.status, answer.body);
    }
    return is_good;
}

static bool fetch_token_of(const struct fake *fake, const char *tenant)
{
    char base[BASE_SIZE];
    (void)snprintf(base, sizeof base, "%s/t/%s/api/v1", fake->origin, tenant);
    return fetch_token(base);
}

/* --- the tests, each with a tenant, and so a world, of its own */

static bool fetches_a_token_at_the_second_attempt(const struct fake *fake)
{
    const char *mine = "second-attempt";
    return control(fake, mine, "/faults",
                   "{\"call\": \"token\", \"times\": 1, \"inject\": {\"status\": 503}}") &&
           fetch_token_of(fake, mine) &&
           control(fake, mine, "/verify", "{\"call\": \"token\", \"count\": 2}") &&
           control(fake, mine, "/verify", "{\"call\": \"token\", \"status\": 503, \"count\": 1}");
}

static bool gives_up_after_two_attempts(const struct fake *fake)
{
    const char *mine = "gives-up";
    return control(fake, mine, "/faults", "{\"call\": \"token\", \"inject\": {\"status\": 503}}") &&
           !fetch_token_of(fake, mine) &&
           control(fake, mine, "/verify", "{\"call\": \"token\", \"count\": 2}");
}

static bool report(const char *name, bool is_good)
{
    (void)printf("%s - %s\n", is_good ? "ok" : "not ok", name);
    return is_good;
}

int main(void)
{
    struct fake fake = {0};
    (void)curl_global_init(CURL_GLOBAL_DEFAULT);
    bool is_good = report("the fake starts", start_fake(&fake));
    if (is_good) {
        is_good = report("a token is fetched at the second attempt",
                         fetches_a_token_at_the_second_attempt(&fake));
        is_good =
            report("it gives up after two attempts", gives_up_after_two_attempts(&fake)) && is_good;
    }
    stop_fake(&fake);
    curl_global_cleanup();
    return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
