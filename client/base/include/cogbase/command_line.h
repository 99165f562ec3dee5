/** The flags of a program, read with getopt_long(3), and what is wrong with them. */
#ifndef COGBASE_COMMAND_LINE_H
#define COGBASE_COMMAND_LINE_H

#include <cogpromote/error.h>

#include <stdbool.h>

enum {
    COG_FLAGS_MAX = 96,      /**< In one list. */
    COG_FLAG_NAME_SIZE = 48, /**< Of a name without its dashes. */
};

/**
 * One flag: "--name", or "--name VALUE" and "--name=VALUE". A name of one letter is "-n", or
 * "-n VALUE" and "-nVALUE".
 */
struct cog_flag {
    const char *name; /**< Without dashes; NULL ends a list. */
    bool takes_value;
    int id; /**< The program's own, 0 or more. */
};

/** What `cog_command_line_next` finds besides a flag. */
enum {
    COG_WORD_END = -1,     /**< Nothing is left. */
    COG_WORD_OPERAND = -2, /**< A word that is no flag, or stands behind "--". */
};

/** One word of the command line. */
struct cog_word {
    int id;            /**< Of the flag, or one of the above. */
    const char *value; /**< Borrowed from the arguments: a flag's value, an operand; else NULL. */
};

/**
 * A reading under way. Set the first group, zero the rest. getopt_long keeps its place in globals:
 * one at a time, and not from two threads.
 */
struct cog_command_line {
    int count;
    char **arguments; /**< The first is skipped: the program or its verb. */
    const struct cog_flag *flags;

    bool has_begun;
    bool is_over; /**< "--" was read. */
};

/**
 * The next flag or operand, in the order of the command line. Names are taken whole: no unique
 * beginning passes for a flag, because a typing error must not.
 *
 * @return COG_OK, or COG_ERROR_CONFIGURATION with a message that names the flag, never its value:
 *         there may be a secret in it
 */
enum cog_code cog_command_line_next(struct cog_command_line *line, struct cog_word *out_word,
                                    struct cog_error *error) COG_CHECK;

#endif
