"""bash and zsh offer every verb and every flag that the program has, and no other.

usage: completion_test.py SOURCE-FOLDER COGPROMOTE COGMOCK COGDRILL
"""

import pathlib
import re
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from cogpromote import Help  # noqa: E402
from tap_unittest import main  # noqa: E402

HELP, MOCK_HELP, DRILL_HELP = Help(sys.argv[2]), Help(sys.argv[3]), Help(sys.argv[4])
FIRSTS = {verb.split()[0] for verb in HELP.verbs}
BASH = """
source "$0"
function=$1
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
$function
printf '%s\\n' "${COMPREPLY[@]}"
"""
# What zsh would show is printed instead.
ZSH = """
setopt extendedglob
_describe() { print -rl -- "${(@)${(@P)2}%%:*}" }
_files() { print -r -- files "$@" }
_message() { print -r -- "$1" }
file=$1
shift
words=("$@")
CURRENT=$#
set --
source $file
"""


def run(*command):
    """In a checkout, where there is a suite."""
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True,
                           cwd=SOURCE)
    if ended.stderr:
        raise AssertionError(ended.stderr)
    return ended.stdout.split("\n")[:-1]


def bash(*words):
    """What is offered in the place of the last word."""
    return run("bash", "-c", BASH, SOURCE / "client/completion/cogpromote.bash", "_cogpromote",
               HELP.program, *words)


def zsh(*words):
    return run("zsh", "-f", "-c", ZSH, "zsh", SOURCE / "client/completion/_cogpromote",
               HELP.program, *words)


def mock_bash(*words):
    return run("bash", "-c", BASH, SOURCE / "mockserver/completion/cogmock.bash", "_cogmock",
               MOCK_HELP.program, *words)


def mock_zsh(*words):
    return run("zsh", "-f", "-c", ZSH, "zsh", SOURCE / "mockserver/completion/_cogmock",
               MOCK_HELP.program, *words)


def drill_bash(*words):
    return run("bash", "-c", BASH, SOURCE / "scenarios/completion/cogdrill.bash", "_cogdrill",
               DRILL_HELP.program, *words)


def drill_zsh(*words):
    return run("zsh", "-f", "-c", ZSH, "zsh", SOURCE / "scenarios/completion/_cogdrill",
               DRILL_HELP.program, *words)


class Completion(unittest.TestCase):
    def test_every_verb_is_offered(self):
        self.assertEqual(set(bash("")), FIRSTS | {"help"})
        self.assertEqual(set(zsh("")), FIRSTS | {"help", "--help", "--version"})

    def test_the_second_words_are_offered(self):
        for first in FIRSTS:
            seconds = {verb.split()[1] for verb in HELP.verbs if verb.startswith(first + " ")}
            if seconds:
                self.assertEqual(set(bash(first, "")), seconds | {"--help"})
                self.assertEqual(set(zsh(first, "")), seconds)

    def test_every_flag_of_each_verb_is_offered(self):
        for verb in HELP.verbs:
            flags = HELP.flags(verb) | {"--help"}
            self.assertEqual(set(bash(*verb.split(), "--")), flags, verb)
            self.assertEqual(set(zsh(*verb.split(), "--")), flags, verb)

    def test_values_are_offered_where_there_is_a_choice(self):
        for words in (("promote", "--output", ""), ("audit", "show", "--output", "")):
            self.assertEqual(bash(*words), ["text", "json"])
            self.assertEqual(zsh(*words), ["text", "json"])
        self.assertEqual(bash("promote", "--output", "=", "te"), ["text"])
        self.assertEqual(zsh("promote", "--events", ""), ["files"])
        self.assertEqual(zsh("promote", "--state-dir", ""), ["files -/"])
        self.assertIn("/usr", bash("promote", "--state-dir", "/us"))


class MockCompletion(unittest.TestCase):
    def test_every_verb_is_offered(self):
        offered = {*MOCK_HELP.verbs, "--help", "--version"}
        self.assertEqual(MOCK_HELP.verbs, ["serve", "check"])
        self.assertEqual(set(mock_bash("")), offered)
        self.assertEqual(set(mock_zsh("")), offered)

    def test_every_flag_of_each_verb_is_offered(self):
        for verb in MOCK_HELP.verbs:
            flags = MOCK_HELP.flags(verb) | {"--help"}
            self.assertEqual(set(mock_bash(verb, "--")), flags, verb)
            self.assertEqual(set(mock_zsh(verb, "--")), flags, verb)

    def test_values_are_offered_where_there_is_a_choice(self):
        self.assertEqual(mock_bash("serve", "--log", ""), ["human", "json"])
        self.assertEqual(mock_bash("serve", "--log", "=", "js"), ["json"])
        self.assertEqual(mock_zsh("serve", "--log", ""), ["human", "json"])
        self.assertEqual(mock_bash("serve", "--port", ""), [""])
        self.assertEqual(mock_zsh("serve", "--port", ""), ["N"])
        self.assertIn("/usr", mock_bash("serve", "--state-dir", "/us"))
        self.assertEqual(mock_zsh("serve", "--state-dir", ""), ["files -/"])

    def test_files_are_offered_where_they_are_wanted(self):
        for words in (("serve", "--scenario"), ("serve", "--control-token-file"), ("check",)):
            self.assertIn("/etc/passwd", mock_bash(*words, "/etc/passw"))
            self.assertEqual(mock_zsh(*words, ""), ["files"])


