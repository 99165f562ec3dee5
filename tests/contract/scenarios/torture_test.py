"""cogdrill torture: what it tries, what it tells, and what it says of bad input."""

import json
import os
import re
import signal
import subprocess
import unittest

from drill import MINIMAL, PROGRAM, SCENARIOS, DrillTest
from tap_unittest import main

WITH_KILLS = '{"name": "b", "client": {"kills": [{"after_event": 4}]}, "expect": {"exit": 0}}'


class Torture(DrillTest):
    def setUp(self):
        super().setUp()
        self.write("a.jsonc", MINIMAL % "a")

    def torture(self, *arguments, **variables):
        return self.drill("torture", *arguments, **variables)

    def points(self, result):
        """By title."""
        found = re.findall(r"(?m)^ok \d+ - a: (.*) \((\d+) points\)$", result.stdout)
        return {title: int(count) for title, count in found}

    def test_every_kind_is_tried_unless_one_is_named(self):
        kinds = {"memory": 2, "storage": 9, "kills": 5}
        for kind, count in kinds.items():
            result = self.torture("--" + kind, "--step", "40", "a.jsonc")
            self.expect(result, 0, stdout=f"TAP version 14\n1..{count}\n", stderr=f"{kind} ")
            self.assertEqual(len(self.points(result)), count)
        result = self.torture("--step", "40", "a.jsonc")
        self.expect(result, 0, stdout="\n1..16\n", stderr=" failed, 0 inconclusive; memory ")

    def test_every_point_is_tried_once(self):
        whole = self.points(self.torture("--kills", "a.jsonc"))
        events = whole["killed after each event"]
        self.assertGreater(events, 60)
        self.assertEqual(events % 2, 0, "here, and on another machine")
        self.assertGreater(whole["killed again while it is resumed"], 100)
        result = self.torture("--only", f"kill after_event {events // 2}", "a.jsonc")
        self.expect(result, 0, stdout="ok 1 - a: killed after each event (1 points)\n")
        result = self.torture("--only", f"kill after_event {events // 2 + 1}", "a.jsonc")
        self.expect(result, 2, stdout="the run did not come as far as this point")

    def test_what_is_written_is_the_same_for_any_number_of_processes(self):
        written = set()
        for count in ("1", "3"):
            result = self.torture("-j", count, "--step", "23", "--json", "out.json", "a.jsonc")
            self.expect(result, 0)
            written.add((result.stdout, self.read("out.json")))
        self.assertEqual(len(written), 1)

    def test_the_json_has_what_was_tried(self):
        self.expect(self.torture("--memory", "--step", "50", "--seed", "7", "--json", "out.json",
                                 "a.jsonc"), 0)
        told = json.loads(self.read("out.json"))
        self.assertEqual((told["format"], told["version"]), ("cogdrill-torture", 1))
        self.assertEqual((told["seed"], told["step"]), (7, 50))
        self.assertEqual(told["failures"], [])
        self.assertEqual([line["series"] for line in told["series"]],
                         ["each allocation fails, once", "each allocation fails, and from there on"])
        total = sum(line["points"] for line in told["series"])
        self.assertGreater(total, 10)
        self.assertEqual(told["points"], {"memory": total, "storage": 0, "kills": 0})
        self.assertEqual(told["counts"], {"pass": total, "fail": 0, "inconclusive": 0})
        self.assertEqual(told["series"][0], {
            "scenario": "a", "file": "a.jsonc", "kind": "memory", "result": "pass",
            "series": "each allocation fails, once", "points": total // 2, "skipped": None})

    def test_quiet_writes_no_summary(self):
        result = self.torture("--memory", "--step", "200", "--quiet", "a.jsonc")
        self.expect(result, 0)
        self.assertEqual(result.stderr, "")

    def test_without_a_path_some_scenarios_of_the_suite_are_taken(self):
        os.symlink(SCENARIOS, self.path("scenarios"))
        result = self.torture("--kills", "--step", "60")
        self.expect(result, 0, stdout="\n1..20\n")
        names = set(re.findall(r"(?m)^ok \d+ - (.*): killed after each event", result.stdout))
        self.assertEqual(len(names), 4)

    def test_cases_are_chosen_as_elsewhere(self):
        suite = os.path.join(SCENARIOS, "suite", "promotion", "a_lost_answer_is_read_back.jsonc")
        result = self.torture("--case", "html_body", "--kills", "--step", "60", suite)
        self.expect(result, 0, stdout="1..5\nok 1 - a promotion whose answer is lost is found by"
                                      " reading back: html_body: killed")

    def test_a_scenario_with_kills_of_its_own_is_skipped(self):
        self.write("b.jsonc", WITH_KILLS)
        result = self.torture("--memory", "--step", "200", "a.jsonc", "b.jsonc")
        self.expect(result, 0, stdout="ok 3 - b: each allocation fails, once (0 points) # SKIP not"
                                      " run: it has 'kills' or 'then' of its own\n")
        self.expect(self.torture("b.jsonc"), 2, stdout="# SKIP")

    def test_no_state_is_left_behind(self):
        os.mkdir(self.path("temporary"))
        result = self.torture("--storage", "--step", "60", "a.jsonc",
                              TMPDIR=self.path("temporary"))
        self.expect(result, 0)
        self.assertEqual(os.listdir(self.path("temporary")), [])
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.jsonc", "temporary"])

    def test_bad_input_says_what_and_where(self):
        self.write("wrong.jsonc", '{"name": "w"}')
        rows = [
            (("--only", "memory", "a.jsonc"), 64, "--only: 'memory' is no point; such are"),
            (("--only", "memory 1", "--memory", "a.jsonc"), 64, "not with --memory"),
            (("--step", "x", "a.jsonc"), 64, "--step: expected a whole number"),
            (("--transport", "both", "a.jsonc"), 64, "--transport: 'torture' is by calls"),
            (("--trace", "x", "a.jsonc"), 64, "--trace belongs to 'run'"),
            (("wrong.jsonc",), 64, "wrong.jsonc:1:"),
            (("nowhere",), 66, "cannot read 'nowhere'"),
            (("--json", "no/such/file", "a.jsonc"), 73, "cannot write 'no/such/file'"),
        ]
        for arguments, exit_code, complaint in rows:
            with self.subTest(arguments):
                result = self.torture(*arguments)
                self.expect(result, exit_code, stderr=complaint)
                self.assertEqual(result.stdout, "")

    def test_no_folder_for_the_state_is_73(self):
        result = self.torture("--storage", "a.jsonc", TMPDIR=self.path("nowhere"))
        self.expect(result, 73, stderr="cannot make a folder for the client")

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no full disk here")
    def test_a_full_disk_is_73(self):
        result = self.torture("--kills", "--step", "60", "--json", "/dev/full", "a.jsonc")
        self.expect(result, 73, stderr="cannot write '/dev/full'")

    def test_an_interrupted_torture_tells_what_it_knows(self):
        with subprocess.Popen([PROGRAM, "torture", "--json", "out.json", "a.jsonc"],
                              cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              encoding="utf-8") as process:
            self.assertEqual(process.stdout.readline(), "TAP version 14\n")
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, stderr)
        self.assertIn("# SKIP not run: interrupted\n", stdout)
        self.assertIn(" points passed", stderr)
        skipped = [line["skipped"] for line in json.loads(self.read("out.json"))["series"]]
        self.assertIn("interrupted", skipped)


main()
