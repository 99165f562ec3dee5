/** What the exit codes of a client mean, in the words of outcomes. */
#ifndef SCN_EXIT_MAP_H
#define SCN_EXIT_MAP_H

#include <cogpromote/error.h>
#include <cogpromote/outcome.h>

#include <stdint.h>

enum { SCN_EXIT_CODE_COUNT = 256 };

/** A code may stand for several outcomes: a client that has one code for every failure. */
struct scn_exit_map {
    uint32_t meanings[SCN_EXIT_CODE_COUNT]; /**< A bit an outcome; 0: nobody said. */
};

/** Those of `cogpromote`. */
void scn_exit_map_init(struct scn_exit_map *out_map);

/**
 * Reads a file: `{"exit": {"0": "promoted", "1": "failed", "2": ["rolled_back", "unknown"]}}`.
 * A code that it lacks means nothing.
 *
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_exit_map_read(const char *path, struct scn_exit_map *out_map,
                                struct cog_error *error) COG_CHECK;

/** What means that outcome and no other. */
uint32_t scn_exit_map_bit(enum cog_outcome outcome);

bool scn_exit_map_has(uint32_t meaning, enum cog_outcome outcome);

/** The first outcome of a meaning that has one. */
enum cog_outcome scn_exit_map_first(uint32_t meaning);

enum { SCN_MEANING_TEXT_SIZE = 160 };

/** "promoted", "rolled_back or unknown"; "a code that nobody mapped" for 0. */
const char *scn_exit_map_format(uint32_t meaning, char buffer[SCN_MEANING_TEXT_SIZE]);

#endif
