/** Where what is in the folder of a guided drill. */
#ifndef SCN_FOLDER_LAYOUT_H
#define SCN_FOLDER_LAYOUT_H

#define SCN_LAYOUT_STATE       "state"          /**< The client's state folder. */
#define SCN_LAYOUT_SECOND      "second"         /**< That of another operator. */
#define SCN_LAYOUT_BIN         "bin"            /**< `cogpromote`, recorded; `drill`. */
#define SCN_LAYOUT_ENVIRONMENT "env"            /**< For a shell: `. FOLDER/env`. */
#define SCN_LAYOUT_COMMANDS    "commands.jsonl" /**< What was typed: its start, its end. */
#define SCN_LAYOUT_EVENTS      "events.jsonl"   /**< What the client logged. */
#define SCN_LAYOUT_ORDERS      "orders"         /**< What `drill` asks for, a word a line. */
#define SCN_LAYOUT_ANSWERS     "answers"        /**< What `drill` is told: hints, the status. */
#define SCN_LAYOUT_SCENARIO    "scenario.jsonc" /**< What the fake plays. */
#define SCN_LAYOUT_TOKEN       "control-token"  /**< Of the fake's control plane. */
#define SCN_LAYOUT_FAKE_LOG    "cogmock.log"
#define SCN_LAYOUT_SECOND_LOG  "second.log"  /**< What the other operator's client said. */
#define SCN_LAYOUT_RESULT      "result.json" /**< How it ended; while it runs, who conducts it. */
#define SCN_LAYOUT_REPORT      "report.json"
#define SCN_LAYOUT_PAGE        "report.html"

#endif
