"""The manual names every verb, flag, variable, exit code and event, and is well-formed.

usage: manual_test.py SOURCE-FOLDER COGPROMOTE
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

HELP = Help(sys.argv[2])
PAGE = SOURCE / "client" / "cogpromote.1"
MARKUP = re.sub(r"\\f[BIR]", "", PAGE.read_text()).replace("\\-", "-")


def section(name):
    return re.search(rf"^\.SH {name}$(.*?)(?=^\.SH |\Z)", MARKUP, re.M | re.S)[1]


class Manual(unittest.TestCase):
    def test_it_is_well_formed(self):
        checked = subprocess.run(["groff", "-ww", "-man", "-Tutf8", "-z", PAGE], timeout=60,
                                 capture_output=True, text=True, check=True)
        self.assertEqual(checked.stderr, "")

    def test_every_verb_is_in_the_synopsis_and_described(self):
        for verb in HELP.verbs:
            self.assertRegex(section("SYNOPSIS"), rf"(?m)^cogpromote {verb}\b")
            self.assertRegex(section("VERBS"), rf"(?m)^(\.B )?{verb}\b")

    def test_every_flag_and_variable_is_among_the_options_and_no_other(self):
        options = section("OPTIONS")
        flags = set(re.findall(r"--[a-z][a-z-]*", options))
        variables = set(re.findall(r"\b(?:COG|SOURCE|TARGET|DEPLOYMENT|TRACE)[A-Z_]+", options))
        known = set().union(*(HELP.flags(verb) for verb in HELP.verbs))
        self.assertEqual(flags, known | {"--help", "--version"})
        self.assertEqual(variables, set().union(*(HELP.variables(verb) for verb in HELP.verbs)))

    def test_the_exit_codes_are_those_of_the_help(self):
        told = section("EXIT STATUS").partition(".SS The other verbs")[0]
        self.assertEqual(set(re.findall(r"^\.B (\d+)$", told, re.M)), HELP.exit_codes("promote"))
        self.assertEqual(HELP.exit_codes("resume"), HELP.exit_codes("promote"))

    def test_every_event_of_the_sources_is_described(self):
        sources = [path.read_text() for folder in ("client/src", "client/program")
                   for path in sorted((SOURCE / folder).rglob("*.c"))]
        names = set()
        for text in sources:
            names.update(re.findall(r'COG_LOG_[A-Z]+,\s*"([a-z-]+)"', text))
            names.update(re.findall(r'log_failure\([^"]*"([a-z-]+)"', text))
        self.assertIn("job-progress", names)
        tags = " ".join(re.findall(r"^\.BR? (.*)", section("EVENTS"), re.M))
        told = set(re.findall(r"[a-z]+(?:-[a-z]+)*", tags))
        self.assertEqual(names - told, set())


main()
