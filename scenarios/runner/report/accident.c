#include "report/accident.h"

#include <cogbase/digest.h>

#include <string.h>

/* A text that differs from run to run: how much of it stays, how much goes, 0 for none. */
struct accident {
    size_t kept_length;
    size_t length;
    const char *name; /* What stands in its place. */
};

static bool begins_with(const char *string, const char *start, size_t length)
{
    return strncmp(string, start, length) == 0;
}

/* "127.0.0.1:PORT", and as libcurl writes it. */
static struct accident match_port(const char *string, const char *host)
{
    static const char address[] = "127.0.0.1 port ";
    const size_t host_length = strlen(host);
    const char *port = strchr(host, ':');
    if (begins_with(string, host, host_length)) {
        return (struct accident){0, host_length, "HOST"};
    }
    if (port != NULL && begins_with(string, address, sizeof address - 1) &&
        begins_with(string + sizeof address - 1, port + 1, strlen(port + 1))) {
        return (struct accident){0, sizeof address - 1 + strlen(port + 1), "HOST"};
    }
    return (struct accident){0};
}

/* " after 3 ms": libcurl's words, by the system's clock. */
static struct accident match_time(const char *string)
{
    static const char after[] = " after ";
    if (!begins_with(string, after, sizeof after - 1)) {
        return (struct accident){0};
    }
    const char *digits = string + sizeof after - 1;
    const size_t digit_count = strspn(digits, "0123456789");
    if (digit_count == 0 || strncmp(digits + digit_count, " ms", 3) != 0) {
        return (struct accident){0};
    }
    return (struct accident){0, sizeof after - 1 + digit_count + 3, " after a while"};
}

/* Of a record that may have the port in it; its members are told themselves. */
static struct accident match_checksum(const char *string)
{
    static const char word[] = "checksum";
    if (!begins_with(string, word, sizeof word - 1)) {
        return (struct accident){0};
    }
    const char *hex = string + sizeof word - 1;
    hex += strspn(hex, "\": ");
    const size_t digit_count = strspn(hex, "0123456789abcdef");
    if (digit_count != COG_DIGEST_SIZE - 1) {
        return (struct accident){0};
    }
    return (struct accident){(size_t)(hex - string), digit_count, "…"};
}

/* By the first two letters: most begin no accident, and a run has many. */
static struct accident match_accident(const char *string, const char *host)
{
    if (*string == ' ' && string[1] == 'a') {
        return match_time(string);
    }
    if (*string == 'c' && string[1] == 'h') {
        return match_checksum(string);
    }
    return *string == '1' || *string == *host ? match_port(string, host) : (struct accident){0};
}

/* The next letter at which one could begin. */
static const char *find_candidate(const char *string, char host_letter)
{
    while (*string != '\0' && *string != ' ' && *string != 'c' && *string != '1' &&
           *string != host_letter) {
        string++;
    }
    return string;
}

void scn_accident_append(struct cog_text *text, const char *string, const char *host)
{
    const char *rest = string;
    const char *at = find_candidate(string, *host);
    for (; *at != '\0'; at = find_candidate(at, *host)) {
        const struct accident accident = match_accident(at, host);
        if (accident.length == 0) {
            at++;
            continue;
        }
        at += accident.kept_length;
        cog_text_append_bytes(text, rest, (size_t)(at - rest));
        cog_text_append(text, accident.name);
        at += accident.length;
        rest = at;
    }
    cog_text_append(text, rest);
}
