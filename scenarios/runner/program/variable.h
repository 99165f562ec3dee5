/** What the environment says. */
#ifndef SCN_VARIABLE_H
#define SCN_VARIABLE_H

/** @return borrowed; NULL where there is no such variable */
const char *scn_variable_find(const char *name);

/** All of them: "NAME=value"; ends with NULL. */
char **scn_variable_all(void);

#endif
