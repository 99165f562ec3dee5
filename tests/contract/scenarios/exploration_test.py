"""cogdrill explore and merge: what is written of an exploration, and the sum of its shards."""

import json
import os
import re

from drill import SCENARIOS, DrillTest
from tap_unittest import main

BASE = os.path.join(SCENARIOS, "bases", "promotion.jsonc")
# Some pairs, in as little time as that can be had.
SMALL = ("--depth", "2", "--only", "health#1*", "--only", "status#1*", "--kinds", "status_50[03]")


def without_timing(text):
    return [line for line in text.splitlines() if not line.startswith('"timing"')]


class Exploration(DrillTest):
    def explore(self, name, *arguments):
        return self.drill("explore", *SMALL, "--json", name, *arguments, BASE)

    def test_shards_add_up_to_the_whole(self):
        self.expect(self.explore("all.json"), 0, stdout="nothing found")
        for index in (1, 2, 3, 4):
            self.assertIn(self.explore(f"{index}.json", "--shard", f"{index}/4").returncode, (0, 2))
        result = self.drill("merge", "--json", "sum.json", *(f"{i}.json" for i in (3, 1, 4, 2)))
        self.expect(result, 0, stdout="nothing found")
        self.assertEqual(without_timing(self.read("sum.json")), without_timing(self.read("all.json")))
        whole = json.loads(self.read("all.json"))
        self.assertGreater(whole["bases"][0]["depths"][1]["runs"], 0)
        self.assertEqual(sum(cell["runs"] for cell in whole["matrix"]),
                         whole["bases"][0]["depths"][0]["runs"])

    def test_it_is_the_same_each_time_whoever_is_faster(self):
        self.explore("1.json", "--jobs", "1")
        self.explore("2.json", "--jobs", "3")
        self.assertEqual(without_timing(self.read("1.json")), without_timing(self.read("2.json")))

    def test_the_page_has_what_the_file_has_and_the_mutants(self):
        mutants = [{"name": "n", "what": "w", "by": "explore", "ms": 1, "problem": "</script>",
                    "found": None}]
        self.write("mutants.json", json.dumps(mutants))
        self.expect(self.explore("a.json", "--html", "a.html", "--mutants", "mutants.json"), 0)
        page = re.search(r'id="results">(.*?)</script>', self.read("a.html"), re.DOTALL)[1]
        shown, written = json.loads(page), json.loads(self.read("a.json"))
        self.assertEqual(written["mutants"], mutants)
        self.assertIn({"name": "exit/0", "state": "run"},
                      [{key: cell[key] for key in ("name", "state")} for cell in
                       shown.pop("coverage")["cells"]])
        self.assertEqual(shown, written)

    def test_a_base_that_fails_without_any_fault_is_a_failure_without_faults(self):
        self.write("base.jsonc", '{"name": "base", "expect": {"exit": 3}}')
        told = ("base: without any fault\n", "expected 3, got 0")
        self.expect(self.drill("explore", *SMALL, "--json", "all.json", "base.jsonc"), 1, stdout=told[0])
        failure, = json.loads(self.read("all.json"))["failures"]
        self.assertEqual((failure["check"], failure["faults"], failure["exit"]), ("exit", [], 0))
        self.assertIn(told[1], failure["findings"][0]["text"])
        self.assertEqual(failure["scenario"]["expect"], {"exit": 3})
        for index in ("1", "2"):
            self.drill("explore", *SMALL, "--json", f"{index}.json", "--shard", f"{index}/2", "base.jsonc")
        self.expect(self.drill("merge", "--json", "sum.json", "1.json", "2.json"), 1, stdout=told[0])
        self.assertEqual(without_timing(self.read("sum.json")), without_timing(self.read("all.json")))

    def test_what_cannot_be_merged_is_64_and_writes_nothing(self):
        self.explore("a.json")
        self.explore("1.json", "--shard", "1/2")
        self.explore("2.json", "--shard", "2/2", "--seed", "2")
        self.drill("run", "--json", "run.json", BASE)
        for arguments, message in (
                (["a.json", "run.json"], "run.json:1:1: this is the results of runs, and 'a.json' an "
                                         "exploration: merge each kind by itself"),
                (["run.json", "a.json"], "a.json:1:1: this is an exploration"),
                (["1.json", "2.json"], "2.json:1:1: the seed is 2, in '1.json' it is 1"),
                (["1.json"], "shard 2/2 is missing; --partial merges without it"),
                (["--junit", "x.xml", "a.json"], "--junit: an exploration has none"),
                (["--mutants", "m.json", "run.json"], "--mutants: only explorations tell")):
            self.expect(self.drill("merge", "--json", "x.json", *arguments), 64, stderr=message)
            self.assertFalse(os.path.exists(self.path("x.json")), message)

    def test_a_part_that_is_merged_says_so(self):
        self.explore("1.json", "--shard", "1/2")
        result = self.drill("merge", "--partial", "--json", "x.json", "1.json")
        self.assertIn("not brought to its end", result.stdout)
        self.assertTrue(json.loads(self.read("x.json"))["interrupted"])

    def test_what_was_found_is_told_although_a_file_cannot_be_written(self):
        self.expect(self.explore("no/x.json"), 73, stdout="nothing found",
                    stderr="cannot write 'no/x.json'")
        self.expect(self.explore("x.json", "--mutants", "no.json"), 66, stdout="nothing found",
                    stderr="cannot read 'no.json'")
        self.assertTrue(os.path.exists(self.path("x.json")))


main()
