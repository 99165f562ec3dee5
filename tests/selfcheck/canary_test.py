"""A scenario that must fail is told as a failure, everywhere that cogdrill tells of it.

usage: canary_test.py COGDRILL CANARY
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

COGDRILL, CANARY = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from tap_unittest import main  # noqa: E402

WHY = "exit: expected 5, got 0"


class Canary(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)

    def run_canary(self, *options):
        return subprocess.run([COGDRILL, "run", *options, CANARY], capture_output=True, text=True,
                              timeout=60, check=False, cwd=self.folder)

    def test_the_program_ends_with_1_and_the_point_is_not_ok(self):
        for transport in ("memory", "wire"):
            ended = self.run_canary("--transport", transport)
            self.assertEqual(ended.returncode, 1, transport + ended.stderr)
            self.assertRegex(ended.stdout, r"(?m)^not ok 1 - the canary", transport)
            self.assertIn(WHY, ended.stdout, transport)
            self.assertIn("1 failed", ended.stderr, transport)

    def test_the_json_calls_it_a_failure(self):
        self.run_canary("--json", "results.json")
        results = json.loads((self.folder / "results.json").read_text())
        self.assertEqual([one["result"] for one in results["scenarios"]], ["fail"])

    def test_the_junit_calls_it_a_failure(self):
        self.run_canary("--junit", "results.xml")
        failures = xml.etree.ElementTree.parse(self.folder / "results.xml").findall(".//failure")
        self.assertEqual(len(failures), 1)
        self.assertIn(WHY, failures[0].get("message", "") + (failures[0].text or ""))

    def test_one_among_many_fails_them_all(self):
        (self.folder / "good.jsonc").write_text('{"name": "good", "expect": {"exit": 0}}')
        ended = self.run_canary("good.jsonc")
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertIn("1 passed, 1 failed", ended.stderr)


main()
