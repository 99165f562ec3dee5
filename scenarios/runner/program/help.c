#include "help.h"

static const char usage[] =
    "usage: cogdrill run [OPTION]... [FILE|FOLDER]...\n"
    "       cogdrill check [FILE|FOLDER]...\n"
    "       cogdrill list [OPTION]... [FILE|FOLDER]...\n"
    "       cogdrill coverage [OPTION]... [FILE|FOLDER]...\n"
    "       cogdrill torture [OPTION]... [FILE|FOLDER]...\n"
    "       cogdrill explore [OPTION]... [FILE]...\n"
    "       cogdrill swarm --seeds RANGE [OPTION]... [FILE]...\n"
    "       cogdrill shrink [OPTION]... FILE\n"
    "       cogdrill replay [OPTION]... FILE...\n"
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
    "  torture   runs scenarios again and again: each time another allocation fails, another\n"
    "            operation on a file, or the client is killed at another point, and resumed\n"
    "  explore   tries every single fault in a scenario, every pair, or every schedule of two\n"
    "            operators; the invariants judge\n"
    "  swarm     runs scenarios that seeds draw, with three or more faults each\n"
    "  shrink    makes a scenario that breaks a rule as small as it can be, or all that an\n"
    "            exploration found\n"
    "  replay    runs a scenario that was found, and tells all about it\n"
    "  merge     makes one report of the results of shards, or of explorations\n";

static const char selection[] =
    "options of run, list, coverage and torture, which scenarios:\n"
    "  --filter TEXT   with it in the name or the file, in any case; several: one is enough\n"
    "  --tag TAG       with that tag; !TAG: without it\n"
    "  --case NAME     only the cases of that name\n"
    "\n"
    "options of run and list, for several machines:\n"
    "  --shard I/N     the part I of N; which one has a scenario depends on its name alone\n";

static const char loop[] =
    "options of run, coverage, explore and torture, how:\n"
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
    "options of run, coverage, explore and merge, what is written:\n"
    "  --json FILE     also the results, with all that is known of each run\n"
    "  --html FILE     also the results as a page for a browser\n"
    "  --quiet         no summary and no progress\n"
    "\n"
    "options of explore and merge, what is written:\n"
    "  --mutants FILE  into the page also the table that 'scripts/mutants --json' made\n"
    "\n"
    "options of run and merge, what is written:\n"
    "  --junit FILE    also the results as JUnit's XML; of runs, not of an exploration\n"
    "\n"
    "options of run, what is written:\n"
    "  --trace FOLDER  a trace of each run, one file a scenario\n"
    "  --slowest N     the N that took the longest, on stderr\n";

static const char clients[] =
    "options of run, explore, shrink and replay, for clients that are not ours:\n"
    "  --client CMD    run this command instead of cogpromote, in real processes and time\n"
    "  --exit-map FILE what its exit codes mean (default: as cogpromote's)\n"
    "  --time-scale N  the fake's clock runs N times as fast for it (default 60)\n"
    "  --client-timeout DURATION\n"
    "                  real time it may take (default: by the scenario's limits)\n"
    "  --client-options env\n"
    "                  it reads the scenario's options as COGPROMOTE_... variables\n";

static const char tortures[] =
    "options of torture, what it does to the client (default: all three, at every point):\n"
    "  --memory        allocations fail\n"
    "  --storage       operations on its files fail\n"
    "  --kills         it is killed, and resumed\n"
    "  --step N        only every N-th point\n"
    "  --only POINT    only this one: 'memory 117 lasting', 'storage EIO 12', 'kill after_event "
    "3'\n"
    "  --json FILE     also what was tried, and what failed, with the command that tries it again\n"
    "  --quiet         no summary and no progress\n";

static const char explorations[] =
    "options of explore, what it tries:\n"
    "  --depth N       1 (default): single faults; 2: pairs as well\n"
    "  --only PATTERN  faults of these sites alone, as 'promote*'; several: one is enough\n"
    "  --kinds PATTERN of these kinds or phases, as 'status_5*' or 'kill'; likewise\n"
    "  --case NAME     that case, of a file with several\n"
    "  --no-prune      also pairs and schedules that tell no more than another one\n"
    "  --operators     no faults: two operators, in every schedule\n"
    "  --switches N    how often the turn may pass in one, 1 to 8 (default 2)\n"
    "\n"
    "options of explore, how:\n"
    "  --repeat N      single faults N times each (default 2); a trace that differs is a failure\n"
    "  --until-found   end with the first failure\n"
    "  --shard I/N     the part I of N, by the first fault\n"
    "  --save FILE     keep there what is done\n"
    "  --resume-from FILE\n"
    "                  go on from there, with the same options\n"
    "\n"
    "With --client, explore tries single faults around the client, without --kinds one of each\n"
    "sort, in real time: not with --depth 2, --operators, --repeat, --shard, --save,\n"
    "--resume-from, --mutants.\n";

static const char finds[] =
    "options of swarm:\n"
    "  --seeds RANGE   A..B, or one; the same seed draws the same scenario\n"
    "  --into FOLDER   where what was found goes, shrunk, each kind once\n"
    "  --json FILE     also what was tried and found\n"
    "  --jobs N        at a time; -j N is the same\n"
    "  --transport T   memory (default), wire or both\n"
    "  --quiet         no summary and no progress\n"
    "\n"
    "options of shrink:\n"
    "  --output FILE   where it goes (default: stdout)\n"
    "  --into FOLDER   of the report of an exploration: where its failures go, each kind once\n"
    "  --only ID       only this failure of the report\n"
    "  --quiet         do not tell how many runs it took\n"
    "\n"
    "options of replay:\n"
    "  --trace         each request and event instead of the ladder\n"
    "\n"
    "options of shrink and replay:\n"
    "  --case NAME     that case, of a file with several\n"
    "  --seed N        of a scenario that brings none (default 1)\n"
    "  --transport T   memory (default), wire or both\n";

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
    "  1   a scenario failed; check: a file is wrong; coverage: a cell is missing;\n"
    "      torture, explore, swarm, replay: the client broke a rule; shrink: none is broken\n"
    "  2   none failed, and one could not be judged, or nothing was tried\n"
    "  64  wrong arguments; all but check: a scenario file is wrong\n"
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
                  "from %s; for torture\n"
                  "four of its scenarios. explore and swarm take theirs from scenarios/bases.\n"
                  "\n"
                  "%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s",
                  usage, SCN_SUITE_FOLDER, selection, loop, outputs, clients, tortures,
                  explorations, finds, others, exit_codes);
}
