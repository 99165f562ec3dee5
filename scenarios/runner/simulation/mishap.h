/** How a transfer can fail, in libcurl's words: the only place of the runner that knows them. */
#ifndef SCN_MISHAP_H
#define SCN_MISHAP_H

#include <cogpromote/error.h>

#include <stddef.h>

enum scn_mishap {
    SCN_MISHAP_NONE,
    SCN_MISHAP_UNRESOLVED, /**< The URL's host has no address. */
    SCN_MISHAP_REFUSED,    /**< Nobody listens, or whoever does resets it at once. */
    SCN_MISHAP_RESET,      /**< The connection was reset. */
    SCN_MISHAP_NOTHING,    /**< It was closed without a line of an answer. */
    SCN_MISHAP_PARTIAL,    /**< It was closed in the body. */
    SCN_MISHAP_NO_HTTP,    /**< What came begins like no answer. */
    SCN_MISHAP_BAD_CHUNK,  /**< A chunk's length is no number. */
    SCN_MISHAP_TOO_LONG,   /**< The body is announced to be over the limit. */
};

/** What its text tells besides. */
struct scn_mishap_detail {
    const char *host;      /**< Of UNRESOLVED and REFUSED, with a port behind it for the latter. */
    size_t missing_length; /**< Of PARTIAL. */
};

/** @return never COG_OK */
enum cog_code scn_mishap_fail(enum scn_mishap mishap, const struct scn_mishap_detail *detail,
                              struct cog_error *error);

#endif
