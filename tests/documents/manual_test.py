"""The manuals name every verb, flag, variable, exit code and event, and are well-formed.

usage: manual_test.py SOURCE-FOLDER COGPROMOTE COGMOCK COGDRILL
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


class Page:
    """One manual, without its marks of fonts."""

    def __init__(self, *path):
        self.path = SOURCE.joinpath(*path)
        self.markup = re.sub(r"\\f[BIR]", "", self.path.read_text()).replace("\\-", "-")

    def section(self, name):
        return re.search(rf"^\.SH {name}$(.*?)(?=^\.SH |\Z)", self.markup, re.M | re.S)[1]

    def complaints(self):
        return subprocess.run(["groff", "-ww", "-man", "-Tutf8", "-z", self.path], timeout=60,
                              capture_output=True, text=True, check=True).stderr


PAGE, MOCK_PAGE = Page("client", "cogpromote.1"), Page("mockserver", "cogmock.1")
DRILL_PAGE = Page("scenarios", "cogdrill.1")
section = PAGE.section


class Manual(unittest.TestCase):
    def test_it_is_well_formed(self):
        self.assertEqual(PAGE.complaints(), "")

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


class MockManual(unittest.TestCase):
    def test_it_is_well_formed(self):
        self.assertEqual(MOCK_PAGE.complaints(), "")

    def test_every_verb_is_in_the_synopsis_and_described(self):
        for verb in MOCK_HELP.verbs:
            self.assertRegex(MOCK_PAGE.section("SYNOPSIS"), rf"(?m)^cogmock {verb}\b")
            self.assertRegex(MOCK_PAGE.section("VERBS"), rf"(?m)^(\.B )?{verb}\b")

    def test_every_flag_is_among_the_options_and_no_other(self):
        told = set(re.findall(r"(?m)^(?:\.B )?(--[a-z][a-z-]*)", MOCK_PAGE.section("OPTIONS")))
        known = set().union(*(MOCK_HELP.flags(verb) for verb in MOCK_HELP.verbs))
        self.assertIn("--bind", known)
        self.assertEqual(told, known | {"--help", "--version"})

    def test_what_flags_take_is_as_in_the_help(self):
        told = dict(re.findall(r"(?m)^(--[a-z-]+) (\S+)$", MOCK_PAGE.section("OPTIONS")))
        known = dict(re.findall(r"(?m)^  (--[a-z-]+) (\S+)", MOCK_HELP.texts["serve"]))
        self.assertEqual(told, known)

    def test_the_exit_codes_are_those_of_the_help_and_of_the_sources(self):
        told = set(re.findall(r"(?m)^\.B (\d+)$", MOCK_PAGE.section("EXIT STATUS")))
        helped = MOCK_HELP.run("--help").partition("exit codes:\n")[2]
        header = (SOURCE / "mockserver" / "program" / "program.h").read_text()
        self.assertEqual(told, set(re.findall(r"(?m)^ +(\d+)  ", helped)))
        self.assertEqual(told, set(re.findall(r"MOCK_EXIT_\w+ = (\d+)", header)))

    def test_every_event_of_the_program_is_described(self):
        names = {"request"}
        for path in sorted((SOURCE / "mockserver" / "program").glob("*.c")):
            names.update(re.findall(r'COG_LOG_[A-Z]+,\s*"([a-z-]+)"', path.read_text()))
        self.assertIn("scenario-rejected", names)
        self.assertEqual(set(re.findall(r"(?m)^\.B ([a-z-]+)$", MOCK_PAGE.section("LOG"))), names)


class DrillManual(unittest.TestCase):
    def test_it_is_well_formed(self):
        self.assertEqual(DRILL_PAGE.complaints(), "")

    def test_every_verb_is_in_the_synopsis_and_described(self):
        for verb in DRILL_HELP.verbs:
            self.assertRegex(DRILL_PAGE.section("SYNOPSIS"), rf"(?m)^cogdrill {verb}\b")
            self.assertRegex(DRILL_PAGE.section("VERBS"), rf"(?m)^(\.B )?{verb}\b")

    def test_every_flag_is_among_the_options_with_what_it_takes_and_no_other(self):
        flags = r"(?m)^(?:\.B )?(--[a-z-]+)( [A-Z/]+)?"
        told = set(re.findall(flags, DRILL_PAGE.section("OPTIONS")))
        known = set(re.findall(r"(?m)^  (--[a-z-]+)( [A-Z/]+)?(?: |$)", DRILL_HELP.texts["run"]))
        self.assertIn(("--shard", " I/N"), known)
        self.assertEqual(told, known)

    def test_the_exit_codes_are_those_of_the_help(self):
        told = set(re.findall(r"(?m)^\.BR? (\d+)", DRILL_PAGE.section("EXIT STATUS")))
        helped = DRILL_HELP.run("--help").partition("exit codes:\n")[2]
        self.assertEqual(told, set(re.findall(r"(?m)^ +(\d+) ", helped)))


main()