class DrillCompletion(unittest.TestCase):
    def test_every_verb_is_offered(self):
        offered = {*DRILL_HELP.verbs, "--help", "--version"}
        self.assertEqual(DRILL_HELP.verbs, ["run", "check", "list", "coverage", "torture", "explore",
                                            "swarm", "shrink", "replay", "merge", "rehearse",
                                            "drills"])
        self.assertEqual(set(drill_bash("")), offered)
        self.assertEqual(set(drill_zsh("")), offered)

    def test_each_flag_is_offered_to_the_verbs_that_have_it(self):
        text = DRILL_HELP.texts["run"]
        for verb in DRILL_HELP.verbs:
            parts = re.findall(rf"(?ms)^options of [^\n]*\b{verb}\b[^\n]*:\n(.*?)\n\n", text)
            flags = {"--help", *re.findall(r"(?m)^  (--[a-z-]+)", "\n".join(parts))}
            self.assertEqual(set(drill_bash(verb, "--")), flags, verb)
            self.assertEqual(set(drill_zsh(verb, "-")), flags, verb)
        self.assertIn("--shard", drill_bash("list", "--"))
        self.assertEqual(drill_bash("check", "--"), ["--help"])

    def test_names_tags_and_cases_of_the_suite_are_offered(self):
        names = run(DRILL_HELP.program, "list", "--names")
        cases = {name.rpartition(": ")[2] for name in names if ": " in name}
        listed = run(DRILL_HELP.program, "list")
        tags = {tag for line in listed for tag in line.split("\t")[1].split(",")} - {""}
        offered = run("bash", "-c", 'for word; do eval "printf \'%s\\n\' $word"; done', "bash",
                      *drill_bash("run", "--filter", ""))
        self.assertEqual(offered, names)
        self.assertTrue(tags)
        self.assertEqual(set(drill_bash("list", "--tag", "")), tags)
        self.assertEqual(set(drill_zsh("list", "--tag", "")), tags)
        self.assertLessEqual(set(drill_bash("run", "--case", "=", "n")), cases)
        self.assertGreater(len(drill_zsh("run", "--filter", "")), 10)

    def test_drills_are_offered_by_their_ids(self):
        drills = run(DRILL_HELP.program, "drills", "list", "--names")
        self.assertIn("job_fails", drills)
        self.assertLessEqual(set(drills), set(drill_bash("rehearse", "")))
        self.assertIn("/etc/passwd", drill_bash("rehearse", "/etc/passw"))
        self.assertEqual(drill_zsh("rehearse", "--guided", ""), [*drills, "files"])
        for word in ("show", "trend", "overdue"):
            self.assertEqual(drill_bash("drills", word, ""), drills)
            self.assertEqual(drill_zsh("drills", word, ""), drills)
        self.assertEqual(drill_bash("drills", "show", "job_f"), ["job_fails"])

    def test_what_drills_can_do_is_offered(self):
        words = ["list", "show", "trend", "overdue", "verify", "new"]
        self.assertEqual(drill_bash("drills", ""), words)
        self.assertEqual(drill_zsh("drills", ""), words)
        self.assertEqual(drill_bash("drills", "verify", ""), [""])
        self.assertIn("/usr", drill_bash("drills", "new", "ours", "/us"))
        self.assertEqual(drill_zsh("drills", "new", "ours", ""), ["files -/"])

    def test_files_are_offered_where_they_are_wanted(self):
        self.assertIn("/etc/passwd", drill_bash("check", "/etc/passw"))
        self.assertIn("/usr", drill_bash("run", "--trace", "/us"))
        self.assertEqual(drill_zsh("run", "--trace", ""), ["files -/"])
        self.assertEqual(drill_zsh("run", "--junit", ""), ["files"])
        self.assertEqual(drill_zsh("run", "--seed", ""), ["N"])
        self.assertEqual(drill_zsh("list", ""), ["files"])


main()
