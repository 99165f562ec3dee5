"""What explorations find: drawn by seeds, shrunk, and replayed.

usage: found_test.py COGDRILL SCENARIOS-FOLDER
"""

import json
import os

from drill import DrillTest
from tap_unittest import main

# The runner ends a client that asks for ever, which the rules then find wanting.
ENDLESS = """{
  "name": "endless",
  "server": {"job": {"timeline": [{"at": "0s", "progress": 0}]}},
  "faults": [{"call": "health", "nth": 1, "attempts": [1], "inject": "not_json"}],
  "client": {"options": {"poll_interval": "1ms", "strict": true}},
  "expect": {"exit": 0}
}"""
GOOD = '{"name": "good", "expect": {"exit": 6}}'


class Shrink(DrillTest):
    def test_what_is_left_breaks_the_rule_and_can_be_replayed(self):
        path = self.write("endless.jsonc", ENDLESS)

        result = self.drill("shrink", path, "--output", self.path("small.jsonc"))

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stderr, r"^I6 is still broken, after \d+ runs in ")
        small = self.read("small.jsonc")
        self.assertTrue(small.startswith("// I6 is broken: "), small)
        self.assertIn("\n// cogdrill replay " + self.path("small.jsonc") + "\n", small)
        self.assertNotIn("not_json", small)
        replayed = self.drill("replay", self.path("small.jsonc"))
        self.assertEqual(replayed.returncode, 1)
        self.assertIn("  I6 is broken: ", replayed.stdout)

    def test_a_scenario_that_breaks_no_rule_is_1_and_says_so(self):
        result = self.drill("shrink", self.write("good.jsonc", GOOD))

        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout, "")
        self.assertIn("breaks no rule: there is nothing to shrink", result.stderr)

    def test_failures_of_a_report_are_written_once_for_each_kind(self):
        scenario = json.loads(ENDLESS)
        failures = [{"id": f"f{i}", "base": "a base", "scenario": scenario} for i in (1, 2)]
        report = self.write("report.json", json.dumps({"failures": failures}))

        result = self.drill("shrink", report, "--into", self.path("found"))

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(os.listdir(self.path("found")), ["a-base-I6-1.jsonc"])
        self.assertIn("2 failures, 1 of them different", result.stderr)

    def test_what_is_no_report_is_64_and_an_unknown_failure_too(self):
        report = self.write("report.json", '{"failures": []}')
        for arguments in ((self.write("x.json", "{}"), "--into", "f"),
                          (report, "--into", "f", "--only", "f9"),
                          (report, "--only", "f9"), ()):
            self.assertEqual(self.drill("shrink", *arguments).returncode, 64, arguments)


class Replay(DrillTest):
    def test_what_is_expected_is_no_matter(self):
        result = self.drill("replay", self.write("good.jsonc", GOOD))

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("  no rule is broken\n", result.stdout)
        self.assertIn("promote#1/a1", result.stdout)

    def test_the_trace_stands_in_the_place_of_the_ladder(self):
        result = self.drill("replay", "--trace", self.write("good.jsonc", GOOD))

        self.assertIn("promote#1/a1 /deployments/promote -> 202", result.stdout)

    def test_a_file_that_is_not_there_is_66(self):
        self.assertEqual(self.drill("replay", self.path("none.jsonc")).returncode, 66)


class Swarm(DrillTest):
    def test_the_same_seeds_tell_the_same(self):
        base = self.write("base.jsonc", '{"name": "base", "expect": {"exit": 0}}')

        first = self.drill("swarm", "--quiet", "--seeds", "1..300", "-j", "1", base)
        second = self.drill("swarm", "--quiet", "--seeds", "1..300", "-j", "2", base)

        self.assertIn(first.returncode, (0, 1, 2), first.stderr)
        self.assertEqual(first.returncode, second.returncode)
        self.assertEqual(first.stdout, second.stdout)

    def test_seeds_are_needed_and_have_an_order(self):
        for arguments in ((), ("--seeds", "5..1"), ("--seeds", "1..x"), ("--seeds", "1..999999999")):
            result = self.drill("swarm", *arguments)
            self.assertEqual(result.returncode, 64, arguments)
            self.assertIn("--seeds", result.stderr)

    def test_a_base_that_breaks_a_rule_by_itself_is_none(self):
        base = self.write("endless.jsonc", ENDLESS)

        result = self.drill("swarm", "--seeds", "1..10", base)

        self.assertEqual(result.returncode, 64)
        self.assertIn("it is no base to explore from", result.stderr)


main()
