#include "help.h"

void scn_help_write(FILE *stream)
{
    (void)fprintf(
        stream,
        "usage: cogdrill run [OPTION]... [FILE|FOLDER]...\n"
        "       cogdrill check [FILE|FOLDER]...\n"
        "       cogdrill list [FILE|FOLDER]...\n"
        "\n"
        "Runs the client against a fake Cognigy, in virtual time, as scenario files say.\n"
        "\n"
        "  run    runs scenarios; TAP on stdout, a summary on stderr\n"
        "  check  reads scenario files and says what is wrong with them\n"
        "  list   prints the name, the tags and the file of each scenario\n"
        "\n"
        "Folders are searched for *.jsonc and *.json. Without any, the suite is taken from\n"
        "scenarios/suite here, or else from\n"
        "%s.\n"
        "\n"
        "options of run:\n"
        "  --junit FILE    also write the results as JUnit's XML\n"
        "  --trace FOLDER  write a trace of each run, one file a scenario, into this folder\n"
        "  --repeat N      run each N times; a trace that differs by a byte is a failure\n"
        "  --seed N        of tokens, identifiers and jitter (default 1)\n"
        "  --variant NAME  only the variants of that name\n"
        "  --quiet         no summary\n"
        "  --help          print this and exit; --version the version\n"
        "\n"
        "exit codes:\n"
        "  0   all passed; all files are good\n"
        "  1   a scenario failed; check: a file is wrong\n"
        "  2   none failed, and one could not be judged\n"
        "  64  wrong arguments; run and list: a scenario file is wrong\n"
        "  66  a file or folder cannot be read\n"
        "  70  out of memory\n"
        "  73  an output cannot be written\n",
        SCN_SUITE_FOLDER);
}
