"""cogdrill merge: the results of shards as those of one run."""

import json
import os
import unittest
import xml.etree.ElementTree

from drill import DrillTest
from tap_unittest import main

COUNT = 7


def record(number):
    result = {3: "fail", 6: "inconclusive"}.get(number, "pass")
    findings = [] if result == "pass" else [{"result": result, "check": "exit", "text": "<é> & so"}]
    return {
        "number": number,
        "name": f"scenario {number}",
        "file": f"s/{'a' if number < 4 else 'b'}/{number}.jsonc",
        "case": None,
        "description": "",
        "tags": [],
        "transport": "memory",
        "result": result,
        "virtual_ms": number * 1000,
        "replay": f"cogdrill run 's/{number}.jsonc'",
        "findings": findings,
        "expected": {"exit": 0},
        "exit": 6,
        "outcome": "rolled_back",
        "target": "as before",
        "step": "",
        "reason": "",
        "follow_up": "",
        "signal": None,
        "processes": 1,
        "invariants": {"I1": "pass"},
        "exchanges": [{"at": 1500, "done": 1500, "call": "promote", "nth": 1, "attempt": 1,
                       "status": 202}],
        "events": [],
        "jobs": [],
        "sessions": [],
        "truth": {},
        "report": None,
        "audit": "",
        "journal": "",
        "deliveries": [],
        "cells": ["exit/6"],
    }


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def results(numbers, shard=None, seed=1):
    records = [record(number) for number in numbers]
    head = {
        "format": "cogdrill-results",
        "version": 1,
        "tool_version": "0.1.0",
        "seed": seed,
        "repeat": 1,
        "transport": "memory",
        "client": None,
        "shard": {"index": shard[0], "count": shard[1]} if shard else None,
        "selected": COUNT,
        "counts": {
            result: sum(each["result"] == result for each in records)
            for result in ("pass", "fail", "inconclusive")
        },
        "virtual_ms": sum(each["virtual_ms"] for each in records),
    }
    lines = ",".join("\n" + compact(each) for each in records)
    return compact(head)[:-1] + ',"scenarios":[' + lines + "\n]}\n"


class Merge(DrillTest):
    def setUp(self):
        super().setUp()
        for index in (1, 2, 3):
            self.write(f"{index}.json", results(range(index, COUNT + 1, 3), (index, 3)))

    def test_shards_become_what_one_run_writes(self):
        result = self.drill("merge", "--json", "all.json", "2.json", "3.json", "1.json")
        self.expect(result, 1, stdout="TAP version 14\n1..7\nok 1 - scenario 1\n")
        self.assertIn("5 passed, 1 failed, 1 inconclusive, 0 missing; from 3 files", result.stderr)
        self.assertEqual(self.read("all.json"), results(range(1, COUNT + 1)))

    def test_a_failure_shows_its_ladder(self):
        result = self.drill("merge", "1.json", "2.json", "3.json")
        self.assertIn("not ok 3 - scenario 3\n", result.stdout)
        self.assertIn("    - 'exit: <é> & so'\n", result.stdout)
        self.assertIn("       1.500s  client ── promote#1/a1 ────────▶ fake  202\n", result.stdout)
        self.assertIn("not ok 6 - scenario 6 # inconclusive: <é> & so\n", result.stdout)

    def test_junit_has_all_of_them(self):
        self.drill("merge", "--junit", "all.xml", "1.json", "2.json", "3.json")
        root = xml.etree.ElementTree.fromstring(self.read("all.xml"))
        self.assertEqual([suite.get("name") for suite in root], ["s/a", "s/b"])
        self.assertEqual(root.get("tests"), "7")
        self.assertEqual(root.get("time"), "28.000")
        self.assertIn("promote#1/a1", root.find(".//system-out").text)

    def test_without_failures_it_is_0_and_with_open_ones_2(self):
        self.write("good.json", results([1, 2, 4, 5, 7]))
        self.write("open.json", results([1, 6]))
        self.expect(self.drill("merge", "--partial", "good.json"), 0, stdout="1..5\n")
        self.expect(self.drill("merge", "--partial", "open.json"), 2, stdout="1..2\n")

    def test_a_missing_shard_is_named_unless_it_may_be(self):
        self.expect(self.drill("merge", "1.json", "3.json"), 64, stderr="shard 2/3 is missing")
        result = self.drill("merge", "--partial", "1.json", "3.json")
        self.expect(result, 1, stdout="1..5\n", stderr="2 missing; from 2 files")

    def test_what_cannot_be_merged_is_64_and_writes_nothing(self):
        self.write("other.json", results([2, 5], (2, 3), seed=2))
        rows = [
            (["1.json", "1.json"], "1.json:1:1: shard 1/3 is in '1.json' already"),
            (["1.json", "other.json"], "other.json:1:1: the seed is 2, in '1.json' it is 1"),
            (["1.json", self.write("cut.json", self.read("2.json")[:-9])], "cut.json:3:"),
            ([self.write("text.txt", "hello\n")], "text.txt:1:1: expected results as"),
            ([], "expected files that 'cogdrill run --json' or"),
            (["--partal", "1.json"], "--partal"),
            (["--json"], "--json"),
        ]
        for arguments, message in rows:
            result = self.drill("merge", *arguments, *(["--json=x.json"] if arguments else []))
            self.expect(result, 64, stderr=message)
            self.assertEqual(result.stdout, "")
            self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
            self.assertFalse(os.path.exists(self.path("x.json")))

    def test_files_that_are_not_there_are_66_and_73(self):
        self.expect(self.drill("merge", "no.json"), 66, stderr="cannot read 'no.json'")
        self.expect(self.drill("merge", "."), 66, stderr="cannot read '.'")
        result = self.drill("merge", "--json", "no/x.json", "1.json", "2.json", "3.json")
        self.expect(result, 73, stderr="cannot write 'no/x.json'")

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no full disk here")
    def test_a_full_disk_is_73(self):
        result = self.drill("merge", "--json", "/dev/full", "1.json", "2.json", "3.json")
        self.expect(result, 73, stderr="cannot write '/dev/full'")

    def test_nothing_but_the_output_is_left_in_the_folder(self):
        before = set(os.listdir(self.folder))
        self.drill("merge", "--json", "x.json", "--junit", "x.xml", "1.json", "2.json", "3.json")
        self.assertEqual(set(os.listdir(self.folder)) - before, {"x.json", "x.xml"})


main()
