#include <cogbase/canonical.h>

#include <cjson/cJSON.h>
#include <math.h>

/* From here on cJSON uses exponents. */
static const double PLAIN_LIMIT = 1e15;

enum { NUMBER_SIZE = 32 };

/* The one that has a letter of its own behind the backslash; 0 for none. */
static char short_escape(char character)
{
    static const char characters[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    for (size_t i = 0; characters[i] != '\0'; i++) {
        if (characters[i] == character) {
            return letters[i];
        }
    }
    return '\0';
}

static bool is_plain(char character)
{
    return (unsigned char)character >= ' ' && character != '"' && character != '\\';
}

static void append_escaped(struct cog_text *text, char character)
{
    const char letter = short_escape(character);
    if (letter != '\0') {
        const char pair[] = {'\\', letter};
        cog_text_append_bytes(text, pair, sizeof pair);
    } else {
        cog_text_append_format(text, "\\u%04x", (unsigned)(unsigned char)character);
    }
}

void cog_canonical_append_string(struct cog_text *text, const char *string)
{
    cog_text_append_bytes(text, "\"", 1);
    while (*string != '\0') {
        size_t length = 0;
        while (is_plain(string[length])) {
            length++;
        }
        cog_text_append_bytes(text, string, length);
        string += length;
        if (*string != '\0') {
            append_escaped(text, *string++);
        }
    }
    cog_text_append_bytes(text, "\"", 1);
}

/* Whoever reads it prints it again with cJSON, and compares. */
static void append_fraction(struct cog_text *text, double number)
{
    char printed[NUMBER_SIZE];
    cJSON item = {.type = cJSON_Number, .valuedouble = number};
    if (cJSON_PrintPreallocated(&item, printed, sizeof printed, 0)) {
        cog_text_append(text, printed);
    } else {
        text->failed = true;
    }
}

void cog_canonical_append_number(struct cog_text *text, double number)
{
    if (fabs(number) < PLAIN_LIMIT && (double)(int64_t)number >= number &&
        (double)(int64_t)number <= number) {
        cog_text_append_integer(text, (int64_t)number);
    } else {
        append_fraction(text, number);
    }
}

void cog_canonical_append_integer(struct cog_text *text, int64_t number)
{
    cog_canonical_append_number(text, (double)number);
}

void cog_canonical_append_name(struct cog_text *text, const char *name)
{
    if (text->length > 0 && text->bytes[text->length - 1] != '{') {
        cog_text_append_bytes(text, ",", 1);
    }
    cog_text_append_bytes(text, "\"", 1);
    cog_text_append(text, name);
    cog_text_append_bytes(text, "\":", 2);
}
