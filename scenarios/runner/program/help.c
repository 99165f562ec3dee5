#include "help.h"

static const char usage[] =
    "usage: cogdrill run [OPTION]... [FILE|FOLDER]...\n"
    "       cogdrill check [FILE|FOLDER]...\n"
    "       cogdrill list [OPTION]... [FILE|FOLDER]...\n"
    "       cogdrill coverage [OPTION]... [FILE|FOLDER]...\n"
    "       cogdrill merge [OPTION]... RESULTS...\n"
    "\n"
    "Runs the client against a fake Cognigy, in virtual time, as scenario files say.\n"
    "\n"
    "verbs:\n"
    "  run       runs scenarios; TAP on stdout, a summary on stderr\n"
    "  check     reads scenario files and says what is wrong with them\n"
    "  list      prints the name, the tags and the file of each scenario\n"
    "  coverage  runs scenarios, and prints which faults, transitions, exit codes, retry\n"
    "            decisions, limits and invariants they reach, and which are missing\n"
    "  merge     makes one report of the results of shards\n";

static const char selection[] =
    "options of run, list and coverage, which scenarios:\n"
    "  --filter TEXT   with it in the name or the file, in any case; several: one is enough\n"
    "  --tag TAG       with that tag; !TAG: without it\n"
    "  --case NAME     only the cases of that name\n"
    "\n"
    "options of run and list, for several machines:\n"
    "  --shard I/N     the part I of N; which one has a scenario depends on its name alone\n";

static const char loop[] =
    "options of run and coverage, how:\n"
    "  --jobs N        at a time, each in a process of its own (default: one a processor);\n"
    "                  -j N is the same\n"
    "  --transport T   memory (default): by calls; wire: by sockets; both: must be the same\n"
    "  --seed N        of tokens, identifiers and jitter (default 1)\n"
    "\n"
    "options of run, how:\n"
    "  --repeat N      run each N times; a trace that differs by a byte is a failure\n"
    "  --fail-fast     run nothing more after the first failure\n"
    "  --watch         run again what is saved, until Ctrl-C\n";

static const char outputs[] =
    "options of run, coverage and merge, what is written:\n"
    "  --json FILE     also the results, with all that is known of each run\n"
    "  --html FILE     also the results as a page for a browser\n"
    "  --quiet         no summary and no progress\n"
    "\n"
    "options of run and merge, what is written:\n"
    "  --junit FILE    also the results as JUnit's XML\n"
    "\n"
    "options of run, what is written:\n"
    "  --trace FOLDER  a trace of each run, one file a scenario\n"
    "  --slowest N     the N that took the longest, on stderr\n";

static const char clients[] =
    "options of run, for clients that are not ours:\n"
    "  --client CMD    run this command instead of cogpromote, in real processes and time\n"
    "  --exit-map FILE what its exit codes mean (default: as cogpromote's)\n"
    "  --time-scale N  the fake's clock runs N times as fast for it (default 60)\n"
    "  --client-timeout DURATION\n"
    "                  real time it may take (default: by the scenario's limits)\n"
    "  --client-options env\n"
    "                  it reads the scenario's options as COGPROMOTE_... variables\n";

static const char others[] =
    "options of list:\n"
    "  --names         the names alone\n"
    "\n"
    "options of coverage:\n"
    "  --exceptions FILE\n"
    "                  what is not applicable, with reasons (default: coverage.jsonc\n"
    "                  beside the suite)\n"
    "  --results       the files are results of runs, not scenarios\n"
    "\n"
    "options of merge:\n"
    "  --partial       shards and scenarios may be missing\n"
    "\n"
    "  --help          print this and exit\n"
    "  --version       print the version and exit\n";

static const char exit_codes[] =
    "exit codes:\n"
    "  0   all passed; all files are good\n"
    "  1   a scenario failed; check: a file is wrong; coverage: a cell is missing\n"
    "  2   none failed, and one could not be judged\n"
    "  64  wrong arguments; run and list: a scenario file is wrong\n"
    "  66  a file or folder cannot be read\n"
    "  70  out of memory, or no process can be started\n"
    "  73  an output cannot be written\n"
    "  130 interrupted by Ctrl-C\n"
    "  143 terminated\n";

void scn_help_write(FILE *stream)
{
    (void)fprintf(stream,
                  "%s\n"
                  "Folders are searched for *.jsonc and *.json. Without any, the suite is taken\n"
                  "from scenarios/suite here (with --client: scenarios/clients/suite), or else\n"
                  "from %s.\n"
                  "\n"
                  "%s\n%s\n%s\n%s\n%s\n%s",
                  usage, SCN_SUITE_FOLDER, selection, loop, outputs, clients, others, exit_codes);
}
