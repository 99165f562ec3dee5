/** What a scenario file says about the server: the world it starts with, and the faults. */
#ifndef COGMOCK_SCRIPT_H
#define COGMOCK_SCRIPT_H

#include <cogbase/document.h>
#include <cogmock/case.h>
#include <cogpromote/error.h>

/** Immutable after parsing; `scenarios/README.md` is the language's reference. */
struct mock_script;

/**
 * Reads the members `server` and `faults` of a scenario; absent ones mean the default world without
 * faults. Refuses top-level members that no scenario has; leaves the runner's members (`client`,
 * `expect`) unread.
 *
 * @param document need not live longer than the call
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_MEMORY
 */
enum cog_code mock_script_parse(const struct cog_document *document,
                                struct mock_script **out_script, struct cog_error *error) COG_CHECK;

/**
 * As above, of one run: its case's `server` changes that of the scenario, its `faults` replace the
 * scenario's, its `inject` is that of each fault that brings none; its call that of each fault that
 * names none.
 */
enum cog_code mock_script_parse_case(const struct cog_document *document,
                                     const struct mock_case *chosen,
                                     struct mock_script **out_script,
                                     struct cog_error *error) COG_CHECK;

/**
 * As above, with changes of `server` that came later, such as by hand: each changes what those
 * before it left, as a case does. Complaints name the document that is to blame.
 *
 * @param document NULL for the default world without faults; `chosen` is unread then
 * @param patches the root of each has members of `server`; ends with NULL
 */
enum cog_code mock_script_parse_patched(const struct cog_document *document,
                                        const struct mock_case *chosen,
                                        const struct cog_document *const *patches,
                                        struct mock_script **out_script,
                                        struct cog_error *error) COG_CHECK;

/** The default world without faults. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_script_create_default(struct mock_script **out_script,
                                         struct cog_error *error) COG_CHECK;

/** Another holder of the script, who destroys it as well; one thread has all of them. */
struct mock_script *mock_script_hold(struct mock_script *script);

/** For the last holder; the others only let go of it. NULL does nothing. */
void mock_script_destroy(struct mock_script *script);

/** Names of the calls that faults and expectations address ("token", "promote", …); ends with NULL.
 */
const char *const *mock_call_names(void);

#endif
