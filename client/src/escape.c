#include "escape.h"

#include <curl/curl.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <string.h>

/* libcurl takes an int, and a length of 0 for strlen(). What it returns may hold a secret. */
static void append_escaped(struct cog_text *text, const char *bytes, size_t length)
{
    if (length == 0) {
        return;
    }
    char *escaped = length <= INT_MAX ? curl_easy_escape(NULL, bytes, (int)length) : NULL;
    if (escaped == NULL) {
        text->failed = true;
        return;
    }
    cog_text_append(text, escaped);
    OPENSSL_cleanse(escaped, strlen(escaped));
    curl_free(escaped);
}

void cog_escape_append(struct cog_text *text, const char *string)
{
    append_escaped(text, string, strlen(string));
}

void cog_escape_append_form(struct cog_text *text, const char *string)
{
    const char *rest = string;
    while (*rest != '\0') {
        const size_t length = strcspn(rest, " ");
        append_escaped(text, rest, length);
        rest += length;
        if (*rest == ' ') {
            cog_text_append(text, "+");
            rest++;
        }
    }
}
