"""bash and zsh offer every verb and every flag that the program has, and no other.

usage: completion_test.py SOURCE-FOLDER COGPROMOTE
"""

import pathlib
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from cogpromote import Help  # noqa: E402
from tap_unittest import main  # noqa: E402

HELP = Help(sys.argv[2])
FIRSTS = {verb.split()[0] for verb in HELP.verbs}
BASH = """
source "$0"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_cogpromote
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
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    if ended.stderr:
        raise AssertionError(ended.stderr)
    return ended.stdout.split("\n")[:-1]


def bash(*words):
    """What is offered in the place of the last word."""
    return run("bash", "-c", BASH, SOURCE / "client/completion/cogpromote.bash", HELP.program,
               *words)


def zsh(*words):
    return run("zsh", "-f", "-c", ZSH, "zsh", SOURCE / "client/completion/_cogpromote",
               HELP.program, *words)


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


main()
