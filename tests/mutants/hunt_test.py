"""A mutant that survives, or that was found by something else, is told: with programs that play
the mutants, and files that are not as they should be.

usage: hunt_test.py SOURCE-FOLDER
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
FOLDER = SOURCE / "tests" / "mutants"
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from tap_unittest import main  # noqa: E402

FOUND = 'echo "not ok 1"; echo "I1: promoted twice"; exit 1'

# What the explorer writes into the file behind --json, and how it ends.
EXPLORED = """while [ "$1" != --json ]; do shift; [ $# -gt 0 ] || exit 1; done
echo '{"failures": [{"check": "I1", "base": "a base", "faults": ["promote#1 lost"]}]}' > "$2"; exit 1"""


class Hunt(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)

    def program(self, name, text):
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return str(path)

    def hunt(self, text, *options, right="exit 0", **fields):
        mutant = {"name": "promotes_twice", "what": "it promotes twice", "host": "cogdrill",
                  "scenario": "promotion/succeeds.jsonc", "test": None, "transport": "memory",
                  "finding": "I1:", "program": self.program("mutant", text), "unexplored": None,
                  "explorer": str(self.folder / "mutant"), **fields}
        listed = {"hosts": {"cogdrill": self.program("cogdrill", right)}, "mutants": [mutant]}
        (self.folder / "mutants.json").write_text(json.dumps(listed))
        return subprocess.run(
            [sys.executable, FOLDER / "hunt.py", *options, self.folder / "mutants.json", SOURCE],
            capture_output=True, text=True, timeout=60, check=False)

    def test_one_that_fails_its_scenario_with_its_finding_is_noticed(self):
        ended = self.hunt(FOUND)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertIn("1 faults: 1 noticed by what they name\nall noticed", ended.stdout)

    def test_one_that_passes_its_scenario_has_survived(self):
        ended = self.hunt("exit 0")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("survived: promotion/succeeds.jsonc passes", ended.stdout)

    def test_one_that_fails_with_another_finding_is_not_noticed(self):
        ended = self.hunt('echo "I2: another thing"; exit 1')
        self.assertEqual(ended.returncode, 1)
        self.assertIn("says nothing of 'I1:'", ended.stdout)

    def test_one_that_cannot_be_run_is_not_noticed(self):
        ended = self.hunt('echo "I1: said before it crashed"; exit 66')
        self.assertEqual(ended.returncode, 1)
        self.assertIn("was not run to its end: exit 66", ended.stdout)

    def test_nothing_is_noticed_when_the_right_client_fails(self):
        ended = self.hunt(FOUND, right="exit 1")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("fails without any fault", ended.stdout)
        self.assertNotIn("promotes_twice", ended.stdout)

    def test_a_scenario_over_sockets_must_pass_there_without_the_fault(self):
        right = 'case "$*" in *wire*) exit 1 ;; esac'
        self.assertEqual(self.hunt(FOUND, right=right).returncode, 0)
        self.assertEqual(self.hunt(FOUND, right=right, transport="wire").returncode, 1)

    def test_the_points_are_those_of_the_plan(self):
        ended = self.hunt("exit 0", "--tap")
        self.assertRegex(ended.stdout, r"(?m)\A1\.\.2\nok 1 - .*\nnot ok 2 - promotes_twice: ")

    def test_the_explorer_must_find_it_too(self):
        both = f'if [ "$1" = run ]; then {FOUND}; fi; '
        self.assertEqual(self.hunt(both + EXPLORED, "--explore").returncode, 0)
        ended = self.hunt(both + "exit 0", "--explore")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("survived: the explorer finds nothing", ended.stdout)

    def test_a_base_that_fails_without_any_fault_is_a_find(self):
        unfit = EXPLORED.replace('"promote#1 lost"', "")
        ended = self.hunt(f'if [ "$1" = run ]; then {FOUND}; fi; {unfit}', "--explore")
        self.assertEqual(ended.returncode, 0, ended.stdout)
        self.assertIn("explore I1 a base: without any fault", ended.stdout)

    def test_an_explorer_that_ends_ill_has_found_nothing(self):
        ill = EXPLORED.replace("exit 1", "exit 70")
        ended = self.hunt(f'if [ "$1" = run ]; then {FOUND}; fi; {ill}', "--explore")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("the explorer did not end well: exit 70", ended.stdout)

    def test_the_explorer_must_find_nothing_without_the_fault(self):
        right = f'if [ "$1" = explore ]; then {EXPLORED}; fi'
        ended = self.hunt(EXPLORED, "--explore", right=right)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("fails without any fault", ended.stdout)

    def test_what_the_explorer_cannot_find_is_told_with_its_reason(self):
        excused = {"unexplored": "the fake has no disk", "explorer": None}
        ended = self.hunt(FOUND, "--explore", "--json", str(self.folder / "found.json"), **excused)
        self.assertIn("1 not explored:\n    promotes_twice: the fake has no disk\n", ended.stdout)
        entries = json.loads((self.folder / "found.json").read_text())
        self.assertEqual([(e["by"], e.get("unexplored")) for e in entries],
                         [("promotion/succeeds.jsonc", None), ("explore", "the fake has no disk")])
        self.assertIn("1..2\n", self.hunt(FOUND, "--explore", "--tap", **excused).stdout)

    def test_the_explorer_can_be_asked_alone(self):
        ended = self.hunt(EXPLORED, "--explore-only", "--tap", right="exit 1")
        self.assertEqual((ended.returncode, ended.stdout), (0, "1..1\nok 1 - promotes_twice: explore\n"))

    def test_what_was_found_is_counted_in_the_last_lines(self):
        ended = self.hunt(f'if [ "$1" = run ]; then {FOUND}; fi; {EXPLORED}', "--explore")
        self.assertRegex(ended.stdout, r"1 faults: 1 noticed by what they name\n1 explored: 1 noticed, the "
                                       r"median after \d+ ms of work\n0 not explored\nall noticed\n\Z")

    def test_the_file_has_what_was_found_and_by_what(self):
        both = f'if [ "$1" = run ]; then {FOUND}; fi; {EXPLORED}'
        self.hunt(both, "--explore", "--json", str(self.folder / "found.json"))
        entries = json.loads((self.folder / "found.json").read_text())
        self.assertEqual([(e["by"], e["found"]) for e in entries],
                         [("promotion/succeeds.jsonc", {"finding": "I1:"}),
                          ("explore", {"base": "a base", "faults": ["promote#1 lost"],
                                       "check": "I1"})])

    def test_a_name_that_no_mutant_has_is_refused(self):
        self.hunt(FOUND)
        ended = subprocess.run(
            [sys.executable, FOLDER / "hunt.py", self.folder / "mutants.json", SOURCE, "nobody"],
            capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("there is no mutant nobody", ended.stderr)


class Check(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.tree = pathlib.Path(place.name)
        for path in ("tests/mutants", "scenarios/suite", "client"):
            (self.tree / path).mkdir(parents=True)
        (self.tree / "client" / "one.c").write_text("int one = 1;\n")
        (self.tree / "scenarios" / "suite" / "a.jsonc").touch()
        (self.tree / "tests" / "mutants" / "meson.build").write_text("'two',")

    def check(self, head, old="int one = 1;", built=True):
        (self.tree / "tests" / "mutants" / f"{'two' if built else 'three'}.patch").write_text(
            f"{head}\n\ndiff --git a/client/one.c b/client/one.c\n--- a/client/one.c\n"
            f"+++ b/client/one.c\n@@ -1,1 +1,1 @@\n-{old}\n+int one = 2;\n")
        return subprocess.run([sys.executable, FOLDER / "check.py", self.tree],
                              capture_output=True, text=True, timeout=60, check=False)

    GOOD = "What: one is two\nScenario: a.jsonc\nFinding: I1:"

    def test_what_fits_is_sound(self):
        ended = self.check(self.GOOD)
        self.assertEqual((ended.returncode, ended.stdout), (0, "1 faults: all fit the source\n"))

    def test_what_is_wrong_is_said(self):
        for text, expected in (
                (self.GOOD.replace("Finding", "Founding"), "above the patch it has 'Founding: I1:'"),
                (self.GOOD.replace("\nFinding: I1:", ""), "no line 'Finding: …'"),
                (self.GOOD.replace("Scenario: a.jsonc\n", ""), "'Scenario: …' or 'Test: …'"),
                (self.GOOD.replace("a.jsonc", "b.jsonc"), "there is no scenarios/suite/b.jsonc"),
                (self.GOOD + "\nTransport: pigeon", "expected memory or wire"),
                (self.GOOD.replace("Scenario", "Test"), "none of the test programs")):
            ended = self.check(text)
            self.assertEqual(ended.returncode, 1, text)
            self.assertIn(expected, ended.stderr, text)

    def test_a_patch_that_fits_no_more_is_told(self):
        ended = self.check(self.GOOD, old="int one = 0;")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("two: it does not fit the source any more", ended.stderr)

    def test_a_patch_that_nobody_builds_is_told(self):
        ended = self.check(self.GOOD, built=False)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("three: it is not in the list of tests/mutants/meson.build", ended.stderr)


main()
