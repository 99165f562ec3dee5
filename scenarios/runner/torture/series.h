/** The ways in which a client is tortured, each at every point of its run. */
#ifndef SCN_SERIES_H
#define SCN_SERIES_H

#include "torture/shortage.h"

enum scn_torture_kind {
    SCN_TORTURE_MEMORY,  /**< An allocation fails. */
    SCN_TORTURE_STORAGE, /**< An operation on its files fails. */
    SCN_TORTURE_KILLS,   /**< Its process dies. */
    SCN_TORTURE_KIND_COUNT,
};

struct scn_series {
    const char *words; /**< How the name of a point begins: "storage EIO". */
    const char *title; /**< "each file operation fails with EIO, once" */
    enum scn_torture_kind kind;
    enum scn_shortage_way way; /**< Of files. */
    size_t death;              /**< Of a kill: the count's offset in `struct scn_death`. */
    bool is_lasting;           /**< From that point on, not once. */
    bool is_again;             /**< The process that resumes is killed too. */
    int part_count;            /**< In so many parts workers share it. */
};

/** All of them, in the order in which they are told; ends with a NULL title. */
const struct scn_series *scn_series_all(void);

/** "memory", "storage", "kills". */
const char *scn_torture_kind_name(enum scn_torture_kind kind);

#endif
